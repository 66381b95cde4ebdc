#include "spatium/geometry/plane.h"

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>
#include <cmath>
#include <vector>

#include "spatium/geometry/trig.h"

namespace spatium::internal {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using Points = std::span<const Vector3d>;

constexpr size_t kMaxPoints = 20000;  // chosen: a floor of 1 % of them is still 200 points

struct Split {
  size_t on = 0, above = 0, below = 0;
};
Split Count(Points points, const Vector3d& normal, double offset, double tolerance) {
  Split n;
  for (const auto& p : points) {
    const double d = normal.dot(p) - offset;
    (d > tolerance ? n.above : d < -tolerance ? n.below : n.on) += 1;
  }
  return n;
}

std::vector<Vector3d> Sample(Points points, RandomStream& rng) {
  std::vector<Vector3d> kept;
  kept.reserve(points.size());
  for (const auto& p : points)
    if (p.allFinite()) kept.push_back(p);
  if (kept.size() > kMaxPoints) {
    for (size_t i = 0; i < kMaxPoints; ++i)
      std::swap(kept[i], kept[i + rng.Index(kept.size() - i)]);
    kept.resize(kMaxPoints);
  }
  return kept;
}

}  // namespace

std::optional<RawPlane> FitPlane(Points points) {
  Vector3d mean = Vector3d::Zero();
  size_t n = 0;
  for (const auto& p : points)
    if (p.allFinite()) mean += p, ++n;
  if (n < 3) return std::nullopt;
  mean /= static_cast<double>(n);
  Matrix3d spread = Matrix3d::Zero();
  for (const auto& p : points)
    if (p.allFinite()) spread += (p - mean) * (p - mean).transpose();
  const Eigen::SelfAdjointEigenSolver<Matrix3d> solver(spread);
  // eigenvalues ascending: a line has two that vanish beside the third
  if (!(solver.eigenvalues()[1] > 1e-12 * solver.eigenvalues()[2])) return std::nullopt;
  Vector3d normal = solver.eigenvectors().col(0);
  Eigen::Index largest = 0;
  normal.cwiseAbs().maxCoeff(&largest);
  if (normal[largest] < 0) normal = -normal;
  return RawPlane{normal, normal.dot(mean), n, n};
}

std::optional<RawPlane> FindPlane(Points all, const PlaneSearch& search, RandomStream rng) {
  const auto points = Sample(all, rng);
  if (points.size() < 3) return std::nullopt;
  const double tolerance = search.tolerance.m();
  const Vector3d up = search.up ? search.up->normalized() : Vector3d::Zero();
  const double min_cosine = search.up ? Cos(search.max_tilt) : -1;
  const auto max_below =
      static_cast<size_t>(std::floor(search.max_below * static_cast<double>(points.size())));

  // How many points a plane holds if it meets the conditions, else 0; turns its normal up.
  const auto score = [&](Vector3d& normal, double& offset) -> size_t {
    if (search.up && normal.dot(up) < 0) normal = -normal, offset = -offset;
    if (search.up && normal.dot(up) < min_cosine) return 0;
    const Split n = Count(points, normal, offset, tolerance);
    size_t below = n.below;
    if (!search.up && n.above < n.below) normal = -normal, offset = -offset, below = n.above;
    return below <= max_below ? n.on : 0;
  };

  RawPlane best{Vector3d::Zero(), 0, 0, points.size()};
  for (int i = 0; i < search.num_samples; ++i) {
    const auto& a = points[rng.Index(points.size())];
    const auto& b = points[rng.Index(points.size())];
    const auto& c = points[rng.Index(points.size())];
    Vector3d normal = (b - a).cross(c - a);
    const double length = normal.norm();
    if (!(length > 1e-12)) continue;
    normal /= length;
    double offset = normal.dot(a);
    if (const size_t on = score(normal, offset); on > best.num_on)
      best = {normal, offset, on, points.size()};
  }
  if (best.num_on < 3) return std::nullopt;

  // Refit to the plane's own points while that gains any.
  for (int i = 0; i < 10; ++i) {
    std::vector<Vector3d> on;
    for (const auto& p : points)
      if (std::abs(best.normal.dot(p) - best.offset) <= tolerance) on.push_back(p);
    auto fit = FitPlane(on);
    if (!fit) break;
    fit->num_points = points.size();
    fit->num_on = score(fit->normal, fit->offset);
    if (fit->num_on < best.num_on) break;
    const bool gained = fit->num_on > best.num_on;
    best = *fit;
    if (!gained) break;
  }
  return best;
}

}  // namespace spatium::internal
