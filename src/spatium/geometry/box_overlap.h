#pragma once
#include "spatium/geometry/box.h"

namespace spatium {

namespace internal {
// An oriented box without its frame's type: x_in_f = R x_in_object + t, |x_in_object| <= half.
struct RawBox {
  Eigen::Matrix3d R;
  Eigen::Vector3d t;
  Eigen::Vector3d half;
  bool valid() const;
};
double IntersectionVolume(const RawBox& a, const RawBox& b);
double VolumeIou(double volume_a, double volume_b, double shared);
bool Overlaps(const RawBox& a, const RawBox& b);
template <class F>
RawBox Raw(const Obb<F>& b) {
  return {b.f_from_object.R, b.f_from_object.t, b.half};
}
template <class F>
RawBox Raw(const Aabb<F>& b) {
  return Raw(ToObb(b));
}
}  // namespace internal

// The volume that two boxes share, in cubic metres; exact up to rounding for any rotations.
// Touching boxes share 0, and so does a box that is not `valid()` with any other. The same bits
// in either order of the boxes.
// Method: one box as five tetrahedra, each clipped by the six planes of the other; every piece has
// a volume of its own, so rounding can lose slivers but never a face.
template <class F>
double IntersectionVolume(const Obb<F>& a, const Obb<F>& b) {
  return internal::IntersectionVolume(internal::Raw(a), internal::Raw(b));
}
template <class F>
double IntersectionVolume(const Aabb<F>& a, const Obb<F>& b) {
  return internal::IntersectionVolume(internal::Raw(a), internal::Raw(b));
}
template <class F>
double IntersectionVolume(const Obb<F>& a, const Aabb<F>& b) {
  return IntersectionVolume(b, a);
}
template <class F>
double IntersectionVolume(const Aabb<F>& a, const Aabb<F>& b) {
  if (!a.valid() || !b.valid()) return 0;
  return Intersection(a, b).size().cwiseMax(0).prod();
}

// Intersection over union, 0 to 1. Two boxes without volume have 0, even where they coincide;
// boxes that are not `valid()` have 0 with everything, themselves included.
template <template <class> class BoxA, template <class> class BoxB, class F>
double Iou3d(const BoxA<F>& a, const BoxB<F>& b) {
  return internal::VolumeIou(a.volume(), b.volume(), IntersectionVolume(a, b));
}

// Whether two boxes share at least a point, by separating axes; touching counts. A box that is
// not `valid()` overlaps nothing.
template <template <class> class BoxA, template <class> class BoxB, class F>
bool Overlaps(const BoxA<F>& a, const BoxB<F>& b) {
  return internal::Overlaps(internal::Raw(a), internal::Raw(b));
}

}  // namespace spatium
