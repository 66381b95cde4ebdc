#include "spatium/chat/server.h"

#include "spatium/base/text.h"
#include "spatium/chat/http.h"

namespace spatium {
namespace {

// Other 4xx stay as they are however often one asks.
bool CanPass(int status) {
  return status == 408 || status == 409 || status == 429 || status >= 500;
}

}  // namespace

Result<std::string> ServerUrl(std::string_view text, std::string_view form) {
  std::string url(text);
  while (url.ends_with('/')) url.pop_back();
  if (!url.starts_with("http://") && !url.starts_with("https://"))
    return Error{ErrorCode::kUsage, "model", std::string(form), Quote(text)};
  if (url.find_first_of("@?") != std::string::npos)
    return Error{ErrorCode::kUsage,
                 "model",
                 "a URL without user name, key or query (a key comes from the environment)",
                 "one with @ or ?"};
  return url;
}

std::variant<std::string, AttemptError> PostJson(const std::string& url,
                                                 std::string_view body,
                                                 const std::string& key,
                                                 const ChatOptions& options) {
  HttpPost post{.url = url,
                .headers = {{"Content-Type", "application/json"}},
                .body = body,
                .timeout_s = options.timeout_s,
                .connect_timeout_s = options.connect_timeout_s};
  if (!key.empty()) post.headers.emplace_back("Authorization", "Bearer " + key);
  auto reply = Post(post);
  if (!reply) {
    const ErrorCode code = reply.error().code;
    return AttemptError{
        std::move(reply).error(), code == ErrorCode::kNetwork || code == ErrorCode::kTimeout, {}};
  }
  // A server may repeat the key in what it says; that goes to logs and files.
  if (!key.empty()) reply->body = ReplaceAll(std::move(reply->body), key, "[key]");
  if (reply->status == 200) return std::move(reply->body);
  return AttemptError{{CanPass(reply->status) ? ErrorCode::kNetwork : ErrorCode::kBadValue,
                       url,
                       "status 200",
                       StrCat(reply->status, " ", Quote(reply->body, 200))},
                      CanPass(reply->status),
                      reply->retry_after_s};
}

}  // namespace spatium
