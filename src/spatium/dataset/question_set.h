#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/base/result.h"

namespace spatium {

// Reading the questions of a SPAR tree, whoever wrote it:
//   OUT/spar/DATASET/qa_jsonl/SPLIT/TASK/FORMAT/FORMAT_N.jsonl, pictures under
//   OUT/spar/DATASET/images/. OUT may also name the "spar" folder itself.

struct QuestionPlace {
  std::string dataset, split, task, format;
  Path file;
  int64_t line = 0;  // from 1
  Path images;       // what a record's "image" paths are relative to
};

struct PlacedQuestion {
  QuestionPlace place;
  Json record;
  std::string id() const;
  // The first question and the first answer, without "<image>" tokens; empty if there are none.
  std::string question() const;
  std::string answer() const;
  std::vector<std::string> images() const;
};

// Calls fn for every non-empty line of every file, files in sorted order, until it fails.
// Errors: kNotFound if there is no such tree or it has no question files; what fn returns.
Result<void> ForEachQuestionLine(
    const Path& out, const std::function<Result<void>(const QuestionPlace&, std::string_view)>& fn);

// `n` questions spread evenly over tasks and formats; the same ones for the same seed. Sorted by
// task, format and place.
Result<std::vector<PlacedQuestion>> SampleQuestions(const Path& out, size_t n, uint64_t seed);

// The questions whose "id" or provenance key is `id`. Errors: kNotFound if there is none.
Result<std::vector<PlacedQuestion>> FindQuestions(const Path& out, std::string_view id);

}  // namespace spatium
