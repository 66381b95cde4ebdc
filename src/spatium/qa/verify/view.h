#pragma once
#include <optional>

#include "spatium/qa/verify/vec.h"
#include "spatium/scene/scene.h"

namespace spatium::verify {

// A camera of the source scene, spelled out: where it stands, which way its axes point in World,
// and how it projects. right = image x, down = image y, forward = the optical axis.
struct View {
  Vec center, right, down, forward;
  double fx = 0, fy = 0, cx = 0, cy = 0;
  double width = 0, height = 0;
};
View ColorView(const Frame& frame);
View DepthView(const Frame& frame);

// How far a point of World is to the right of, below and ahead of the camera, metres.
struct Offset {
  double right_m = 0, down_m = 0, ahead_m = 0;
};
Offset Seen(const View& view, Vec p_in_world);

// Where a point ahead of the camera appears, in pixels (first pixel's centre at 0.5) and on the
// 0..1000 scale; none behind the camera.
std::optional<Mark> PixelOf(const View& view, Vec p_in_world);
std::optional<Mark> MarkOf(const View& view, Vec p_in_world);

// The World direction of the ray through a mark, with unit step along the optical axis.
Vec RayThrough(const View& view, Mark mark);

// What moving from `a` to `b` takes: metres along a's axes, and the turn of the optical axis as a
// standing person makes it, in degrees: heading about World's z, then elevation above the horizon.
struct Motion {
  double right_m = 0, up_m = 0, forward_m = 0;
  double yaw_right_deg = 0, pitch_up_deg = 0;
};
Motion MotionBetween(const View& a, const View& b);

Vec CenterOf(const Object& object);
// The box of the eight corners' projections, clipped to the picture; parts behind the camera are
// cut off first. None if nothing of it is in the picture.
std::optional<MarkBox> ProjectedBox(const View& view, const Aabb<frame::World>& box);

}  // namespace spatium::verify
