#include "spatium/grounding/features.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "spatium/base/text.h"
#include "spatium/grounding/clause_values.h"

namespace spatium {
namespace {

using Values = ClauseValues::Values;

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
  kProbability,
  kLogProbability,
  kLabelRatio,
  kPlausibility,
  kFirstNamed,
  kLastNamed,
  kDuplicateOfLater,
  kClausesMean,
  kClausesWorst,
  kClausesBest,
  kAnchorRank,
  kAnchorTouch,
  kNumBase
};
constexpr std::string_view kBaseNames[kNumBase] = {
    "class",         "best_class",         "candidate",    "size",          "size_if_unlikely",
    "order",         "duplicate",          "one_of",       "volume",        "anchor_like",
    "near_mentions", "near_mentions_best", "has_facing",   "entering",      "count_fits",
    "probability",   "log_probability",    "label_ratio",  "plausibility",  "first_named",
    "last_named",    "duplicate_of_later", "clauses_mean", "clauses_worst", "clauses_best",
    "anchor_rank",   "anchor_touch"};

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

// Of the best fit: the same thing under a plainer name, or one that its box makes nearly as likely.
constexpr double kCandidateShare = 0.5;

class Builder {
 public:
  Builder(const Parse& parse, const GroundingScene& scene)
      : parse_(parse),
        scene_(scene),
        objects_(scene.scene().objects),
        n_(objects_.size()),
        candidates_(FindCandidates()),
        values_(scene.scene(), candidates_) {
    out_.num_objects = n_;
    out_.row_size = kNumFeatures;
    out_.values.assign(n_ * kNumFeatures, 0);
  }

  QueryFeatures Run() {
    if (n_ == 0) return std::move(out_);
    out_.candidates = candidates_.objects;
    if (parse_.target >= 0) out_.best_class = Target().best_similarity;
    AddBase();
    for (const Clause& clause : parse_.clauses) AddClause(clause);
    AddAllClauses();
    return std::move(out_);
  }

 private:
  const WorldBox& Box(size_t i) const { return objects_[i].box; }
  float& F(size_t i, size_t feature) { return out_.Row(i)[feature]; }
  const Mention& MentionAt(int m) const { return parse_.mentions[static_cast<size_t>(m)]; }
  const GroundingScene::Meaning& Target() const {
    return scene_.MeaningOf(MentionAt(parse_.target).name);
  }

  MeantObjects MeantBy(int m) const {
    MeantObjects meant;
    if (m < 0 || n_ == 0) return meant;
    const auto& meaning = scene_.MeaningOf(MentionAt(m).name);
    if (meaning.best_fit <= 0) return meant;
    for (size_t i = 0; i < n_; ++i)
      if (meaning.fit[i] >= kCandidateShare * meaning.best_fit) {
        meant.objects.push_back(i);
        meant.fits.push_back(meaning.fit[i] / meaning.best_fit);
      }
    meant.count = MentionAt(m).count;
    DiscountRepeats(meant);
    if (!MentionAt(m).attributes.empty() && meant.objects.size() > 1) {
      constexpr double kLeastFit = 0.3;  // an attribute is a matter of taste
      const ClauseValues values(scene_.scene(), meant);
      for (const Relation attribute : MentionAt(m).attributes) {
        Clause clause;
        clause.relation = attribute;
        const Values fits = values.Of(clause, {}, {});
        for (size_t k = 0; k < meant.objects.size(); ++k)
          meant.fits[k] *= kLeastFit + (1 - kLeastFit) * fits[meant.objects[k]];
      }
    }
    return meant;
  }

  // Detectors give a thing several boxes: those inside an earlier one of the name count little.
  void DiscountRepeats(MeantObjects& meant) const {
    constexpr double kMostlyInside = 0.6, kShare = 0.2;
    for (size_t k = 0; k < meant.objects.size(); ++k)
      for (size_t e = 0; e < k; ++e)
        if (scene_.normalized(meant.objects[k]) == scene_.normalized(meant.objects[e]) &&
            InsideOf(Box(meant.objects[k]), Box(meant.objects[e])) > kMostlyInside) {
          meant.fits[k] *= kShare;
          break;
        }
  }

