#include "spatium/benchmarks/benchmark.h"

#include <algorithm>
#include <map>

#include "spatium/base/text.h"

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

Scores MeanByTask(const ScoredItems& run, std::string_view unit) {
  const double scale = unit == "percent" ? 100 : 1;
  struct Sum {
    double sum = 0;
    size_t n = 0;
    Score Mean(double by) const { return {n == 0 ? 0 : by * sum / static_cast<double>(n), n}; }
  };
  Sum all;
  std::map<std::string, Sum> tasks;
  for (size_t i = 0; i < run.items.size(); ++i) {
    const ItemScore& score = run.scores[i];
    if (score.outcome == Outcome::kSkipped || score.outcome == Outcome::kFailed) continue;
    for (Sum* sum : {&all, &tasks[run.items[i].task]}) {
      sum->sum += score.score;
      ++sum->n;
    }
  }
  Scores scores{.overall = all.Mean(scale), .by = {}};
  auto& by_task =
      scores.by.emplace_back("task", std::vector<std::pair<std::string, Score>>{}).second;
  for (const auto& [task, sum] : tasks) by_task.emplace_back(task, sum.Mean(scale));
  return scores;
}

}  // namespace spatium
