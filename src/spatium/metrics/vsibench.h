#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spatium/metrics/metric.h"

namespace spatium {

// VSI-Bench. Source: vision-x-nyu/thinking-in-space, lmms_eval/tasks/vsibench/utils.py; lmms-eval
// 0.7.2's copy, which changed how numbers are read; GS-Reasoner's, which reads <answer> first.
enum class VsiKind { kUnknown, kNumber, kChoice };
VsiKind VsiKindOf(std::string_view question_type);

// A score, or the exception that ends the official run ("ZeroDivisionError", "ValueError").
struct ScoreOrError {
  double score = 0;
  std::string_view error;
  Json ToJson() const { return error.empty() ? Json(score) : PythonError(error); }
};

// A choice: the extracted text equals the gold letter, case aside.
double VsiChoiceScore(py::View extracted, py::View gold);
// A number: mean relative accuracy; none on either side scores 0.
ScoreOrError VsiNumberScore(const std::optional<double>& prediction, py::View gold);
// The whole rule for one reply. GS-Reasoner's is `official` of AfterLastAnswerTag(reply).
ScoreOrError ScoreVsi(VsiKind kind, py::View reply, py::View gold, Profile profile);

struct TypedScore {
  std::string type;
  double score;
};
// Per-type means, the three direction types as one, and "overall", the mean of all: fractions, in
// the official order. Errors (Python's, as text): "KeyError" if a direction type is missing,
// "ValueError" for an unknown type.
struct VsiAggregate {
  std::vector<std::pair<std::string, double>> scores;  // "object_counting_MRA:.5:.95:.05", …
  std::string_view error;
};
VsiAggregate AggregateVsi(std::span<const TypedScore> items, Profile profile);

}  // namespace spatium
