// Any server that speaks OpenAI's chat completions: POST URL/chat/completions.
// Pictures go as data URLs in the order of the message; a video is its frames. Depth maps are not
// part of the protocol: a request that holds one is refused.
#include <cstdlib>

#include "spatium/base/base64.h"
#include "spatium/base/text.h"
#include "spatium/chat/backend.h"
#include "spatium/chat/http.h"
#include "spatium/chat/retry.h"

namespace spatium {
namespace {

void AppendJsonString(std::string_view text, std::string& out) { Json(text).DumpTo(out); }

Result<std::string> Body(const ChatRequest& request, const std::string& model) {
  std::string out = "{\"model\":";
  AppendJsonString(model, out);
  out += ",\"messages\":[";
  for (size_t m = 0; m < request.messages.size(); ++m) {
    const Message& message = request.messages[m];
    out += StrCat(m > 0 ? "," : "", "{\"role\":\"", Name(message.role), "\",\"content\":");
    const bool only_text =
        message.parts.size() == 1 && std::holds_alternative<TextPart>(message.parts[0]);
    if (only_text) {
      AppendJsonString(std::get<TextPart>(message.parts[0]).text, out);
      out += "}";
      continue;
    }
    out += "[";
    for (size_t p = 0; p < message.parts.size(); ++p) {
      if (p > 0) out += ",";
      if (const auto* text = std::get_if<TextPart>(&message.parts[p])) {
        out += "{\"type\":\"text\",\"text\":";
        AppendJsonString(text->text, out);
        out += "}";
      } else if (const auto* image = std::get_if<ImagePart>(&message.parts[p])) {
        out += StrCat(
            "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:", image->mime, ";base64,");
        AppendBase64(image->bytes, out);
        out += "\"}}";
      } else {
        return Error{ErrorCode::kUnsupported, "openai:", "text and images", "a depth map"};
      }
    }
    out += "]}";
  }
  const Sampling& s = request.sampling;
  Json tail = Json::MakeObject({{"temperature", s.temperature}, {"max_tokens", s.max_tokens}});
  if (s.top_p != 1) tail.Set("top_p", s.top_p);
  if (!s.stop.empty()) tail.Set("stop", s.stop);
  if (s.seed) tail.Set("seed", *s.seed);
  if (s.json_object) tail.Set("response_format", Json::MakeObject({{"type", "json_object"}}));
  if (!s.response_schema.IsNull())
    tail.Set("response_format",
             Json::MakeObject(
                 {{"type", "json_schema"},
                  {"json_schema",
                   Json::MakeObject(
                       {{"name", "reply"}, {"strict", true}, {"schema", s.response_schema}})}}));
  return out + "]," + tail.Dump().substr(1);
}

// 429 and 5xx can pass; so can a reply cut short or damaged on its way. Other 4xx cannot.
bool Transient(int status) {
  return status == 408 || status == 409 || status == 429 || status >= 500;
}

Result<ChatReply> ReadCompletion(const std::string& url, std::string_view body) {
  SPATIUM_TRY(const Json json, Json::Parse(body, url));
  const JsonCursor root(json, url);
  SPATIUM_TRY(const auto choices, root.At("choices"));
  SPATIUM_TRY(const auto items, choices.Items());
  if (items.empty()) return choices.Expected("at least one choice");
  SPATIUM_TRY(const auto message, items[0].At("message"));
  SPATIUM_TRY(const auto content, message.At("content"));
  ChatReply reply;
  if (!content.value().IsNull()) {
    SPATIUM_TRY(reply.text, content.String());
  }
  if (items[0].Has("finish_reason") && items[0].value().Find("finish_reason")->IsString())
    reply.finish_reason = items[0].value().Find("finish_reason")->AsString();
  if (const Json* usage = json.Find("usage"); usage != nullptr && usage->IsObject()) {
    const auto count = [&](std::string_view key) {
      const Json* n = usage->Find(key);
      return n != nullptr && n->IsInt() ? n->AsInt() : 0;
    };
    reply.tokens = {.in = count("prompt_tokens"), .out = count("completion_tokens")};
  }
  return reply;
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

  std::string Identity() const override { return StrCat("openai:", url_, "#", model_); }

  Result<ChatReply> Reply(const ChatRequest& request) override {
    SPATIUM_TRY(const std::string body, Body(request, model_));
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
    if (http->status != 200)
      return AttemptError{
          {http->status >= 500 || http->status == 429 ? ErrorCode::kNetwork : ErrorCode::kBadValue,
           url,
           "status 200",
           StrCat(http->status, " ", Quote(http->body, 200))},
          Transient(http->status),
          http->retry_after_s};
    auto reply = ReadCompletion(url, http->body);
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
  if (url.find('@') != std::string::npos)
    return Error{ErrorCode::kUsage,
                 "model",
                 "a URL without user name or key (use " + options.api_key_variable + ")",
                 "one with @"};
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
