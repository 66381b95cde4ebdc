#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "spatium/base/random.h"
#include "spatium/qa/fact.h"
#include "spatium/qa/format.h"
#include "spatium/qa/question.h"

namespace spatium {

struct QaScene;

// One answer format of a task and its wording. Slots in the text are described in wording/phrase.h.
struct TaskFormat {
  AnswerFormat format;
  std::span<const std::string_view> questions;  // at least 12, no two alike
  std::span<const std::string_view> answers;    // sentences to answer with; empty: a bare value
};

// One kind of spatial question: a file x.cc in qa/tasks/ that defines
// `const TaskInfo& TaskInfo_x()`. Its name, the file's stem, is the record's "type".
struct TaskInfo {
  std::string_view summary;
  std::span<const std::string_view> modalities;  // "single", "multi", "video"
  std::span<const TaskFormat> formats;
  // Answers that dominate are thinned even where all facts are wanted (quota.h).
  bool thin_dominant_answers = true;

  // Finds every fact of a scene in a fixed order and counts what it refuses. Draws that turn a
  // question (which object is red) are keyed by `seed` and the fact, never by order.
  void (*enumerate)(const QaScene& scene, uint64_t seed, FactList& out);

  // Puts a fact into words. `rng` is keyed by (seed, scene, task, format, fact). Returns why not
  // if this fact cannot be asked in this format; else kNone and a complete `out`.
  Refusal (*render)(const QaScene& scene,
                    const Fact& fact,
                    const TaskFormat& format,
                    RandomStream& rng,
                    Question& out);

  const TaskFormat* Find(AnswerFormat format) const;  // null if the task has no such format
};
struct TaskEntry {
  std::string_view name;
  const TaskInfo& (*info)();
};
std::span<const TaskEntry> Tasks();
const TaskEntry* FindTask(std::string_view name);  // null if there is none

}  // namespace spatium
