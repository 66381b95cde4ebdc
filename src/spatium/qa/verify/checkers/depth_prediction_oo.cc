// How much the depths of the green and the blue object's centres differ; the red one's is given.
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/qa/verify/truths.h"

namespace spatium {
namespace {

verify::Truth Derive(const verify::Case& c) {
  const verify::Shown &red = *c.Find("red"), &blue = *c.Find("blue"), &green = *c.Find("green");
  const double reference = verify::Seen(c.ViewOf(red), c.Center(red)).ahead_m;
  const double b = verify::Seen(c.ViewOf(blue), c.Center(blue)).ahead_m;
  const double g = verify::Seen(c.ViewOf(green), c.Center(green)).ahead_m;
  verify::Truth truth = verify::TruthOfLength(
      c,
      {.answer_m = std::abs(g - b), .stated_m = {reference, g, b}, .question_states_first = true},
      {"red", "blue", "green"},
      StrCat("depths ",
             FormatFixed(g, 3),
             " m and ",
             FormatFixed(b, 3),
             " m, reference ",
             FormatFixed(reference, 3),
             " m"));
  truth.numbers.push_back({.key = "depth_ref_m", .truth = reference});
  // Which of the two is a and which is b is the writer's choice.
  truth.value = [g, b](const Json& value) -> std::string {
    const Json *first = value.Find("depth_a_m"), *second = value.Find("depth_b_m");
    if (!first || !second || !first->IsNumber() || !second->IsNumber())
      return "depth_a_m or depth_b_m is missing";
    const auto near = [](double x, double y) { return std::abs(x - y) <= verify::kPrintSlack; };
    const double x = first->AsDouble(), y = second->AsDouble();
    if ((near(x, g) && near(y, b)) || (near(x, b) && near(y, g))) return "";
    return StrCat("depths ", x, " and ", y);
  };
  return truth;
}

}  // namespace

const CheckerInfo& CheckerInfo_depth_prediction_oo() {
  static const CheckerInfo kInfo{.roles = {"red", "blue", "green"},
                                 .marker = "point",
                                 .marked = {"red", "blue", "green"},
                                 .num_images = 1,
                                 .formats = {"fill", "select", "sentence"},
                                 .symmetric_tail = true,
                                 .derive = Derive};
  return kInfo;
}

}  // namespace spatium
