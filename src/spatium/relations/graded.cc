#include "spatium/relations/graded.h"

#include <algorithm>
#include <cmath>

namespace spatium {
namespace {

Eigen::Vector3d AxisGaps(const WorldBox& a, const WorldBox& b) {
  return (a.min - b.max).cwiseMax(b.min - a.max).cwiseMax(0.0);
}

Eigen::Vector2d FloorCenter(const WorldBox& box) { return box.center().v.head<2>(); }

}  // namespace

double GapM(const WorldBox& a, const WorldBox& b) { return AxisGaps(a, b).norm(); }
double FloorGapM(const WorldBox& a, const WorldBox& b) { return AxisGaps(a, b).head<2>().norm(); }
double CenterDistanceM(const WorldBox& a, const WorldBox& b) {
  return (a.center().v - b.center().v).norm();
}

double FootprintOver(const WorldBox& a, const WorldBox& b) {
  const Eigen::Vector2d overlap =
      (a.max.cwiseMin(b.max) - a.min.cwiseMax(b.min)).head<2>().cwiseMax(0.0);
  const double area = std::max(1e-6, a.size().head<2>().prod());
  return std::clamp(overlap.prod() / area, 0.0, 1.0);
}

double SoftBelow(double x, double width) {
  return 1 / (1 + std::exp(std::clamp(4 * x / width, -30.0, 30.0)));
}

double SupportedBy(const WorldBox& a, const WorldBox& b) {
  constexpr double kTouchM = 0.15;  // Sr3D
  constexpr double kOverlap = 0.3;  // Sr3D: of the footprint
  const double gap = std::abs(a.min.z() - b.max.z());
  // A shelf or a bed with a headboard: what lies on it may be well below its top.
  const double inside =
      a.min.z() > b.min.z() && a.min.z() < b.max.z() && a.center().v.z() > b.center().v.z() ? 0.6
                                                                                            : 0;
  return std::max(SoftBelow(gap - kTouchM, kTouchM), inside) *
         (1 - SoftBelow(FootprintOver(a, b) - kOverlap, 0.3));
}

double AboveOf(const WorldBox& a, const WorldBox& b) {
  constexpr double kGapM = 0.06;  // Sr3D
  const double higher = 1 - SoftBelow(a.center().v.z() - b.center().v.z() - kGapM, 0.2);
  const double over = std::max(FootprintOver(a, b), FootprintOver(b, a));
  // Pictures hang over a table's back edge: nearly over counts.
  return higher * std::max(over, 0.9 * SoftBelow(FloorGapM(a, b) - 0.3, 0.4));
}

double InsideOf(const WorldBox& a, const WorldBox& b) {
  const Eigen::Vector3d overlap = (a.max.cwiseMin(b.max) - a.min.cwiseMax(b.min)).cwiseMax(0.0);
  return std::clamp(overlap.prod() / std::max(1e-9, a.volume()), 0.0, 1.0);
}

double BetweenOf(const WorldBox& a, const WorldBox& b, const WorldBox& c) {
  const Eigen::Vector2d from = FloorCenter(b), to = FloorCenter(c), at = FloorCenter(a);
  const double length = (to - from).norm();
  if (length < 1e-6) return 0;
  const Eigen::Vector2d along = (to - from) / length;
  const double t = (at - from).dot(along) / length;
  const double aside = std::abs((at - from).dot(Eigen::Vector2d(-along.y(), along.x())));
  const double within = (1 - SoftBelow(t - 0.1, 0.2)) * SoftBelow(t - 0.9, 0.2);
  return within * SoftBelow(aside - 0.3 * length, 0.3 * length + 0.2);
}

double FloorObserver::RightOf(const WorldBox& box) const {
  const Eigen::Vector2d d = FloorCenter(box) - position;
  return d.x() * forward.y() - d.y() * forward.x();
}

double FloorObserver::ForwardOf(const WorldBox& box) const {
  return (FloorCenter(box) - position).dot(forward);
}

std::optional<FloorObserver> LookingAt(const Eigen::Vector2d& position,
                                       const Eigen::Vector2d& target) {
  constexpr double kTooNearM = 0.05;
  const Eigen::Vector2d d = target - position;
  if (d.norm() < kTooNearM) return std::nullopt;
  return FloorObserver{.position = position, .forward = d.normalized()};
}

}  // namespace spatium
