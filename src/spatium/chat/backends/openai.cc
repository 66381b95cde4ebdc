// Any server that speaks OpenAI's chat completions: POST URL/chat/completions.
// Pictures go as data URLs in the order of the message; a video is its frames. Depth maps are not
// part of the protocol: a request that holds one is refused.
#include <cstdlib>

#include "spatium/base/text.h"
#include "spatium/chat/backend.h"
#include "spatium/chat/http.h"
#include "spatium/chat/openai_protocol.h"
#include "spatium/chat/retry.h"

namespace spatium {
namespace {

// 429 and 5xx can pass; so can a reply cut short or damaged on its way. Other 4xx cannot.
bool Transient(int status) {
  return status == 408 || status == 409 || status == 429 || status >= 500;
}

class OpenAiModel final : public ChatModel {
 public:
  OpenAiModel(std::string url, std::string model, const ChatOptions& options)
      : url_(std::move(url)),
        model_(std::move(model)),
        options_(options),
        rate_(options.requests_per_s) {
    if (const char* key = std::getenv(options.api_key_variable.c_str())) key_ = key;
  }

  std::string Identity() const override {
    return StrCat(
        "openai:", url_, "#", model_, options_.revision.empty() ? "" : "@", options_.revision);
  }

  Result<ChatReply> Reply(const ChatRequest& request) override {
    SPATIUM_TRY(const std::string body, OpenAiBody(request, model_));
    SPATIUM_TRY(ChatReply reply,
                Retry(options_, request.facts != nullptr ? request.facts->id : "", rate_, [&] {
                  return Attempt(body);
                }));
    reply.cost = (static_cast<double>(reply.tokens.in) * options_.price_in +
                  static_cast<double>(reply.tokens.out) * options_.price_out) /
                 1e6;
    return reply;
  }

 private:
  std::variant<ChatReply, AttemptError> Attempt(const std::string& body) {
    const std::string url = url_ + "/chat/completions";
    HttpPost post{.url = url,
                  .headers = {{"Content-Type", "application/json"}},
                  .body = body,
                  .timeout_s = options_.timeout_s,
                  .connect_timeout_s = options_.connect_timeout_s};
    if (!key_.empty()) post.headers.emplace_back("Authorization", "Bearer " + key_);
    auto http = Post(post);
    if (!http) {
      const bool transient =
          http.error().code == ErrorCode::kNetwork || http.error().code == ErrorCode::kTimeout;
      return AttemptError{std::move(http).error(), transient, {}};
    }
    // A server may repeat the key in what it says; that goes to logs and files.
    if (!key_.empty()) http->body = ReplaceAll(std::move(http->body), key_, "[key]");
    if (http->status != 200)
      return AttemptError{
          {http->status >= 500 || http->status == 429 ? ErrorCode::kNetwork : ErrorCode::kBadValue,
           url,
           "status 200",
           StrCat(http->status, " ", Quote(http->body, 200))},
          Transient(http->status),
          http->retry_after_s};
    auto reply = ReadOpenAiCompletion(url, http->body);
    if (!reply) return AttemptError{std::move(reply).error(), true, {}};
    return *std::move(reply);
  }

  std::string url_, model_, key_;
  ChatOptions options_;
  RateLimit rate_;
};

Result<std::unique_ptr<ChatModel>> Open(std::string_view rest, const ChatOptions& options) {
  const size_t hash = rest.find('#');
  std::string url(rest.substr(0, hash));
  while (url.ends_with('/')) url.pop_back();
  const std::string model(hash == std::string_view::npos ? "" : rest.substr(hash + 1));
  if ((!url.starts_with("http://") && !url.starts_with("https://")) || model.empty())
    return Error{ErrorCode::kUsage, "model", "openai:http://HOST/v1#MODEL", Quote(rest)};
  if (url.find_first_of("@?") != std::string::npos)
    return Error{ErrorCode::kUsage,
                 "model",
                 "a URL without user name, key or query (use " + options.api_key_variable + ")",
                 "one with @ or ?"};
  return std::unique_ptr<ChatModel>(std::make_unique<OpenAiModel>(std::move(url), model, options));
}

}  // namespace

const BackendInfo& BackendInfo_openai() {
  static constexpr BackendInfo kInfo{.summary = "any OpenAI-compatible server",
                                     .uri = "openai:http://HOST/v1#MODEL",
                                     .open = Open};
  return kInfo;
}

}  // namespace spatium
