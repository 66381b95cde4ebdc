#include "spatium/grounding/clause_values.h"

#include <algorithm>
#include <cmath>

#include "spatium/grounding/observers.h"

namespace spatium {
namespace {

constexpr double kSofteningM = 0.4;  // distances this near to the nearest count almost as much
// An anchor that its name fits half as well counts as this much farther away.
constexpr double kMisfitM = 0.35;

double LongSide(const WorldBox& box) { return box.size().head<2>().maxCoeff(); }
double ShortSide(const WorldBox& box) { return box.size().head<2>().minCoeff(); }

}  // namespace

using Values = ClauseValues::Values;

ClauseValues::ClauseValues(const BoxScene& scene, const MeantObjects& candidates)
    : scene_(scene),
      candidates_(candidates),
      n_(scene.objects.size()),
      is_candidate_(scene.objects.size(), false) {
  for (const size_t c : candidates.objects) is_candidate_[c] = true;
}

template <class Fn>
Values ClauseValues::Each(const Fn& fn) const {
  Values values(n_);
  for (size_t i = 0; i < n_; ++i) values[i] = fn(i);
  return values;
}

Values ClauseValues::Ranks(const Values& values) const {
  Values ranks(n_, 0.5);
  for (size_t i = 0; i < n_; ++i) {
    double below = 0, others = 0;
    for (size_t k = 0; k < candidates_.objects.size(); ++k) {
      const size_t c = candidates_.objects[k];
      if (c == i) continue;
      const double weight = candidates_.fits[k];
      others += weight;
      below += weight * (values[c] < values[i] ? 1 : values[c] == values[i] ? 0.5 : 0);
    }
    if (others > 0) ranks[i] = below / others;
  }
  return ranks;
}

// Each value's share in a soft choice of the largest among the candidates (and i itself).
Values ClauseValues::SoftBest(const Values& values, double scale) const {
  double top = -1e300;
  for (const size_t c : candidates_.objects) top = std::max(top, values[c]);
  double sum = 0;
  for (size_t k = 0; k < candidates_.objects.size(); ++k)
    sum += candidates_.fits[k] * std::exp((values[candidates_.objects[k]] - top) / scale);
  return Each([&](size_t i) {
    const double own = std::exp(std::min(0.0, (values[i] - top) / scale));
    return own / std::max(own, is_candidate_[i] ? sum : sum + own);
  });
}

// Surfaces count more than centres: the chair at a long table is near it.
double ClauseValues::DistanceTo(size_t i, const MeantObjects& anchors) const {
  constexpr double kNowhereM = 20;
  std::vector<double> distances;
  for (size_t k = 0; k < anchors.objects.size(); ++k)
    if (const size_t a = anchors.objects[k]; a != i)
      distances.push_back(GapM(Box(i), Box(a)) + 0.3 * CenterDistanceM(Box(i), Box(a)) -
                          kMisfitM * std::log(anchors.fits[k]));
  if (distances.empty()) return kNowhereM;
  const size_t wanted =
      std::min(distances.size(), anchors.count ? static_cast<size_t>(*anchors.count) : size_t{1});
  if (wanted == 1) return *std::min_element(distances.begin(), distances.end());
  std::partial_sort(
      distances.begin(), distances.begin() + static_cast<std::ptrdiff_t>(wanted), distances.end());
  double sum = 0;
  for (size_t k = 0; k < wanted; ++k) sum += distances[k];
  return sum / static_cast<double>(wanted);
}

Values ClauseValues::Nearness(const MeantObjects& anchors) const {
  return SoftBest(Each([&](size_t i) { return -DistanceTo(i, anchors); }), kSofteningM);
}

// The best over the anchors; of "with three monitors" the mean of the best three.
template <class Graded>
Values ClauseValues::Pooled(const MeantObjects& anchors, const Graded& graded) const {
  return Each([&](size_t i) {
    std::vector<double> values;
    for (size_t k = 0; k < anchors.objects.size(); ++k)
      if (const size_t a = anchors.objects[k]; a != i)
        values.push_back(graded(Box(i), Box(a)) * std::sqrt(anchors.fits[k]));
    if (values.empty()) return 0.0;
    if (!anchors.count) return *std::max_element(values.begin(), values.end());
    const auto wanted = static_cast<size_t>(*anchors.count);
    std::sort(values.rbegin(), values.rend());
    double sum = 0;
    for (size_t k = 0; k < std::min(wanted, values.size()); ++k) sum += values[k];
    return sum / static_cast<double>(wanted);
  });
}

// Boxes are rough: where the exact relation fails for all, the nearest still says something.
Values ClauseValues::Mixed(Values exact, const MeantObjects& anchors) const {
  const Values near = Nearness(anchors);
  for (size_t i = 0; i < n_; ++i) exact[i] = 0.7 * exact[i] + 0.3 * near[i];
  return exact;
}

Values ClauseValues::FromMiddle() const {
  const Eigen::Vector2d middle = scene_.room.center().v.head<2>();
  return Each([&](size_t i) { return (Box(i).center().v.head<2>() - middle).norm(); });
}

Values ClauseValues::FromCentroid() const {
  Eigen::Vector3d centroid = Eigen::Vector3d::Zero();
  double sum = 0;
  for (size_t k = 0; k < candidates_.objects.size(); ++k) {
    centroid += candidates_.fits[k] * Box(candidates_.objects[k]).center().v;
    sum += candidates_.fits[k];
  }
  if (sum > 0) centroid /= sum;
  return Each([&](size_t i) { return (Box(i).center().v - centroid).norm(); });
}

double ClauseValues::ToWall(size_t i) const {
  return std::min((Box(i).min - scene_.room.min).head<2>().minCoeff(),
                  (scene_.room.max - Box(i).max).head<2>().minCoeff());
}

double ClauseValues::ToCorner(size_t i) const {
  const Eigen::Vector2d low = (Box(i).min - scene_.room.min).head<2>(),
                        high = (scene_.room.max - Box(i).max).head<2>();
  return low.cwiseMin(high).cwiseMax(0.0).norm();
}

Values ClauseValues::Between(const MeantObjects& first, const MeantObjects& second) const {
  return Each([&](size_t i) {
    double best = 0;
    for (size_t k = 0; k < first.objects.size(); ++k)
      for (size_t m = 0; m < second.objects.size(); ++m) {
        const size_t a = first.objects[k], b = second.objects[m];
        if (a != b && a != i && b != i)
          best = std::max(
              best, BetweenOf(Box(i), Box(a), Box(b)) * std::sqrt(first.fits[k] * second.fits[m]));
      }
    return best;
  });
}

Values ClauseValues::Opposite(const MeantObjects& anchors) const {
  const Eigen::Vector2d middle = scene_.room.center().v.head<2>();
  const double span = std::max(1e-6, scene_.room.size().head<2>().norm());
  return Pooled(anchors, [&](const WorldBox& box, const WorldBox& anchor) {
    const Eigen::Vector2d from = anchor.center().v.head<2>(), d = box.center().v.head<2>() - from;
    // Across the room: through its middle, and squarely away from the wall that the anchor is at.
    const double through = d.dot(middle - from) / std::max(1e-6, d.norm() * (middle - from).norm());
    const double squarely =
        -d.dot(TowardsNearestWall(scene_.room, from)) / std::max(1e-6, d.norm());
    return std::max(0.0, 0.5 * (through + squarely)) * std::min(1.0, 2 * d.norm() / span);
  });
}

// World's y is taken for north: models are looked at with y up.
Values ClauseValues::Compass(const Eigen::Vector2d& way, const MeantObjects& anchors) const {
  if (anchors.empty())
    return Ranks(Each([&](size_t i) { return way.dot(Box(i).center().v.head<2>()); }));
  return Mixed(Pooled(anchors,
                      [&](const WorldBox& box, const WorldBox& anchor) {
                        const Eigen::Vector2d d =
                            box.center().v.head<2>() - anchor.center().v.head<2>();
                        return std::max(0.0, way.dot(d) / std::max(0.3, d.norm()));
                      }),
               anchors);
}

Values ClauseValues::Of(const Clause& clause,
                        const MeantObjects& anchors,
                        const MeantObjects& second) const {
  const auto least = [&](const Values& values) {
    return Ranks(Each([&](size_t i) { return -values[i]; }));
  };
  const auto of_box = [&](const auto& fn) {
    return Ranks(Each([&](size_t i) { return fn(Box(i)); }));
  };
  const bool alone = clause.anchors.empty();
  switch (clause.relation) {
    case Relation::kNear:
      return alone ? least(FromMiddle()) : Nearness(anchors);
    case Relation::kAround:
    case Relation::kFacing:
      return Nearness(anchors);
    case Relation::kFar:
      return alone ? Ranks(FromMiddle())
                   : Ranks(Each([&](size_t i) { return DistanceTo(i, anchors); }));
    case Relation::kOn:
      return Mixed(Pooled(anchors, SupportedBy), anchors);
    case Relation::kIn:
      return Mixed(Pooled(anchors, InsideOf), anchors);
    case Relation::kAbove:
      return Mixed(Pooled(anchors, AboveOf), anchors);
    case Relation::kUnder:
    case Relation::kBelow:
      return Mixed(Pooled(anchors,
                          [](const WorldBox& a, const WorldBox& b) {
                            return std::max(AboveOf(b, a),
                                            a.max.z() < b.max.z() ? FootprintOver(a, b) : 0.0);
                          }),
                   anchors);
    case Relation::kWith:
      return Mixed(
          Pooled(anchors,
                 [](const WorldBox& a, const WorldBox& b) {
                   return std::max(
                       {SupportedBy(b, a), InsideOf(b, a), SoftBelow(GapM(a, b) - 0.2, 0.3)});
                 }),
          anchors);
    case Relation::kBetween:
      return Between(anchors, clause.anchors.size() > 1 ? second : anchors);
    case Relation::kOpposite:
      return Opposite(anchors);
    case Relation::kCorner:
      return Ranks(Each([&](size_t i) { return -ToCorner(i); }));
    case Relation::kWall:
      return Ranks(Each([&](size_t i) { return -ToWall(i); }));
    case Relation::kMiddle:
      return least(FromCentroid());
    case Relation::kEnd:
      return Ranks(FromCentroid());
    case Relation::kAlone:
      return Ranks(Each([&](size_t i) { return DistanceTo(i, candidates_); }));
    case Relation::kRow:
      return Ranks(Each([&](size_t i) { return -DistanceTo(i, candidates_); }));
    case Relation::kBig:
      return of_box([](const WorldBox& b) { return b.volume(); });
    case Relation::kSmall:
      return of_box([](const WorldBox& b) { return -b.volume(); });
    case Relation::kTall:
      return of_box([](const WorldBox& b) { return b.size().z(); });
    case Relation::kShort:
      return of_box([](const WorldBox& b) { return -b.size().z(); });
    case Relation::kLong:
    case Relation::kWide:
      return of_box([](const WorldBox& b) { return LongSide(b); });
    case Relation::kNarrow:
      return of_box([](const WorldBox& b) { return -ShortSide(b); });
    case Relation::kRound:
    case Relation::kSquare:
      return of_box([](const WorldBox& b) { return ShortSide(b) / std::max(0.01, LongSide(b)); });
    case Relation::kHigh:
      return of_box([](const WorldBox& b) { return b.center().v.z(); });
    case Relation::kLow:
      return of_box([](const WorldBox& b) { return -b.center().v.z(); });
    case Relation::kEast:
      return Compass(Eigen::Vector2d::UnitX(), anchors);
    case Relation::kWest:
      return Compass(-Eigen::Vector2d::UnitX(), anchors);
    case Relation::kNorth:
      return Compass(Eigen::Vector2d::UnitY(), anchors);
    case Relation::kSouth:
      return Compass(-Eigen::Vector2d::UnitY(), anchors);
    case Relation::kLeft:
    case Relation::kRight:
    case Relation::kFront:
    case Relation::kBehind:
      break;
  }
  return Values(n_, 0.5);
}

}  // namespace spatium
