#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spatium/base/json.h"
#include "spatium/base/result.h"
#include "spatium/base/shard.h"
#include "spatium/qa/fact.h"
#include "spatium/qa/format.h"
#include "spatium/qa/generate.h"
#include "spatium/qa/record.h"

namespace spatium {

struct MakeOptions {
  std::vector<Path> stores;
  Path out;
  uint64_t seed = 0;
  std::vector<std::string> tasks;               // empty: all
  std::vector<AnswerFormat> formats;            // empty: all
  std::optional<int64_t> per_task;              // facts per scene and task; none: all
  std::optional<int64_t> limit = std::nullopt;  // scenes, the first by name; none: all
  Shard shard;
  ProvenanceDetail provenance = ProvenanceDetail::kFull;
  std::string split = "train";
  bool pictures = true;  // copy the pictures that the questions use
  unsigned threads = 0;

  // Everything that decides bytes; threads and paths do not.
  Json Record() const;
};

struct TaskCounts {
  uint64_t facts = 0;
  std::array<uint64_t, kAnswerFormats.size()> questions{};  // by AnswerFormat
  RefusalCounts refused{};
};

// What a run would write and how long it takes, roughly.
struct MakeCost {
  uint64_t pictures = 0;
  double seconds = 0, megabytes = 0;
};

struct MakeSummary {
  std::map<std::string, TaskCounts> by_task;
  std::optional<MakeCost> cost;  // of a plan
  void Add(std::string_view task, const TaskQuestions& questions);
  uint64_t questions() const;
  // {"questions","by_task","refused"}; of a plan also "dry_run","pictures","seconds","megabytes"
  Json ToJson() const;
  static Result<MakeSummary> FromJson(const JsonCursor& cursor);
};

// Makes all questions of the stores:
//   OUT/spar/DATASET/qa_jsonl/SPLIT/TASK/FORMAT/FORMAT_N.jsonl  with N lines
//   OUT/spar/DATASET/images/SCENE/{image_color,image_depth,pose,intrinsic,video_color,...}
//   OUT/run.json                                                the summary and the options
// Work goes by (scene, task); each result appears whole under OUT/.work, and the final files are
// put together from those in the order of scene ids. Killed at any moment, a second run continues
// and ends with the same bytes. With several shards the results stay, so that shards with one
// OUT add up to the whole, and each shard alone holds its part.
// Errors: those of the stores; kIo while another process makes the same part of OUT; kBadValue if
// two stores hold scenes of one name; kCancelled.
Result<MakeSummary> MakeQuestions(const MakeOptions& options);

// What a run would do: the same summary, and its cost. Writes nothing.
Result<MakeSummary> PlanQuestions(const MakeOptions& options);

}  // namespace spatium