  MeantObjects FindCandidates() const {
    MeantObjects candidates = MeantBy(parse_.target);
    if (candidates.empty()) {
      candidates.objects.resize(n_);
      std::iota(candidates.objects.begin(), candidates.objects.end(), size_t{0});
      candidates.fits.assign(n_, 1);
    }
    return candidates;
  }

  void AddBase() {
    std::vector<bool> is_candidate(n_, false);
    for (const size_t c : candidates_.objects) is_candidate[c] = true;
    const std::string target = parse_.target >= 0 ? MentionAt(parse_.target).name : "";
    std::vector<Values> near_mentions;
    Values anchor_like(n_, 0);
    for (size_t m = 0; m < parse_.mentions.size(); ++m) {
      const std::string& name = parse_.mentions[m].name;
      if (static_cast<int>(m) == parse_.target || name == target) continue;
      const auto& similarity = scene_.MeaningOf(name).similarity;
      for (size_t i = 0; i < n_; ++i) anchor_like[i] = std::max(anchor_like[i], similarity[i]);
      if (const auto anchors = MeantBy(static_cast<int>(m)); !anchors.empty())
        near_mentions.push_back(values_.Nearness(anchors));
    }
    size_t order = 0;
    for (size_t i = 0; i < n_; ++i) {
      if (parse_.target >= 0) AddClass(i);
      F(i, kCandidate) = is_candidate[i] ? 1.f : 0.f;
      F(i, kOrder) = static_cast<float>(static_cast<double>(is_candidate[i] ? order++ : order) /
                                        static_cast<double>(candidates_.objects.size()));
      for (size_t j = 0; j < n_; ++j)
        if (j != i && scene_.normalized(j) == scene_.normalized(i)) {
          float& f = F(i, j < i ? kDuplicate : kDuplicateOfLater);
          f = std::max(f, static_cast<float>(InsideOf(Box(i), Box(j))));
        }
      F(i, kOneOf) = static_cast<float>(1.0 / static_cast<double>(candidates_.objects.size()));
      F(i, kVolume) = static_cast<float>(std::log(std::max(1e-4, Box(i).volume())) / 5);
      F(i, kAnchorLike) = static_cast<float>(anchor_like[i]);
      F(i, kHasFacing) = parse_.facing >= 0 ? 1.f : 0.f;
      F(i, kEntering) = parse_.entering ? 1.f : 0.f;
      F(i, kCountFits) =
          parse_.count && candidates_.objects.size() == static_cast<size_t>(*parse_.count) ? 1.f
                                                                                           : 0.f;
      F(i, kPlausibility) = static_cast<float>(4 * (scene_.plausibility() - 0.75));
      if (!parse_.mentions.empty()) {
        const auto& first = scene_.MeaningOf(parse_.mentions.front().name);
        const auto& last = scene_.MeaningOf(parse_.mentions.back().name);
        F(i, kFirstNamed) = static_cast<float>(first.score[i]);
        F(i, kLastNamed) = static_cast<float>(last.score[i]);
      }
      for (const Values& near : near_mentions) {
        F(i, kNearMentions) +=
            static_cast<float>(near[i] / static_cast<double>(near_mentions.size()));
        F(i, kNearMentionsBest) = std::max(F(i, kNearMentionsBest), static_cast<float>(near[i]));
      }
    }
  }

  void AddClass(size_t i) {
    constexpr double kLeast = 1e-3;
    const auto& m = Target();
    F(i, kClass) = static_cast<float>(m.similarity[i]);
    F(i, kBestClass) =
        m.best_similarity > 0 && m.similarity[i] >= m.best_similarity - 1e-9 ? 1.f : 0.f;
    F(i, kSize) = static_cast<float>(m.size_ratio[i] / 4);
    F(i, kSizeIfUnlikely) = static_cast<float>(m.size_ratio[i] / 4 * (1 - m.similarity[i]));
    F(i, kLabelRatio) = static_cast<float>(m.label_ratio[i] / 4);
    if (scene_.labels() == nullptr) return;
    F(i, kProbability) = static_cast<float>(m.score[i]);
    F(i, kLogProbability) =
        static_cast<float>(std::log((m.score[i] + kLeast) / (m.best_score + kLeast)) / 4);
  }

