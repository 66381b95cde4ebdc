#pragma once
#include <span>
#include <vector>

#include "spatium/benchmarks/benchmark.h"

namespace spatium {

// What baselines may know about each item: its options, its gold answer as a reply, and the gold
// answers of its task.
std::vector<ItemFacts> FactsOf(const BenchmarkInfo& info, std::span<const Item> items);

// 64 hexadecimal digits over what was asked of which item and its gold answer: two runs with the
// same hash had the same questions. Media are in the hash of the requests (AskResult).
std::string HashOfItems(std::span<const Item> items);

}  // namespace spatium
