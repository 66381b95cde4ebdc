#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "spatium/base/options.h"
#include "spatium/benchmarks/benchmark.h"
#include "spatium/chat/chat_model.h"

namespace spatium {

// The profiles that `--profile P|all` names for a benchmark; "" means official and strict.
// Errors: kUsage for a profile that this benchmark does not have.
Result<std::vector<Profile>> ProfilesToReport(const BenchmarkInfo& info, std::string_view name);

// --prompt, --frames and --max-side.
void DescribePromptOptions(PromptOptions& prompts, OptionList& list);
// --concurrency: each request in flight has a thread, so there is a most.
void DescribeConcurrency(unsigned& concurrency, std::string help, OptionList& list);

// OpenChatModel; a URI that is none is the error of `flag`.
Result<std::unique_ptr<ChatModel>> OpenModelOf(std::string_view flag,
                                               std::string_view uri,
                                               const ChatOptions& options);

}  // namespace spatium
