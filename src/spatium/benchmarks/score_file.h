#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "spatium/benchmarks/evaluate.h"

namespace spatium {

// Whether ScoreFile can score a file: a regular file of JSON Lines, and a benchmark whose scores
// follow from its tasks' means (BenchmarkInfo::from_tasks).
bool CanScoreFile(const BenchmarkInfo& info, const Path& file);

// ReadPredictions and Evaluate in one pass: each record is scored while it is at hand and then
// forgotten, so that a million of them need little time and memory. The same results without
// ProfileResult::items. Errors: as ReadPredictions.
Result<std::vector<ProfileResult>> ScoreFile(const BenchmarkInfo& info,
                                             const Path& file,
                                             std::string_view format,
                                             std::span<const Profile> profiles,
                                             unsigned threads);

}  // namespace spatium
