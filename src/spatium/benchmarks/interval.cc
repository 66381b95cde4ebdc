#include "spatium/benchmarks/interval.h"

#include <algorithm>

#include "spatium/base/check.h"
#include "spatium/base/parallel.h"
#include "spatium/base/random.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

constexpr double kZ95 = 1.959963984540054;

bool Counts(const ItemScore& score) {
  return score.outcome == Outcome::kScored || score.outcome == Outcome::kUnparsable;
}

// Whether every score follows from the sums of the tasks.
bool OnlyTasksCount(const BenchmarkInfo& info) {
  return info.aggregate == nullptr && (info.from_tasks != nullptr || info.groupings.empty());
}

// The counted items of one task. Strata are sorted by name, so that neither draws nor sums depend
// on a hash; none is empty.
struct Stratum {
  std::string_view task;
  std::span<const size_t> items;  // empty where only the tasks count
  std::span<const double> scores;
};

// What the strata of a run are views of.
struct StrataOfRun {
  StrataOfRun(const ScoredItems& run, bool with_items)
      : made(run.tasks != nullptr ? TaskIndex() : IndexTasks(run.items)) {
    const TaskIndex& index = run.tasks != nullptr ? *run.tasks : made;
    items.resize(index.names.size());
    scores.resize(index.names.size());
    for (size_t i = 0; i < run.scores.size(); ++i) {
      if (!Counts(run.scores[i])) continue;
      if (with_items) items[index.of_item[i]].push_back(i);
      scores[index.of_item[i]].push_back(run.scores[i].score);
    }
    for (size_t t = 0; t < index.names.size(); ++t)
      if (!scores[t].empty())
        strata.push_back({.task = index.names[t], .items = items[t], .scores = scores[t]});
  }

  TaskIndex made;
  std::vector<std::vector<size_t>> items;
  std::vector<std::vector<double>> scores;
  std::vector<Stratum> strata;
};

// The numbers of a Scores in a fixed order: overall, then every group.
std::vector<double> Values(const Scores& scores) {
  std::vector<double> values = {scores.overall.value};
  for (const auto& [grouping, groups] : scores.by)
    for (const auto& [key, score] : groups) values.push_back(score.value);
  return values;
}

std::vector<Score*> Places(Scores& scores) {
  std::vector<Score*> places = {&scores.overall};
  for (auto& [grouping, groups] : scores.by)
    for (auto& [key, score] : groups) places.push_back(&score);
  return places;
}

// Scores of a run whose items of stratum s have other scores, from all rules at hand.
class Rescored {
 public:
  Rescored(const BenchmarkInfo& info,
           const ScoredItems& run,
           Profile profile,
           const std::vector<Stratum>& strata)
      : info_(info), run_(run), profile_(profile), strata_(strata) {
    if (!OnlyTasksCount(info)) scores_.assign(run.scores.begin(), run.scores.end());
    for (const Stratum& stratum : strata)
      tallies_.push_back({.task = std::string(stratum.task), .sum = 0, .n = stratum.scores.size()});
  }

  // next(s, k) is the score of the k-th item of stratum s.
  template <class Next>
  std::vector<double> With(const Next& next) {
    for (size_t s = 0; s < strata_.size(); ++s) {
      tallies_[s].sum = 0;
      for (size_t k = 0; k < strata_[s].scores.size(); ++k) {
        const double score = next(s, k);
        // Only the score moves: which item it belongs to decides its groups, and those stay.
        if (scores_.empty())
          tallies_[s].sum += score;
        else
          scores_[strata_[s].items[k]].score = score;
      }
    }
    return Result();
  }
  std::vector<double> WithTallies(const std::vector<TaskTally>& tallies) {
    tallies_ = tallies;
    return Result();
  }

 private:
  std::vector<double> Result() const {
    if (!scores_.empty()) return Values(AggregateRun(info_, {run_.items, scores_}, profile_));
    if (info_.from_tasks != nullptr) return Values(info_.from_tasks(tallies_, profile_));
    const double scale = info_.unit == "percent" ? 100 : 1;
    double sum = 0, n = 0;
    std::vector<double> values(1);
    for (const TaskTally& tally : tallies_) {
      sum += tally.sum;
      n += static_cast<double>(tally.n);
      values.push_back(scale * tally.sum / static_cast<double>(tally.n));
    }
    values[0] = scale * sum / n;
    return values;
  }

  const BenchmarkInfo& info_;
  const ScoredItems& run_;
  Profile profile_;
  const std::vector<Stratum>& strata_;
  std::vector<ItemScore> scores_;  // empty where tallies are enough
  std::vector<TaskTally> tallies_;
};

