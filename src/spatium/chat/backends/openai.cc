// Any server that speaks OpenAI's chat completions: POST URL/chat/completions.
// Pictures go as data URLs in the order of the message; a video is its frames. Depth maps are not
// part of the protocol: a request that holds one is refused.
#include <cstdlib>

#include "spatium/base/text.h"
#include "spatium/chat/backend.h"
#include "spatium/chat/openai_protocol.h"
#include "spatium/chat/server.h"

namespace spatium {
namespace {

constexpr std::string_view kUri = "openai:http://HOST/v1#MODEL";

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
    auto posted = PostJson(url, body, key_, options_);
    if (auto* failure = std::get_if<AttemptError>(&posted)) return std::move(*failure);
    auto reply = ReadOpenAiCompletion(url, std::get<std::string>(posted));
    // A reply cut short or damaged on its way may come whole the next time.
    if (!reply) return AttemptError{std::move(reply).error(), true, {}};
    return *std::move(reply);
  }

  std::string url_, model_, key_;
  ChatOptions options_;
  RateLimit rate_;
};

Result<std::unique_ptr<ChatModel>> Open(std::string_view rest, const ChatOptions& options) {
  const size_t hash = rest.find('#');
  const std::string model(hash == std::string_view::npos ? "" : rest.substr(hash + 1));
  if (model.empty()) return Error{ErrorCode::kUsage, "model", std::string(kUri), Quote(rest)};
  SPATIUM_TRY(std::string url, ServerUrl(rest.substr(0, hash), kUri));
  return std::unique_ptr<ChatModel>(std::make_unique<OpenAiModel>(std::move(url), model, options));
}

}  // namespace

const BackendInfo& BackendInfo_openai() {
  static constexpr BackendInfo kInfo{
      .summary = "any OpenAI-compatible server", .uri = kUri, .open = Open};
  return kInfo;
}

}  // namespace spatium
