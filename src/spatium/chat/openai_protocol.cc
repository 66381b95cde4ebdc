#include "spatium/chat/openai_protocol.h"

#include "spatium/base/base64.h"
#include "spatium/base/text.h"
#include "spatium/chat/http.h"

namespace spatium {
namespace {

void AppendJsonString(std::string_view text, std::string& out) { Json(text).DumpTo(out); }

}  // namespace

Result<std::string> OpenAiBody(const ChatRequest& request, const std::string& model) {
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

Result<ChatReply> ReadOpenAiCompletion(const std::string& url, std::string_view body) {
  const auto turn = TurnOfLargeBody(body);
  SPATIUM_TRY(const Json json, Json::Parse(body, url));
  const JsonCursor root(json, url);
  SPATIUM_TRY(const auto choices, root.At("choices"));
  SPATIUM_TRY(const auto items, choices.Items());
  if (items.empty()) return choices.Expected("at least one choice");
  SPATIUM_TRY(const auto message, items[0].At("message"));
  SPATIUM_TRY(const auto content, message.At("content"));
  ChatReply reply;
  if (content.value().IsArray()) {
    // Some servers answer in parts, as requests are written.
    SPATIUM_TRY(const auto parts, content.Items());
    for (const JsonCursor& part : parts) {
      SPATIUM_TRY(const auto text_field, part.At("text"));
      SPATIUM_TRY(const std::string text, text_field.String());
      reply.text += text;
    }
  } else if (!content.value().IsNull()) {
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

}  // namespace spatium
