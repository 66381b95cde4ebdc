#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "spatium/grounding/queries.h"
#include "spatium/grounding/ranker.h"

namespace spatium {

// Sentences, and the boxes that they are grounded in.
struct FitSet {
  Path queries;
  Path boxes;                  // ground-truth or detected
  std::optional<Path> labels;  // predicted labels for `boxes`
  std::optional<Path>
      boxes_gt;  // to tell which detected box is right; none: `boxes` has the target's id
};

struct FitOptions {
  std::vector<FitSet> sets;  // fitted together; one room is in one fold, whatever its boxes
  int folds = 5;
  uint64_t seed = 0;
  RankerTraining training;
  int ensemble = 2;  // rankers whose logits are averaged
  unsigned threads = 0;
};

struct FoldScore {
  size_t n = 0;
  double acc_id = 0, acc25 = 0, acc50 = 0;  // fractions
};

// A grounding model: what labels are worth, and an averaged set of rankers.
struct GroundingWeights {
  LabelModel labels;
  std::vector<Ranker> rankers;
  std::vector<double> Probabilities(const QueryFeatures& query) const;
  static GroundingWeights ZeroShot();
  Json ToJson() const;
  static Result<GroundingWeights> FromJson(const JsonCursor& json);
};

struct SetScore {
  std::vector<FoldScore> folds;  // each on scenes that its model never saw
  FoldScore mean;                // over all queries
  FoldScore zero_shot;           // the same queries without any fitting
  // Rows as `ground` writes them, by a model that never saw the room: for `ground eval`.
  std::vector<Json> held_out;
};

struct FitResult {
  SetScore all;
  std::vector<SetScore> sets;
  GroundingWeights weights;  // fitted on everything
};

// Cross-validates by scene, then fits on all queries. Errors: those of the files.
Result<FitResult> FitGrounding(const FitOptions& options);

}  // namespace spatium
