#pragma once
#include <Eigen/Core>
#include <array>

#include "spatium/geometry/frames.h"

namespace spatium {

// An axis-aligned box in frame F: min <= max on each axis, metres. A box of size 0 along an axis
// is a box; one with max < min or a number that is not finite is none (`valid()` is false).
template <class F>
struct Aabb {
  Eigen::Vector3d min = Eigen::Vector3d::Zero();
  Eigen::Vector3d max = Eigen::Vector3d::Zero();

  static Aabb FromCenterSize(const Eigen::Vector3d& center, const Eigen::Vector3d& size) {
    return {center - size / 2, center + size / 2};
  }
  bool valid() const {
    return min.allFinite() && max.allFinite() && (max.array() >= min.array()).all();
  }
  Point<F> center() const { return {(min + max) / 2}; }
  Eigen::Vector3d size() const { return max - min; }
  double volume() const { return size().prod(); }
  bool Contains(const Point<F>& p, double margin_m = 0) const {
    return ((p.v - min).array() >= -margin_m).all() && ((max - p.v).array() >= -margin_m).all();
  }
  // Corner i has max on x if i & 1, on y if i & 2, on z if i & 4.
  std::array<Point<F>, 8> corners() const {
    std::array<Point<F>, 8> c;
    for (int i = 0; i < 8; ++i)
      c[static_cast<size_t>(i)].v = {
          i & 1 ? max.x() : min.x(), i & 2 ? max.y() : min.y(), i & 4 ? max.z() : min.z()};
    return c;
  }
};

// An oriented box in frame F: f_from_object maps its own axes into F; `half` is half its size.
template <class F>
struct Obb {
  Rigid<F, frame::Object> f_from_object;
  Eigen::Vector3d half = Eigen::Vector3d::Zero();

  bool valid() const {
    return f_from_object.R.allFinite() && f_from_object.t.allFinite() && half.allFinite() &&
           (half.array() >= 0).all();
  }
  Point<F> center() const { return {f_from_object.t}; }
  Eigen::Vector3d size() const { return 2 * half; }
  double volume() const { return 8 * half.prod(); }
  bool Contains(const Point<F>& p, double margin_m = 0) const {
    const auto own = Inverse(f_from_object) * p;
    return ((half - own.v.cwiseAbs()).array() >= -margin_m).all();
  }
  // Corner i is at +half on the own x if i & 1, on y if i & 2, on z if i & 4.
  std::array<Point<F>, 8> corners() const {
    std::array<Point<F>, 8> c;
    const Aabb<frame::Object> box{-half, half};
    const auto own = box.corners();
    for (size_t i = 0; i < 8; ++i) c[i] = f_from_object * own[i];
    return c;
  }
};

template <class F>
Obb<F> ToObb(const Aabb<F>& box) {
  return {{Eigen::Matrix3d::Identity(), box.center().v}, box.size() / 2};
}

// The same box seen from another frame.
template <class To, class From>
Obb<To> operator*(const Rigid<To, From>& to_from_from, const Obb<From>& box) {
  return {to_from_from * box.f_from_object, box.half};
}

// The smallest axis-aligned box around an oriented one.
template <class F>
Aabb<F> BoundingAabb(const Obb<F>& box) {
  const Eigen::Vector3d reach = box.f_from_object.R.cwiseAbs() * box.half;
  return {box.f_from_object.t - reach, box.f_from_object.t + reach};
}

// The smallest axis-aligned box around two.
template <class F>
Aabb<F> Union(const Aabb<F>& a, const Aabb<F>& b) {
  return {a.min.cwiseMin(b.min), a.max.cwiseMax(b.max)};
}

// What two axis-aligned boxes share; not `valid()` where they are apart.
template <class F>
Aabb<F> Intersection(const Aabb<F>& a, const Aabb<F>& b) {
  return {a.min.cwiseMax(b.min), a.max.cwiseMin(b.max)};
}

}  // namespace spatium
