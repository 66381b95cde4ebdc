#pragma once
#include <span>

#include "spatium/benchmarks/benchmark.h"
#include "spatium/benchmarks/evaluate.h"

namespace spatium {

// What answers without a model score on the same items: {"random": {"profile","score",
// "interval95","by"}, "frequency": ...}. They cost no request, so that every report has them beside
// its scores. Where a language model would have to judge them the rule is the strict one, and
// without a score ("NaN", "note") where that needs one too. A baseline that has nothing to draw
// from is left out; null for more than kMostBaselineItems items.
Json BaselineScores(const BenchmarkInfo& info,
                    std::span<const Item> items,
                    Profile profile,
                    unsigned threads);
inline constexpr size_t kMostBaselineItems = 50'000;

// The same entry for replies of a model, a blind one for instance, with "outcomes".
Json BaselineEntry(const BenchmarkInfo& info,
                   std::span<const Item> items,
                   std::span<const ItemReply> replies,
                   Profile profile,
                   unsigned threads,
                   const Verdicts& verdicts = {});

}  // namespace spatium