  void AddClause(const Clause& clause) {
    const MeantObjects anchors =
        clause.anchors.empty() ? MeantObjects{} : MeantBy(clause.anchors[0]);
    out_.clause_anchors.push_back(anchors.objects);
    Values values(n_, 0.5);
    const bool side = clause.relation >= Relation::kLeft && clause.relation <= Relation::kBehind;
    if (side)
      values = AddSide(clause, anchors);
    else if (!TakesAnchor(clause.relation) || !anchors.empty() || clause.anchors.empty())
      values = values_.Of(
          clause, anchors, clause.anchors.size() > 1 ? MeantBy(clause.anchors[1]) : MeantObjects{});
    out_.clause_scores.emplace_back(values.begin(), values.end());
    if (side && clause.anchors.empty()) return;
    if (!anchors.empty() && clause.relation != Relation::kFar && !clause.negated)
      AddNearness(anchors);
    const auto relation = static_cast<size_t>(clause.relation);
    double mean = 0, top = -1, sum = 0;
    for (size_t k = 0; k < candidates_.objects.size(); ++k) {
      const double value = values[candidates_.objects[k]];
      mean += candidates_.fits[k] * value;
      sum += candidates_.fits[k];
      top = std::max(top, value);
    }
    mean /= sum;
    const double sign = clause.negated ? -1 : 1;
    for (size_t i = 0; i < n_; ++i) {
      F(i, kSoftAt + relation) += static_cast<float>(sign * (values[i] - mean));
      if (values[i] >= top - 1e-9 && top > mean + 1e-6)
        F(i, kBestAt + relation) += static_cast<float>(sign);
    }
  }

  // Whatever is said of it, an anchor is mostly near.
  void AddNearness(const MeantObjects& anchors) {
    constexpr double kTouchM = 0.15, kFadeM = 0.3;
    Values closeness(n_);
    for (size_t i = 0; i < n_; ++i) closeness[i] = -values_.DistanceTo(i, anchors);
    const Values ranks = values_.Ranks(closeness);
    for (size_t i = 0; i < n_; ++i) {
      F(i, kAnchorRank) += static_cast<float>(ranks[i] - 0.5);
      F(i, kAnchorTouch) += static_cast<float>(SoftBelow(-closeness[i] - kTouchM, kFadeM));
    }
  }

  // How well an object does in all clauses together: one that fails in any is rarely meant.
  void AddAllClauses() {
    const auto num = static_cast<double>(parse_.clauses.size());
    if (num == 0) return;
    for (size_t i = 0; i < n_; ++i) F(i, kClausesWorst) = 1;
    for (size_t c = 0; c < parse_.clauses.size(); ++c) {
      const auto& values = out_.clause_scores[c];
      double low = 1e9, high = -1e9;
      for (const size_t k : candidates_.objects) {
        low = std::min<double>(low, values[k]);
        high = std::max<double>(high, values[k]);
      }
      for (size_t i = 0; i < n_; ++i) {
        const double own =
            high > low + 1e-6 ? std::clamp((values[i] - low) / (high - low), 0.0, 1.0) : 0.5;
        const double share = parse_.clauses[c].negated ? 1 - own : own;
        F(i, kClausesMean) += static_cast<float>((share - 0.5) / num);
        F(i, kClausesWorst) = std::min(F(i, kClausesWorst), static_cast<float>(share));
        if (share > 0.999) F(i, kClausesBest) += static_cast<float>(1 / num);
      }
    }
  }

