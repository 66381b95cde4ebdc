#pragma once
#include <optional>
#include <string>
#include <vector>

#include "spatium/chat/chat_model.h"
#include "spatium/grounding/scene_views.h"
#include "spatium/grounding/solve.h"
#include "spatium/visibility/visibility.h"

namespace spatium {

// How a model is asked. kSpazer follows the published pipeline (arXiv 2506.21924) and its rules:
// the model names the class, classes match by shared word stems, a lone match is accepted unasked,
// more than top_k matches are screened, none means all. kFused keeps the text solver's soft scores
// in every step: its candidates are added, nothing is accepted unasked, and the decision weighs
// both.
enum class AgentMode { kSpazer, kFused };

struct AgentOptions {
  AgentMode mode = AgentMode::kFused;
  size_t top_k = 5;         // SPAZER's K (its N_TOPK)
  int view_size_px = 1024;  // each view is one picture: models scale strips down
  size_t frames_per_candidate = 1;
  int frame_side_px = 768;  // longest side of a camera frame as sent
  Sampling sampling{.temperature = 0, .max_tokens = 800};
  uint64_t seed = 42;  // of use_random_view
  // SPAZER's switches for comparison runs, under the names that its code has for them.
  bool use_top_view = false;            // no view is chosen: the first
  bool use_random_view = false;         // no view is chosen: any
  bool no_anchor_filtering = false;     // no screening: all matched objects are candidates
  bool no_retrieve_crop_image = false;  // no grid of crops where no class matches
  bool use_gt_bbox = false;  // as if no class had matched: all boxes, and always the grid of crops
};

// Marked pictures of what was decided: the view from above with the ranked objects' ids, and the
// best camera frame of the first with its box. Scenes without frames give the first only.
struct AgentStep;
Result<AgentStep> DecisionPictures(const SceneStore& store,
                                   const std::vector<ObjectId>& ranked,
                                   int view_size_px,
                                   unsigned threads);

// One exchange with the model, for the trace.
struct AgentStep {
  std::string name;         // "class", "view", "screen", "decide"
  std::string prompt_hash;  // of the template file
  std::string prompt;
  std::vector<std::pair<std::string, std::string>> pictures;  // caption, PNG or JPEG bytes
  std::vector<std::string> replies;                           // the second after a repair
  Json parsed;                                                // null: unusable
  int64_t ms = 0;
  double cost = 0;
};

struct AgentResult {
  GroundOutcome outcome = GroundOutcome::kUnknown;
  std::optional<ObjectId> id;
  std::vector<RankedObject> ranking;
  GroundResult text;  // what the text solver said
  std::vector<ObjectId> matched, candidates;
  int view = -1;          // chosen; -1: none was
  std::string view_name;  // "top", "left", ...
  std::vector<AgentStep> steps;
  int calls = 0;
  double cost = 0;
};

// The agent in one scene: its views and visibility are made once. No ground truth is known to it.
class GroundingAgent {
 public:
  static Result<GroundingAgent> Create(const SceneStore& store,
                                       std::shared_ptr<const GroundingWeights> weights,
                                       const AgentOptions& options,
                                       unsigned threads);
  // Thread-safe. Errors: those of a model that does not answer. An unusable reply is no error:
  // after one repair round the step falls back to the text solver's order, and the trace says so.
  Result<AgentResult> Ground(std::string_view sentence, ChatModel& model) const;
  const BoxScene& boxes() const { return solver_.scene(); }

 private:
  GroundingAgent(const SceneStore& store,
                 TextSolver solver,
                 SceneViews views,
                 Visibility visibility,
                 const AgentOptions& options)
      : store_(&store),
        solver_(std::move(solver)),
        views_(std::move(views)),
        visibility_(std::move(visibility)),
        options_(options) {}
  friend class AgentRun;

  const SceneStore* store_;
  TextSolver solver_;
  SceneViews views_;
  Visibility visibility_;
  AgentOptions options_;
};

// SPAZER's stemmed words of a label or class; labels match that share one.
bool SharesStem(std::string_view a, std::string_view b);

}  // namespace spatium
