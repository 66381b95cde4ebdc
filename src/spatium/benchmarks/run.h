#pragma once
#include <span>

#include "spatium/benchmarks/ask.h"
#include "spatium/benchmarks/benchmark.h"

namespace spatium {

// Asks `model` every item with the profile's prompt, as AskAll does.
Result<AskResult> RunItems(const BenchmarkInfo& info,
                           std::span<const Item> items,
                           ChatModel& model,
                           Profile profile,
                           const AskOptions& options,
                           const PromptOptions& prompts = {});

}  // namespace spatium
