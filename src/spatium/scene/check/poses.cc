#include <algorithm>
#include <map>

#include "spatium/base/text.h"
#include "spatium/scene/check/context.h"

namespace spatium {
namespace {

constexpr size_t kNearest = 8;         // other frames that each is compared with
constexpr int64_t kLeastPixels = 20;   // of the sampling grid that must land in another map
constexpr double kNoAgreement = 0.03;  // nothing that it sees is where others see it
constexpr double kLeastAgreement = 0.15;

// How near two views are: distance in metres plus the turn between their axes (2 sin of half of
// it).
double ViewDistance(const PosedDepth& a, const PosedDepth& b) {
  const auto wa = Inverse(a.cam_from_world), wb = Inverse(b.cam_from_world);
  return (wa.t - wb.t).norm() + (wa.R.col(2) - wb.R.col(2)).norm();
}

std::vector<size_t> NearestViews(const std::vector<PosedDepth>& maps, size_t of) {
  std::vector<std::pair<double, size_t>> others;
  for (size_t j = 0; j < maps.size(); ++j)
    if (j != of) others.emplace_back(ViewDistance(maps[of], maps[j]), j);
  const size_t n = std::min(kNearest, others.size());
  std::partial_sort(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(n), others.end());
  std::vector<size_t> nearest;
  for (size_t k = 0; k < n; ++k) nearest.push_back(others[k].second);
  return nearest;
}

}  // namespace

void CheckPoses(const CheckContext& context, std::vector<Problem>& problems) {
  // Under a wrong depth unit no pose can be judged.
  for (const Problem& problem : problems)
    if (problem.kind == "depth_unit") return;
  const auto& maps = context.maps;
  std::vector<const Frame*> frames;
  for (size_t k = 0; k < context.depths.size(); ++k)
    if (!context.depths[k].empty())
      frames.push_back(&context.scene.frames[context.depth_frames[k]]);
  if (maps.size() < 2) return;
  for (size_t i = 0; i < maps.size(); ++i) {
    DepthAgreement sum;
    for (const size_t j : NearestViews(maps, i)) {
      const PosedDepth pair[] = {maps[i], maps[j]};
      const DepthAgreement agreement = MeasureDepthAgreement(pair, context.scene.depth_unit_m);
      sum.tested += agreement.tested;
      sum.agree += agreement.agree;
    }
    if (sum.tested < kLeastPixels || sum.fraction() < kNoAgreement)
      problems.push_back(
          {Severity::kWarning,
           "pose_overlap",
           PlaceOf(*frames[i]),
           "nothing that it sees is where the nearest other frames see it: a lost pose, or "
           "a view apart"});
    else if (sum.fraction() < kLeastAgreement)
      problems.push_back({Severity::kWarning,
                          "pose_disagrees",
                          PlaceOf(*frames[i]),
                          StrCat("its depth agrees with the nearest other frames at ",
                                 FormatFixed(100 * sum.fraction(), 0),
                                 " % of the pixels where they overlap: a wrong pose?")});
  }
}

}  // namespace spatium
