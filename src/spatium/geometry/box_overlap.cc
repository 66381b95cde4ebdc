#include "spatium/geometry/box_overlap.h"

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

namespace spatium::internal {
namespace {

using Eigen::Vector3d;
using Tetrahedron = std::array<Vector3d, 4>;

double Volume(const Tetrahedron& t) {
  return std::abs((t[1] - t[0]).cross(t[2] - t[0]).dot(t[3] - t[0])) / 6;
}

// The volume of t inside the planes k, k + 1 ... 5 of the cube [-1, 1]^3; plane k bounds axis
// k / 2 above if k is even, below if it is odd.
double VolumeInCube(Tetrahedron t, int k) {
  if (k == 6) return Volume(t);
  const int axis = k / 2;
  const double sign = k % 2 == 0 ? 1 : -1;
  const auto inside = [&](const Vector3d& v) { return 1 - sign * v[axis]; };
  size_t n = 0;  // corners inside, moved to the front
  for (size_t i = 0; i < 4; ++i)
    if (inside(t[i]) >= 0) std::swap(t[n++], t[i]);
  if (n == 4) return VolumeInCube(t, k + 1);
  if (n == 0) return 0;
  const auto cut = [&](size_t in, size_t out) {
    const double a = inside(t[in]), b = inside(t[out]);
    Vector3d p = t[in] + (t[out] - t[in]) * (a / (a - b));
    p[axis] = sign;
    return p;
  };
  if (n == 1) return VolumeInCube({t[0], cut(0, 1), cut(0, 2), cut(0, 3)}, k + 1);
  // What remains is a prism with the triangles (a, b, c) and (p, q, r): three tetrahedra.
  const auto prism = [&](const Vector3d& a,
                         const Vector3d& b,
                         const Vector3d& c,
                         const Vector3d& p,
                         const Vector3d& q,
                         const Vector3d& r) {
    return VolumeInCube({a, b, c, p}, k + 1) + VolumeInCube({b, c, p, q}, k + 1) +
           VolumeInCube({c, p, q, r}, k + 1);
  };
  if (n == 2) return prism(t[0], cut(0, 2), cut(0, 3), t[1], cut(1, 2), cut(1, 3));
  return prism(t[0], t[1], t[2], cut(0, 3), cut(1, 3), cut(2, 3));
}

// An order of boxes, so that (a, b) and (b, a) are computed alike.
bool Before(const RawBox& a, const RawBox& b) {
  for (const auto& [x, y] : {std::pair(a.half, b.half), std::pair(a.t, b.t)})
    for (int i = 0; i < 3; ++i)
      if (x[i] != y[i]) return x[i] < y[i];
  for (int i = 0; i < 9; ++i)
    if (a.R(i) != b.R(i)) return a.R(i) < b.R(i);
  return false;
}

}  // namespace

bool RawBox::valid() const {
  return R.allFinite() && t.allFinite() && half.allFinite() && (half.array() >= 0).all();
}

double IntersectionVolume(const RawBox& a, const RawBox& b) {
  if (!a.valid() || !b.valid()) return 0;
  if (Before(b, a)) return IntersectionVolume(b, a);
  if ((a.half.array() == 0).any() || (b.half.array() == 0).any()) return 0;
  const Vector3d a_center = b.R.transpose() * (a.t - b.t);  // in b's own axes
  if (a.R == b.R) {
    const Vector3d low = (a_center - a.half).cwiseMax(-b.half);
    const Vector3d high = (a_center + a.half).cwiseMin(b.half);
    return (high - low).cwiseMax(0).prod();
  }
  if (!Overlaps(a, b)) return 0;
  // a's corners where b is the cube [-1, 1]^3
  const Eigen::Matrix3d b_from_a = b.R.transpose() * a.R;
  std::array<Vector3d, 8> c;
  for (size_t i = 0; i < 8; ++i) {
    const Vector3d own(i & 1 ? a.half.x() : -a.half.x(),
                       i & 2 ? a.half.y() : -a.half.y(),
                       i & 4 ? a.half.z() : -a.half.z());
    c[i] = (b_from_a * own + a_center).cwiseQuotient(b.half);
  }
  static constexpr size_t kFive[5][4] = {
      {0, 3, 5, 6}, {1, 0, 3, 5}, {2, 0, 3, 6}, {4, 0, 5, 6}, {7, 3, 5, 6}};
  double in_cubes = 0;
  for (const auto& k : kFive) in_cubes += VolumeInCube({c[k[0]], c[k[1]], c[k[2]], c[k[3]]}, 0);
  return std::min({in_cubes * b.half.prod(), 8 * a.half.prod(), 8 * b.half.prod()});
}

double VolumeIou(double volume_a, double volume_b, double shared) {
  const double all = volume_a + volume_b - shared;
  return shared > 0 && std::isfinite(all) ? std::min(1.0, shared / all) : 0.0;
}

bool Overlaps(const RawBox& a, const RawBox& b) {
  if (!a.valid() || !b.valid()) return false;
  const Eigen::Matrix3d r = b.R.transpose() * a.R;
  const Eigen::Matrix3d abs_r = r.cwiseAbs();
  const Vector3d d = b.R.transpose() * (a.t - b.t);
  // faces of b, then faces of a
  if (((d.cwiseAbs() - b.half - abs_r * a.half).array() > 0).any()) return false;
  if ((((r.transpose() * d).cwiseAbs() - a.half - abs_r.transpose() * b.half).array() > 0).any())
    return false;
  // an edge of each
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) {
      const Vector3d axis = Vector3d::Unit(i).cross(r.col(j));
      // Parallel edges give no axis; what rounding leaves of one must not separate.
      if (axis.squaredNorm() < 1e-20) continue;
      const double reach_b = axis.cwiseAbs().dot(b.half);
      const double reach_a = (r.transpose() * axis).cwiseAbs().dot(a.half);
      if (std::abs(axis.dot(d)) > reach_a + reach_b) return false;
    }
  return true;
}

}  // namespace spatium::internal
