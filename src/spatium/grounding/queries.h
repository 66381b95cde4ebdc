#pragma once
#include <optional>
#include <string>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/base/result.h"

namespace spatium {

// A sentence about a scene. Grounding reads scan_id and caption only; what else a file says of the
// answer is kept in `truth`, which only fitting and evaluation open.
struct GroundingQuery {
  std::string scan_id;
  std::string caption;
};
struct QueryTruth {
  std::optional<int> target_id;
  std::optional<bool> easy, view_dependent;  // Nr3D's, where the file says
  std::string label;                         // ScanRefer's object_name, Nr3D's instance_type
};
struct QueryFile {
  std::vector<GroundingQuery> queries;
  std::vector<QueryTruth> truths;  // index by index
};

// JSONL {"scan_id","caption","target_id"?,"easy"?,"view_dep"?}; ScanRefer's official JSON
// (scene_id, object_id, object_name, description); Nr3D's CSV (scan_id, utterance, target_id,
// stimulus_id, tokens). Errors: kParse, kNotFound, kBadValue with file and row.
Result<QueryFile> ReadQueries(const Path& file);

// Nr3D's definitions (shared by its benchmark): easy iff at most two objects of the class, from
// stimulus_id "scene-label-n-target-..."; view-dependent by its list of words.
bool IsViewDependent(std::string_view caption);

}  // namespace spatium
