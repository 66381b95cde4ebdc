// Straight distance between the red and the blue object's centres.
#include "spatium/base/text.h"
#include "spatium/qa/verify/truths.h"

namespace spatium {
namespace {

verify::Truth Derive(const verify::Case& c) {
  const double answer = verify::Distance(c.Center(*c.Find("red")), c.Center(*c.Find("blue")));
  return verify::TruthOfLength(
      c, {.answer_m = answer}, {"red", "blue"}, StrCat("distance ", FormatFixed(answer, 3), " m"));
}

}  // namespace

const CheckerInfo& CheckerInfo_distance_prediction_oo() {
  static const CheckerInfo kInfo{.roles = {"red", "blue"},
                                 .marker = "point",
                                 .marked = {"red", "blue"},
                                 .num_images = 1,
                                 .formats = {"fill", "select", "sentence"},
                                 .symmetric_tail = true,
                                 .derive = Derive};
  return kInfo;
}

}  // namespace spatium
