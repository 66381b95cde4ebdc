#include "spatium/scene/depth_consistency.h"

#include <algorithm>
#include <cmath>

namespace spatium {
namespace {

constexpr int kGrid = 16;         // pixels between samples
constexpr size_t kAhead = 4;      // each map is compared with so many maps after it
constexpr int64_t kEnough = 500;  // tested pixels below which nothing is concluded

template <class Fn>
void ForEachSample(const DepthImage& depth, const Fn& fn) {
  for (int y = kGrid / 2; y < depth.height(); y += kGrid)
    for (int x = kGrid / 2; x < depth.width(); x += kGrid)
      if (const uint16_t step = *depth.at(x, y); step > 0) fn(x, y, step);
}

void Compare(const PosedDepth& from, const PosedDepth& to, double unit_m, DepthAgreement& sum) {
  const auto to_from_from = to.cam_from_world * Inverse(from.cam_from_world);
  ForEachSample(*from.depth, [&](int x, int y, uint16_t step) {
    const auto p = to_from_from * from.camera.Unproject({x + 0.5, y + 0.5}, Meters(step * unit_m));
    const auto pixel = to.camera.Project(p);
    if (!pixel || !(pixel->u >= 0 && pixel->v >= 0 && pixel->u < to.depth->width() &&
                    pixel->v < to.depth->height()))
      return;
    const uint16_t there = *to.depth->at(static_cast<int>(pixel->u), static_cast<int>(pixel->v));
    if (there == 0) return;
    ++sum.tested;
    sum.agree += std::abs(p.v.z() - there * unit_m) <= kDepthTolerance * there * unit_m;
  });
}

}  // namespace

DepthAgreement MeasureDepthAgreement(std::span<const PosedDepth> maps, double unit_m) {
  DepthAgreement sum;
  for (size_t i = 0; i < maps.size(); ++i)
    for (size_t j = i + 1; j < std::min(maps.size(), i + 1 + kAhead); ++j) {
      Compare(maps[i], maps[j], unit_m, sum);
      Compare(maps[j], maps[i], unit_m, sum);
    }
  return sum;
}

std::optional<BestUnit> FindAgreeingUnit(std::span<const PosedDepth> maps,
                                         std::span<const double> candidates_m) {
  // Chosen: on the real sets tried the right unit reaches 0.5 to 0.95 and leads by 1.5 and more.
  constexpr double kLeast = 0.3, kLead = 1.25;
  BestUnit best;
  for (const double unit : candidates_m) {
    const DepthAgreement agreement = MeasureDepthAgreement(maps, unit);
    const double fraction = agreement.tested >= kEnough ? agreement.fraction() : 0;
    if (fraction > best.fraction) {
      best = {unit, fraction, best.fraction};
    } else {
      best.second_fraction = std::max(best.second_fraction, fraction);
    }
  }
  if (best.fraction < kLeast || best.fraction < kLead * best.second_fraction) return std::nullopt;
  return best;
}

double MedianStep(std::span<const PosedDepth> maps) {
  std::vector<uint16_t> steps;
  for (const PosedDepth& map : maps)
    ForEachSample(*map.depth, [&](int, int, uint16_t step) { steps.push_back(step); });
  if (steps.empty()) return 0;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

}  // namespace spatium
