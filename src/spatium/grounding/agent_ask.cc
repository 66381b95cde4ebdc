#include "spatium/grounding/agent_ask.h"

#include "spatium/base/hash.h"
#include "spatium/base/text.h"
#include "spatium/grounding/default_weights.h"

namespace spatium {

std::string FillPrompt(std::string_view file, const std::map<std::string, std::string>& values) {
  std::string text(GroundingData(file));
  // A sentence may hold braces of its own: it is put in last.
  for (const auto& [name, value] : values)
    if (name != "QUERY") text = ReplaceAll(std::move(text), "{" + name + "}", value);
  if (const auto it = values.find("QUERY"); it != values.end())
    text = ReplaceAll(std::move(text), "{QUERY}", it->second);
  return text;
}

Json FirstJsonObject(std::string_view text) {
  constexpr size_t kMaxTries = 32;
  size_t tries = 0;
  for (size_t begin = text.find('{'); begin != std::string_view::npos && tries < kMaxTries;
       begin = text.find('{', begin + 1), ++tries) {
    int depth = 0;
    bool in_string = false;
    for (size_t i = begin; i < text.size(); ++i) {
      const char c = text[i];
      if (in_string) {
        if (c == '\\')
          ++i;
        else if (c == '"')
          in_string = false;
      } else if (c == '"') {
        in_string = true;
      } else if (c == '{') {
        ++depth;
      } else if (c == '}' && --depth == 0) {
        auto json = Json::Parse(text.substr(begin, i - begin + 1), "reply");
        if (json && json->IsObject()) return *std::move(json);
        break;
      }
    }
  }
  return {};
}

Result<AgentStep> AskJson(const JsonQuestion& question,
                          const Sampling& sampling,
                          ChatModel& model) {
  AgentStep step{.name = question.name,
                 .prompt_hash = Hex(Hash64(GroundingData(question.prompt_file))),
                 .prompt = FillPrompt(question.prompt_file, question.values),
                 .pictures = {},
                 .replies = {},
                 .parsed = {},
                 .ms = 0,
                 .cost = 0};
  Message user{.role = Role::kUser, .parts = {}};
  for (const ImagePart& picture : question.pictures) {
    step.pictures.emplace_back(picture.source, picture.bytes);
    user.parts.push_back(picture);
  }
  user.parts.push_back(TextPart{step.prompt});
  ChatRequest request{.messages = {std::move(user)}, .sampling = sampling, .facts = nullptr};
  request.sampling.response_schema = question.schema;
  constexpr int kRounds = 2;
  for (int round = 0; round < kRounds; ++round) {
    SPATIUM_TRY(const ChatReply reply, model.Reply(request));
    step.replies.push_back(reply.text);
    step.ms += reply.ms;
    step.cost += reply.cost;
    Json json = FirstJsonObject(reply.text);
    const std::string problem = json.IsNull() ? "it holds no JSON object" : question.problem(json);
    if (problem.empty()) {
      step.parsed = std::move(json);
      return step;
    }
    request.messages.push_back(TextMessage(Role::kAssistant, reply.text));
    request.messages.push_back(TextMessage(
        Role::kUser,
        FillPrompt("prompt_repair.txt", {{"PROBLEM", problem}, {"SHAPE", question.shape}})));
  }
  return step;
}

}  // namespace spatium
