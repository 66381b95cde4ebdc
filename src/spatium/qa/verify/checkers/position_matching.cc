// The box, in the second picture, of the object that is boxed in the first.
#include <algorithm>
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/qa/verify/truths.h"

namespace spatium {
namespace {

// Two boxes that share this much mean the same place.
constexpr double kSamePlace = 0.5;
// A side of the answer is a whole number of 0..1000.
constexpr double kRounding = 0.51;

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

// The object that provenance has in the second picture is the one of the first.
bool SameTarget(const verify::Case& c) {
  const verify::NamedObject* target =
      c.record.provenance ? c.record.provenance->Find("target") : nullptr;
  return !target ||
         (target->id == c.ObjectOf(*c.Find("red")).id.value && target->frame.value_or(1) == 1);
}

// What is wrong with a question's words: it asks about the second picture, on the scale of 0 to
// 1000, in the order x, y, x, y.
std::string WrongQuestion(std::string_view question) {
  const std::string_view words = question.substr(0, question.find("\nA. "));
  const auto tokens = verify::Tokens(words, {});
  const auto named = verify::PicturesNamed(tokens);
  if (std::ranges::find(named, 2) == named.end()) return "no second picture";
  for (const verify::Token& token : tokens)
    if (token.kind == verify::TokenKind::kNumber && token.number > 2 && token.number != 1000)
      return StrCat("a scale of ", token.text);
  for (size_t open = words.find('['); open != words.npos; open = words.find('[', open + 1)) {
    const std::string_view form = words.substr(open, words.find(']', open) - open + 1);
    if (form != "[x1, y1, x2, y2]" && form != "[left, top, right, bottom]")
      return std::string(form);
  }
  return "";
}

verify::Truth Derive(const verify::Case& c) {
  const verify::Shown& red = *c.Find("red");
  // The answer: provenance's box, else the text's. It has to be the projected 3D box; every other
  // place that states the box has to state this one; and the surface check sees that it is there.
  const Json* claimed = c.record.provenance ? c.record.provenance->value.Find("box_1000") : nullptr;
  std::optional<verify::MarkBox> box = claimed ? BoxOf(*claimed) : OnlyBoxIn(c.record.answer);
  if (!box) {
    const auto letter = verify::ReadLetterAnswer(c.record.answer);
    const auto options = verify::OptionLines(c.record.question);
    if (letter && static_cast<size_t>(*letter) < options.size())
      box = verify::ReadBoxAnswer(options[static_cast<size_t>(*letter)]);
  }

  verify::Truth truth;
  const auto outline = verify::ProjectedBox(c.source.view(c.frames[1]), c.ObjectOf(red).box);
  const bool true_box = box && outline && std::abs(box->x0 - outline->x0) <= kRounding &&
                        std::abs(box->y0 - outline->y0) <= kRounding &&
                        std::abs(box->x1 - outline->x1) <= kRounding &&
                        std::abs(box->y1 - outline->y1) <= kRounding;
  const bool same_object = SameTarget(c);
  truth.told = outline ? Print(*outline) : "no such object in the second picture";
  truth.value = [=](const Json&) -> std::string {
    if (!same_object) return "another object in the second picture";
    return box ? "" : "no box_1000";
  };
  truth.right = [=](std::string_view text) -> std::optional<bool> {
    const auto stated = verify::ReadBoxAnswer(text);
    if (!stated || !box) return std::nullopt;
    return true_box && verify::Overlap(*stated, *box) > kSamePlace;
  };
  truth.exact = [=](std::string_view text) -> std::string {
    const auto stated = verify::ReadBoxAnswer(text);
    return stated && box && Print(*stated) == Print(*box) ? "" : std::string(text);
  };
  truth.question = WrongQuestion;
  truth.sentence = [=](std::string_view answer) -> std::string {
    const auto stated = OnlyBoxIn(answer);
    return stated && true_box && Print(*stated) == Print(*box) ? "" : std::string(answer);
  };
  if (box)
    truth.answer_box = verify::PixelClaim{.frame_idx = c.frames[1],
                                          .object_idx = red.object_idx,
                                          .kind = verify::PixelClaim::Kind::kBox,
                                          .mark = *box};
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
