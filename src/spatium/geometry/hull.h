#pragma once
#include <Eigen/Core>
#include <span>
#include <vector>

namespace spatium {

// Points of a plane: of the floor (x, y of World, metres) or of a picture (pixels). A polygon is
// its corners in order, the last joined to the first. "Counter-clockwise" is meant with x right
// and y up; in a picture, where y points down, the same order looks clockwise.
using Polygon2 = std::vector<Eigen::Vector2d>;

// The corners of the convex hull, counter-clockwise from the leftmost (then lowest) point, without
// points in the middle of an edge. One corner for equal points, two for points on a line, none
// for no points. Points that are not finite are left out.
// Source: Andrew's monotone chain (1979).
Polygon2 ConvexHull(std::span<const Eigen::Vector2d> points);

// Positive for counter-clockwise corners; 0 for fewer than three.
double SignedArea(std::span<const Eigen::Vector2d> polygon);
double Area(std::span<const Eigen::Vector2d> polygon);

// Whether p lies inside or on the edge, for any simple polygon in either order. A polygon of one
// or two corners holds the points on it; NaN lies nowhere.
bool Contains(std::span<const Eigen::Vector2d> polygon, const Eigen::Vector2d& p);

// The distance from p to the polygon's area: 0 inside, infinity if there are no corners.
double Distance(std::span<const Eigen::Vector2d> polygon, const Eigen::Vector2d& p);

// The part of `subject` (any simple polygon) inside `convex` (corners in either order), by
// Sutherland and Hodgman. A concave subject that falls into pieces comes back as one polygon whose
// pieces are joined along the border; its area is right. Nothing shared gives no corners; a
// `convex` of fewer than three corners shares nothing.
Polygon2 Clip(std::span<const Eigen::Vector2d> subject, std::span<const Eigen::Vector2d> convex);
// The part inside the axis-aligned rectangle low..high.
Polygon2 ClipToRectangle(std::span<const Eigen::Vector2d> subject,
                         const Eigen::Vector2d& low,
                         const Eigen::Vector2d& high);

// A rectangle in any direction: its corners are center +- half.x * axis +- half.y * left of axis.
struct Rectangle2 {
  Eigen::Vector2d center = Eigen::Vector2d::Zero();
  Eigen::Vector2d axis = Eigen::Vector2d::UnitX();  // unit, within 45 degrees of +x
  Eigen::Vector2d half = Eigen::Vector2d::Zero();
  double area() const { return 4 * half.prod(); }
  Polygon2 corners() const;  // counter-clockwise
};
// The rectangle of smallest area around the points. Areas that differ by less than 1e-9 of
// themselves count as equal; then the one that is turned least wins. One point gives a rectangle
// of size 0 at it, none one at the origin.
Rectangle2 MinimalRectangle(std::span<const Eigen::Vector2d> points);

}  // namespace spatium
