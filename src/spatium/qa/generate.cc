#include "spatium/qa/generate.h"

#include <algorithm>

#include "spatium/base/hash.h"
#include "spatium/qa/quota.h"

namespace spatium {
namespace {

// One fact in one format; false if this format has no way to ask it.
bool AskFact(const QaScene& scene,
             const TaskEntry& task,
             const TaskFormat& format,
             const Fact& fact,
             const GenerateOptions& options,
             Question& question,
             TaskQuestions& out) {
  RandomStream rng(options.seed, {"qa", scene.id, task.name, Name(format.format), Hex(fact.key)});
  question.Clear();
  const Refusal refusal = task.info().render(scene, fact, format, rng, question);
  if (refusal != Refusal::kNone) {
    ++out.refused[static_cast<size_t>(refusal)];
    return false;
  }
  const auto slot = static_cast<size_t>(format.format);
  AppendRecord(
      out.lines[slot], scene, task.name, format.format, fact, question, options.provenance);
  ++out.num_lines[slot];
  return true;
}

}  // namespace

TaskQuestions GenerateTask(const QaScene& scene,
                           const TaskEntry& task,
                           std::span<const AnswerFormat> formats,
                           const GenerateOptions& options) {
  const TaskInfo& info = task.info();
  FactList list;
  info.enumerate(scene, options.seed, list);
  ApplyQuota(scene, task.name, options.seed, options.per_task, info.thin_dominant_answers, list);
  TaskQuestions out;
  out.refused = list.refused;
  std::vector<char> frame_used(scene.frames.size(), 0);
  Question question;
  for (const Fact& fact : list.facts) {
    bool asked = false;
    for (const AnswerFormat wanted : formats)
      if (const TaskFormat* format = info.Find(wanted))
        asked |= AskFact(scene, task, *format, fact, options, question, out);
    if (!asked) continue;
    ++out.facts;
    out.video |= fact.num_frames == 0;
    for (uint8_t i = 0; i < fact.num_frames; ++i)
      frame_used[static_cast<size_t>(fact.frame[i])] = 1;
  }
  for (size_t i = 0; i < frame_used.size(); ++i)
    if (frame_used[i]) out.frames.push_back(scene.frames[i].source);
  std::ranges::sort(out.frames);
  return out;
}

}  // namespace spatium
