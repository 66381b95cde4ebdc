#include "spatium/qa/question.h"

namespace spatium {

void Question::Clear() {
  text.clear();
  answer.clear();
  markers.clear();
  num_options = 0;
  correct = -1;
  value_json.clear();
  objects.clear();
  margin_name = {};
  margin = margin_threshold = 0;
}

QuestionOption& Question::AddOption() {
  if (num_options == options.size()) options.emplace_back();
  QuestionOption& option = options[num_options++];
  option.text.clear();
  option.value_json.clear();
  return option;
}

}  // namespace spatium
