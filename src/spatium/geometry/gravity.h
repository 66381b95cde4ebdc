#pragma once
#include <optional>
#include <span>

#include "spatium/geometry/plane.h"
#include "spatium/geometry/rigid.h"

namespace spatium {

// The rigid motion that makes `floor` the plane z = 0 with its normal up, by the smallest turn; a
// floor that is level and at 0 already is left alone. What lay under the origin stays there.
template <class F>
Rigid<frame::World, F> AlignToFloor(const Plane<F>& floor) {
  Rigid<frame::World, F> world_from_f;
  world_from_f.R = internal::ShortestTurnToZ(floor.normal);
  world_from_f.t = {0, 0, -floor.offset_m};
  return world_from_f;
}

// Upwards in frame F, as the cameras of people are held: the mean of the cameras' own up (-y).
// Nothing without cameras, or if they cancel out.
template <class F>
std::optional<Dir<F>> UpFromCameras(std::span<const Rigid<frame::Cam<>, F>> cams_from_f) {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  for (const auto& cam_from_f : cams_from_f)
    if (cam_from_f.R.allFinite()) sum -= cam_from_f.R.row(1).transpose();
  if (!(sum.norm() > 0.1 * static_cast<double>(cams_from_f.size()))) return std::nullopt;
  return Dir<F>{sum.normalized()};
}

// The floor of a scan: of the planes about level (within 30 degrees of `up`) with hardly anything
// below them (5 % of the points, for noise and mirrors), the one that holds most points. Without
// `up` any plane with the scene on one side of it qualifies, walls too, and the largest wins: give
// `up` where there are cameras.
template <class F>
std::optional<FoundPlane<F>> FindFloor(std::span<const Point<F>> points,
                                       const std::optional<Dir<F>>& up,
                                       const RandomStream& rng) {
  PlaneSearch search;
  if (up) search.up = up->v;
  search.max_below = 0.05;  // chosen
  return FindPlane(points, search, rng);
}

}  // namespace spatium
