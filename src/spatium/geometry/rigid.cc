#include "spatium/geometry/rigid.h"

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <string>

#include "spatium/geometry/trig.h"

namespace spatium {

using Eigen::Matrix3d;
using Eigen::Vector3d;

Result<void> CheckRotation(const Matrix3d& R, std::string_view where, double tolerance) {
  if (!R.allFinite())
    return Error{ErrorCode::kBadValue,
                 std::string(where),
                 "a rotation of finite numbers",
                 "NaN or infinity"};
  const double off = (R.transpose() * R - Matrix3d::Identity()).cwiseAbs().maxCoeff();
  if (!(off <= tolerance))
    return Error{ErrorCode::kBadValue,
                 std::string(where),
                 "a rotation (columns of length 1, at right angles)",
                 "columns that are off by " + std::to_string(off)};
  if (!(R.determinant() > 0))
    return Error{ErrorCode::kBadValue,
                 std::string(where),
                 "a rotation (determinant +1)",
                 "a mirror image (determinant -1)"};
  return {};
}

Matrix3d NearestRotation(const Matrix3d& R) {
  // Newton's iteration for the polar factor (Higham 1986): the error squares with each step.
  Matrix3d q = R;
  for (int i = 0; i < 20; ++i) {
    const Matrix3d next = (q + q.inverse().transpose()) / 2;
    const double change = (next - q).cwiseAbs().maxCoeff();
    q = next;
    if (change < 1e-15) break;
  }
  return q;
}

Result<Matrix3d> RotationFromQuaternion(const std::array<double, 4>& xyzw, std::string_view where) {
  const auto [x, y, z, w] = xyzw;
  const double length = std::sqrt(x * x + y * y + z * z + w * w);
  if (!(std::abs(length - 1) <= 0.1))
    return Error{ErrorCode::kBadValue,
                 std::string(where),
                 "a quaternion of length 1",
                 "length " + std::to_string(length)};
  return Eigen::Quaterniond(w / length, x / length, y / length, z / length).toRotationMatrix();
}

std::array<double, 4> QuaternionFromRotation(const Matrix3d& R) {
  Eigen::Quaterniond q(R);
  if (q.w() < 0) q.coeffs() = -q.coeffs();
  return {q.x(), q.y(), q.z(), q.w()};
}

Matrix3d RotationX(Radians angle) {
  const auto [s, c] = SinCos(angle.rad());
  Matrix3d R;
  R << 1, 0, 0, 0, c, -s, 0, s, c;
  return R;
}
Matrix3d RotationY(Radians angle) {
  const auto [s, c] = SinCos(angle.rad());
  Matrix3d R;
  R << c, 0, s, 0, 1, 0, -s, 0, c;
  return R;
}
Matrix3d RotationZ(Radians angle) {
  const auto [s, c] = SinCos(angle.rad());
  Matrix3d R;
  R << c, -s, 0, s, c, 0, 0, 0, 1;
  return R;
}

Radians AngleOf(const Matrix3d& R) {
  // atan2 of sine and cosine: acos alone loses half the digits near 0 and pi
  const Vector3d twice_sine(R(2, 1) - R(1, 2), R(0, 2) - R(2, 0), R(1, 0) - R(0, 1));
  return Radians(Atan2(twice_sine.norm(), R.trace() - 1));
}

namespace internal {

Result<RawRigid> RigidFromMatrix(std::span<const double> row_major, std::string_view where) {
  const auto bad = [&](std::string expected, std::string found) {
    return Error{ErrorCode::kBadValue, std::string(where), std::move(expected), std::move(found)};
  };
  if (row_major.size() != 16)
    return bad("a 4x4 matrix (16 numbers)", std::to_string(row_major.size()) + " numbers");
  for (const double x : row_major)
    if (!std::isfinite(x)) return bad("a 4x4 matrix of finite numbers", "NaN or infinity");
  const Eigen::Map<const Eigen::Matrix<double, 4, 4, Eigen::RowMajor>> m(row_major.data());
  if (std::abs(m(3, 0)) + std::abs(m(3, 1)) + std::abs(m(3, 2)) + std::abs(m(3, 3) - 1) > 1e-6)
    return bad("0 0 0 1 as the last row of a 4x4 matrix", "other numbers");
  const Matrix3d R = m.topLeftCorner<3, 3>();
  SPATIUM_TRY_DO(CheckRotation(R, where));
  return RawRigid{NearestRotation(R), m.topRightCorner<3, 1>()};
}

RawRigid LookAt(const Vector3d& eye, const Vector3d& forward, const Vector3d& up) {
  const Vector3d z = forward.normalized();
  Vector3d x;
  for (const Vector3d& candidate : {up, Vector3d(Vector3d::UnitY()), Vector3d(Vector3d::UnitX())}) {
    x = z.cross(candidate.normalized());
    if (x.norm() > 1e-6) break;
  }
  x.normalize();
  Matrix3d R;
  R << x.transpose(), z.cross(x).transpose(), z.transpose();
  return {R, -(R * eye)};
}

Matrix3d ShortestTurnToZ(const Vector3d& n) {
  const double x = n.x(), y = n.y(), z = n.z();
  if (x * x + y * y < 1e-24 && z < 0)
    return Vector3d(1, -1, -1).asDiagonal();                         // half a turn about x
  const double k = z < 0 ? (1 - z) / (x * x + y * y) : 1 / (1 + z);  // the same, without cancelling
  Matrix3d R;
  R << 1 - k * x * x, -k * x * y, -x, -k * x * y, 1 - k * y * y, -y, x, y, z;
  return R;
}

}  // namespace internal

Heading HeadingOf(const Dir<frame::World>& direction) {
  const auto& d = direction.v;
  const double along = std::sqrt(d.x() * d.x() + d.y() * d.y());
  return {Radians(along > 0 ? Atan2(d.y(), d.x()) : 0.0), Radians(Atan2(d.z(), along))};
}

Turn TurnOf(const Rigid<frame::Cam<1>, frame::Cam<0>>& second_from_first) {
  // camera 1's line of sight (its z axis) in camera 0: x right, y down, z forward
  const Vector3d f = second_from_first.R.row(2);
  const double level = std::sqrt(f.x() * f.x() + f.z() * f.z());
  return {Radians(level > 0 ? Atan2(f.x(), f.z()) : 0.0), Radians(Atan2(-f.y(), level))};
}

}  // namespace spatium
