// How the observer moves and turns from the first view to the second.
#include <array>
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/qa/verify/truths.h"

namespace spatium {
namespace {

constexpr double kMoveStep_m = 0.1, kTurnStep_deg = 5;

std::string Print(const verify::Motion& m) {
  return StrCat("right ",
                FormatFixed(m.right_m, 3),
                " up ",
                FormatFixed(m.up_m, 3),
                " forward ",
                FormatFixed(m.forward_m, 3),
                " m, yaw right ",
                FormatFixed(m.yaw_right_deg, 2),
                " pitch up ",
                FormatFixed(m.pitch_up_deg, 2),
                " deg");
}

bool Same(const verify::Motion& truth, const verify::MotionText& told) {
  return verify::RoundsTo(truth.right_m, told.right_m, kMoveStep_m) &&
         verify::RoundsTo(truth.up_m, told.up_m, kMoveStep_m) &&
         verify::RoundsTo(truth.forward_m, told.forward_m, kMoveStep_m) &&
         verify::RoundsTo(truth.yaw_right_deg, told.yaw_right_deg, kTurnStep_deg) &&
         verify::RoundsTo(truth.pitch_up_deg, told.pitch_up_deg, kTurnStep_deg);
}

verify::Truth Derive(const verify::Case& c) {
  const verify::Motion motion =
      verify::MotionBetween(c.source.view(c.frames[0]), c.source.view(c.frames[1]));
  verify::Truth truth;
  truth.told = Print(motion);
  truth.numbers = {{.key = "right_m", .truth = motion.right_m},
                   {.key = "up_m", .truth = motion.up_m},
                   {.key = "forward_m", .truth = motion.forward_m},
                   {.key = "yaw_right_deg", .truth = motion.yaw_right_deg, .slack = 0.06},
                   {.key = "pitch_up_deg", .truth = motion.pitch_up_deg, .slack = 0.06}};
  truth.right = [=](std::string_view text) -> std::optional<bool> {
    const auto told = verify::ReadMotionAnswer(text);
    if (!told) return std::nullopt;
    return Same(motion, *told);
  };
  // The motion is from the first view on, and last the question says that it is in that one's axes.
  truth.question = [](std::string_view question) -> std::string {
    const auto named = verify::PicturesNamed(verify::Tokens(question, {}));
    if (named.empty()) return "";  // the order of the pictures says it
    if (named.front() != 1) return "a motion from the second view";
    return named.back() == 1 ? "" : "a motion in the second view's axes";
  };
  truth.sentence = [=](std::string_view answer) -> std::string {
    const auto told = verify::ReadMotionProse(answer);
    return told && Same(motion, *told) ? "" : std::string(answer);
  };
  return truth;
}

}  // namespace

const CheckerInfo& CheckerInfo_view_change_infer() {
  static const CheckerInfo kInfo{.roles = {},
                                 .marker = "",
                                 .marked = {},
                                 .num_images = 2,
                                 .formats = {"fill", "sentence"},
                                 .derive = Derive};
  return kInfo;
}

}  // namespace spatium
