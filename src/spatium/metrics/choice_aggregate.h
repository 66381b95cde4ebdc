#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spatium {

using NamedScores = std::vector<std::pair<std::string, double>>;

struct ScoredQuestion {
  std::string id;        // question id, where a rule groups by it
  std::string category;  // or source, or subtask
  double score = 0;
  int num_options = 0;  // SITE
  uint32_t time = 0;    // in a resampled run: which draw of the question; groups do not mix them
};
inline constexpr size_t kThreeDsrBaseId = 8;  // characters of a 3DSRBench question: "VIN6MS3J"

// SITE: accuracy and chance-adjusted accuracy in percent, of all and of six categories; chance is
// one over the number of options.
NamedScores AggregateSite(std::span<const ScoredQuestion> questions);
// 3DSRBench: vanilla; circular (all variants of a base or flipped question right); flip (a question
// and its flip); both; by main category.
NamedScores AggregateThreeDsr(std::span<const ScoredQuestion> questions);
// CV-Bench: lmms-eval's micro accuracy, and the official mean of ((ADE20K + COCO) / 2, Omni3D).
// none of a source: false (KeyError).
bool AggregateCvBench(std::span<const ScoredQuestion> questions, double& micro, double& official);
// MindCube: overall, among, around, rotation, by the id's first word.
NamedScores AggregateMindCube(std::span<const ScoredQuestion> questions);
// BLINK: the share of right answers of each of 14 subtasks, and "Total", their mean. The subtask is
// read off the id "val_Art_Style_1". `split` is "val" or "test".
struct BlinkAggregate {
  NamedScores scores;
  std::string_view error;  // "KeyError", "ZeroDivisionError"
};
// The names of BLINK's 1,901 validation questions in the order of its answer file.
std::vector<std::string> BlinkValidationIds();
BlinkAggregate AggregateBlink(std::span<const ScoredQuestion> questions, std::string_view split);

}  // namespace spatium
