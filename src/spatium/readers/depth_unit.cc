#include "spatium/readers/depth_unit.h"

#include "spatium/base/text.h"

namespace spatium {
namespace {

// In the order of preference of the median rule; steps per metre.
constexpr double kScales[] = {1000, 5000, 10000, 256, 100};
// The rule by agreement also tries these.
constexpr double kMoreScales[] = {1000, 5000, 10000, 256, 100, 4000, 2000, 500};

}  // namespace

DetectedUnit DetectDepthUnit(std::span<const PosedDepth> maps) {
  std::vector<double> units;
  for (const double scale : kMoreScales) units.push_back(1 / scale);
  if (const auto best = FindAgreeingUnit(maps, units))
    return {best->unit_m,
            StrCat("overlapping depth maps agree at ",
                   FormatFixed(100 * best->fraction, 0),
                   " % of their pixels, with the next unit at ",
                   FormatFixed(100 * best->second_fraction, 0),
                   " %")};
  const double median = MedianStep(maps);
  for (const double scale : kScales)
    if (median / scale >= kMinMedian_m && median / scale <= kMaxMedian_m)
      return {
          1 / scale,
          StrCat("the median depth is ", median, " steps: ", FormatFixed(median / scale, 2), " m")};
  return {0.001, "nothing in the depth maps tells it; millimetres are usual"};
}

}  // namespace spatium
