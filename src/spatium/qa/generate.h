#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "spatium/qa/format.h"
#include "spatium/qa/qa_scene.h"
#include "spatium/qa/record.h"
#include "spatium/qa/task.h"

namespace spatium {

struct GenerateOptions {
  uint64_t seed = 0;
  std::optional<int64_t> per_task = std::nullopt;
  ProvenanceDetail provenance = ProvenanceDetail::kFull;
};

// All questions of one task about one scene.
struct TaskQuestions {
  uint64_t facts = 0;  // that gave at least one question
  RefusalCounts refused{};
  std::array<std::string, kAnswerFormats.size()> lines;  // JSONL by AnswerFormat
  std::array<uint64_t, kAnswerFormats.size()> num_lines{};
  std::vector<int32_t> frames;  // used, indices into Scene::frames, ascending; without the video
  bool video = false;           // the video is used
};

// Pure: the same scene, options and seed give the same bytes.
TaskQuestions GenerateTask(const QaScene& scene,
                           const TaskEntry& task,
                           std::span<const AnswerFormat> formats,
                           const GenerateOptions& options);

}  // namespace spatium
