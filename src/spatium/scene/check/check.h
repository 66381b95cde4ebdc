#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"

namespace spatium {

// error: answers about the scene would be wrong. warning: some probably are. note: worth knowing.
enum class Severity { kError, kWarning, kNote };
std::string_view Name(Severity severity);

struct Problem {
  Severity severity;
  std::string kind;     // "missing_file", "two_labels": a constant of the check that found it
  std::string where;    // "frame 00005", "object 9 (door)", "scene"
  std::string message;  // what was found, with the figures
};

struct CheckOptions {
  unsigned threads = 0;
};

// What a person would want to know about a store before asking questions about it. Runs every row
// of the table in check.cc; the worst first, then in the order of the table.
// Errors: kNotFound if there is no store; kCancelled. A store that cannot be opened is a problem,
// not an error.
Result<std::vector<Problem>> CheckScene(const Path& store, const CheckOptions& options = {});

}  // namespace spatium
