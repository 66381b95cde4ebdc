#pragma once
#include <Eigen/Core>
#include <array>

#include "spatium/geometry/frames.h"

namespace spatium {

// An axis-aligned box in frame F: min <= max on each axis, metres.
template <class F>
struct Aabb {
  Eigen::Vector3d min = Eigen::Vector3d::Zero();
  Eigen::Vector3d max = Eigen::Vector3d::Zero();

  static Aabb FromCenterSize(const Eigen::Vector3d& center, const Eigen::Vector3d& size) {
    return {center - size / 2, center + size / 2};
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

  Point<F> center() const { return {f_from_object.t}; }
  double volume() const { return 8 * half.prod(); }
  std::array<Point<F>, 8> corners() const {
    std::array<Point<F>, 8> c;
    const Aabb<frame::Object> box{-half, half};
    const auto own = box.corners();
    for (size_t i = 0; i < 8; ++i) c[i] = f_from_object * own[i];
    return c;
  }
};

}  // namespace spatium
