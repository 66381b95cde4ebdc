#pragma once
#include <string_view>

#include "spatium/metrics/python.h"

namespace spatium {

// SpatialScore, version 0. Source: haoningwu3639/SpatialScore, version_0 (MIT).

// The option letter A-F of a text, from tags, "answer:", brackets, a line, else any such letter;
// the cleaned text if there is none.
py::Str SpatialScoreOption(py::View text);
// "Yes", "No" (yes-words are looked for first), or the cleaned text.
py::Str SpatialScoreYesNo(py::View text);

struct SpatialScoreOutcome {
  double score = 0;
  bool is_correct = false;
  bool by_accuracy = false;  // a mean relative accuracy: the script writes "accuracy"
  std::string_view error;    // "ValueError": the gold text is no number; of None
};
// question_type "multi-choice", "judgment", anything else is open-ended; case aside.
//   reply  none: Python's None, which counts as 0 where a number is wanted
SpatialScoreOutcome ScoreSpatialScore(py::View question_type,
                                      std::string_view source,
                                      const std::optional<py::Str>& reply,
                                      py::View gold);

}  // namespace spatium
