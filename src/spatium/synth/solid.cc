#include "spatium/synth/solid.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <limits>

#include "spatium/base/check.h"
#include "spatium/geometry/trig.h"

namespace spatium::synth {
namespace {

constexpr double kParallel = 1e-9;  // unit vectors closer than this (1 - |cos|) are one axis

void AddAxis(std::vector<V3>& axes, const V3& direction) {
  const double norm = direction.norm();
  if (norm < 1e-12) return;  // a degenerate face or edge separates nothing
  const V3 unit = direction / norm;
  for (const V3& known : axes)
    if (1 - std::abs(known.dot(unit)) < kParallel) return;
  axes.push_back(unit);
}

void SetBounds(Solid& solid) {
  solid.min = solid.max = solid.vertices.front();
  for (const V3& v : solid.vertices) {
    solid.min = solid.min.cwiseMin(v);
    solid.max = solid.max.cwiseMax(v);
  }
}

struct Interval {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
};

Interval Project(const Solid& solid, const V3& axis) {
  Interval i;
  for (const V3& v : solid.vertices) {
    const double d = v.dot(axis);
    i.low = std::min(i.low, d);
    i.high = std::max(i.high, d);
  }
  return i;
}

double OverlapAlong(const Solid& a, const Solid& b, const V3& axis) {
  const Interval ia = Project(a, axis), ib = Project(b, axis);
  return std::min(ia.high - ib.low, ib.high - ia.low);
}

}  // namespace

Pose YawAt(const V3& t, double yaw_rad) {
  const double c = Cos(yaw_rad), s = Sin(yaw_rad);
  Pose p;
  p.R << c, -s, 0, s, c, 0, 0, 0, 1;
  p.t = t;
  return p;
}

Pose TiltAt(const V3& t, double tilt_rad) {
  const double c = Cos(tilt_rad), s = Sin(tilt_rad);
  Pose p;
  p.R << 1, 0, 0, 0, c, -s, 0, s, c;
  p.t = t;
  return p;
}

Solid Frustum(std::span<const V3> bottom, std::span<const V3> top) {
  SPATIUM_CHECK(bottom.size() == top.size() && bottom.size() >= 3) << bottom.size();
  Solid s;
  s.vertices.assign(bottom.begin(), bottom.end());
  s.vertices.insert(s.vertices.end(), top.begin(), top.end());
  const size_t n = bottom.size();
  AddAxis(s.normals, (top[1] - top[0]).cross(top[2] - top[0]));
  AddAxis(s.normals, (bottom[1] - bottom[0]).cross(bottom[2] - bottom[0]));
  for (size_t i = 0; i < n; ++i) {
    const size_t j = (i + 1) % n;
    // A side may be a triangle where one polygon shrinks to a point; take the longer chord.
    const V3 along = (top[j] - top[i]).norm() > (bottom[j] - bottom[i]).norm()
                         ? V3(top[j] - top[i])
                         : V3(bottom[j] - bottom[i]);
    AddAxis(s.normals, along.cross(top[i] - bottom[i]));
    AddAxis(s.edges, top[i] - bottom[i]);
    AddAxis(s.edges, bottom[j] - bottom[i]);
    AddAxis(s.edges, top[j] - top[i]);
  }
  SetBounds(s);
  return s;
}

Solid BoxSolid(const V3& min, const V3& max) {
  Solid s;
  for (int i = 0; i < 8; ++i)
    s.vertices.emplace_back(
        i & 1 ? max.x() : min.x(), i & 2 ? max.y() : min.y(), i & 4 ? max.z() : min.z());
  s.normals = s.edges = {V3::UnitX(), V3::UnitY(), V3::UnitZ()};
  s.min = min;
  s.max = max;
  return s;
}

Solid Transformed(const Solid& solid, const Pose& target_from_solid) {
  Solid s = solid;
  for (V3& v : s.vertices) v = target_from_solid * v;
  for (V3& v : s.normals) v = target_from_solid.R * v;
  for (V3& v : s.edges) v = target_from_solid.R * v;
  SetBounds(s);
  return s;
}

double Penetration(const Solid& a, const Solid& b) {
  double least = std::numeric_limits<double>::infinity();
  for (int k = 0; k < 3; ++k) least = std::min({least, a.max[k] - b.min[k], b.max[k] - a.min[k]});
  if (least <= 0) return least;
  const auto apart = [&](const V3& axis) {
    least = std::min(least, OverlapAlong(a, b, axis));
    return least <= 0;
  };
  for (const V3& axis : a.normals)
    if (apart(axis)) return least;
  for (const V3& axis : b.normals)
    if (apart(axis)) return least;
  for (const V3& ea : a.edges)
    for (const V3& eb : b.edges) {
      const V3 axis = ea.cross(eb);
      const double norm = axis.norm();
      if (norm > 1e-6 && apart(axis / norm)) return least;
    }
  return least;
}

double Penetration(std::span<const Solid> a, std::span<const Solid> b) {
  double deepest = -1;
  for (const Solid& sa : a)
    for (const Solid& sb : b) {
      if (((sa.min - sb.max).array() >= -deepest).any() ||
          ((sb.min - sa.max).array() >= -deepest).any())
        continue;  // farther apart than what is known already
      deepest = std::max(deepest, Penetration(sa, sb));
    }
  return deepest;
}

bool Contains(const Solid& solid, const V3& point, double margin_m) {
  for (const V3& axis : solid.normals) {
    const Interval i = Project(solid, axis);
    const double d = point.dot(axis);
    if (d < i.low - margin_m || d > i.high + margin_m) return false;
  }
  return true;
}

}  // namespace spatium::synth
