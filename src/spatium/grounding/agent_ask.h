#pragma once
#include <map>
#include <string>

#include "spatium/grounding/agent.h"

namespace spatium {

// A template of grounding/data with its {NAMES} filled in.
std::string FillPrompt(std::string_view file, const std::map<std::string, std::string>& values);

// A question whose answer is a JSON object.
struct JsonQuestion {
  std::string name;  // of the step
  std::string prompt_file;
  std::map<std::string, std::string> values;
  std::vector<ImagePart> pictures;  // sent before the text, in this order
  Json schema;
  std::string shape;  // the schema in words, for the repair round
  // What is wrong with a parsed reply; empty: nothing.
  std::function<std::string(const Json&)> problem;
};

// Asks, reads the reply's first JSON object, and asks once more if it is unusable. The step's
// `parsed` is null if it stays so. Errors: those of the model.
Result<AgentStep> AskJson(const JsonQuestion& question, const Sampling& sampling, ChatModel& model);

// The first balanced {...} of a text that is JSON; null if there is none.
Json FirstJsonObject(std::string_view text);

}  // namespace spatium
