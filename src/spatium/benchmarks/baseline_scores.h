#pragma once
#include <span>

#include "spatium/benchmarks/benchmark.h"

namespace spatium {

// What answers without a model score on the same items: {"random": {"profile","score","by"},
// "frequency": ...}. They cost no request, so that every report has them beside its scores. Null
// for more than kMostBaselineItems items or a benchmark whose score needs all replies together; a
// baseline that has nothing to draw from is left out.
Json BaselineScores(const BenchmarkInfo& info,
                    std::span<const Item> items,
                    Profile profile,
                    unsigned threads);
inline constexpr size_t kMostBaselineItems = 50'000;

}  // namespace spatium
