#include "spatium/geometry/hull.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace spatium {
namespace {

using Eigen::Vector2d;
using Points = std::span<const Vector2d>;

double Cross(const Vector2d& a, const Vector2d& b) { return a.x() * b.y() - a.y() * b.x(); }
// Positive if c lies left of the way from a to b.
double Side(const Vector2d& a, const Vector2d& b, const Vector2d& c) { return Cross(b - a, c - a); }

double SegmentDistance(const Vector2d& a, const Vector2d& b, const Vector2d& p) {
  const Vector2d ab = b - a;
  const double length2 = ab.squaredNorm();
  const double s = length2 > 0 ? std::clamp((p - a).dot(ab) / length2, 0.0, 1.0) : 0.0;
  return (a + s * ab - p).norm();
}

// The part of a polygon where `inside` (linear, positive inside) is at least 0.
template <class Inside>
Polygon2 ClipByLine(Points polygon, const Inside& inside) {
  Polygon2 kept;
  for (size_t i = 0; i < polygon.size(); ++i) {
    const Vector2d &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
    const double da = inside(a), db = inside(b);
    if (da >= 0) kept.push_back(a);
    if ((da > 0 && db < 0) || (da < 0 && db > 0)) kept.push_back(a + (b - a) * (da / (da - db)));
  }
  return kept;
}

// Empty unless something with corners is left.
Polygon2 OrNothing(Polygon2 polygon) {
  if (polygon.size() < 3) polygon.clear();
  return polygon;
}

}  // namespace

Polygon2 ConvexHull(Points points) {
  Polygon2 p;
  p.reserve(points.size());
  for (const auto& x : points)
    if (x.allFinite()) p.push_back(x);
  std::ranges::sort(p, [](const Vector2d& a, const Vector2d& b) {
    return a.x() != b.x() ? a.x() < b.x() : a.y() < b.y();
  });
  p.erase(std::unique(p.begin(), p.end()), p.end());
  if (p.size() < 3) return p;
  Polygon2 hull;
  const auto add = [&](const Vector2d& x, size_t keep) {
    while (hull.size() > keep && Side(hull[hull.size() - 2], hull.back(), x) <= 0) hull.pop_back();
    hull.push_back(x);
  };
  for (const auto& x : p) add(x, 1);  // lower chain
  const size_t lower = hull.size();
  for (size_t i = p.size() - 1; i-- > 0;) add(p[i], lower);  // upper chain
  hull.pop_back();                                           // the first point again
  return hull;
}

double SignedArea(Points polygon) {
  double twice = 0;
  for (size_t i = 2; i < polygon.size(); ++i)
    twice += Cross(polygon[i - 1] - polygon[0], polygon[i] - polygon[0]);
  return twice / 2;
}
double Area(Points polygon) { return std::abs(SignedArea(polygon)); }

bool Contains(Points polygon, const Vector2d& p) {
  if (!p.allFinite()) return false;
  bool inside = false;
  for (size_t i = 0; i < polygon.size(); ++i) {
    const Vector2d &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
    const double side = Side(a, b, p);
    if (side == 0 && (p - a).dot(p - b) <= 0) return true;  // on this edge
    // even-odd: a ray to +x crosses the edges that pass p's height on its right
    if ((a.y() > p.y()) != (b.y() > p.y()) && (side > 0) == (b.y() > a.y())) inside = !inside;
  }
  return inside;
}

double Distance(Points polygon, const Vector2d& p) {
  if (Contains(polygon, p)) return 0;
  double nearest = std::numeric_limits<double>::infinity();
  for (size_t i = 0; i < polygon.size(); ++i)
    nearest = std::min(nearest, SegmentDistance(polygon[i], polygon[(i + 1) % polygon.size()], p));
  return nearest;
}

Polygon2 Clip(Points subject, Points convex) {
  if (convex.size() < 3 || subject.size() < 3) return {};
  const double turn = SignedArea(convex) < 0 ? -1 : 1;
  Polygon2 kept(subject.begin(), subject.end());
  for (size_t i = 0; i < convex.size() && !kept.empty(); ++i) {
    const Vector2d &a = convex[i], &b = convex[(i + 1) % convex.size()];
    kept = ClipByLine(kept, [&](const Vector2d& p) { return turn * Side(a, b, p); });
  }
  return OrNothing(std::move(kept));
}

Polygon2 ClipToRectangle(Points subject, const Vector2d& low, const Vector2d& high) {
  Polygon2 kept(subject.begin(), subject.end());
  for (int axis = 0; axis < 2; ++axis) {
    kept = ClipByLine(kept, [&](const Vector2d& p) { return p[axis] - low[axis]; });
    kept = ClipByLine(kept, [&](const Vector2d& p) { return high[axis] - p[axis]; });
  }
  for (auto& p : kept) p = p.cwiseMax(low).cwiseMin(high);  // what rounding left outside
  return OrNothing(std::move(kept));
}

Polygon2 Rectangle2::corners() const {
  const Vector2d u = half.x() * axis, v = half.y() * Vector2d(-axis.y(), axis.x());
  return {center - u - v, center + u - v, center + u + v, center - u + v};
}

Rectangle2 MinimalRectangle(Points points) {
  const Polygon2 hull = ConvexHull(points);
  if (hull.empty()) return {};
  if (hull.size() == 1) return {hull[0], Vector2d::UnitX(), Vector2d::Zero()};
  // A side of the smallest rectangle lies on an edge of the hull (Freeman, Shapira 1975).
  Rectangle2 best;
  double best_area = std::numeric_limits<double>::infinity();
  for (size_t i = 0; i < hull.size(); ++i) {
    Vector2d u = (hull[(i + 1) % hull.size()] - hull[i]).normalized();
    while (!(u.x() > 0 && u.y() < u.x() && u.y() >= -u.x())) u = Vector2d(-u.y(), u.x());
    const Vector2d v(-u.y(), u.x());
    Vector2d low(u.dot(hull[0]), v.dot(hull[0])), high = low;
    for (const auto& p : hull) {
      const Vector2d q(u.dot(p), v.dot(p));
      low = low.cwiseMin(q), high = high.cwiseMax(q);
    }
    const Vector2d middle = (low + high) / 2;
    const Rectangle2 found{middle.x() * u + middle.y() * v, u, (high - low) / 2};
    const double area = found.area(), margin = 1e-9 * best_area;
    const bool less = std::isinf(best_area) || area < best_area - margin;
    const bool equal = !less && area <= best_area + margin;
    if (less || (equal && std::abs(u.y()) < std::abs(best.axis.y()))) {
      best = found;
      best_area = area;
    }
  }
  return best;
}

}  // namespace spatium
