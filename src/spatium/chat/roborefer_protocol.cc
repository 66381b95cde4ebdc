#include "spatium/chat/roborefer_protocol.h"

#include "spatium/base/base64.h"
#include "spatium/base/text.h"
#include "spatium/chat/http.h"

namespace spatium {

std::string RoboReferBody(const ChatRequest& request) {
  std::string text, images, depths;
  size_t num_depths = 0;
  const auto append = [](std::string_view bytes, std::string& list) {
    list += list.empty() ? "\"" : ",\"";
    AppendBase64(bytes, list);
    list += '"';
  };
  for (const Message& message : request.messages) {
    for (const ContentPart& part : message.parts) {
      if (const auto* piece = std::get_if<TextPart>(&part)) {
        text += text.empty() ? piece->text : "\n" + piece->text;
      } else if (const auto* image = std::get_if<ImagePart>(&part)) {
        append(image->bytes, images);
      } else {
        append(std::get<DepthPart>(part).png, depths);
        ++num_depths;
      }
    }
  }
  std::string body = StrCat("{\"image_url\":[",
                            images,
                            "],\"depth_url\":[",
                            depths,
                            "],\"enable_depth\":",
                            num_depths > 0 ? 1 : 0,
                            ",\"text\":");
  Json(text).DumpTo(body);
  return body + "}";
}

Result<ChatReply> ReadRoboReferReply(const std::string& url, std::string_view body) {
  const auto turn = TurnOfLargeBody(body);
  SPATIUM_TRY(const Json json, Json::Parse(body, url));
  SPATIUM_TRY(const auto field, JsonCursor(json, url).At("answer"));
  ChatReply reply;
  SPATIUM_TRY(reply.text, field.String());
  reply.finish_reason = "stop";
  return reply;
}

}  // namespace spatium
