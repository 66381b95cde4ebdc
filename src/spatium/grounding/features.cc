#include "spatium/grounding/features.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "spatium/base/text.h"

namespace spatium {
namespace {

using Values = std::vector<double>;

// Base features, before those of the relations.
enum Base : size_t {
  kClass,
  kBestClass,
  kCandidate,
  kSize,
  kSizeIfUnlikely,
  kOrder,
  kDuplicate,
  kOneOf,
  kVolume,
  kAnchorLike,
  kNearMentions,
  kNearMentionsBest,
  kHasFacing,
  kEntering,
  kCountFits,
  kNumBase
};
constexpr std::string_view kBaseNames[kNumBase] = {"class",
                                                   "best_class",
                                                   "candidate",
                                                   "size",
                                                   "size_if_unlikely",
                                                   "order",
                                                   "duplicate",
                                                   "one_of",
                                                   "volume",
                                                   "anchor_like",
                                                   "near_mentions",
                                                   "near_mentions_best",
                                                   "has_facing",
                                                   "entering",
                                                   "count_fits"};

// How each clause's value enters: as it is (soft), and as "the best of the candidates".
constexpr size_t kSoftAt = kNumBase;
constexpr size_t kBestAt = kSoftAt + kNumRelations;
constexpr size_t kSidesAt = kBestAt + kNumRelations;
// Sideways and in depth x observers x {anchored, alone, superlative, ordinal}.
constexpr size_t kSideKinds = 4;
constexpr size_t kNumFeatures = kSidesAt + 2 * kNumObservers * kSideKinds;
enum SideKind : size_t { kAnchored, kAloneSide, kSuperlative, kOrdinal };
size_t SideFeature(size_t axis, size_t observer, size_t kind) {
  return kSidesAt + (axis * kNumObservers + observer) * kSideKinds + kind;
}

constexpr double kCandidateShare =
    0.6;                             // of the best similarity: the same thing under a plainer name
constexpr double kSofteningM = 0.4;  // distances this near to the nearest count almost as much

class Builder {
 public:
  Builder(const Parse& parse, const GroundingScene& scene, const ClassStats& stats)
      : parse_(parse),
        scene_(scene),
        objects_(scene.scene().objects),
        n_(objects_.size()),
        stats_(stats) {
    out_.num_objects = n_;
    out_.row_size = kNumFeatures;
    out_.values.assign(n_ * kNumFeatures, 0);
  }

  QueryFeatures Run() {
    if (n_ == 0) return std::move(out_);
    FindCandidates();
    AddBase();
    for (const Clause& clause : parse_.clauses) AddClause(clause);
    return std::move(out_);
  }

 private:
  const WorldBox& Box(size_t i) const { return objects_[i].box; }
  float& F(size_t i, size_t feature) { return out_.Row(i)[feature]; }

  std::vector<size_t> Alike(const std::string& name, double share) const {
    const auto& similarity = scene_.SimilarityTo(name);
    const double best = *std::max_element(similarity.begin(), similarity.end());
    std::vector<size_t> alike;
    if (best <= 0) return alike;
    for (size_t i = 0; i < n_; ++i)
      if (similarity[i] >= share * best) alike.push_back(i);
    return alike;
  }
  std::vector<size_t> ObjectsOf(int mention) const {
    return mention < 0 ? std::vector<size_t>{}
                       : Alike(parse_.mentions[static_cast<size_t>(mention)].name, kCandidateShare);
  }

  void FindCandidates() {
    class_.assign(n_, 0);
    if (parse_.target >= 0) {
      class_ = scene_.SimilarityTo(parse_.mentions[static_cast<size_t>(parse_.target)].name);
      out_.best_class = *std::max_element(class_.begin(), class_.end());
      candidates_ = ObjectsOf(parse_.target);
    }
    if (candidates_.empty()) {
      candidates_.resize(n_);
      std::iota(candidates_.begin(), candidates_.end(), size_t{0});
    }
    is_candidate_.assign(n_, false);
    for (const size_t c : candidates_) is_candidate_[c] = true;
    out_.candidates = candidates_;
  }

  // The share of the candidates (but i) that `values` puts below i, ties half: 0 lowest, 1 highest.
  Values Ranks(const Values& values) const {
    Values ranks(n_, 0.5);
    for (size_t i = 0; i < n_; ++i) {
      double below = 0, others = 0;
      for (const size_t c : candidates_) {
        if (c == i) continue;
        ++others;
        below += values[c] < values[i] ? 1 : values[c] == values[i] ? 0.5 : 0;
      }
      if (others > 0) ranks[i] = below / others;
    }
    return ranks;
  }

