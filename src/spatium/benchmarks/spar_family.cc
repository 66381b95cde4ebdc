#include "spatium/benchmarks/spar_family.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "spatium/base/text.h"
#include "spatium/base/utf8.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/spar_tree.h"
#include "spatium/benchmarks/strict.h"
#include "spatium/dataset/table.h"
#include "spatium/metrics/choice.h"
#include "spatium/metrics/mra.h"
#include "spatium/metrics/number_text.h"
#include "spatium/metrics/official_prompts.h"
#include "spatium/metrics/sparbench.h"

namespace spatium {
namespace {

constexpr PublishedRow kRows[] = {
    {"Human (Tiny)", 67.27, "SPAR project page"},
    {"Random (Tiny)", 32.74, "SPAR project page"},
    {"GPT-4o (Tiny)", 36.39, "SPAR project page"},
    {"Qwen2.5-VL-72B (Tiny)", 39.40, "SPAR project page"},
    {"InternVL2.5-8B", 36.28, "SPAR project page"},
    {"Qwen2.5-VL-7B", 33.07, "SPAR project page"},
    {"SpaceR", 37.55, "SPAR project page"},
    {"Claude-3.7-Sonnet (Tiny)", 21.77, "SPAR project page"},
    {"Qwen2-VL-72B (Tiny)", 35.62, "SPAR project page"},
    {"InternVL2-8B", 33.02, "SPAR project page"},
    {"LLaVA-OneVision-7B", 31.20, "SPAR project page"},
    {"Qwen2-VL-7B", 30.74, "SPAR project page"},
    {"Qwen2.5-VL-72B (EASI)", 37.01, "EASI, docs/Benchmark_Verification.md"},
    {"InternVL2.5-8B + SPAR-mix", 63.25, "SPAR project page"}};

double StrictMra(double prediction, double gold) { return SparMra(prediction, gold); }

}  // namespace

const std::span<const PublishedRow> kSparPublished = kRows;

Result<void> LoadSpar(const Path& data, const std::function<Result<void>(Item)>& sink) {
  if (IsSparTree(data)) return LoadSparTree(data, sink);
  SPATIUM_TRY(const auto table, OpenSplit(data, "", "test"));
  size_t number = 0;
  return ForEachRow(*table, [&](const Json& row) -> Result<void> {
    const std::string where = StrCat(data.string(), ": row ", number++);
    Item item;
    SPATIUM_TRY(item.id, NeedText(row, "id", where));
    SPATIUM_TRY(item.task, NeedText(row, "task", where));
    SPATIUM_TRY(item.question, NeedText(row, "question", where));
    SPATIUM_TRY(item.answer, NeedText(row, "answer", where));
    if (SparKindOf(item.task) == SparKind::kUnknown)
      return Error{
          ErrorCode::kBadValue, where, "one of SPAR-Bench's twenty tasks", Quote(item.task)};
    SPATIUM_TRY(item.media, FieldImages(row, "image", data));
    item.fields = Json::MakeObject(
        {{"img_type", FieldText(row, "img_type")}, {"format_type", FieldText(row, "format_type")}});
    return sink(std::move(item));
  });
}

Prompt SparBenchPrompt(const Item& item, Profile) {
  constexpr int kMaxTokens = 100;
  return PicturesThenText(
      item, SparPrompt(item.task, item.question, {}).value_or(item.question), kMaxTokens);
}

ItemScore ScoreSparItem(const Item& item, std::string_view reply, Profile profile) {
  const py::Scratch text = py::Scratch::FromUtf8(reply);
  const py::Scratch gold = py::Scratch::FromUtf8(item.answer);
  const SparKind kind = SparKindOf(item.task);
  ItemScore score{.outcome = Outcome::kScored, .score = 0, .parsed = Json(CutUtf8(reply, 200))};
  if (kind == SparKind::kUnknown) return {.outcome = Outcome::kSkipped};
  if (profile == Profile::kOfficial || profile == Profile::kLmmsEval) {
    score.score = ScoreSpar(item.task, text, gold);
    return score;
  }
  switch (kind) {
    case SparKind::kChoice:
      return LetterScore(profile == Profile::kEasi ? EasiLetter(text) : StrictLetter(text, 0),
                         LetterOf(&static_cast<const Json&>(Json(item.answer))));
    case SparKind::kNumber: {
      const auto value = profile == Profile::kEasi ? EasiNumber(text) : StrictNumber(text);
      const auto truth = py::Float(gold);
      if (!value || !truth) return {.outcome = Outcome::kUnparsable};
      return {
          .outcome = Outcome::kScored, .score = StrictMra(*value, *truth), .parsed = Json(*value)};
    }
    case SparKind::kViewChange:
      score.score = SparViewChangeScoreStrict(text, gold);
      return score;
    case SparKind::kUnknown:
      break;
  }
  return score;
}

Scores SparFromTasks(std::span<const TaskTally> tasks, Profile profile) {
  // The unweighted mean of the task means; levels likewise. Strict and EASI count view_change_infer
  // in the middle level, where the official code loses it.
  Scores scores;
  std::map<SparLevel, std::pair<double, size_t>> levels;
  std::map<SparLevel, size_t> level_items;
  double sum = 0;
  std::vector<std::pair<std::string, Score>> by_task;
  for (const auto& [task, total, count] : tasks) {
    const double mean = total / static_cast<double>(count);
    sum += mean;
    by_task.emplace_back(task, Score{100 * mean, count});
    scores.overall.n += count;
    const bool lost = SparKindOf(task) == SparKind::kViewChange &&
                      (profile == Profile::kOfficial || profile == Profile::kLmmsEval);
    if (lost || SparKindOf(task) == SparKind::kUnknown) continue;
    auto& [level_sum, n] = levels[SparLevelOf(task)];
    level_sum += mean;
    ++n;
    level_items[SparLevelOf(task)] += count;
  }
  scores.overall.value = tasks.empty() ? 0 : 100 * sum / static_cast<double>(tasks.size());
  scores.by.emplace_back("task", std::move(by_task));
  std::vector<std::pair<std::string, Score>> by_level;
  constexpr std::pair<SparLevel, std::string_view> kNames[] = {
      {SparLevel::kLow, "low"}, {SparLevel::kMiddle, "medium"}, {SparLevel::kHigh, "high"}};
  for (const auto& [level, name] : kNames)
    if (levels.contains(level))
      by_level.emplace_back(
          std::string(name),
          Score{100 * levels[level].first / static_cast<double>(levels[level].second),
                level_items[level]});
  scores.by.emplace_back("level", std::move(by_level));
  return scores;
}

std::string SparOracle(const Item& item) { return item.answer; }

std::vector<std::string> SparChoices(const Item& item) {
  if (SparKindOf(item.task) != SparKind::kChoice) return {};
  // The bench prints its options inside the question: two for distance_infer_center_oo, else four.
  return OptionLetters(item.question.find("\nC") == std::string::npos ? 2 : 4);
}

}  // namespace spatium
