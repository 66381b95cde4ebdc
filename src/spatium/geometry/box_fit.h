#pragma once
#include <optional>
#include <span>

#include "spatium/geometry/box.h"

namespace spatium {

namespace internal {
struct RawFit {
  Eigen::Matrix3d R;
  Eigen::Vector3d center, half;
};
std::optional<RawFit> UprightFit(std::span<const Eigen::Vector3d> points);
std::optional<RawFit> TightFit(std::span<const Eigen::Vector3d> points);
template <class F>
std::span<const Eigen::Vector3d> Vectors(std::span<const Point<F>> points) {
  static_assert(sizeof(Point<F>) == sizeof(Eigen::Vector3d));
  return {points.empty() ? nullptr : &points.front().v, points.size()};
}
template <class F>
std::optional<Obb<F>> AsObb(const std::optional<RawFit>& fit) {
  if (!fit) return std::nullopt;
  return Obb<F>{{fit->R, fit->center}, fit->half};
}
}  // namespace internal

// In all of these points that are not finite are left out; without any point the result is empty.

// The smallest axis-aligned box around the points.
template <class F>
std::optional<Aabb<F>> BoundsOf(std::span<const Point<F>> points) {
  std::optional<Aabb<F>> box;
  for (const auto& p : points) {
    if (!p.v.allFinite()) continue;
    if (!box) box = {p.v, p.v};
    box->min = box->min.cwiseMin(p.v);
    box->max = box->max.cwiseMax(p.v);
  }
  return box;
}

// The box around the points that stands upright (its z is World's z) on the rectangle of smallest
// area; its x is within 45 degrees of World's x.
inline std::optional<Obb<frame::World>> UprightBox(std::span<const Point<frame::World>> points) {
  return internal::AsObb<frame::World>(internal::UprightFit(internal::Vectors(points)));
}

// A box around the points with small volume in any direction: the best of the upright boxes along
// the axes of F and along the principal axes. Not always the very smallest (that needs
// O'Rourke's cubic search), but exact for the points of a box itself.
template <class F>
std::optional<Obb<F>> TightBox(std::span<const Point<F>> points) {
  return internal::AsObb<F>(internal::TightFit(internal::Vectors(points)));
}

}  // namespace spatium
