// RoboRefer's referring server: POST URL/query.
#include "spatium/base/text.h"
#include "spatium/chat/backend.h"
#include "spatium/chat/roborefer_protocol.h"
#include "spatium/chat/server.h"

namespace spatium {
namespace {

constexpr std::string_view kUri = "roborefer:http://HOST:PORT";

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
    // The server has no error replies of its own: a failed assertion is its framework's 500.
    auto posted = PostJson(url, body, "", options_);
    if (auto* failure = std::get_if<AttemptError>(&posted)) return std::move(*failure);
    auto reply = ReadRoboReferReply(url, std::get<std::string>(posted));
    if (!reply) return AttemptError{std::move(reply).error(), true, {}};
    return *std::move(reply);
  }

  std::string url_;
  ChatOptions options_;
  RateLimit rate_;
};

Result<std::unique_ptr<ChatModel>> Open(std::string_view rest, const ChatOptions& options) {
  SPATIUM_TRY(std::string url, ServerUrl(rest, kUri));
  if (url.ends_with("/query")) url.resize(url.size() - 6);
  return std::unique_ptr<ChatModel>(std::make_unique<RoboReferModel>(std::move(url), options));
}

}  // namespace

const BackendInfo& BackendInfo_roborefer() {
  static constexpr BackendInfo kInfo{
      .summary = "RoboRefer's /query server, with depth", .uri = kUri, .open = Open};
  return kInfo;
}

}  // namespace spatium
