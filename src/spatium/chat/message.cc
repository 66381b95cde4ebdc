#include "spatium/chat/message.h"

#include "spatium/base/hash.h"

namespace spatium {
namespace {

Json DescribePart(const ContentPart& part) {
  if (const auto* text = std::get_if<TextPart>(&part))
    return Json::MakeObject({{"type", "text"}, {"text", text->text}});
  if (const auto* image = std::get_if<ImagePart>(&part))
    return Json::MakeObject({{"type", "image"},
                             {"sha256", Sha256Hex(image->bytes)},
                             {"size", Json::Array{image->size.width, image->size.height}},
                             {"source", image->source},
                             {"frame", image->frame ? Json(*image->frame) : Json()}});
  const auto& depth = std::get<DepthPart>(part);
  return Json::MakeObject({{"type", "depth"},
                           {"sha256", Sha256Hex(depth.png)},
                           {"unit_m", depth.unit_m},
                           {"source", depth.source}});
}

Json DescribeSampling(const Sampling& sampling) {
  Json json = Json::MakeObject({{"temperature", sampling.temperature},
                                {"top_p", sampling.top_p},
                                {"max_tokens", sampling.max_tokens}});
  if (!sampling.stop.empty()) json.Set("stop", sampling.stop);
  if (sampling.seed) json.Set("seed", *sampling.seed);
  if (!sampling.response_schema.IsNull()) json.Set("response_schema", sampling.response_schema);
  if (sampling.json_object) json.Set("json_object", true);
  return json;
}

}  // namespace

std::string_view Name(Role role) {
  switch (role) {
    case Role::kSystem:
      return "system";
    case Role::kUser:
      return "user";
    case Role::kAssistant:
      return "assistant";
  }
  return "user";
}

Message TextMessage(Role role, std::string text) {
  return {.role = role, .parts = {TextPart{std::move(text)}}};
}

Json DescribeRequest(const ChatRequest& request) {
  Json messages = Json::MakeArray();
  for (const Message& message : request.messages) {
    Json content = Json::MakeArray();
    for (const ContentPart& part : message.parts) content.Push(DescribePart(part));
    messages.Push(
        Json::MakeObject({{"role", Name(message.role)}, {"content", std::move(content)}}));
  }
  return Json::MakeObject(
      {{"messages", std::move(messages)}, {"sampling", DescribeSampling(request.sampling)}});
}

std::string RequestKey(const ChatRequest& request, std::string_view model_identity) {
  Json json = DescribeRequest(request);
  // Where a picture came from does not change what the model sees: a moved data set keeps its key.
  for (Json& message : json.AsObject()[0].second.AsArray())
    for (Json& part : message.AsObject()[1].second.AsArray())
      if (part.Find("source") != nullptr) part.Set("source", Json());
  json.Set("model", model_identity);
  return Sha256Hex(json.Dump());
}

}  // namespace spatium
