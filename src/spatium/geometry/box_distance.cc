#include "spatium/geometry/box_distance.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace spatium::internal {
namespace {

using Eigen::Vector3d;

std::array<Vector3d, 8> Corners(const RawBox& box) {
  std::array<Vector3d, 8> c;
  for (size_t i = 0; i < 8; ++i) {
    const Vector3d own(i & 1 ? box.half.x() : -box.half.x(),
                       i & 2 ? box.half.y() : -box.half.y(),
                       i & 4 ? box.half.z() : -box.half.z());
    c[i] = box.R * own + box.t;
  }
  return c;
}

// Squared distance of the segments p + s u and q + t v, s and t in [0, 1] (Ericson, Real-Time
// Collision Detection, 5.1.9). Parallel ones need no exact answer: their ends are corners, which
// are tried against the other box anyway.
double SegmentDistance2(const Vector3d& p,
                        const Vector3d& u,
                        const Vector3d& q,
                        const Vector3d& v) {
  const Vector3d r = p - q;
  const double a = u.squaredNorm(), e = v.squaredNorm(), f = v.dot(r);
  if (a == 0 || e == 0) return std::numeric_limits<double>::infinity();
  const double c = u.dot(r), b = u.dot(v);
  const double denominator = a * e - b * b;
  double s = denominator > 1e-12 * a * e ? std::clamp((b * f - c * e) / denominator, 0.0, 1.0) : 0;
  const double t = std::clamp((b * s + f) / e, 0.0, 1.0);
  s = std::clamp((b * t - c) / a, 0.0, 1.0);
  return (r + s * u - t * v).squaredNorm();
}

}  // namespace

Vector3d ClosestPoint(const RawBox& box, const Vector3d& p) {
  if (!box.valid() || !p.allFinite())
    return Vector3d::Constant(std::numeric_limits<double>::quiet_NaN());
  const Vector3d own = box.R.transpose() * (p - box.t);
  const Vector3d inside = own.cwiseMax(-box.half).cwiseMin(box.half);
  return inside == own ? p : Vector3d(box.R * inside + box.t);
}

double Distance(const RawBox& a, const RawBox& b) {
  if (!a.valid() || !b.valid()) return std::numeric_limits<double>::quiet_NaN();
  if (Overlaps(a, b)) return 0;
  // Of two convex bodies apart, the nearest points are a corner and some point, or on two edges.
  const auto ca = Corners(a), cb = Corners(b);
  double best = std::numeric_limits<double>::infinity();
  for (const auto& p : ca) best = std::min(best, (ClosestPoint(b, p) - p).squaredNorm());
  for (const auto& p : cb) best = std::min(best, (ClosestPoint(a, p) - p).squaredNorm());
  for (size_t i = 0; i < 8; ++i)
    for (size_t j = 0; j < 8; ++j)
      for (const size_t bit_a : {1u, 2u, 4u})
        for (const size_t bit_b : {1u, 2u, 4u})
          if (!(i & bit_a) && !(j & bit_b))
            best = std::min(
                best, SegmentDistance2(ca[i], ca[i | bit_a] - ca[i], cb[j], cb[j | bit_b] - cb[j]));
  return std::sqrt(best);
}

}  // namespace spatium::internal
