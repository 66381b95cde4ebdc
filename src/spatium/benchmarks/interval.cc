#include "spatium/benchmarks/interval.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "spatium/base/check.h"
#include "spatium/base/parallel.h"
#include "spatium/base/random.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

// Whether every score follows from the sums of the tasks.
bool OnlyTasksCount(const BenchmarkInfo& info) {
  return info.aggregate == nullptr && (info.from_tasks != nullptr || info.groupings.empty());
}

// The counted items of one task. Strata are sorted by name, so that neither draws nor sums depend
// on a hash; none is empty.
struct Stratum {
  std::string_view task;
  std::span<const double> scores;
  std::vector<std::vector<uint32_t>> units = {};  // of items drawn together; empty where only the
                                                  // tasks count
};

// What the strata of a run are views of.
struct StrataOfRun {
  StrataOfRun(const BenchmarkInfo& info, const ScoredItems& run)
      : made(run.tasks != nullptr ? TaskIndex() : IndexTasks(run.items)) {
    const TaskIndex& index = run.tasks != nullptr ? *run.tasks : made;
    scores.resize(index.names.size());
    std::vector<std::vector<std::vector<uint32_t>>> units(index.names.size());
    std::map<std::pair<size_t, std::string>, size_t> known;
    for (size_t i = 0; i < run.scores.size(); ++i) {
      if (!Counts(run.scores[i])) continue;
      const size_t task = index.of_item[i];
      scores[task].push_back(run.scores[i].score);
      if (OnlyTasksCount(info)) continue;
      size_t unit = units[task].size();
      if (info.drawn_with != nullptr)
        unit = known.emplace(std::pair(task, info.drawn_with(run.items[i])), unit).first->second;
      if (unit == units[task].size()) units[task].emplace_back();
      units[task][unit].push_back(static_cast<uint32_t>(i));
    }
    for (size_t t = 0; t < index.names.size(); ++t)
      if (!scores[t].empty())
        strata.push_back(
            {.task = index.names[t], .scores = scores[t], .units = std::move(units[t])});
  }

  TaskIndex made;
  std::vector<std::vector<double>> scores;
  std::vector<Stratum> strata;
};

// A score's grouping and key; the overall score has neither.
using Place = std::pair<std::string, std::string>;

void ForEachScore(Scores& scores, const std::function<void(Place, Score&)>& visit) {
  visit({}, scores.overall);
  for (auto& [grouping, groups] : scores.by)
    for (auto& [key, score] : groups) visit({grouping, key}, score);
}

std::vector<TaskTally> Tallies(const std::vector<Stratum>& strata) {
  std::vector<TaskTally> tallies;
  for (const Stratum& stratum : strata) {
    TaskTally& tally = tallies.emplace_back();
    tally.task = stratum.task;
    tally.n = stratum.scores.size();
    for (const double score : stratum.scores) tally.sum += score;
  }
  return tallies;
}

Scores FromTallies(const BenchmarkInfo& info,
                   const std::vector<TaskTally>& tallies,
                   Profile profile) {
  if (info.from_tasks != nullptr) return info.from_tasks(tallies, profile);
  const double scale = info.unit == "percent" ? 100 : 1;
  Scores scores;
  double sum = 0;
  auto& tasks = scores.by.emplace_back("task", std::vector<std::pair<std::string, Score>>()).second;
  for (const TaskTally& tally : tallies) {
    sum += tally.sum;
    scores.overall.n += tally.n;
    tasks.emplace_back(tally.task,
                       Score{scale * tally.sum / static_cast<double>(tally.n), tally.n});
  }
  scores.overall.value = scale * sum / static_cast<double>(scores.overall.n);
  return scores;
}

// The scores of a run whose tasks' items are drawn again, as many with replacement.
class Resampler {
 public:
  Resampler(const BenchmarkInfo& info,
            const ScoredItems& run,
            Profile profile,
            const std::vector<Stratum>& strata)
      : info_(info), run_(run), profile_(profile), strata_(strata), tallies_(Tallies(strata)) {}

  Scores Draw(RandomStream& rng) {
    return OnlyTasksCount(info_) ? DrawTallies(rng) : DrawUnits(rng);
  }

 private:
  Scores DrawTallies(RandomStream& rng) {
    for (size_t s = 0; s < strata_.size(); ++s) {
      const std::span<const double> scores = strata_[s].scores;
      tallies_[s].sum = 0;
      for (size_t k = 0; k < scores.size(); ++k)
        tallies_[s].sum += scores[rng.Index(scores.size())];
    }
    return FromTallies(info_, tallies_, profile_);
  }
  Scores DrawUnits(RandomStream& rng) {
    draws_.clear();
    for (const Stratum& stratum : strata_) {
      times_.assign(stratum.units.size(), 0);
      for (size_t k = 0; k < stratum.units.size(); ++k) {
        const size_t unit = rng.Index(stratum.units.size());
        for (const uint32_t item : stratum.units[unit]) draws_.push_back({item, times_[unit]});
        ++times_[unit];
      }
    }
    ScoredItems drawn = run_;
    drawn.draws = draws_;
    return AggregateRun(info_, drawn, profile_);
  }

