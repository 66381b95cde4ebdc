#include "spatium/qa/verify/view.h"

#include <algorithm>
#include <array>
#include <numbers>

namespace spatium::verify {
namespace {

constexpr double kDegreesPerRadian = 180 / std::numbers::pi;
constexpr double kNear_m = 0.01;  // closer than this a projection says nothing

View MakeView(const Frame& frame, const Pinhole& camera) {
  const auto& R = frame.cam_from_world.R;
  const auto& t = frame.cam_from_world.t;
  View view;
  // The rows of a rotation into the camera are the camera's axes in World.
  view.right = {R(0, 0), R(0, 1), R(0, 2)};
  view.down = {R(1, 0), R(1, 1), R(1, 2)};
  view.forward = {R(2, 0), R(2, 1), R(2, 2)};
  view.center = -1.0 * (t(0) * view.right + t(1) * view.down + t(2) * view.forward);
  view.fx = camera.fx;
  view.fy = camera.fy;
  view.cx = camera.cx;
  view.cy = camera.cy;
  view.width = camera.size.width;
  view.height = camera.size.height;
  return view;
}

}  // namespace

double Area(const MarkBox& box) {
  return std::max(0.0, box.x1 - box.x0) * std::max(0.0, box.y1 - box.y0);
}

namespace {
double CommonArea(const MarkBox& a, const MarkBox& b) {
  return Area(
      {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)});
}
}  // namespace

double Overlap(const MarkBox& a, const MarkBox& b) {
  const double common = CommonArea(a, b), all = Area(a) + Area(b) - common;
  return all > 0 ? common / all : 0;
}

double Inside(const MarkBox& inner, const MarkBox& outer) {
  return Area(inner) > 0 ? CommonArea(inner, outer) / Area(inner) : 0;
}

View ColorView(const Frame& frame) { return MakeView(frame, frame.color); }
View DepthView(const Frame& frame) { return MakeView(frame, frame.depth); }

Offset Seen(const View& view, Vec p_in_world) {
  const Vec d = p_in_world - view.center;
  return {Dot(view.right, d), Dot(view.down, d), Dot(view.forward, d)};
}

std::optional<Mark> PixelOf(const View& view, Vec p_in_world) {
  const Offset o = Seen(view, p_in_world);
  if (o.ahead_m < kNear_m) return std::nullopt;
  return Mark{view.cx + view.fx * (o.right_m / o.ahead_m),
              view.cy + view.fy * (o.down_m / o.ahead_m)};
}

std::optional<Mark> MarkOf(const View& view, Vec p_in_world) {
  const auto pixel = PixelOf(view, p_in_world);
  if (!pixel) return std::nullopt;
  return Mark{pixel->x / view.width * 1000, pixel->y / view.height * 1000};
}

Vec RayThrough(const View& view, Mark mark) {
  const double u = mark.x / 1000 * view.width, v = mark.y / 1000 * view.height;
  return view.forward + ((u - view.cx) / view.fx) * view.right +
         ((v - view.cy) / view.fy) * view.down;
}

Motion MotionBetween(const View& a, const View& b) {
  const Offset step = Seen(a, b.center);
  Motion m;
  m.right_m = step.right_m;
  m.up_m = -step.down_m;
  m.forward_m = step.ahead_m;
  // Both optical axes seen from above: the turn from one to the other, clockwise = to the right.
  const Vec from{a.forward.x, a.forward.y, 0}, to{b.forward.x, b.forward.y, 0};
  m.yaw_right_deg = -std::atan2(Cross(from, to).z, Dot(from, to)) * kDegreesPerRadian;
  const auto elevation = [](const View& view) {
    return std::asin(std::clamp(view.forward.z, -1.0, 1.0)) * kDegreesPerRadian;
  };
  m.pitch_up_deg = elevation(b) - elevation(a);
  return m;
}

Vec CenterOf(const Object& object) {
  const auto& box = object.box;
  return {(box.min.x() + box.max.x()) / 2,
          (box.min.y() + box.max.y()) / 2,
          (box.min.z() + box.max.z()) / 2};
}

std::optional<MarkBox> ProjectedBox(const View& view, const Aabb<frame::World>& box) {
  std::array<Vec, 8> corner;
  for (unsigned i = 0; i < 8; ++i)
    corner[i] = {i & 1 ? box.max.x() : box.min.x(),
                 i & 2 ? box.max.y() : box.min.y(),
                 i & 4 ? box.max.z() : box.min.z()};
  MarkBox out{1e300, 1e300, -1e300, -1e300};
  const auto add = [&](Vec p) {
    if (const auto mark = MarkOf(view, p))
      out = {std::min(out.x0, mark->x),
             std::min(out.y0, mark->y),
             std::max(out.x1, mark->x),
             std::max(out.y1, mark->y)};
  };
  for (unsigned i = 0; i < 8; ++i) {
    add(corner[i]);
    // An edge that crosses the near plane ends there.
    for (unsigned bit = 1; bit < 8; bit *= 2) {
      const Vec from = corner[i], to = corner[i | bit];
      const double za = Seen(view, from).ahead_m, zb = Seen(view, to).ahead_m;
      if ((za < kNear_m) != (zb < kNear_m))
        add(from + ((2 * kNear_m - za) / (zb - za)) * (to - from));
    }
  }
  out = {std::max(out.x0, 0.0),
         std::max(out.y0, 0.0),
         std::min(out.x1, 1000.0),
         std::min(out.y1, 1000.0)};
  if (!(out.x0 < out.x1 && out.y0 < out.y1)) return std::nullopt;
  return out;
}

}  // namespace spatium::verify
