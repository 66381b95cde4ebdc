#pragma once
#include <Eigen/Core>
#include <span>
#include <vector>

namespace spatium::synth {

using V2 = Eigen::Vector2d;
using V3 = Eigen::Vector3d;

// A turn and a shift without frame types: the inside of the part builder, where every frame is
// local. x_to = R * x_from + t.
struct Pose {
  Eigen::Matrix3d R = Eigen::Matrix3d::Identity();
  V3 t = V3::Zero();
  V3 operator*(const V3& p) const { return R * p + t; }
  friend Pose operator*(const Pose& a, const Pose& b) { return {a.R * b.R, a.R * b.t + a.t}; }
};
inline Pose Inverse(const Pose& p) { return {p.R.transpose(), -(p.R.transpose() * p.t)}; }
// Turns about the vertical, and about the x axis (positive lifts +y towards +z).
Pose YawAt(const V3& t, double yaw_rad);
Pose TiltAt(const V3& t, double tilt_rad);

// A convex body, as the test for collisions sees a part of a thing.
struct Solid {
  std::vector<V3> vertices;
  std::vector<V3> normals;  // unit, of its faces; one of each opposite pair
  std::vector<V3> edges;    // unit, along its edges; one of each opposite pair
  V3 min = V3::Zero(), max = V3::Zero();
};

// The hull of `bottom` and `top`, two polygons of the same number of corners, both
// counter-clockwise seen from the side of `top`. Corners of a polygon lie in one plane.
Solid Frustum(std::span<const V3> bottom, std::span<const V3> top);
Solid BoxSolid(const V3& min, const V3& max);
Solid Transformed(const Solid& solid, const Pose& target_from_solid);

// How deep two solids reach into each other: the smallest shift that parts them, metres. Not
// positive when they are apart or touch: then minus the gap along the best separating axis found.
// Source: separating axis theorem for convex polyhedra (face normals and edge-edge products).
double Penetration(const Solid& a, const Solid& b);

// The same over two sets of solids: the deepest pair. -1 if no two boxes come within 1 m.
double Penetration(std::span<const Solid> a, std::span<const Solid> b);

// The point is inside or within `margin_m` of every face plane.
bool Contains(const Solid& solid, const V3& point, double margin_m);

}  // namespace spatium::synth
