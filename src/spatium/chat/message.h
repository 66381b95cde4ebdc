#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "spatium/base/json.h"
#include "spatium/geometry/camera.h"

namespace spatium {

// The parts of a message to a model. Pictures travel as the encoded bytes that will be sent, so
// that their hash names exactly what the model saw and nothing is encoded twice.
struct TextPart {
  std::string text;
};
struct ImagePart {
  std::string bytes;  // JPEG or PNG
  std::string mime;   // "image/jpeg", "image/png"
  ImageSize size;
  std::string source;        // where it came from, for logs and reports
  std::optional<int> frame;  // its index in a video or list, if it is one of several
};
struct DepthPart {
  std::string png;  // 16-bit grey; 0: no measurement
  double unit_m = 0.001;
  std::string source;
};
using ContentPart = std::variant<TextPart, ImagePart, DepthPart>;

enum class Role { kSystem, kUser, kAssistant };
std::string_view Name(Role role);  // "system", "user", "assistant"

struct Message {
  Role role = Role::kUser;
  std::vector<ContentPart> parts;
};
Message TextMessage(Role role, std::string text);

struct Sampling {
  double temperature = 0;
  double top_p = 1;
  int max_tokens = 512;
  std::vector<std::string> stop = {};
  std::optional<int64_t> seed = {};
  Json response_schema = {};  // null, or a JSON schema that the reply must follow
  bool json_object = false;   // the reply must be some JSON object (OpenAI's JSON mode)
};

// What the asker knows about a question. Baselines answer from it; no other model ever sees it.
struct ItemFacts {
  std::string id;
  std::string task;
  std::vector<std::string> options;  // answers to choose from: letters, or Yes and No
  std::string answer;                // the gold answer, as the benchmark's parser reads it
  // gold answers of the same task's items, for `frequency`
  std::shared_ptr<const std::vector<std::string>> task_answers;
};

struct ChatRequest {
  std::vector<Message> messages;
  Sampling sampling;
  const ItemFacts* facts = nullptr;
};

// The request as JSON with each picture as {"type":"image","sha256",...}: what `bench prompt`
// prints, what recordings keep, and what RequestKey hashes.
Json DescribeRequest(const ChatRequest& request);
// 64 hexadecimal digits over all text, media bytes, sampling and the model's identity.
std::string RequestKey(const ChatRequest& request, std::string_view model_identity);

}  // namespace spatium
