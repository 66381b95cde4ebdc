#pragma once
#include <functional>
#include <mutex>
#include <optional>

#include "spatium/chat/chat_model.h"

namespace spatium {

// One attempt's failure: the error, and whether another attempt can help.
struct AttemptError {
  Error error;
  bool transient = false;
  std::optional<double> retry_after_s;  // the server's own wish
};

// Spreads calls evenly at a rate; 0 means no limit. Thread-safe.
class RateLimit {
 public:
  explicit RateLimit(double per_second) : per_second_(per_second) {}
  // Blocks until this call's turn, or a stop is requested.
  void Wait();

 private:
  double per_second_;
  std::mutex mutex_;
  std::optional<double> next_s_;
};

// Calls `attempt` until it gives a reply, a final error, or max_attempts are used up; between
// attempts it waits backoff_s doubled each time (with up to 25 % jitter keyed by `jitter_key`, so
// that many requests that failed together do not return together), or as long as the server asked.
// Fills attempts and ms of the reply. A stop request ends the waiting with kCancelled.
Result<ChatReply> Retry(const ChatOptions& options,
                        std::string_view jitter_key,
                        RateLimit& rate,
                        const std::function<std::variant<ChatReply, AttemptError>()>& attempt);

}  // namespace spatium
