#pragma once
#include <optional>
#include <string>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/base/work_claim.h"
#include "spatium/qa/make.h"

namespace spatium {

struct WorkItemName {
  std::string scene, dataset, task, digest;
};

// Puts the results that are there together: the JSONL files, whose names hold their numbers of
// lines, and run.json. Results follow in the order of `parts`; files of an earlier run in this
// split go away. With one shard the results themselves are removed at the end.
// `claim` is on OUT.
Result<MakeSummary> Assemble(const MakeOptions& options,
                             const WorkClaim& claim,
                             const std::vector<WorkItemName>& parts);

// The summary of a run that is already complete in OUT, with the same parts; else nothing.
std::optional<MakeSummary> FinishedRun(const MakeOptions& options,
                                       const std::vector<WorkItemName>& parts);

}  // namespace spatium