void Bootstrap(const BenchmarkInfo& info,
               const ScoredItems& run,
               Profile profile,
               unsigned threads,
               const std::vector<Stratum>& strata,
               const std::vector<Score*>& places) {
  constexpr int kRoundsAtOnce = 50;
  std::vector<std::vector<double>> values(kBootstrapRounds);
  ParallelFor(kBootstrapRounds / kRoundsAtOnce, threads, [&](size_t block) {
    Rescored rescored(info, run, profile, strata);
    for (size_t r = block * kRoundsAtOnce; r < (block + 1) * kRoundsAtOnce; ++r) {
      RandomStream rng(0, {"bootstrap", Name(profile), StrCat(r)});
      values[r] = rescored.With(
          [&](size_t s, size_t) { return strata[s].scores[rng.Index(strata[s].scores.size())]; });
    }
  });
  for (size_t k = 0; k < places.size(); ++k) {
    std::vector<double> column;
    for (const auto& row : values)
      if (row.size() == places.size() && std::isfinite(row[k])) column.push_back(row[k]);
    if (column.size() < kBootstrapRounds / 2) continue;
    std::ranges::sort(column);
    const auto at = [&](double p) {
      return column[static_cast<size_t>(std::lround(p * static_cast<double>(column.size() - 1)))];
    };
    places[k]->interval95 = {at(0.025), at(0.975)};
  }
}

void Normal(const BenchmarkInfo& info,
            const ScoredItems& run,
            Profile profile,
            const std::vector<Stratum>& strata,
            const std::vector<Score*>& places) {
  constexpr double kStep = 1e-3;
  Rescored rescored(info, run, profile, strata);
  std::vector<TaskTally> tallies;
  for (const Stratum& stratum : strata) {
    TaskTally& tally = tallies.emplace_back();
    tally.task = stratum.task;
    tally.n = stratum.scores.size();
    for (const double score : stratum.scores) tally.sum += score;
  }
  std::vector<double> variance(places.size(), 0.0);
  for (size_t moved = 0; moved < strata.size(); ++moved) {
    const auto n = static_cast<double>(tallies[moved].n);
    std::vector<double> values;
    if (OnlyTasksCount(info)) {
      std::vector<TaskTally> others = tallies;
      others[moved].sum += kStep * n;
      values = rescored.WithTallies(others);
    } else {
      values = rescored.With(
          [&](size_t s, size_t k) { return strata[s].scores[k] + (s == moved ? kStep : 0); });
    }
    if (values.size() != places.size()) return;
    double squares = 0;
    for (const double score : strata[moved].scores) squares += score * score;
    const double mean = tallies[moved].sum / n;
    const double of_mean = std::max(0.0, squares / n - mean * mean) / n;
    for (size_t k = 0; k < places.size(); ++k) {
      const double weight = (values[k] - places[k]->value) / kStep;
      variance[k] += weight * weight * of_mean;
    }
  }
  for (size_t k = 0; k < places.size(); ++k) {
    const double half = kZ95 * std::sqrt(variance[k]);
    if (std::isfinite(half))
      places[k]->interval95 = {places[k]->value - half, places[k]->value + half};
  }
}

}  // namespace

std::array<double, 2> Wilson95(double successes, double n) {
  if (n <= 0) return {0, 1};
  const double p = successes / n, z2 = kZ95 * kZ95;
  const double center = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kZ95 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  return {std::max(0.0, center - half), std::min(1.0, center + half)};
}

namespace {

void FromStrata(const BenchmarkInfo& info,
                const ScoredItems& run,
                Profile profile,
                unsigned threads,
                const std::vector<Stratum>& strata,
                Scores& scores) {
  const std::vector<Score*> places = Places(scores);
  size_t n = 0;
  bool binary = true;
  for (const Stratum& stratum : strata) {
    n += stratum.scores.size();
    for (const double score : stratum.scores) binary = binary && (score == 0 || score == 1);
  }
  if (n == 0) return;
  const double scale = info.unit == "percent" ? 100 : 1;
  const auto wilson = [&](Score& score) {
    const auto count = static_cast<double>(score.n);
    const auto [low, high] = Wilson95(score.value / scale * count, count);
    score.interval95 = {scale * low, scale * high};
  };
  if (binary && info.aggregate == nullptr && info.from_tasks == nullptr) {
    for (Score* score : places) wilson(*score);
    return;
  }
  if (n <= kBootstrapItems)
    Bootstrap(info, run, profile, threads, strata, places);
  else
    Normal(info, run, profile, strata, places);
  for (Score* score : places)
    if (score->n > 0 && score->interval95[0] == score->interval95[1] &&
        (score->value == 0 || score->value == scale))
      wilson(*score);
}

}  // namespace

void SetIntervals(const BenchmarkInfo& info,
                  const ScoredItems& run,
                  Profile profile,
                  unsigned threads,
                  Scores& scores) {
  const StrataOfRun of_run(run, !OnlyTasksCount(info));
  FromStrata(info, run, profile, threads, of_run.strata, scores);
}

void SetIntervals(const BenchmarkInfo& info,
                  std::span<const TaskScores> tasks,
                  Profile profile,
                  unsigned threads,
                  Scores& scores) {
  SPATIUM_CHECK(OnlyTasksCount(info));
  std::vector<Stratum> strata;
  for (const TaskScores& task : tasks)
    if (!task.scores.empty())
      strata.push_back({.task = task.task, .items = {}, .scores = task.scores});
  FromStrata(info, {}, profile, threads, strata, scores);
}

}  // namespace spatium
