// VSI-Bench: 5,130 questions on 288 indoor videos of ScanNet, ScanNet++ and ARKitScenes (Thinking
// in Space, CVPR 2025; Hub data set nyu-visionx/VSI-Bench, Apache-2.0 code; videos under their
// sources' terms). Official record: {"id": 7, "dataset": "scannet", "scene_name": "scene0000_00",
// "question_type": "object_counting", "question": "How many ...?", "options": null, "ground_truth":
// "4"}. Chance by frequency: 34.0.
#include <map>

#include "spatium/base/text.h"
#include "spatium/base/utf8.h"
#include "spatium/benchmarks/benchmark.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/strict.h"
#include "spatium/metrics/choice.h"
#include "spatium/metrics/mra.h"
#include "spatium/metrics/number_text.h"
#include "spatium/metrics/official_prompts.h"
#include "spatium/metrics/vsibench.h"

namespace spatium {
namespace {

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  DataFolder folder(data);
  return folder.ForEachRow(
      {{{"full", "test"}}, {{"", "test"}}}, [&](const DataFolder::Row& row) -> Result<void> {
        const Json& fields = row.fields;
        Item item;
        SPATIUM_TRY(item.id, NeedText(fields, "id", row.where));
        SPATIUM_TRY(item.task, NeedText(fields, "question_type", row.where));
        SPATIUM_TRY(item.question, NeedText(fields, "question", row.where));
        SPATIUM_TRY(item.answer, NeedText(fields, "ground_truth", row.where));
        if (VsiKindOf(item.task) == VsiKind::kUnknown)
          return Error{
              ErrorCode::kBadValue, row.where, "a question_type of VSI-Bench", Quote(item.task)};
        SPATIUM_TRY(const std::string dataset, NeedText(fields, "dataset", row.where));
        SPATIUM_TRY(const std::string scene, NeedText(fields, "scene_name", row.where));
        item.options = FieldTexts(fields, "options");
        item.fields = Json::MakeObject({{"dataset", dataset}, {"scene_name", scene}});
        SPATIUM_TRY(item.media.emplace_back(),
                    folder.Media(MediaRef::Kind::kVideo, StrCat(dataset, "/", scene, ".mp4")));
        return sink(std::move(item));
      });
}

Prompt MakePrompt(const Item& item, Profile) {
  constexpr int kMaxTokens = 16;
  PromptSettings settings;
  if (FormOf(item) == "gemini_api") settings.number_post = kVsiNumberOnly;
  if (FormOf(item) == "neo_ov") settings.number_post = kVsiOneFloat;
  return PicturesThenText(
      item,
      VsiPrompt(item.task, item.question, item.options, settings).value_or(item.question),
      kMaxTokens);
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  const py::Scratch text = py::Scratch::FromUtf8(reply);
  const py::Scratch gold = py::Scratch::FromUtf8(item.answer);
  const VsiKind kind = VsiKindOf(item.task);
  if (kind == VsiKind::kUnknown) return {.outcome = Outcome::kSkipped};
  if (profile == Profile::kOfficial || profile == Profile::kLmmsEval) {
    const ScoreOrError score = ScoreVsi(kind, text, gold, profile);
    if (!score.error.empty())
      return {.outcome = Outcome::kSkipped, .score = 0, .parsed = Json(score.error)};
    return {.outcome = Outcome::kScored, .score = score.score, .parsed = Json(CutUtf8(reply, 200))};
  }
  if (kind == VsiKind::kChoice)
    return LetterScore(
        profile == Profile::kEasi ? EasiLetter(text) : StrictLetter(text, item.options.size()),
        item.answer);
  const auto value = profile == Profile::kEasi ? EasiNumber(text) : StrictNumber(text);
  const auto truth = py::Float(gold);
  if (!value || !truth) return {.outcome = Outcome::kUnparsable};
  const auto score = VsiMra(*value, *truth);
  return {.outcome = score ? Outcome::kScored : Outcome::kSkipped,
          .score = score.value_or(0),
          .parsed = Json(*value)};
}

// Per type; the three directions as one; the mean of the eight.
Scores FromTypes(std::span<const TaskTally> types, Profile) {
  constexpr std::string_view kDirection = "object_rel_direction";
  Scores scores;
  std::vector<std::pair<std::string, Score>> by_type;
  std::map<std::string, std::pair<double, size_t>> tasks;  // sum of type means, types
  std::map<std::string, size_t> items;
  for (const auto& [type, total, count] : types) {
    const double mean = total / static_cast<double>(count);
    by_type.emplace_back(type, Score{100 * mean, count});
    scores.overall.n += count;
    const std::string task = type.starts_with(kDirection) ? std::string(kDirection) : type;
    items[task] += count;
    auto& [sum, n] = tasks[task];
    sum += mean;
    ++n;
  }
  double sum = 0;
  std::vector<std::pair<std::string, Score>> by_task;
  for (const auto& [task, tally] : tasks) {
    const double mean = tally.first / static_cast<double>(tally.second);
    sum += mean;
    by_task.emplace_back(task, Score{100 * mean, items[task]});
  }
  scores.overall.value = tasks.empty() ? 0 : 100 * sum / static_cast<double>(tasks.size());
  scores.by.emplace_back("task", std::move(by_task));
  scores.by.emplace_back("question_type", std::move(by_type));
  return scores;
}

// How the task files ask API models and NEO-OV for numbers.
constexpr PromptForm kForms[] = {{"gemini_api", Profile::kOfficial},
                                 {"neo_ov", Profile::kLmmsEval}};
constexpr Profile kProfiles[] = {
    Profile::kOfficial, Profile::kLmmsEval, Profile::kEasi, Profile::kStrict};
constexpr PublishedRow kPublished[] = {
    {"GPT-4o", 34.0, "Thinking in Space, table 1"},
    {"Gemini-1.5-Flash", 42.1, "Thinking in Space, table 1"},
    {"Gemini-1.5-Pro", 45.4, "Thinking in Space, table 1"},
    {"LLaVA-NeXT-Video-72B", 40.9, "Thinking in Space, table 1"},
    {"LLaVA-OneVision-72B", 40.2, "Thinking in Space, table 1"},
    {"InternVL2-40B", 36.0, "Thinking in Space, table 1"},
    {"LLaVA-NeXT-Video-7B", 35.6, "Thinking in Space, table 1"},
    {"InternVL2-8B", 34.6, "Thinking in Space, table 1"},
    {"LLaVA-OneVision-7B", 32.4, "Thinking in Space, table 1"},
    {"VILA-1.5-40B", 31.2, "Thinking in Space, table 1"},
    {"VILA-1.5-8B", 28.9, "Thinking in Space, table 1"},
    {"chance (frequency)", 34.0, "Thinking in Space, table 1"},
    {"GS-Reasoner", 64.7, "GS-Reasoner"},
    {"VLM-3R-7B", 60.9, "VLM-3R"},
    {"ViCA2-7B", 56.8, "ViCA2"},
    {"Qwen2.5-VL-7B (128 frames)", 33.5, "EASI, docs/Benchmark_Verification.md"},
    {"Cambrian-S-7B", 63.6, "EASI, docs/Benchmark_Verification.md"},
    {"SenseNova-SI-1.2-InternVL3-8B", 68.7, "EASI, docs/Benchmark_Verification.md"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_vsi_bench() {
  static const BenchmarkInfo kInfo{
      .summary = "VSI-Bench, 5,130 questions on 288 indoor videos, 8 tasks",
      .hub =
          "Hub data set nyu-visionx/VSI-Bench; put test.jsonl or test-*.parquet and the three zips "
          "(or their folders) into FOLDER",
      .schema = "confirmed: the data set's card and the official evaluation code",
      .unit = "percent",
      .profiles = kProfiles,
      .published = kPublished,
      .chance = 34.0,
      .load = Load,
      .prompt = MakePrompt,
      .forms = kForms,
      .score = ScoreItem,
      .from_tasks = FromTypes};
  return kInfo;
}

}  // namespace spatium
