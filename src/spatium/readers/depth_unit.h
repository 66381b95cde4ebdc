#pragma once
#include <span>
#include <string>

#include "spatium/scene/depth_consistency.h"

namespace spatium {

struct DetectedUnit {
  double unit_m = 0.001;
  std::string how;  // for the message: evidence and figures
};

// The length of one depth step where nobody says it. First by the poses: the unit of kDepthUnits
// under which overlapping depth maps agree clearly best (FindAgreeingUnit). Where that does not
// decide (no overlap, a camera that only turns), by the median depth: the first of 1/1000, 1/5000,
// 1/10000, 1/256, 1/100 m that puts it between kMinMedian_m and kMaxMedian_m, what a room shows;
// else 1/1000.
DetectedUnit DetectDepthUnit(std::span<const PosedDepth> maps);

inline constexpr double kMinMedian_m = 0.3, kMaxMedian_m = 6.0;

}  // namespace spatium
