#include "spatium/benchmarks/benchmark.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "spatium/base/text.h"
#include "spatium/benchmarks/fields.h"

namespace spatium {

std::string_view Name(Outcome outcome) {
  switch (outcome) {
    case Outcome::kScored:
      return "scored";
    case Outcome::kSkipped:
      return "skipped";
    case Outcome::kUnparsable:
      return "unparsable";
    case Outcome::kFailed:
      return "failed";
  }
  return "failed";
}

std::string CommandLineName(const BenchmarkEntry& entry) {
  std::string name = ReplaceAll(std::string(entry.name), "_", "-");
  return name.starts_with("b-") ? name.substr(2)
                                : name;  // b_3dsrbench.cc: an identifier has no digit first
}

Result<const BenchmarkEntry*> FindBenchmark(std::string_view name) {
  std::vector<std::string> known;
  for (const BenchmarkEntry& entry : Benchmarks()) {
    known.push_back(CommandLineName(entry));
    if (known.back() == name) return &entry;
  }
  const auto near = NearestName(name, known);
  return Error{ErrorCode::kUsage,
               "benchmark",
               near ? StrCat("a benchmark (did you mean ", *near, "?)")
                    : "a benchmark (see spatium list benchmarks)",
               Quote(name)};
}

Result<void> SetPromptForm(const BenchmarkInfo& info,
                           std::string_view form,
                           std::span<Item> items) {
  if (form.empty()) return {};
  std::vector<std::string> known;
  for (const PromptForm& other : info.forms)
    known.push_back(StrCat(other.name, " (", Name(other.profile), ")"));
  const auto is_form = [&](const PromptForm& other) { return other.name == form; };
  if (std::ranges::none_of(info.forms, is_form))
    return Error{ErrorCode::kUsage,
                 "--prompt",
                 known.empty() ? "no other prompts: this benchmark has one" : Join(known, ", "),
                 Quote(form)};
  for (Item& item : items) {
    if (!item.fields.IsObject()) item.fields = Json::MakeObject({});
    item.fields.Set("prompt_form", form);
  }
  return {};
}

Prompt PromptOf(const BenchmarkInfo& info,
                const Item& item,
                Profile profile,
                const PromptOptions& options) {
  Prompt prompt = info.prompt(item, profile);
  if (options.frames > 0) prompt.num_video_frames = options.frames;
  if (options.max_side_px > 0) prompt.max_side_px = options.max_side_px;
  return prompt;
}

std::string FormOf(const Item& item) { return FieldText(item.fields, "prompt_form"); }

namespace {

struct Sum {
  double sum = 0;
  size_t n = 0;
  void Add(double score) {
    sum += score;
    ++n;
  }
  Score Mean(double by) const { return {n == 0 ? 0 : by * sum / static_cast<double>(n), n}; }
};

// Calls visit(item, score) for those that are in the means.
template <class Visit>
void VisitCounted(const ScoredItems& run, Visit visit) {
  for (size_t i = 0; i < run.size(); ++i) {
    const ItemScore& score = run.score(i);
    if (!Counts(score)) continue;
    visit(run.item(i), score.score);
  }
}

std::vector<std::pair<std::string, Score>> Means(const std::map<std::string, Sum>& sums,
                                                 double scale) {
  std::vector<std::pair<std::string, Score>> means;
  for (const auto& [key, sum] : sums) means.emplace_back(key, sum.Mean(scale));
  return means;
}

}  // namespace

TaskIndex IndexTasks(std::span<const Item> items) {
  TaskIndex index;
  std::unordered_map<std::string_view, uint32_t> known;
  index.of_item.reserve(items.size());
  for (const Item& item : items) {
    const auto [it, added] = known.emplace(item.task, static_cast<uint32_t>(known.size()));
    if (added) index.names.push_back(item.task);
    index.of_item.push_back(it->second);
  }
  std::vector<std::string_view> sorted = index.names;
  std::ranges::sort(sorted);
  std::vector<uint32_t> place;
  for (const std::string_view name : index.names)
    place.push_back(static_cast<uint32_t>(std::ranges::lower_bound(sorted, name) - sorted.begin()));
  for (uint32_t& task : index.of_item) task = place[task];
  index.names = std::move(sorted);
  return index;
}

std::vector<TaskTally> TallyTasks(const ScoredItems& run) {
  const TaskIndex made = run.tasks != nullptr ? TaskIndex() : IndexTasks(run.items);
  const TaskIndex& index = run.tasks != nullptr ? *run.tasks : made;
  std::vector<TaskTally> tallies;
  for (const std::string_view name : index.names) tallies.push_back({.task = std::string(name)});
  for (size_t i = 0; i < run.size(); ++i) {
    const ItemScore& score = run.score(i);
    if (!Counts(score)) continue;
    TaskTally& tally = tallies[index.of_item[run.index(i)]];
    tally.sum += score.score;
    ++tally.n;
  }
  std::erase_if(tallies, [](const TaskTally& tally) { return tally.n == 0; });
  return tallies;
}

std::vector<TaskTally> TallyTasks(std::span<const TaskScores> tasks) {
  std::vector<TaskTally> tallies;
  for (const TaskScores& task : tasks) {
    if (task.scores.empty()) continue;
    TaskTally& tally = tallies.emplace_back();
    tally.task = task.task;
    tally.n = task.scores.size();
    for (const double score : task.scores) tally.sum += score;
  }
  return tallies;
}

Scores AggregateRun(const BenchmarkInfo& info, const ScoredItems& run, Profile profile) {
  if (info.aggregate != nullptr) return info.aggregate(run, profile);
  if (info.from_tasks != nullptr) return info.from_tasks(TallyTasks(run), profile);
  return MeanByTask(run, info.unit, info.groupings);
}

Scores MeanByTask(const ScoredItems& run,
                  std::string_view unit,
                  std::span<const std::string_view> groupings) {
  Sum all;
  std::map<std::string, Sum> tasks;
  VisitCounted(run, [&](const Item& item, double score) {
    all.Add(score);
    tasks[item.task].Add(score);
  });
  Scores scores;
  const double scale = unit == "percent" ? 100 : 1;
  scores.overall = all.Mean(scale);
  scores.by.emplace_back("task", Means(tasks, scale));
  for (const std::string_view field : groupings) AddGrouping(run, field, scores, unit);
  return scores;
}

void AddGrouping(const ScoredItems& run,
                 std::string_view field,
                 Scores& scores,
                 std::string_view unit) {
  std::map<std::string, Sum> groups;
  VisitCounted(run, [&](const Item& item, double score) {
    const std::string key = FieldText(item.fields, field);
    if (!key.empty()) groups[key].Add(score);
  });
  if (!groups.empty())
    scores.by.emplace_back(std::string(field), Means(groups, unit == "percent" ? 100 : 1));
}

void NoteVariant(std::string_view name, const ItemScore& variant, ItemScore& score) {
  if (!Counts(variant)) return;
  if (!score.parsed.IsObject()) score.parsed = Json::MakeObject({{"read", score.parsed}});
  const Json* known = score.parsed.Find("variants");
  Json variants = known != nullptr ? *known : Json::MakeObject({});
  variants.Set(name, variant.score);
  score.parsed.Set("variants", std::move(variants));
}

void AddVariants(const ScoredItems& run, Scores& scores) {
  std::map<std::string, Sum> sums;
  for (size_t i = 0; i < run.size(); ++i)
    if (const Json* variants = run.score(i).parsed.Find("variants"))
      for (const auto& [name, value] : variants->AsObject()) sums[name].Add(value.AsDouble());
  if (!sums.empty()) scores.by.emplace_back("variant", Means(sums, 100));
}

}  // namespace spatium
