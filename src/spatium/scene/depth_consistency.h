#pragma once
#include <span>
#include <vector>

#include "spatium/scene/scene.h"

namespace spatium {

// One depth map with its camera and pose.
struct PosedDepth {
  const DepthImage* depth = nullptr;
  Pinhole camera;
  Rigid<frame::Cam<>, frame::World> cam_from_world;
};

// How well depth maps agree with each other when one step is `unit_m`: pixels on a grid of each
// map are moved by the poses into the next maps and compared with the depth there.
struct DepthAgreement {
  int64_t tested = 0;  // landed on a measured pixel of another map
  int64_t agree = 0;   // within kDepthTolerance of its depth, relative
  double fraction() const {
    return tested == 0 ? 0 : static_cast<double>(agree) / static_cast<double>(tested);
  }
};
inline constexpr double kDepthTolerance = 0.04;

DepthAgreement MeasureDepthAgreement(std::span<const PosedDepth> maps, double unit_m);

// The unit among `candidates_m` under which the maps agree best, if it is clearly better than every
// other; nothing if the maps hardly overlap or the camera hardly moves.
struct BestUnit {
  double unit_m = 0;
  double fraction = 0, second_fraction = 0;
};
std::optional<BestUnit> FindAgreeingUnit(std::span<const PosedDepth> maps,
                                         std::span<const double> candidates_m);

// The median of the measured values of all maps, in steps; 0 if there are none.
double MedianStep(std::span<const PosedDepth> maps);

}  // namespace spatium
