// RoboRefer's referring server: POST URL/query.
#include "spatium/base/text.h"
#include "spatium/chat/backend.h"
#include "spatium/chat/http.h"
#include "spatium/chat/retry.h"
#include "spatium/chat/roborefer_protocol.h"

namespace spatium {
namespace {

class RoboReferModel final : public ChatModel {
 public:
  RoboReferModel(std::string url, const ChatOptions& options)
      : url_(std::move(url)), options_(options), rate_(options.requests_per_s) {}
  std::string Identity() const override {
    return StrCat("roborefer:", url_, options_.revision.empty() ? "" : "@", options_.revision);
  }

  Result<ChatReply> Reply(const ChatRequest& request) override {
    const std::string body = RoboReferBody(request);
    return Retry(options_, request.facts != nullptr ? request.facts->id : "", rate_, [&] {
      return Attempt(body);
    });
  }

 private:
  std::variant<ChatReply, AttemptError> Attempt(const std::string& body) {
    const std::string url = url_ + "/query";
    auto http = Post({.url = url,
                      .headers = {{"Content-Type", "application/json"}},
                      .body = body,
                      .timeout_s = options_.timeout_s,
                      .connect_timeout_s = options_.connect_timeout_s});
    if (!http) {
      const bool transient =
          http.error().code == ErrorCode::kNetwork || http.error().code == ErrorCode::kTimeout;
      return AttemptError{std::move(http).error(), transient, {}};
    }
    // The server has no error replies of its own: a failed assertion is its framework's 500.
    if (http->status != 200)
      return AttemptError{{ErrorCode::kNetwork,
                           url,
                           "status 200",
                           StrCat(http->status, " ", Quote(http->body, 200))},
                          http->status >= 500 || http->status == 429,
                          http->retry_after_s};
    auto reply = ReadRoboReferReply(url, http->body);
    if (!reply) return AttemptError{std::move(reply).error(), true, {}};
    return *std::move(reply);
  }

  std::string url_;
  ChatOptions options_;
  RateLimit rate_;
};

Result<std::unique_ptr<ChatModel>> Open(std::string_view rest, const ChatOptions& options) {
  std::string url(rest);
  while (url.ends_with('/')) url.pop_back();
  if (url.ends_with("/query")) url.resize(url.size() - 6);
  if (!url.starts_with("http://") && !url.starts_with("https://"))
    return Error{ErrorCode::kUsage, "model", "roborefer:http://HOST:PORT", Quote(rest)};
  if (url.find_first_of("@?") != std::string::npos)
    return Error{
        ErrorCode::kUsage, "model", "a URL without user name, key or query", "one with @ or ?"};
  return std::unique_ptr<ChatModel>(std::make_unique<RoboReferModel>(std::move(url), options));
}

}  // namespace

const BackendInfo& BackendInfo_roborefer() {
  static constexpr BackendInfo kInfo{.summary = "RoboRefer's /query server, with depth",
                                     .uri = "roborefer:http://HOST:PORT",
                                     .open = Open};
  return kInfo;
}

}  // namespace spatium
