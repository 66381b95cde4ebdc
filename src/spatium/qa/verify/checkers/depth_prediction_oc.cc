// Depth of the blue object's centre along the optical axis; the red one's is given.
#include "spatium/base/text.h"
#include "spatium/qa/verify/truths.h"

namespace spatium {
namespace {

verify::Truth Derive(const verify::Case& c) {
  const verify::Shown &red = *c.Find("red"), &blue = *c.Find("blue");
  const double reference = verify::Seen(c.ViewOf(red), c.Center(red)).ahead_m;
  const double answer = verify::Seen(c.ViewOf(blue), c.Center(blue)).ahead_m;
  verify::Truth truth = verify::TruthOfLength(
      c,
      {.answer_m = answer, .stated_m = {reference}, .question_states_first = true},
      {"red", "blue"},
      StrCat("depth ", FormatFixed(answer, 3), " m, reference ", FormatFixed(reference, 3), " m"));
  truth.numbers.push_back({.key = "depth_ref_m", .truth = reference});
  return truth;
}

}  // namespace

const CheckerInfo& CheckerInfo_depth_prediction_oc() {
  static const CheckerInfo kInfo{.roles = {"red", "blue"},
                                 .marker = "point",
                                 .marked = {"red", "blue"},
                                 .num_images = 1,
                                 .formats = {"fill", "select", "sentence"},
                                 .derive = Derive};
  return kInfo;
}

}  // namespace spatium
