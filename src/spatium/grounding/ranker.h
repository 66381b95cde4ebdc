#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "spatium/base/json.h"
#include "spatium/grounding/features.h"

namespace spatium {

// One training query: its features, and how right each object is (1 for the target; parts for
// detector boxes that overlap it).
struct RankingExample {
  QueryFeatures features;
  std::vector<float> target;  // sums to 1, or all 0: not used
};

struct RankerTraining {
  int hidden = 32;
  int epochs = 40;
  double learning_rate = 3e-3;
  double weight_decay = 2e-3;
  double dropout = 0.2;
  uint64_t seed = 0;
};

// Scores each object of a query from its features alone: linear part plus one hidden layer of
// rectified units; the scores' softmax over the scene is the probability. Trained by Adam on the
// cross-entropy of the whole list. Plain C++; the same weights for any number of threads.
class Ranker {
 public:
  static Ranker ZeroShot();  // constants chosen by reason, see ranker_zero_shot.cc
  static Ranker Train(std::span<const RankingExample> examples, const RankerTraining& options);

  std::vector<double> Logits(const QueryFeatures& query) const;
  std::vector<double> Probabilities(const QueryFeatures& query) const;

  Json ToJson() const;
  static Result<Ranker> FromJson(const JsonCursor& json);

 private:
  size_t inputs_ = 0, hidden_ = 0;
  std::vector<float> linear_;  // [inputs]
  std::vector<float> first_;   // [hidden, inputs]
  std::vector<float> bias_;    // [hidden]
  std::vector<float> second_;  // [hidden]
};

}  // namespace spatium