  // Each value's share in a soft choice of the largest among the candidates (and i itself).
  Values SoftBest(const Values& values, double scale) const {
    double top = -1e300;
    for (const size_t c : candidates_) top = std::max(top, values[c]);
    double sum = 0;
    for (const size_t c : candidates_) sum += std::exp((values[c] - top) / scale);
    Values shares(n_);
    for (size_t i = 0; i < n_; ++i) {
      const double own = std::exp(std::min(0.0, (values[i] - top) / scale));
      shares[i] = own / (is_candidate_[i] ? sum : sum + own);
    }
    return shares;
  }

  void AddBase() {
    const std::string target =
        parse_.target >= 0 ? parse_.mentions[static_cast<size_t>(parse_.target)].name : "";
    size_t order = 0;
    std::vector<Values> near_mentions;
    Values anchor_like(n_, 0);
    for (size_t m = 0; m < parse_.mentions.size(); ++m) {
      const std::string& name = parse_.mentions[m].name;
      if (static_cast<int>(m) == parse_.target || name == target) continue;
      const auto& similarity = scene_.SimilarityTo(name);
      for (size_t i = 0; i < n_; ++i) anchor_like[i] = std::max(anchor_like[i], similarity[i]);
      if (const auto anchors = ObjectsOf(static_cast<int>(m)); !anchors.empty())
        near_mentions.push_back(Nearness(anchors));
    }
    for (size_t i = 0; i < n_; ++i) {
      const double log_ratio = target.empty() ? 0 : stats_.LogRatio(target, Box(i)) / 4;
      F(i, kClass) = static_cast<float>(class_[i]);
      F(i, kBestClass) = out_.best_class > 0 && class_[i] >= out_.best_class - 1e-9 ? 1.f : 0.f;
      F(i, kCandidate) = is_candidate_[i] ? 1.f : 0.f;
      F(i, kSize) = static_cast<float>(log_ratio);
      F(i, kSizeIfUnlikely) = static_cast<float>(log_ratio * (1 - class_[i]));
      F(i, kOrder) = static_cast<float>(static_cast<double>(is_candidate_[i] ? order++ : order) /
                                        static_cast<double>(candidates_.size()));
      double overlap = 0;
      for (size_t j = 0; j < i; ++j)
        if (scene_.normalized(j) == scene_.normalized(i))
          overlap = std::max(overlap, InsideOf(Box(i), Box(j)));
      F(i, kDuplicate) = static_cast<float>(overlap);
      F(i, kOneOf) = static_cast<float>(1.0 / static_cast<double>(candidates_.size()));
      F(i, kVolume) = static_cast<float>(std::log(std::max(1e-4, Box(i).volume())) / 5);
      F(i, kAnchorLike) = static_cast<float>(anchor_like[i]);
      F(i, kHasFacing) = parse_.facing >= 0 ? 1.f : 0.f;
      F(i, kEntering) = parse_.entering ? 1.f : 0.f;
      F(i, kCountFits) =
          parse_.count && candidates_.size() == static_cast<size_t>(*parse_.count) ? 1.f : 0.f;
      for (const Values& near : near_mentions) {
        F(i, kNearMentions) +=
            static_cast<float>(near[i] / static_cast<double>(near_mentions.size()));
        F(i, kNearMentionsBest) = std::max(F(i, kNearMentionsBest), static_cast<float>(near[i]));
      }
    }
  }

  // Soft share of being the one nearest to any of the anchors.
  Values Nearness(const std::vector<size_t>& anchors) const {
    Values closeness(n_);
    for (size_t i = 0; i < n_; ++i) closeness[i] = -DistanceTo(i, anchors);
    return SoftBest(closeness, kSofteningM);
  }
  // Surfaces count more than centres: the chair at a long table is near it.
  double DistanceTo(size_t i, const std::vector<size_t>& anchors) const {
    double best = 20;
    for (const size_t a : anchors)
      if (a != i)
        best = std::min(best, GapM(Box(i), Box(a)) + 0.3 * CenterDistanceM(Box(i), Box(a)));
    return best;
  }
  template <class Graded>
  Values BestOver(const std::vector<size_t>& anchors, const Graded& graded) const {
    Values values(n_, 0);
    for (size_t i = 0; i < n_; ++i)
      for (const size_t a : anchors)
        if (a != i) values[i] = std::max(values[i], graded(Box(i), Box(a)));
    return values;
  }

