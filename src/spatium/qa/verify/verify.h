#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/base/result.h"
#include "spatium/qa/verify/findings.h"

// The verifier: derives every answer of a tree of questions again from the source scenes and says
// where the two disagree. It shares no code with what made the questions: no relation, projection,
// visibility or wording of theirs, so that an error there cannot hide here.
namespace spatium {

struct VerifyOptions {
  Path out;                  // the folder that holds spar/
  std::vector<Path> scenes;  // stores
  unsigned threads = 0;
  size_t max_failures = 1000;                    // listed; all are counted
  std::optional<uint64_t> limit = std::nullopt;  // records of each file, the first; none: all
};

struct VerifyFailure {
  std::string file;  // relative to `out`
  int64_t line = 0;  // from 1; 0: the file as a whole
  std::string id;
  verify::Finding finding;
};

struct VerifyReport {
  int64_t checked = 0;  // records
  // Records with at least one fault of each kind; files with a wrong name count as one.
  int64_t disagreements = 0, marker_outside = 0, options_not_unique = 0, duplicates = 0;
  // Records that hold too little to tell which object they speak of: neither right nor wrong.
  int64_t unverifiable = 0;
  // Records whose pictures the tree leaves out (OUT/run.json says so: qa make --no-pictures): they
  // were checked against the scene's own frames, which the pictures' names say.
  int64_t without_pictures = 0;
  std::vector<VerifyFailure> failures;  // by file and line

  bool ok() const {
    return disagreements == 0 && marker_outside == 0 && options_not_unique == 0 && duplicates == 0;
  }
  Json ToJson() const;
};

// Checks every OUT/spar/DATASET/qa_jsonl/SPLIT/TASK/FORMAT/FORMAT_N.jsonl.
// Errors: kNotFound if there is no question at all; those of opening the scenes; kCancelled.
Result<VerifyReport> VerifyQuestions(const VerifyOptions& options);

}  // namespace spatium