  const BenchmarkInfo& info_;
  const ScoredItems& run_;
  Profile profile_;
  const std::vector<Stratum>& strata_;
  std::vector<TaskTally> tallies_;
  std::vector<spatium::Draw> draws_;
  std::vector<uint32_t> times_;
};

void Bootstrap(const BenchmarkInfo& info,
               const ScoredItems& run,
               Profile profile,
               unsigned threads,
               const std::vector<Stratum>& strata,
               size_t num_items,
               Scores& scores) {
  constexpr size_t kRoundsAtOnce = 20;
  const size_t rounds = num_items <= kBootstrapItems ? kBootstrapRounds : kBootstrapRoundsOfMany;
  std::vector<Scores> drawn(rounds);
  ParallelFor(rounds / kRoundsAtOnce, threads, [&](size_t block) {
    Resampler resampler(info, run, profile, strata);
    for (size_t r = block * kRoundsAtOnce; r < (block + 1) * kRoundsAtOnce; ++r) {
      RandomStream rng(0, {"bootstrap", StrCat(r)});
      drawn[r] = resampler.Draw(rng);
    }
  });
  // By name: a small group may be missing from a round.
  std::map<Place, std::vector<double>> values;
  for (Scores& round : drawn)
    ForEachScore(round, [&](const Place& place, const Score& score) {
      if (std::isfinite(score.value)) values[place].push_back(score.value);
    });
  ForEachScore(scores, [&](const Place& place, Score& score) {
    std::vector<double>& column = values[place];
    if (column.size() < rounds / 2) return;
    std::ranges::sort(column);
    const auto at = [&](double p) {
      return column[static_cast<size_t>(std::lround(p * static_cast<double>(column.size() - 1)))];
    };
    score.interval95 = {at(0.025), at(0.975)};
  });
}

void Normal(const BenchmarkInfo& info,
            Profile profile,
            const std::vector<Stratum>& strata,
            Scores& scores) {
  constexpr double kStep = 1e-3;
  std::vector<TaskTally> tallies = Tallies(strata);
  std::map<Place, double> variance, before;
  ForEachScore(scores, [&](const Place& place, const Score& s) { before[place] = s.value; });
  for (size_t moved = 0; moved < strata.size(); ++moved) {
    const auto n = static_cast<double>(tallies[moved].n);
    double squares = 0;
    for (const double score : strata[moved].scores) squares += score * score;
    const double mean = tallies[moved].sum / n;
    const double of_mean = std::max(0.0, squares / n - mean * mean) / n;
    const double sum = tallies[moved].sum;
    tallies[moved].sum += kStep * n;
    Scores other = FromTallies(info, tallies, profile);
    tallies[moved].sum = sum;
    ForEachScore(other, [&](const Place& place, const Score& score) {
      const double weight = (score.value - before[place]) / kStep;
      variance[place] += weight * weight * of_mean;
    });
  }
  ForEachScore(scores, [&](const Place& place, Score& score) {
    const double half = kZ95 * std::sqrt(variance[place]);
    if (std::isfinite(half)) score.interval95 = {score.value - half, score.value + half};
  });
}

}  // namespace

std::array<double, 2> Wilson95(double successes, double n) {
  if (n <= 0) return {0, 1};
  const double p = successes / n, z2 = kZ95 * kZ95;
  const double center = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kZ95 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  // Rounding must not move an end past a share of 0 or 1.
  return {successes <= 0 ? 0 : std::max(0.0, center - half),
          successes >= n ? 1 : std::min(1.0, center + half)};
}

namespace {

void FromStrata(const BenchmarkInfo& info,
                const ScoredItems& run,
                Profile profile,
                unsigned threads,
                const std::vector<Stratum>& strata,
                Scores& scores) {
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
    ForEachScore(scores, [&](const Place&, Score& score) { wilson(score); });
    return;
  }
  if (n > kBootstrapItems && OnlyTasksCount(info))
    Normal(info, profile, strata, scores);
  else
    Bootstrap(info, run, profile, threads, strata, n, scores);
  ForEachScore(scores, [&](const Place&, Score& score) {
    if (score.n > 0 && score.interval95[0] == score.interval95[1] &&
        (score.value == 0 || score.value == scale))
      wilson(score);
  });
}

}  // namespace

void SetIntervals(const BenchmarkInfo& info,
                  const ScoredItems& run,
                  Profile profile,
                  unsigned threads,
                  Scores& scores) {
  const StrataOfRun of_run(info, run);
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
    if (!task.scores.empty()) strata.push_back({.task = task.task, .scores = task.scores});
  FromStrata(info, {}, profile, threads, strata, scores);
}

}  // namespace spatium
