#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/scene/check/context.h"

namespace spatium {

void CheckDepthUnit(const CheckContext& context, std::vector<Problem>& problems) {
  if (context.maps.empty()) return;
  const double unit = context.scene.depth_unit_m;
  // By the poses: would another unit make the maps agree better?
  constexpr double kFactors[] = {1, 0.1, 0.2, 0.25, 0.5, 2, 4, 5, 10};
  std::vector<double> units;
  for (const double factor : kFactors) units.push_back(unit * factor);
  const auto best = FindAgreeingUnit(context.maps, units);
  if (best && best->unit_m != unit) {
    problems.push_back(
        {Severity::kError,
         "depth_unit",
         "scene",
         StrCat("depth maps of neighbouring frames agree with the poses at ",
                FormatFixed(1 / best->unit_m, 0),
                " steps per metre (",
                FormatFixed(100 * best->fraction, 0),
                " % of pixels), not at ",
                FormatFixed(1 / unit, 0),
                " (",
                FormatFixed(100 * MeasureDepthAgreement(context.maps, unit).fraction(), 0),
                " %)")});
    return;
  }
  // By what rooms measure.
  constexpr double kMinMedian_m = 0.2, kMaxMedian_m = 12;
  const double median_m = MedianStep(context.maps) * unit;
  if (median_m > 0 && (median_m < kMinMedian_m || median_m > kMaxMedian_m))
    problems.push_back({best ? Severity::kWarning : Severity::kError,
                        "depth_unit",
                        "scene",
                        StrCat("the median depth is ",
                               FormatFixed(median_m, 3),
                               " m: a room shows ",
                               kMinMedian_m,
                               " to ",
                               kMaxMedian_m,
                               " m")});
}

void CheckDepthCoverage(const CheckContext& context, std::vector<Problem>& problems) {
  constexpr double kLeast = 0.05;
  for (size_t k = 0; k < context.depths.size(); ++k) {
    const auto pixels = context.depths[k].data();
    if (pixels.empty()) continue;
    const auto measured = std::count_if(pixels.begin(), pixels.end(), [](uint16_t v) { return v; });
    const double fraction = static_cast<double>(measured) / static_cast<double>(pixels.size());
    if (fraction < kLeast)
      problems.push_back(
          {Severity::kWarning,
           "sparse_depth",
           PlaceOf(context.scene.frames[context.depth_frames[k]]),
           StrCat("depth was measured in ", FormatFixed(100 * fraction, 1), " % of the pixels")});
  }
}

}  // namespace spatium
