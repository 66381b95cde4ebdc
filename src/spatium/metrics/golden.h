#pragma once
#include <functional>
#include <string>
#include <vector>

#include "spatium/metrics/metric.h"

namespace spatium {

// What Spatium gives for one golden row. A row of a task nobody knows, or not of its task's form,
// is unsupported; `why` says which.
struct RowValue {
  std::string task;
  bool supported = false;
  Json value;
  std::string why;
};
RowValue EvaluateRow(const Json& row, const MaskSet* masks, unsigned threads = 1);

// Equal after JSON parsing (1 == 1.0), exactly; numbers within a relative 1e-12 for the tasks
// whose reference sums in another order: captions/*, scan2cap/*, meteor*, */aggregate*.
bool GoldenEqual(std::string_view task, const Json& expected, const Json& value);

struct GoldenCounts {
  int64_t rows = 0, equal = 0, different = 0, unsupported = 0, random = 0;
};
struct GoldenDifference {
  std::string file;
  int64_t row;
  std::string task;
  Json expected, value;
};
// Evaluates all rows of a golden file (JSON Lines), or of a JSON array of {"task","prediction",
// "answer","score"} as spar_metric_vectors.json has them. "RANDOM" is counted apart.
//   different  grows to at most `max_different` rows, unsupported ones among them
Result<GoldenCounts> CheckGoldenFile(const Path& path,
                                     const MaskSet* masks,
                                     unsigned threads,
                                     size_t max_different,
                                     std::vector<GoldenDifference>& different);

// Calls emit(row number, value) in file order; at most a few thousand rows are held.
Result<void> ForEachRowValue(
    const Path& path,
    const MaskSet* masks,
    unsigned threads,
    const std::function<void(int64_t, const Json&, const RowValue&)>& emit);

}  // namespace spatium
