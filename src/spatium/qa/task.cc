#include "spatium/qa/task.h"

namespace spatium {

const TaskFormat* TaskInfo::Find(AnswerFormat format) const {
  for (const TaskFormat& candidate : formats)
    if (candidate.format == format) return &candidate;
  return nullptr;
}

const TaskEntry* FindTask(std::string_view name) {
  for (const TaskEntry& entry : Tasks())
    if (entry.name == name) return &entry;
  return nullptr;
}

}  // namespace spatium
