#pragma once
#include <span>
#include <vector>

#include "spatium/benchmarks/benchmark.h"
#include "spatium/benchmarks/evaluate.h"
#include "spatium/chat/chat_model.h"

namespace spatium {

struct RunOptions {
  Path folder;                           // OUT/NAME: replies.jsonl is kept here
  Profile profile = Profile::kOfficial;  // whose prompt is sent
  size_t concurrency = 16;               // requests in flight, on threads of their own
  unsigned threads = 0;                  // that decode and encode media; 0: one per core
  double max_cost = 0;                   // 0: no limit; no request is sent beyond it
};

struct RunResult {
  std::vector<ItemReply> replies;  // index by index with the items; nothing where the call failed
  size_t asked = 0;                // requests sent now
  size_t reused = 0;               // answered from replies.jsonl
  size_t failed = 0;               // without an answer: to be asked again by the next run
  double cost = 0;                 // of this and earlier runs
  TokenCount tokens;
};

// Asks `model` every item, a bounded number of requests built ahead of those in flight. Each reply
// is appended to folder/replies.jsonl at once: {"id","key","reply"|null,"outcome","attempts","ms",
// "tokens","cost","error"?}. Run again with the same items and model it asks only what has no
// recorded reply under the same key (prompt, media bytes, sampling, model); failed calls are asked
// again. A stop request or max_cost ends it early: the rest counts as failed. Errors: kDiskFull,
// kIo, kParse of the journal. A failing request is no error.
Result<RunResult> RunItems(const BenchmarkInfo& info,
                           std::span<const Item> items,
                           ChatModel& model,
                           const RunOptions& options);

}  // namespace spatium