  void AddClause(const Clause& clause) {
    const std::vector<size_t> anchors =
        clause.anchors.empty() ? std::vector<size_t>{} : ObjectsOf(clause.anchors[0]);
    out_.clause_anchors.push_back(anchors);
    Values values(n_, 0.5);
    const bool side = clause.relation >= Relation::kLeft && clause.relation <= Relation::kBehind;
    if (side) {
      values = AddSide(clause, anchors);
    } else if (!TakesAnchor(clause.relation) || !anchors.empty() || clause.anchors.empty()) {
      values = Graded(clause, anchors);
    }
    out_.clause_scores.emplace_back(values.begin(), values.end());
    if (side && clause.anchors.empty()) return;
    const auto relation = static_cast<size_t>(clause.relation);
    double mean = 0, top = -1;
    for (const size_t c : candidates_) {
      mean += values[c] / static_cast<double>(candidates_.size());
      top = std::max(top, values[c]);
    }
    const double sign = clause.negated ? -1 : 1;
    for (size_t i = 0; i < n_; ++i) {
      F(i, kSoftAt + relation) += static_cast<float>(sign * (values[i] - mean));
      if (values[i] >= top - 1e-9 && top > mean + 1e-6)
        F(i, kBestAt + relation) += static_cast<float>(sign);
    }
  }

  Values Graded(const Clause& clause, const std::vector<size_t>& anchors) const {
    switch (clause.relation) {
      case Relation::kNear:
        return clause.anchors.empty() ? Ranks(NegativeDistanceToMiddle()) : Nearness(anchors);
      case Relation::kAround:
        return Nearness(anchors);
      case Relation::kFar:
        return clause.anchors.empty()
                   ? Ranks(Each([&](size_t i) { return -NegativeDistanceToMiddle()[i]; }))
                   : Ranks(Each([&](size_t i) { return DistanceTo(i, anchors); }));
      case Relation::kOn:
        return Mixed(BestOver(anchors, SupportedBy), anchors);
      case Relation::kIn:
        return Mixed(BestOver(anchors, InsideOf), anchors);
      case Relation::kAbove:
        return Mixed(BestOver(anchors, AboveOf), anchors);
      case Relation::kUnder:
      case Relation::kBelow:
        return Mixed(BestOver(anchors,
                              [](const WorldBox& a, const WorldBox& b) {
                                return std::max(AboveOf(b, a),
                                                a.max.z() < b.max.z() ? FootprintOver(a, b) : 0.0);
                              }),
                     anchors);
      case Relation::kWith:
        return Mixed(
            BestOver(anchors,
                     [](const WorldBox& a, const WorldBox& b) {
                       return std::max(
                           {SupportedBy(b, a), InsideOf(b, a), SoftBelow(GapM(a, b) - 0.2, 0.3)});
                     }),
            anchors);
      case Relation::kBetween:
        return Between(clause, anchors);
      case Relation::kOpposite:
        return Opposite(anchors);
      case Relation::kFacing:
        return Nearness(anchors);
      case Relation::kCorner:
        return Ranks(Each([&](size_t i) { return -ToCorner(i); }));
      case Relation::kWall:
        return Ranks(Each([&](size_t i) { return -ToWall(i); }));
      case Relation::kMiddle:
        return Ranks(NegativeDistanceToCentroid());
      case Relation::kEnd:
        return Ranks(Each([&](size_t i) { return -NegativeDistanceToCentroid()[i]; }));
      case Relation::kAlone:
        return Ranks(Each([&](size_t i) { return DistanceTo(i, candidates_); }));
      case Relation::kRow:
        return Ranks(Each([&](size_t i) { return -DistanceTo(i, candidates_); }));
      case Relation::kBig:
        return Ranks(Each([&](size_t i) { return Box(i).volume(); }));
      case Relation::kSmall:
        return Ranks(Each([&](size_t i) { return -Box(i).volume(); }));
      case Relation::kTall:
        return Ranks(Each([&](size_t i) { return Box(i).size().z(); }));
      case Relation::kShort:
        return Ranks(Each([&](size_t i) { return -Box(i).size().z(); }));
      case Relation::kLong:
      case Relation::kWide:
        return Ranks(Each([&](size_t i) { return LongSide(i); }));
      case Relation::kNarrow:
        return Ranks(Each([&](size_t i) { return -ShortSide(i); }));
      case Relation::kRound:
      case Relation::kSquare:
        return Ranks(Each([&](size_t i) { return ShortSide(i) / std::max(0.01, LongSide(i)); }));
      case Relation::kHigh:
        return Ranks(Each([&](size_t i) { return Box(i).center().v.z(); }));
      case Relation::kLow:
        return Ranks(Each([&](size_t i) { return -Box(i).center().v.z(); }));
      case Relation::kEast:
        return Ranks(Each([&](size_t i) { return Box(i).center().v.x(); }));
      case Relation::kWest:
        return Ranks(Each([&](size_t i) { return -Box(i).center().v.x(); }));
      case Relation::kNorth:
        return Ranks(Each([&](size_t i) { return Box(i).center().v.y(); }));
      case Relation::kSouth:
        return Ranks(Each([&](size_t i) { return -Box(i).center().v.y(); }));
      case Relation::kLeft:
      case Relation::kRight:
      case Relation::kFront:
      case Relation::kBehind:
        break;
    }
    return Values(n_, 0.5);
  }

