#pragma once
#include <span>
#include <string>
#include <vector>

#include "spatium/base/options.h"
#include "spatium/benchmarks/benchmark.h"

namespace spatium {

// The profiles that `--profile P|all` names for a benchmark; "" means official and strict.
// Errors: kUsage for a profile that this benchmark does not have.
Result<std::vector<Profile>> ProfilesToReport(const BenchmarkInfo& info, std::string_view name);

// --prompt, --frames and --max-side.
void DescribePromptOptions(PromptOptions& prompts, OptionList& list);

}  // namespace spatium
