// Weights of the feature names, chosen by reason and never fitted: what a name says is worth most;
// a stated relation is worth about as much as the difference between a class and its kin; an
// observer that the sentence names is trusted before the ones that are guessed.
#include <string_view>
#include <utility>

#include "spatium/grounding/ranker.h"

namespace spatium {
namespace {

double WeightOf(std::string_view name) {
  constexpr std::pair<std::string_view, double> kBase[] = {{"class", 5},
                                                           {"best_class", 1.5},
                                                           {"candidate", 2},
                                                           {"size", 0.5},
                                                           {"size_if_unlikely", 0.5},
                                                           {"order", -0.3},
                                                           {"duplicate", -1},
                                                           {"anchor_like", -1.5},
                                                           {"near_mentions", 1},
                                                           {"near_mentions_best", 0.5}};
  for (const auto& [known, weight] : kBase)
    if (name == known) return weight;
  if (name.ends_with(".soft")) return 2;
  if (name.ends_with(".best")) return 1;
  // Sides: by how sure the observer is.
  const double trust = name.find(".facing.") != std::string_view::npos          ? 0.8
                       : name.find(".facing_square.") != std::string_view::npos ? 0.8
                       : name.find(".wall.") != std::string_view::npos          ? 0.7
                       : name.find(".center.") != std::string_view::npos        ? 0.5
                       : name.find(".outside.") != std::string_view::npos       ? 0.4
                       : name.find(".door.") != std::string_view::npos          ? 0.15
                       : name.find(".door_square.") != std::string_view::npos   ? 0.15
                                                                                : 0;
  return name.ends_with(".ordinal") ? 1.5 * trust : trust;
}

}  // namespace

Ranker Ranker::ZeroShot() {
  Ranker ranker;
  ranker.inputs_ = NumFeatures();
  for (size_t f = 0; f < NumFeatures(); ++f)
    ranker.linear_.push_back(static_cast<float>(WeightOf(FeatureName(f))));
  return ranker;
}

}  // namespace spatium
