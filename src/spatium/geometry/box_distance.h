#pragma once
#include <limits>

#include "spatium/geometry/box_overlap.h"

namespace spatium {

namespace internal {
Eigen::Vector3d ClosestPoint(const RawBox& box, const Eigen::Vector3d& p);
double Distance(const RawBox& a, const RawBox& b);
}  // namespace internal

// The point of a box that is nearest to p; p itself if it lies inside.
template <template <class> class Box, class F>
Point<F> ClosestPoint(const Box<F>& box, const Point<F>& p) {
  return {internal::ClosestPoint(internal::Raw(box), p.v)};
}

// The distance from a point to a box: 0 inside. NaN if a number is not finite or the box not
// `valid()`.
template <template <class> class Box, class F>
Meters Distance(const Box<F>& box, const Point<F>& p) {
  return Meters((internal::ClosestPoint(internal::Raw(box), p.v) - p.v).norm());
}

// The closest distance between two boxes: 0 if they touch or overlap; the same in either order.
// NaN if one is not `valid()`.
template <class F>
Meters Distance(const Aabb<F>& a, const Aabb<F>& b) {
  if (!a.valid() || !b.valid()) return Meters(std::numeric_limits<double>::quiet_NaN());
  return Meters((a.min - b.max).cwiseMax(b.min - a.max).cwiseMax(0).norm());
}
template <template <class> class BoxA, template <class> class BoxB, class F>
Meters Distance(const BoxA<F>& a, const BoxB<F>& b) {
  return Meters(internal::Distance(internal::Raw(a), internal::Raw(b)));
}

}  // namespace spatium