  // Left, right, in front, behind: from every observer. The returned values are those of the
  // observer that is trusted first: the one named, else the wall's.
  Values AddSide(const Clause& clause, const MeantObjects& anchors) {
    const bool sideways = clause.relation == Relation::kLeft || clause.relation == Relation::kRight;
    const bool positive =
        clause.relation == Relation::kRight || clause.relation == Relation::kBehind;
    const double sign = (positive ? 1 : -1) * (clause.negated ? -1 : 1);
    const bool anchored = !anchors.empty();
    if (!clause.anchors.empty() && !anchored) return Values(n_, 0.5);
    const std::vector<size_t> facing = MeantBy(parse_.facing).objects;
    const std::vector<size_t> standing =
        parse_.standing_at >= 0 ? MeantBy(parse_.standing_at).objects : scene_.doors();
    const Values near = anchored ? values_.Nearness(anchors) : Values(n_, 0);
    const auto observers = ObserversOf(
        scene_.scene(), anchored ? anchors.objects : candidates_.objects, facing, standing);
    std::array<Values, kNumObservers> seen;
    for (size_t o = 0; o < kNumObservers; ++o) {
      if (!observers[o]) continue;
      const auto along = [&](size_t i) {
        return sign * (sideways ? observers[o]->RightOf(Box(i)) : observers[o]->ForwardOf(Box(i)));
      };
      seen[o] = anchored ? BesideAnchors(anchors, near, along) : OnSide(along);
      size_t kind = anchored ? kAnchored : clause.superlative ? kSuperlative : kAloneSide;
      if (clause.ordinal && !anchored) {
        kind = kOrdinal;
        double others = -1;
        for (const double fit : candidates_.fits) others += fit;
        const double step = others > 0.5 ? 2.0 / others : 1;
        for (double& v : seen[o])
          v = -std::min(2.0, std::abs((1 - v) / step - (*clause.ordinal - 1)) * 0.7);
      }
      for (size_t i = 0; i < n_; ++i)
        F(i, SideFeature(sideways ? 0 : 1, o, kind)) += static_cast<float>(seen[o][i]);
    }
    for (const ObserverKind kind : kObserversByTrust) {
      const auto o = static_cast<size_t>(kind);
      if (!observers[o]) continue;
      out_.observer = observers[o];
      for (double& v : seen[o]) v = 0.5 + 0.5 * v;
      return seen[o];
    }
    return Values(n_, 0.5);
  }

  // In [-1, 1]: to that side of the nearest anchor, not far from it.
  template <class Along>
  Values BesideAnchors(const MeantObjects& anchors, const Values& near, const Along& along) const {
    constexpr double kLeastM = 0.3, kReachM = 2.5, kFadeM = 3;
    Values values(n_);
    for (size_t i = 0; i < n_; ++i) {
      double best = -1;
      for (size_t k = 0; k < anchors.objects.size(); ++k) {
        const size_t a = anchors.objects[k];
        if (a == i) continue;
        const double distance = std::max(kLeastM, CenterDistanceM(Box(i), Box(a)));
        const double direction = (along(i) - along(a)) / distance;
        best = std::max(best, direction * SoftBelow(distance - kReachM, kFadeM) * anchors.fits[k]);
      }
      values[i] = best * (0.5 + 0.5 * near[i]);
    }
    return values;
  }

  // In [-1, 1]: rank among the candidates.
  template <class Along>
  Values OnSide(const Along& along) const {
    Values values(n_);
    for (size_t i = 0; i < n_; ++i) values[i] = along(i);
    values = values_.Ranks(values);
    for (double& v : values) v = 2 * v - 1;
    return values;
  }

  const Parse& parse_;
  const GroundingScene& scene_;
  const std::vector<BoxObject>& objects_;
  size_t n_;
  MeantObjects candidates_;
  ClauseValues values_;
  QueryFeatures out_;
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

QueryFeatures ComputeFeatures(const Parse& parse, const GroundingScene& scene) {
  return Builder(parse, scene).Run();
}

}  // namespace spatium
