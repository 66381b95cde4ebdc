#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/qa/fact.h"

namespace spatium {

// A marker as SPAR's records keep it: a field such as "red_point" with 2 numbers or "blue_bbox"
// with 4, integers 0..1000 per axis. It is drawn when the record is used.
struct MarkerField {
  std::string_view field;
  uint8_t size = 2;
  std::array<int, 4> values{};
};

struct QuestionOption {
  std::string text;
  std::string value_json;
};

// A rendered fact. One object is filled again and again: Clear keeps the memory.
struct Question {
  std::string text;
  std::string answer;
  std::vector<MarkerField> markers;
  std::vector<QuestionOption> options;  // the first `num_options` are used
  size_t num_options = 0;
  int correct = -1;
  std::string value_json;  // the object "value" of the provenance
  std::vector<FactObject> objects;
  std::string_view margin_name;
  double margin = 0, margin_threshold = 0;

  void Clear();
  QuestionOption& AddOption();  // empty text and value
};

}  // namespace spatium
