#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spatium/metrics/python_value.h"

namespace spatium {

// SpatialRGPT-Bench: what the official script makes of the judge's JSON replies. Source:
// AnjieCheng/SpatialRGPT, scripts/srgpt/eval/evaluate_spatial_with_gpt4.py (Apache-2.0).
struct SpatialRgptItem {
  std::string type;      // "quantitative", "qualitative"
  std::string category;  // "width_data", "left_predicate", "direction", …
  py::Str judge;         // the judge's reply; anything but the expected JSON is a failed match
};

struct SpatialRgptScores {
  using Groups = std::vector<std::pair<std::string, std::vector<double>>>;  // first seen first
  Groups qualitative, success, error;                   // "left/right", "width", …
  std::vector<std::pair<std::string, double>> results;  // "Qual_left/right_acc", …; percent
  int64_t match_failures = 0;
  bool complete = false;       // every group of the official table was seen
  std::string_view exception;  // what ends the official run, if anything
};
// A failed qualitative match reuses the mark of the item before, as officially (repair_marks:
// scores 0 instead).
SpatialRgptScores ScoreSpatialRgpt(std::span<const SpatialRgptItem> items, bool repair_marks);

}  // namespace spatium
