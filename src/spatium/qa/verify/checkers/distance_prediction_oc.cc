// Straight distance from the camera's centre to the red object's centre.
#include "spatium/base/text.h"
#include "spatium/qa/verify/truths.h"

namespace spatium {
namespace {

verify::Truth Derive(const verify::Case& c) {
  const verify::Shown& red = *c.Find("red");
  const double answer = verify::Distance(c.ViewOf(red).center, c.Center(red));
  return verify::TruthOfLength(
      c, {.answer_m = answer}, {"red"}, StrCat("distance ", FormatFixed(answer, 3), " m"));
}

}  // namespace

const CheckerInfo& CheckerInfo_distance_prediction_oc() {
  static const CheckerInfo kInfo{.roles = {"red"},
                                 .marker = "point",
                                 .marked = {"red"},
                                 .num_images = 1,
                                 .formats = {"fill", "select", "sentence"},
                                 .derive = Derive};
  return kInfo;
}

}  // namespace spatium
