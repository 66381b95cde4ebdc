#pragma once
#include <Eigen/Core>
#include <array>
#include <span>
#include <string_view>

#include "spatium/base/result.h"
#include "spatium/geometry/frames.h"

namespace spatium {

// How far a matrix read from a file may be from a rotation, per entry of R^T R - 1: files with
// three decimals pass, a scaled or sheared matrix does not.
inline constexpr double kRotationTolerance = 1e-2;

// Errors: kBadValue at `where` if R is not finite, not orthonormal within `tolerance`, or mirrors
// (determinant -1).
Result<void> CheckRotation(const Eigen::Matrix3d& R,
                           std::string_view where,
                           double tolerance = kRotationTolerance);

// The rotation nearest to R (least squares), for an R near one.
Eigen::Matrix3d NearestRotation(const Eigen::Matrix3d& R);

// The rotation of a quaternion in the order x y z w, brought to length 1.
// Errors: kBadValue at `where` if a number is not finite or the length not within 10 % of 1.
Result<Eigen::Matrix3d> RotationFromQuaternion(const std::array<double, 4>& xyzw,
                                               std::string_view where);
// The unit quaternion x y z w of a rotation, with w >= 0.
std::array<double, 4> QuaternionFromRotation(const Eigen::Matrix3d& R);

// Right-handed turns about an axis: RotationZ of 90 degrees takes x to y.
Eigen::Matrix3d RotationX(Radians angle);
Eigen::Matrix3d RotationY(Radians angle);
Eigen::Matrix3d RotationZ(Radians angle);

// The angle of a rotation about its axis, 0 to pi.
Radians AngleOf(const Eigen::Matrix3d& R);

namespace internal {
struct RawRigid {
  Eigen::Matrix3d R;
  Eigen::Vector3d t;
};
Result<RawRigid> RigidFromMatrix(std::span<const double> row_major, std::string_view where);
RawRigid LookAt(const Eigen::Vector3d& eye,
                const Eigen::Vector3d& forward,
                const Eigen::Vector3d& up);
// The rotation by the smallest angle that takes the unit vector `n` to +z.
Eigen::Matrix3d ShortestTurnToZ(const Eigen::Vector3d& n);
}  // namespace internal

// The rigid transform of a 4x4 matrix in row-major order. Its rotation is replaced by the nearest
// exact one, so that the inverse of what comes back is the inverse of what was read.
// Errors: kBadValue at `where` if there are not 16 finite numbers, the last row is not 0 0 0 1, or
// the rest is no rotation (CheckRotation).
template <class To, class From>
Result<Rigid<To, From>> RigidFromMatrix(std::span<const double> row_major, std::string_view where) {
  SPATIUM_TRY(const auto raw, internal::RigidFromMatrix(row_major, where));
  return Rigid<To, From>{raw.R, raw.t};
}
template <class To, class From>
std::array<double, 16> ToMatrix(const Rigid<To, From>& r) {
  std::array<double, 16> m{};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) m[static_cast<size_t>(4 * i + j)] = r.R(i, j);
    m[static_cast<size_t>(4 * i + 3)] = r.t[i];
  }
  m[15] = 1;
  return m;
}

// cam_from_world of a camera at `eye` that looks along `forward` (not zero) with `up` upwards in
// its picture. Where forward is parallel to up, World's y, then x, takes the place of up.
template <class F>
Rigid<frame::Cam<>, F> LookAlong(const Point<F>& eye, const Dir<F>& forward, const Dir<F>& up) {
  const auto raw = internal::LookAt(eye.v, forward.v, up.v);
  return {raw.R, raw.t};
}

// Where a direction points: `yaw_left` is its angle from x towards y, -pi to pi; `pitch_up` its
// angle above the xy plane, -pi/2 to pi/2. Straight up or down has yaw 0.
struct Heading {
  Radians yaw_left{0};
  Radians pitch_up{0};
};
Heading HeadingOf(const Dir<frame::World>& direction);

// The turn that takes camera 0's line of sight to camera 1's, as a person behind camera 0 says it:
// how far to the right, how far up. Roll does not count. `second_from_first` is the transform of
// points from camera 0 to camera 1.
struct Turn {
  Radians yaw_right{0};  // -pi to pi
  Radians pitch_up{0};   // -pi/2 to pi/2
};
Turn TurnOf(const Rigid<frame::Cam<1>, frame::Cam<0>>& second_from_first);

}  // namespace spatium
