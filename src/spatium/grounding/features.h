#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spatium/grounding/box_scene.h"
#include "spatium/grounding/class_stats.h"
#include "spatium/grounding/observers.h"
#include "spatium/grounding/parse.h"

namespace spatium {

// What a ranker sees of one query: for each object of the scene a row of closed features, none of
// which knows a word that is not in the parser's own lists.
struct QueryFeatures {
  size_t num_objects = 0;
  std::vector<float> values;       // [num_objects, NumFeatures()]
  std::vector<size_t> candidates;  // objects that the target's name fits best
  double best_class = 0;           // their similarity; 0: nothing in the scene fits
  // Per clause of the parse, each object's value in [0, 1]: for explanations.
  std::vector<std::vector<float>> clause_scores;
  std::vector<std::vector<size_t>> clause_anchors;
  std::optional<FloorObserver> observer;  // that a view-dependent clause was judged from

  float* Row(size_t object) { return values.data() + object * row_size; }
  const float* Row(size_t object) const { return values.data() + object * row_size; }
  size_t row_size = 0;
};

size_t NumFeatures();
std::string FeatureName(size_t feature);

// A scene prepared for many queries: names normalised, similarities of names remembered.
class GroundingScene {
 public:
  GroundingScene(BoxScene scene, const Lexicon& lexicon);
  const BoxScene& scene() const { return scene_; }
  // Similarity of a mention's name to each object's label.
  const std::vector<double>& SimilarityTo(const std::string& name) const;
  const std::vector<size_t>& doors() const { return doors_; }
  const std::string& normalized(size_t object) const { return names_[object]; }

 private:
  BoxScene scene_;
  const Lexicon* lexicon_;
  std::vector<std::string> names_;
  std::vector<size_t> doors_;
  mutable std::map<std::string, std::vector<double>> similarity_;  // one thread per scene at a time
};

QueryFeatures ComputeFeatures(const Parse& parse,
                              const GroundingScene& scene,
                              const ClassStats& stats);

}  // namespace spatium
