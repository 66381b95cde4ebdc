#pragma once
#include <span>
#include <vector>

#include "spatium/benchmarks/benchmark.h"

namespace spatium {

// What baselines may know about each item: its options, its gold answer as a reply, and the gold
// answers of its task.
std::vector<ItemFacts> FactsOf(const BenchmarkInfo& info, std::span<const Item> items);

}  // namespace spatium