  template <class Fn>
  Values Each(const Fn& fn) const {
    Values values(n_);
    for (size_t i = 0; i < n_; ++i) values[i] = fn(i);
    return values;
  }
  double LongSide(size_t i) const { return Box(i).size().head<2>().maxCoeff(); }
  double ShortSide(size_t i) const { return Box(i).size().head<2>().minCoeff(); }

  // Boxes are rough: where the exact relation fails for all, the nearest still says something.
  Values Mixed(Values exact, const std::vector<size_t>& anchors) const {
    const Values near = Nearness(anchors);
    for (size_t i = 0; i < n_; ++i) exact[i] = 0.7 * exact[i] + 0.3 * near[i];
    return exact;
  }

  Values NegativeDistanceToMiddle() const {
    const Eigen::Vector2d middle = scene_.scene().room.center().v.head<2>();
    return Each([&](size_t i) { return -(Box(i).center().v.head<2>() - middle).norm(); });
  }
  Values NegativeDistanceToCentroid() const {
    Eigen::Vector3d centroid = Eigen::Vector3d::Zero();
    for (const size_t c : candidates_)
      centroid += Box(c).center().v / static_cast<double>(candidates_.size());
    return Each([&](size_t i) { return -(Box(i).center().v - centroid).norm(); });
  }
  double ToWall(size_t i) const {
    const auto& room = scene_.scene().room;
    return std::min((Box(i).min - room.min).head<2>().minCoeff(),
                    (room.max - Box(i).max).head<2>().minCoeff());
  }
  double ToCorner(size_t i) const {
    const auto& room = scene_.scene().room;
    const Eigen::Vector2d low = (Box(i).min - room.min).head<2>(),
                          high = (room.max - Box(i).max).head<2>();
    return low.cwiseMin(high).cwiseMax(0.0).norm();
  }

  Values Between(const Clause& clause, const std::vector<size_t>& first) const {
    std::vector<size_t> second = clause.anchors.size() > 1 ? ObjectsOf(clause.anchors[1]) : first;
    return Each([&](size_t i) {
      double best = 0;
      for (const size_t a : first)
        for (const size_t b : second)
          if (a != b && a != i && b != i) best = std::max(best, BetweenOf(Box(i), Box(a), Box(b)));
      return best;
    });
  }

  Values Opposite(const std::vector<size_t>& anchors) const {
    const Eigen::Vector2d middle = scene_.scene().room.center().v.head<2>();
    const double span = scene_.scene().room.size().head<2>().norm();
    return Each([&](size_t i) {
      double best = 0;
      for (const size_t a : anchors) {
        const Eigen::Vector2d from = Box(a).center().v.head<2>(),
                              d = Box(i).center().v.head<2>() - from;
        const double cosine =
            d.dot(middle - from) / std::max(1e-6, d.norm() * (middle - from).norm());
        best = std::max(best, std::max(0.0, cosine) * std::min(1.0, 2 * d.norm() / span));
      }
      return best;
    });
  }

