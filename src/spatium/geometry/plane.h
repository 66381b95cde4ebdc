#pragma once
#include <optional>
#include <span>

#include "spatium/base/random.h"
#include "spatium/geometry/box_fit.h"
#include "spatium/geometry/frames.h"

namespace spatium {

// The points x of frame F with normal . x = offset; `normal` has length 1.
template <class F>
struct Plane {
  Eigen::Vector3d normal = Eigen::Vector3d::UnitZ();
  double offset_m = 0;

  // Positive on the side that the normal points to.
  Meters SignedDistance(const Point<F>& p) const { return Meters(normal.dot(p.v) - offset_m); }
  Plane Flipped() const { return {-normal, -offset_m}; }
};

struct PlaneSearch {
  Meters tolerance{0.03};  // how far from the plane a point still belongs to it
  int num_samples = 500;   // triples tried
  // Only planes whose normal is within `max_tilt` of this direction, either way; none: any plane.
  std::optional<Eigen::Vector3d> up;
  Radians max_tilt = Radians::FromDegrees(30);
  // Only planes with at most this share of the points below them (beyond the tolerance); "below"
  // is against `up`, or where fewer points are if there is no `up`. 1: any plane.
  double max_below = 1;
};

template <class F>
struct FoundPlane {
  Plane<F> plane;         // normal along `up` or towards most of the points
  size_t num_on = 0;      // points within the tolerance
  size_t num_points = 0;  // finite points looked at
};

namespace internal {
struct RawPlane {
  Eigen::Vector3d normal;
  double offset;
  size_t num_on, num_points;
};
std::optional<RawPlane> FitPlane(std::span<const Eigen::Vector3d> points);
std::optional<RawPlane> FindPlane(std::span<const Eigen::Vector3d> points,
                                  const PlaneSearch& search,
                                  RandomStream rng);
template <class F>
FoundPlane<F> Found(const RawPlane& p) {
  return {{p.normal, p.offset}, p.num_on, p.num_points};
}
}  // namespace internal

// The plane with the least sum of squared distances to the points; the sign of its normal is the
// one that makes its largest component positive. Nothing if fewer than three finite points are
// there or they lie on one line.
template <class F>
std::optional<Plane<F>> FitPlane(std::span<const Point<F>> points) {
  const auto raw = internal::FitPlane(internal::Vectors(points));
  if (!raw) return std::nullopt;
  return Plane<F>{raw->normal, raw->offset};
}

// The plane that holds most points, by RANSAC, then fitted to all of its points. The same points
// and stream give the same plane. At most 20,000 points, drawn by the stream, are looked at.
// Nothing if no plane meets the conditions of the search.
template <class F>
std::optional<FoundPlane<F>> FindPlane(std::span<const Point<F>> points,
                                       const PlaneSearch& search,
                                       const RandomStream& rng) {
  const auto raw = internal::FindPlane(internal::Vectors(points), search, rng);
  if (!raw) return std::nullopt;
  return internal::Found<F>(*raw);
}

}  // namespace spatium
