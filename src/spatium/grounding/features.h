#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "spatium/grounding/box_scene.h"
#include "spatium/grounding/label_model.h"
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

// A scene prepared for many queries: names normalised, what names mean remembered.
// labels: may be empty (zero-shot); kept alive by the caller.
class GroundingScene {
 public:
  GroundingScene(BoxScene scene, const Lexicon& lexicon, const LabelModel* labels = nullptr);
  const BoxScene& scene() const { return scene_; }
  const LabelModel* labels() const { return labels_; }
  void set_labels(const LabelModel* labels);
  Parse ParseHere(std::string_view sentence) const;

  // What a name says of each object.
  struct Meaning {
    std::vector<double> similarity;   // of the name to the label, in [0, 1]
    std::vector<double> size_ratio;   // LabelModel::SizeLogRatio; zeros without a model
    std::vector<double> label_ratio;  // LabelModel::LabelLogRatio; zeros without a model
    std::vector<double> score;        // probability to be that; without a model the similarity
    std::vector<double> fit;          // similarity tempered by score: what candidates are chosen by
    double best_score = 0, best_similarity = 0, best_fit = 0;
  };
  const Meaning& MeaningOf(const std::string& name) const;
  double plausibility() const { return plausibility_; }
  const std::vector<size_t>& doors() const { return doors_; }
  const std::string& normalized(size_t object) const { return names_[object]; }
  const std::string& canonical(size_t object) const { return canonical_[object]; }

 private:
  BoxScene scene_;
  const Lexicon* lexicon_;
  const LabelModel* labels_ = nullptr;
  std::vector<std::string> names_, canonical_;
  NameSet name_set_;
  std::vector<size_t> doors_;
  double plausibility_ = 1;
  // What names mean, remembered; the lock makes queries of one scene safe side by side.
  mutable std::map<std::string, Meaning> meanings_;
  std::unique_ptr<std::mutex> meanings_lock_ = std::make_unique<std::mutex>();
};

QueryFeatures ComputeFeatures(const Parse& parse, const GroundingScene& scene);

}  // namespace spatium