  // Left, right, in front, behind: from every observer. The returned values are those of the
  // observer that is trusted first: the one named, else the wall's.
  Values AddSide(const Clause& clause, const std::vector<size_t>& anchors) {
    const bool sideways = clause.relation == Relation::kLeft || clause.relation == Relation::kRight;
    const bool positive =
        clause.relation == Relation::kRight || clause.relation == Relation::kBehind;
    const double sign = (positive ? 1 : -1) * (clause.negated ? -1 : 1);
    const bool anchored = !anchors.empty();
    if (!clause.anchors.empty() && !anchored) return Values(n_, 0.5);
    const auto facing = ObjectsOf(parse_.facing);
    const auto& doors =
        parse_.standing_at >= 0 ? standing_ = ObjectsOf(parse_.standing_at) : scene_.doors();
    Values shown;
    const auto near = anchored ? Nearness(anchors) : Values(n_, 0);
    const auto observers =
        ObserversOf(scene_.scene(), anchored ? anchors : candidates_, facing, doors);
    for (size_t o = 0; o < kNumObservers; ++o) {
      if (!observers[o]) continue;
      const auto along = [&](size_t i) {
        return sideways ? observers[o]->RightOf(Box(i)) : observers[o]->ForwardOf(Box(i));
      };
      Values values(n_);
      if (anchored) {
        for (size_t i = 0; i < n_; ++i) {
          double best = -1;
          for (const size_t a : anchors) {
            if (a == i) continue;
            const double distance = std::max(0.3, CenterDistanceM(Box(i), Box(a)));
            const double direction = sign * (along(i) - along(a)) / distance;
            best = std::max(best, direction * SoftBelow(distance - 2.5, 3));
          }
          values[i] = best * (0.5 + 0.5 * near[i]);
        }
      } else {
        const Values ranks = Ranks(Each([&](size_t i) { return sign * along(i); }));
        for (size_t i = 0; i < n_; ++i) values[i] = 2 * ranks[i] - 1;
      }
      const size_t axis = sideways ? 0 : 1;
      size_t kind = anchored ? kAnchored : clause.superlative ? kSuperlative : kAloneSide;
      if (clause.ordinal && !anchored) {
        kind = kOrdinal;
        const double step =
            candidates_.size() > 1 ? 2.0 / static_cast<double>(candidates_.size() - 1) : 1;
        for (double& v : values)
          v = -std::min(2.0, std::abs((1 - v) / step - (*clause.ordinal - 1)) * 0.7);
      }
      for (size_t i = 0; i < n_; ++i)
        F(i, SideFeature(axis, o, kind)) += static_cast<float>(values[i]);
      const auto which = static_cast<ObserverKind>(o);
      if (shown.empty() || which == ObserverKind::kFacing
              ? o == 0 || shown.empty()
              : which == ObserverKind::kWall && !observers[0]) {
        shown = values;
        out_.observer = observers[o];
      }
    }
    if (shown.empty()) return Values(n_, 0.5);
    for (double& v : shown) v = 0.5 + 0.5 * v;
    return shown;
  }

  const Parse& parse_;
  const GroundingScene& scene_;
  const std::vector<BoxObject>& objects_;
  size_t n_;
  const ClassStats& stats_;
  QueryFeatures out_;
  std::vector<double> class_;
  std::vector<size_t> candidates_, standing_;
  std::vector<bool> is_candidate_;
};

}  // namespace

size_t NumFeatures() { return kNumFeatures; }

std::string FeatureName(size_t feature) {
  if (feature < kNumBase) return std::string(kBaseNames[feature]);
  if (feature < kBestAt) return StrCat(Name(static_cast<Relation>(feature - kSoftAt)), ".soft");
  if (feature < kSidesAt) return StrCat(Name(static_cast<Relation>(feature - kBestAt)), ".best");
  const size_t side = feature - kSidesAt;
  constexpr std::string_view kKinds[kSideKinds] = {"anchored", "alone", "superlative", "ordinal"};
  const size_t axis = side / (kNumObservers * kSideKinds);
  return StrCat(axis == 0 ? "sideways." : "depth.",
                Name(static_cast<ObserverKind>(side / kSideKinds % kNumObservers)),
                ".",
                kKinds[side % kSideKinds]);
}

GroundingScene::GroundingScene(BoxScene scene, const Lexicon& lexicon)
    : scene_(std::move(scene)), lexicon_(&lexicon) {
  for (size_t i = 0; i < scene_.objects.size(); ++i) {
    names_.push_back(Lexicon::Normalize(scene_.objects[i].label));
    if (names_.back() == "door" || names_.back() == "doorframe" || names_.back() == "doorway")
      doors_.push_back(i);
  }
}

const std::vector<double>& GroundingScene::SimilarityTo(const std::string& name) const {
  const auto [it, added] = similarity_.try_emplace(name);
  if (added)
    for (const std::string& own : names_) it->second.push_back(lexicon_->Similarity(name, own));
  return it->second;
}

QueryFeatures ComputeFeatures(const Parse& parse,
                              const GroundingScene& scene,
                              const ClassStats& stats) {
  return Builder(parse, scene, stats).Run();
}

}  // namespace spatium
