#pragma once
#include <map>
#include <string>
#include <vector>

#include "spatium/base/json.h"
#include "spatium/grounding/box_scene.h"
#include "spatium/grounding/queries.h"

namespace spatium {

struct GroundEvalOptions {
  Path results;  // OUT.jsonl of `ground`
  Path queries;
  Path boxes_gt;
  // What was grounded in, for ceiling, baselines and errors. None: what the run's record beside the
  // results says (RESULTS.run.json, written by `ground`), else boxes_gt.
  std::optional<Path> boxes;
  std::optional<Path> labels;
  std::optional<Path> label_map;  // ScanNet's TSV, for the "unique" rules that need classes
};

// Accuracies of grounding results against the true boxes, with 95 % intervals, by Nr3D's and
// ScanRefer's groups, with baselines, the boxes' ceiling, and where the errors come from.
// Errors of a wrong answer, the first that applies:
//   detector   no box overlaps the target's by 0.25
//   class      the target was not among the candidates that the named class left
//   abstained  no object was named
//   view       a clause that depends on the observer decided
//   relation   another clause decided
//   decision   nothing in the sentence told the chosen object from the right one
Result<Json> EvaluateGrounding(const GroundEvalOptions& options);

// The options with boxes and labels filled in from the run's record, where they are not given.
Result<GroundEvalOptions> WithRunRecord(GroundEvalOptions options);
Path RunRecordOf(const Path& results);

}  // namespace spatium
