#pragma once
#include <array>

#include "spatium/benchmarks/benchmark.h"

namespace spatium {

// Sets the 95 % intervals of a run's scores, overall and of each group.
//   scores of 0 and 1 only, averaged over items   Wilson (JASA 1927)
//   more than kBootstrapItems, and all follows    normal, from each task's variance and its
//   from the tasks' means                         weight in each score, measured by moving it
//   else                                          percentile bootstrap: items are drawn again with
//                                                 all that is known of them, within tasks, those of
//                                                 one question together (BenchmarkInfo::drawn_with)
// A resampled interval of no width (all right, or all wrong) becomes Wilson's. The draws are keyed
// by round: the same bits for any number of threads, and rules that agree have the same interval.
void SetIntervals(const BenchmarkInfo& info,
                  const ScoredItems& run,
                  Profile profile,
                  unsigned threads,
                  Scores& scores);
// The same for a benchmark whose scores follow from its tasks' (BenchmarkInfo::from_tasks), which
// are sorted by name.
void SetIntervals(const BenchmarkInfo& info,
                  std::span<const TaskScores> tasks,
                  Profile profile,
                  unsigned threads,
                  Scores& scores);
inline constexpr double kZ95 = 1.959963984540054;  // 97.5 % of a normal distribution lie below
inline constexpr size_t kBootstrapItems = 20000;
inline constexpr size_t kBootstrapRounds = 1000, kBootstrapRoundsOfMany = 200;

// Wilson score interval of k successes of n, as fractions.
std::array<double, 2> Wilson95(double successes, double n);

}  // namespace spatium
