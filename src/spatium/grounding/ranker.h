#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "spatium/base/json.h"
#include "spatium/grounding/features.h"

namespace spatium {

// One training query: its features without the zeros (most are), and how right each object is.
struct RankingExample {
  struct Entry {
    uint32_t feature;
    float value;
  };
  std::vector<Entry> entries;
  std::vector<uint32_t> begin;  // [num_objects + 1]
  std::vector<float> target;    // sums to 1, or all 0: not used
};
RankingExample ToExample(const QueryFeatures& features, std::vector<float> target);

std::vector<double> Softmax(std::vector<double> logits);

struct RankerTraining {
  int hidden = 32;
  int epochs = 16;
  double learning_rate = 2e-3;
  double weight_decay = 0.1;  // towards the zero-shot constants, and zero for hidden units
  double dropout = 0.3;
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

  Json ToJson() const;
  static Result<Ranker> FromJson(const JsonCursor& json);

 private:
  size_t inputs_ = 0, hidden_ = 0;
  std::vector<float> linear_;  // [inputs]
  std::vector<float> first_;   // [inputs, hidden]
  std::vector<float> bias_;    // [hidden]
  std::vector<float> second_;  // [hidden]
};

}  // namespace spatium
