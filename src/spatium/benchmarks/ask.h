#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "spatium/base/work_claim.h"
#include "spatium/benchmarks/item.h"
#include "spatium/chat/chat_model.h"

namespace spatium {

// One reply to one item: a text, or a failed call (nothing).
struct ItemReply {
  std::optional<std::string> text;
};

// Many requests to one model: a benchmark's questions, or a judge's.
struct AskJob {
  size_t size = 0;
  std::vector<size_t> order = {};  // in which they are built and asked; empty: as they are
  std::string what;                // in the progress line: "questions"
  // Each is called with an index below size, from any thread.
  std::function<std::string(size_t)> id;
  std::function<Result<ChatRequest>(size_t)> build;
  // For the recorded outcome and the running score.
  std::function<ItemScore(size_t, const std::string& reply)> score;
};

struct AskOptions {
  // Replies are kept in this folder, one line each; none: nothing is kept.
  const WorkClaim* folder = nullptr;
  std::string journal = "replies.jsonl";
  size_t concurrency = 16;              // requests in flight, on threads of their own
  unsigned threads = 0;                 // that decode and encode media; 0: one per core
  std::optional<double> max_cost = {};  // no request is sent once the replies have cost so much
};

struct AskResult {
  std::vector<ItemReply> replies;  // index by index; nothing where the call failed
  size_t asked = 0;                // requests sent now
  size_t reused = 0;               // answered from the journal
  size_t failed = 0;               // without an answer: to be asked again by the next run
  double cost = 0;                 // of this and earlier runs
  std::string requests_hash;       // SHA-256 over all keys: prompts, media bytes, sampling, model
  TokenCount tokens;
};

// Asks `model` every request, a bounded number of them built ahead of those in flight. Each reply
// is appended to the journal at once: {"id","key","reply"|null,"outcome","attempts","ms","tokens",
// "cost","error"?}. Done again with the same requests and model it asks only what has no recorded
// reply under the same id and key (prompt, media bytes, sampling, model); failed calls are asked
// again. Processes may share the folder (Journal::OpenIn). max_cost ends it early: the rest counts
// as failed. The first failure and the number of them are logged as warnings. Errors: kCancelled on
// a stop request, once what was in flight has ended; kDiskFull, kIo, kParse of the journal;
// kOutOfMemory where the system gives fewer threads. A failing request is no error.
Result<AskResult> AskAll(const AskJob& job, ChatModel& model, const AskOptions& options);

}  // namespace spatium
