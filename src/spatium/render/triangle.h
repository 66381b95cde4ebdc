#pragma once
#include <Eigen/Core>
#include <Eigen/Geometry>
#include <optional>

namespace spatium {

// The edge functions of a triangle as seen from a point: the line from the eye along d passes the
// triangle where U, V, W have no two opposite signs. A shared edge has exactly opposite functions
// in its two triangles (products commute and differences negate without rounding), so no ray slips
// between them. Plucker coordinates with the eye as origin; no clipping, no near plane.
struct EdgeFunctions {
  Eigen::Vector3d u, v, w;

  // a, b, c relative to the eye.
  static EdgeFunctions Of(const Eigen::Vector3d& a,
                          const Eigen::Vector3d& b,
                          const Eigen::Vector3d& c) {
    return {c.cross(b), a.cross(c), b.cross(a)};
  }
};

inline bool SameSigns(double u, double v, double w) {
  return (u >= 0 && v >= 0 && w >= 0) || (u <= 0 && v <= 0 && w <= 0);
}

struct TriangleHit {
  double t, u, v;  // t in units of |dir|; barycentrics of the second and third vertex
};

// Where the line eye + t dir meets a triangle (a, b, c relative to the eye), t of any sign. The hit
// is a convex combination of the vertices, so t stays within theirs even for slivers. Nothing if
// the line lies in the triangle's plane.
inline std::optional<TriangleHit> IntersectTriangle(const Eigen::Vector3d& dir,
                                                    double dir_squared,
                                                    const Eigen::Vector3d& a,
                                                    const Eigen::Vector3d& b,
                                                    const Eigen::Vector3d& c) {
  const auto edges = EdgeFunctions::Of(a, b, c);
  const double u = edges.u.dot(dir), v = edges.v.dot(dir), w = edges.w.dot(dir);
  if (!SameSigns(u, v, w)) return std::nullopt;
  const double det = u + v + w;
  if (!(det != 0)) return std::nullopt;
  const double t = (u * a.dot(dir) + v * b.dot(dir) + w * c.dot(dir)) / (det * dir_squared);
  return TriangleHit{t, v / det, w / det};
}

}  // namespace spatium
