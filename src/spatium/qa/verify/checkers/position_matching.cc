// The box, in the second picture, of the object that is boxed in the first.
#include "spatium/base/text.h"
#include "spatium/qa/verify/truths.h"

namespace spatium {
namespace {

// Two boxes that share this much mean the same place.
constexpr double kSamePlace = 0.5;

std::optional<verify::MarkBox> BoxOf(const Json& value) {
  return value.IsArray() ? verify::ReadBoxAnswer(value.Dump()) : std::nullopt;
}

// The first "[...]" of four numbers in a text, and whether there is exactly one.
std::optional<verify::MarkBox> OnlyBoxIn(std::string_view text) {
  const size_t open = text.find('['), close = text.find(']', open);
  if (open == std::string_view::npos || close == std::string_view::npos) return std::nullopt;
  if (text.find('[', close) != std::string_view::npos) return std::nullopt;
  return verify::ReadBoxAnswer(text.substr(open, close - open + 1));
}

std::string Print(const verify::MarkBox& b) {
  return StrCat("[", b.x0, ", ", b.y0, ", ", b.x1, ", ", b.y1, "]");
}

verify::Truth Derive(const verify::Case& c) {
  const verify::Shown& red = *c.Find("red");
  // The answer: provenance's box, else the text's. Whether the object is there is for the surface
  // check to say; every other place that states the box has to state this one.
  const Json* claimed = c.record.provenance ? c.record.provenance->value.Find("box_1000") : nullptr;
  std::optional<verify::MarkBox> box = claimed ? BoxOf(*claimed) : OnlyBoxIn(c.record.answer);
  if (!box) {
    const auto letter = verify::ReadLetterAnswer(c.record.answer);
    const auto options = verify::OptionLines(c.record.question);
    if (letter && static_cast<size_t>(*letter) < options.size())
      box = verify::ReadBoxAnswer(options[static_cast<size_t>(*letter)]);
  }

  verify::Truth truth;
  truth.told = box ? Print(*box) : "a box of 0..1000";
  truth.value = [=](const Json&) { return claimed && !box ? "no box_1000" : ""; };
  truth.right = [=](std::string_view text) -> std::optional<bool> {
    const auto stated = verify::ReadBoxAnswer(text);
    if (!stated || !box) return std::nullopt;
    return verify::Overlap(*stated, *box) > kSamePlace;
  };
  truth.sentence = [=](std::string_view answer) -> std::string {
    const auto stated = OnlyBoxIn(answer);
    return stated && box && Print(*stated) == Print(*box) ? "" : std::string(answer);
  };
  if (box)
    truth.answer_box = verify::PixelClaim{
        .frame_idx = c.frames[1], .object_idx = red.object_idx, .is_box = true, .mark = *box};
  return truth;
}

}  // namespace

const CheckerInfo& CheckerInfo_position_matching() {
  static const CheckerInfo kInfo{.roles = {"red"},
                                 .marker = "bbox",
                                 .marked = {"red"},
                                 .num_images = 2,
                                 .formats = {"fill", "select", "sentence"},
                                 .derive = Derive};
  return kInfo;
}

}  // namespace spatium
