#include "spatium/geometry/box_fit.h"

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>
#include <vector>

#include "spatium/geometry/hull.h"

namespace spatium::internal {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using Points = std::span<const Vector3d>;

// The smallest box whose z axis is the third column of `frame`, a rotation.
RawFit FitAlong(Points points, const Matrix3d& frame) {
  Polygon2 floor;
  floor.reserve(points.size());
  double low = 0, high = 0;
  for (const auto& p : points) {
    const Vector3d q = frame.transpose() * p;
    low = floor.empty() ? q.z() : std::min(low, q.z());
    high = floor.empty() ? q.z() : std::max(high, q.z());
    floor.push_back(q.head<2>());
  }
  const Rectangle2 base = MinimalRectangle(floor);
  Matrix3d turn = Matrix3d::Identity();
  turn.topLeftCorner<2, 2>() << base.axis.x(), -base.axis.y(), base.axis.y(), base.axis.x();
  return {frame * turn,
          frame * Vector3d(base.center.x(), base.center.y(), (low + high) / 2),
          Vector3d(base.half.x(), base.half.y(), (high - low) / 2)};
}

std::vector<Vector3d> Finite(Points points) {
  std::vector<Vector3d> kept;
  kept.reserve(points.size());
  for (const auto& p : points)
    if (p.allFinite()) kept.push_back(p);
  return kept;
}

// The principal axes of the points, as a rotation.
Matrix3d PrincipalAxes(Points points) {
  Vector3d mean = Vector3d::Zero();
  for (const auto& p : points) mean += p / static_cast<double>(points.size());
  Matrix3d spread = Matrix3d::Zero();
  for (const auto& p : points) spread += (p - mean) * (p - mean).transpose();
  Matrix3d axes = Eigen::SelfAdjointEigenSolver<Matrix3d>(spread).eigenvectors();
  axes.col(2) = axes.col(0).cross(axes.col(1));
  return axes;
}

}  // namespace

std::optional<RawFit> UprightFit(Points points) {
  const auto finite = Finite(points);
  if (finite.empty()) return std::nullopt;
  return FitAlong(finite, Matrix3d::Identity());
}

std::optional<RawFit> TightFit(Points points) {
  const auto finite = Finite(points);
  if (finite.empty()) return std::nullopt;
  Matrix3d cycle;  // x y z -> y z x
  cycle << 0, 0, 1, 1, 0, 0, 0, 1, 0;
  RawFit best = FitAlong(finite, Matrix3d::Identity());
  const auto consider = [&](const Matrix3d& frame) {
    RawFit fit = FitAlong(finite, frame);
    if (fit.half.prod() >= best.half.prod() * (1 - 1e-9)) return;
    best = std::move(fit);
  };
  for (Matrix3d frame : {Matrix3d(Matrix3d::Identity()), PrincipalAxes(finite)})
    for (int i = 0; i < 3; ++i, frame = frame * cycle) consider(frame);
  // Once more along the axes found: a fit that is nearly right becomes right.
  for (int round = 0; round < 3; ++round) {
    Matrix3d frame = best.R;
    for (int i = 0; i < 3; ++i, frame = frame * cycle) consider(frame);
  }
  return best;
}

}  // namespace spatium::internal
