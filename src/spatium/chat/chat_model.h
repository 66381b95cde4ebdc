#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/chat/message.h"

namespace spatium {

struct TokenCount {
  int64_t in = 0;
  int64_t out = 0;
};

struct ChatReply {
  std::string text;
  TokenCount tokens;
  double cost = 0;  // in the currency of ChatOptions' prices
  int attempts = 1;
  int64_t ms = 0;             // all attempts and waits together
  std::string finish_reason;  // "stop", "length", or what the server said
};

// Anything that answers: a server, a local model, a recording, a baseline.
class ChatModel {
 public:
  virtual ~ChatModel() = default;
  // Blocks until the answer is whole. Thread-safe: callers keep many requests in flight on threads
  // of their own. Retries, back-off and time limits happen inside.
  // Errors: kTimeout, kNetwork (gave up), kBadValue (the server refuses this request), kParse (a
  // reply that is not its protocol), kCancelled, kNotFound (a replay without this request).
  virtual Result<ChatReply> Reply(const ChatRequest& request) = 0;
  // What answers, with its revision where known: part of every cache key. No secret in it.
  virtual std::string Identity() const = 0;
  // False: requests need no pictures and no depth, so that none has to be read.
  virtual bool SeesMedia() const { return true; }
};

struct ChatOptions {
  double timeout_s = 120;  // of one attempt, from the request's first byte to the reply's last
  double connect_timeout_s = 10;
  int max_attempts = 6;
  double backoff_s = 0.5;  // before the second attempt; doubled each time, up to backoff_max_s
  double backoff_max_s = 30;
  double requests_per_s = 0;           // 0: no limit
  double price_in = 0, price_out = 0;  // per million tokens
  std::string api_key_variable = "OPENAI_API_KEY";
  std::string revision;  // of the model's weights, where the asker knows it: part of Identity()
  uint64_t seed = 0;     // of baseline:random
  std::optional<Path> record;  // append every request and reply here, for replay:
};

// Opens a model by its URI: openai:http://host/v1#model, roborefer:URL, replay:FILE, local:DIR,
// baseline:random | frequency | oracle | blind:URI. Errors: kUsage for an unknown scheme.
Result<std::unique_ptr<ChatModel>> OpenChatModel(std::string_view uri, const ChatOptions& options);

}  // namespace spatium
