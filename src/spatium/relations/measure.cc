#include "spatium/relations/measure.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "spatium/geometry/trig.h"

namespace spatium {
namespace {

using CamFromWorld = Rigid<frame::Cam<>, frame::World>;

double Degrees(double rad) { return rad * 180.0 / std::numbers::pi; }

double WrapDegrees(double degrees) {
  while (degrees > 180) degrees -= 360;
  while (degrees <= -180) degrees += 360;
  return degrees;
}

Point<frame::World> CenterOf(const CamFromWorld& cam_from_world) {
  return {-(cam_from_world.R.transpose() * cam_from_world.t)};
}

// Heading (counter-clockwise from World's x), elevation of the optical axis, and roll: the angle
// of the camera's x axis above the horizon, which is zero for a camera held level.
struct Attitude {
  double heading_deg, elevation_deg, roll_deg;
};
Attitude AttitudeOf(const CamFromWorld& cam_from_world) {
  const Eigen::Vector3d forward = cam_from_world.R.row(2);
  const Eigen::Vector3d right = cam_from_world.R.row(0);
  const Eigen::Vector3d down = cam_from_world.R.row(1);
  const double level = std::sqrt(forward.x() * forward.x() + forward.y() * forward.y());
  return {Degrees(Atan2(forward.y(), forward.x())),
          Degrees(Atan2(forward.z(), level)),
          Degrees(Atan2(-right.z(), -down.z()))};
}

}  // namespace

Displacement InCamera(const CamFromWorld& cam_from_world,
                      const Point<frame::World>& of,
                      const Point<frame::World>& reference) {
  const Eigen::Vector3d d = cam_from_world.R * (of.v - reference.v);
  return {.right_m = d.x(), .up_m = -d.y(), .forward_m = d.z()};
}

Displacement InLevelCamera(const CamFromWorld& cam_from_world,
                           const Point<frame::World>& of,
                           const Point<frame::World>& reference) {
  const Eigen::Vector3d forward = cam_from_world.R.row(2);
  const double level = std::sqrt(forward.x() * forward.x() + forward.y() * forward.y());
  if (level < 1e-9) return {};
  const double fx = forward.x() / level, fy = forward.y() / level;
  const Eigen::Vector3d d = of.v - reference.v;
  return {.right_m = d.x() * fy - d.y() * fx, .up_m = d.z(), .forward_m = d.x() * fx + d.y() * fy};
}

double DepthFrom(const CamFromWorld& cam_from_world, const Point<frame::World>& p) {
  return (cam_from_world * p).v.z();
}

double DistanceFrom(const CamFromWorld& cam_from_world, const Point<frame::World>& p) {
  return (cam_from_world * p).v.norm();
}

double DistanceBetween(const Point<frame::World>& a, const Point<frame::World>& b) {
  return (a.v - b.v).norm();
}

Motion MotionBetween(const CamFromWorld& first_from_world, const CamFromWorld& second_from_world) {
  const Attitude a = AttitudeOf(first_from_world), b = AttitudeOf(second_from_world);
  return {
      .moved = InCamera(first_from_world, CenterOf(second_from_world), CenterOf(first_from_world)),
      .yaw_right_deg = WrapDegrees(a.heading_deg - b.heading_deg),
      .pitch_up_deg = b.elevation_deg - a.elevation_deg,
      .roll_deg = WrapDegrees(b.roll_deg - a.roll_deg)};
}

Motion MotionInFirstCamera(const CamFromWorld& first_from_world,
                           const CamFromWorld& second_from_world) {
  const Eigen::Matrix3d first_from_second = first_from_world.R * second_from_world.R.transpose();
  const Eigen::Vector3d forward = first_from_second.col(2);
  const Eigen::Vector3d right = first_from_second.col(0), down = first_from_second.col(1);
  const double level = std::sqrt(forward.x() * forward.x() + forward.z() * forward.z());
  return {
      .moved = InCamera(first_from_world, CenterOf(second_from_world), CenterOf(first_from_world)),
      .yaw_right_deg = Degrees(Atan2(forward.x(), forward.z())),
      .pitch_up_deg = Degrees(Atan2(-forward.y(), level)),
      .roll_deg = Degrees(Atan2(right.y(), down.y()))};
}

}  // namespace spatium
