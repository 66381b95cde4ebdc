#pragma once
#include <string>
#include <string_view>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/qa/generate.h"

namespace spatium {

// The result of one (scene, task) on disk: a JSON line with counts, then the questions of each
// format. It appears whole or not at all.
struct WorkItem {
  std::string scene, dataset, task;
  std::string digest;  // of the options, the scene's content and the program: stale if different
  TaskQuestions questions;
};

Path WorkItemPath(const Path& out, std::string_view scene, std::string_view task);
Result<void> WriteWorkItem(const Path& out, const WorkItem& item);
// Errors: kNotFound; kParse for a file that is none.
Result<WorkItem> ReadWorkItem(const Path& out, std::string_view scene, std::string_view task);

}  // namespace spatium
