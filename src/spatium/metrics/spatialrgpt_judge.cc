#include "spatium/metrics/spatialrgpt_judge.h"

#include "spatium/base/text.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {
namespace {

// Of scripts/srgpt/eval/evaluate_spatial_with_gpt4.py (AnjieCheng/SpatialRGPT, Apache-2.0), as is;
// the longer texts are files of prompts/.
constexpr std::string_view kSystem = "You are a helpful assistant designed to output JSON.";
constexpr std::string_view kQualities[] = {"above_predicate",
                                           "behind_predicate",
                                           "below_predicate",
                                           "big_predicate",
                                           "choice",
                                           "front_predicate",
                                           "left_predicate",
                                           "right_predicate",
                                           "short_predicate",
                                           "small_predicate",
                                           "tall_predicate",
                                           "thin_predicate",
                                           "wide_predicate"};

std::string_view Text(std::string_view name) {
  return LongPrompt(StrCat("spatialrgpt_judge_", name, ".txt"));
}

std::string YourTurn(std::string_view question,
                     std::string_view answer,
                     std::string_view response) {
  return StrCat(
      "Your Turn:\nQuestion: ", question, "\nAnswer: ", answer, "\nResponse: ", response, "\n");
}

}  // namespace

std::optional<SpatialRgptJudgePrompt> SpatialRgptJudge(std::string_view type,
                                                       std::string_view category,
                                                       std::string_view question,
                                                       std::string_view answer,
                                                       std::string_view response) {
  const std::string turn = YourTurn(question, answer, response);
  SpatialRgptJudgePrompt prompt{.system = std::string(kSystem), .user = {}};
  if (type == "quantitative") {
    static constexpr std::string_view kQuantities[] = {"vertical_distance_data",
                                                       "horizontal_distance_data",
                                                       "distance_data",
                                                       "width_data",
                                                       "height_data",
                                                       "direction"};
    for (const std::string_view quantity : kQuantities)
      if (category == quantity)
        prompt.user = StrCat(Text(category == "direction" ? "direction" : "distance"), turn, "\n");
  } else if (type == "qualitative") {
    const std::string_view name = category.find("choice") != category.npos ? "choice" : category;
    for (const std::string_view known : kQualities)
      if (known == name)
        prompt.user = StrCat(Text("qualitative"),
                             ReplaceAll(std::string(Text(name)), "{question}", question),
                             "\n\n",
                             turn,
                             "    ");
  }
  if (prompt.user.empty()) return std::nullopt;
  return prompt;
}

}  // namespace spatium
