#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "spatium/grounding/fit.h"

namespace spatium {

// found: one object stands out. ambiguous: several fit alike, or none well; the best is still
// named. none: the thing named is not in the scene. unknown: the sentence names nothing that could
// be looked for.
enum class GroundOutcome { kFound, kNone, kAmbiguous, kUnknown };
std::string_view Name(GroundOutcome outcome);

struct RankedObject {
  size_t object_idx = 0;
  double p = 0;
};

struct GroundResult {
  GroundOutcome outcome = GroundOutcome::kUnknown;
  std::optional<ObjectId> id;         // of found and ambiguous
  std::vector<RankedObject> ranking;  // best first, at most top_k
  Parse parse;
  QueryFeatures features;  // with each clause's scores and the observer
};

// What probabilities mean: the ranking, cut after top_k, and the outcome.
GroundResult Conclude(Parse parse,
                      QueryFeatures features,
                      const std::vector<double>& probabilities,
                      const BoxScene& scene,
                      size_t top_k = 5);

// Grounds sentences in one scene without any model: parse, features, ranking. Deterministic and
// thread-safe.
class TextSolver {
 public:
  TextSolver(BoxScene scene, std::shared_ptr<const GroundingWeights> weights);
  GroundResult Solve(std::string_view sentence, size_t top_k) const;
  const BoxScene& scene() const { return scene_.scene(); }
  const GroundingScene& grounding_scene() const { return scene_; }

 private:
  std::shared_ptr<const GroundingWeights> weights_;
  GroundingScene scene_;  // refers to the weights' label model
};

// The weights of `--weights none|default|FILE`. Errors: kNotFound, kParse, kBadValue of FILE.
Result<std::shared_ptr<const GroundingWeights>> LoadGroundingWeights(std::string_view name);

// A result row of CLI.md, without "row", "calls", "cost" and "ms".
Json ResultJson(const GroundResult& result,
                const BoxScene& scene,
                std::string_view scan_id,
                std::string_view caption);

}  // namespace spatium
