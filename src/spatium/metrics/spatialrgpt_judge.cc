#include "spatium/metrics/spatialrgpt_judge.h"

#include <utility>

#include "spatium/base/text.h"

namespace spatium {
namespace {

// The texts of scripts/srgpt/eval/evaluate_spatial_with_gpt4.py and of its prompt_templates/
// (AnjieCheng/SpatialRGPT, Apache-2.0), byte for byte.
constexpr std::string_view kSystem = "You are a helpful assistant designed to output JSON.";

constexpr std::string_view kDirection = R"text(
You should help me to evaluate the response given the question and the correct answer.
You need to extract the direction of the correct answer and response.
You should output two integers in clock directions, one for the answer, and one for the response.
The output should be in JSON format.


Example 1:
Question: If you are at Region [0], where will you find Region [1]?
Answer: Region [0] will find Region [1] around the 2 o'clock direction.
Response: If you are at Region [0], you will find Region [1] around the 2 o'clock direction.
"answer_direction": 2, "response_direction": 2

Example 2:
Question: If you are at Region [0], where will you find Region [1]?
Answer: Region [0] will find Region [1] around the 12 o'clock direction.
Response: If you are at Region [0], you will find Region [1] around the 11 o'clock direction.
"answer_direction": 12, "response_direction": 11

)text";

constexpr std::string_view kDistance = R"text(
You should help me to evaluate the response given the question and the correct answer.
You need to convert the distance of the correct answer and response to meters. The conversion factors are as follows: 1 inch = 0.0254 meters. 1 foot = 0.3048 meters. 1 centimeter (cm) = 0.01 meters.
You should output two floats in meters, one for the answer, and one for the response.
The output should be in JSON format.


Example 1:
Question: Measure the width of Region [0].?
Answer: The width of Region [0] is 1.02 meters.
Response: Region [0] is 2.17 meters wide.
"answer_in_meters": 1.02, "response_in_meters": 2.17

Example 2:
Question: What is the height of Region [1]?
Answer: The height of Region [1] is 10.0 inches.
Response: It is 48.47 centimeters.
"answer_in_meters": 0.25, "response_in_meters": 0.48

Example 3:
Question: What is the radius of Region [0]?
Answer: Region [0] is 77.56 centimeters wide.
Response: It is 35.9 inches wide.
"answer_in_meters": 0.78, "response_in_meters": 0.91

Example 4:
Question: How far away is Region [0] from Region [1]?
Answer: Region [0] and Region [1] are 11.4 meters apart.
Response: 22.32 feet.
"answer_in_meters": 11.4, "response_in_meters": 6.80

)text";

constexpr std::string_view kQualitative = R"text(
You should help me to evaluate the response given the question and the correct answer.
To mark a response, you should output a single integer between 0 and 1.
1 means that the response perfectly matches the answer.
0 means that the response is completely different from the answer.
The output should be in JSON format.

)text";

constexpr std::pair<std::string_view, std::string_view> kExamples[] = {
    {"above_predicate", R"text(Example 1:
Question: {question}
Answer: Yes, Region [0] is above Region [1].
Response: Indeed, Region [0] is positioned over Region [1].
"your_mark": 1

Example 2:
Question: {question}
Answer: Correct, Region [0] is located above Region [1].
Response: Yes, Region [0] is above Region [1].
"your_mark": 1

Example 3:
Question: {question}
Answer: Indeed, Region [0] is positioned over Region [1].
Response: Actually, Region [0] is below Region [1].
"your_mark": 0

Example 4:
Question: {question}
Answer: Incorrect, Region [0] is not positioned above Region [1].
Response: Yes, Region [0] is above Region [1].
"your_mark": 0

Example 5:
Question: {question}
Answer: Incorrect, Region [0] is not positioned above Region [1].
Response: Actually, Region [0] is below Region [1].
"your_mark": 1)text"},
    {"behind_predicate", R"text(Example 1:
Question: {question}
Answer: Yes, it is.
Response: Yes, Region [0] is further from the viewer.
"your_mark": 1

Example 2:
Question: {question}
Answer: Yes, it is behind Region [1].
Response: Yes, Region [0] is behind Region [1].
"your_mark": 1

Example 3:
Question: {question}
Answer: That is True.
Response: No, Region [0] is closer to the viewer.
"your_mark": 0

Example 4:
Question: {question}
Answer: No, Region [1] is in front of Region [0].
Response: Yes, it is behind Region [1].
"your_mark": 0

Example 5:
Question: {question}
Answer: That is False.
Response: No, it is in front of Region [1].
"your_mark": 1

Example 6:
Question: {question}
Answer: No, Region [1] is in front of Region [0].
Response: No, Region [0] is closer to the viewer.
"your_mark": 1)text"},
    {"below_predicate", R"text(Example 1:
Question: {question}
Answer: Yes, Region [0] is below Region [1].
Response: Indeed, Region [0] is positioned under Region [1].
"your_mark": 1

Example 2:
Question: {question}
Answer: Correct, Region [0] is located below Region [1].
Response: Yes, Region [0] is below Region [1].
"your_mark": 1

Example 3:
Question: {question}
Answer: Indeed, Region [0] is positioned under Region [1].
Response: Actually, Region [0] is above Region [1].
"your_mark": 0

Example 4:
Question: {question}
Answer: Incorrect, Region [0] is not positioned below Region [1].
Response: Yes, Region [0] is below Region [1].
"your_mark": 0

Example 5:
Question: {question}
Answer: Incorrect, Region [0] is not positioned below Region [1].
Response: Actually, Region [0] is above Region [1].
"your_mark": 1)text"},
    {"big_predicate", R"text(Example 1:
Question: {question}
Answer: Yes, Region [0] is bigger than Region [1].
Response: Indeed, Region [0] has a larger size compared to Region [1].
"your_mark": 1

Example 2:
Question: {question}
Answer: Correct, Region [0] is larger in size than Region [1].
Response: Yes, Region [0] is bigger than Region [1].
"your_mark": 1

Example 3:
Question: {question}
Answer: Indeed, Region [0] has a larger size compared to Region [1].
Response: Actually, Region [0] might be smaller than Region [1].
"your_mark": 0

Example 4:
Question: {question}
Answer: No, Region [0] is not bigger than Region [1].
Response: Yes, Region [0] is bigger than Region [1].
"your_mark": 0

Example 5:
Question: {question}
Answer: No, Region [0] is not bigger than Region [1].
Response: Actually, Region [0] might be smaller than Region [1].
"your_mark": 1

Example 6:
Question: {question}
Answer: Actually, Region [0] might be smaller than Region [1].
Response: Incorrect, Region [0] is not larger than Region [1].
"your_mark": 1)text"},
    {"front_predicate", R"text(Example 1:
Question: {question}
Answer: Yes, it is.
Response: Yes, Region [0] is closer to the viewer.
"your_mark": 1

Example 2:
Question: {question}
Answer: Yes, it is in front of Region [1].
Response: Yes, Region [0] is in front of Region [1].
"your_mark": 1

Example 3:
Question: {question}
Answer: That is True.
Response: No, Region [0] is further to the viewer.
"your_mark": 0

Example 4:
Question: {question}
Answer: No, Region [0] is behind Region [1].
Response: Yes, it is in front of Region [1].
"your_mark": 0

Example 5:
Question: {question}
Answer: That is False.
Response: No, it is behind Region [1].
"your_mark": 1

Example 6:
Question: {question}
Answer: No, Region [0] is behind Region [1].
Response: No, Region [0] is further to the viewer.
"your_mark": 1)text"},
    {"left_predicate", R"text(Example 1:
Question: {question}
Answer: Yes, Region [0] is to the left of Region [1].
Response: Indeed, Region [0] is positioned on the left side of Region [1].
"your_mark": 1

Example 2:
Question: {question}
Answer: Correct, you'll find Region [0] to the left of Region [1].
Response: Yes, Region [0] is to the left of Region [1].
"your_mark": 1

Example 3:
Question: {question}
Answer: Indeed, Region [0] is positioned on the left side of Region [1].
Response: In fact, Region [0] is to the right of Region [1].
"your_mark": 0

Example 4:
Question: {question}
Answer: Incorrect, Region [0] is not on the left side of Region [1].
Response: Correct, you'll find Region [0] to the left of Region [1].
"your_mark": 0

Example 5:
Question: {question}
Answer: Incorrect, Region [0] is not on the left side of Region [1].
Response: In fact, Region [0] is to the right of Region [1].
"your_mark": 1)text"},
    {"right_predicate", R"text(Example 1:
Question: {question}
Answer: Yes, Region [0] is to the right of Region [1].
Response: Indeed, Region [0] is positioned on the right side of Region [1].
"your_mark": 1

Example 2:
Question: {question}
Answer: Correct, you'll find Region [0] to the right of Region [1].
Response: Yes, Region [0] is to the right of Region [1].
"your_mark": 1

Example 3:
Question: {question}
Answer: Indeed, Region [0] is positioned on the right side of Region [1].
Response: In fact, Region [0] is to the left of Region [1].
"your_mark": 0

Example 4:
Question: {question}
Answer: Incorrect, Region [0] is not on the right side of Region [1].
Response: Correct, you'll find Region [0] to the right of Region [1].
"your_mark": 0

Example 5:
Question: {question}
Answer: Incorrect, Region [0] is not on the right side of Region [1].
Response: In fact, Region [0] is to the left of Region [1].
"your_mark": 1)text"},
    {"short_predicate", R"text(Example 1:
Question: {question}
Answer: Yes, Region [0] is shorter than Region [1].
Response: Indeed, Region [0] has a lesser height compared to Region [1].
"your_mark": 1

Example 2:
Question: {question}
Answer: Correct, Region [0] is not as tall as Region [1].
Response: Yes, Region [0] is shorter than Region [1].
"your_mark": 1

Example 3:
Question: {question}
Answer: Indeed, Region [0] has a lesser height compared to Region [1].
Response: Incorrect, Region [0]'s height does not fall short of Region [1]'s.
"your_mark": 0

Example 4:
Question: {question}
Answer: No, Region [0] is not shorter than Region [1].
Response: Yes, Region [0] is shorter than Region [1].
"your_mark": 0

Example 5:
Question: {question}
Answer: No, Region [0] is not shorter than Region [1].
Response: Incorrect, Region [0]'s height does not fall short of Region [1]'s.
"your_mark": 1

Example 6:
Question: {question}
Answer: Incorrect, Region [0]'s height does not fall short of Region [1]'s.
Response: In fact, Region [0] may be taller than Region [1].
"your_mark": 1)text"},
    {"small_predicate", R"text(Example 1:
Question: {question}
Answer: Yes, Region [0] is smaller than Region [1].
Response: Indeed, Region [0] has a smaller size compared to Region [1].
"your_mark": 1

Example 2:
Question: {question}
Answer: Correct, Region [0] occupies less space than Region [1].
Response: Yes, Region [0] is smaller than Region [1].
"your_mark": 1

Example 3:
Question: {question}
Answer: Indeed, Region [0] has a smaller size compared to Region [1].
Response: Incorrect, Region [0] is not smaller in size than Region [1].
"your_mark": 0

Example 4:
Question: {question}
Answer: No, Region [0] is not smaller than Region [1].
Response: Yes, Region [0] is smaller than Region [1].
"your_mark": 0

Example 5:
Question: {question}
Answer: No, Region [0] is not smaller than Region [1].
Response: Incorrect, Region [0] is not smaller in size than Region [1].
"your_mark": 1

Example 6:
Question: {question}
Answer: Incorrect, Region [0] is not smaller in size than Region [1].
Response: Actually, Region [0] might be larger than Region [1].
"your_mark": 1)text"},
    {"tall_predicate", R"text(Example 1:
Question: {question}
Answer: Yes, Region [0] is taller than Region [1].
Response: Indeed, Region [0] has a greater height compared to Region [1].
"your_mark": 1

Example 2:
Question: {question}
Answer: Correct, Region [0] is much taller as Region [1].
Response: Yes, Region [0] is taller than Region [1].
"your_mark": 1

Example 3:
Question: {question}
Answer: Indeed, Region [0] has a greater height compared to Region [1].
Response: In fact, Region [0] may be shorter than Region [1].
"your_mark": 0

Example 4:
Question: {question}
Answer: No, Region [0] is not taller than Region [1].
Response: Yes, Region [0] is taller than Region [1].
"your_mark": 0

Example 5:
Question: {question}
Answer: No, Region [0] is not taller than Region [1].
Response: In fact, Region [0] may be shorter than Region [1].
"your_mark": 1

Example 6:
Question: {question}
Answer: In fact, Region [0] may be shorter than Region [1].
Response: Incorrect, Region [0]'s height is not larger of Region [1]'s.
"your_mark": 1)text"},
    {"thin_predicate", R"text(Example 1:
Question: {question}
Answer: Yes, Region [0] is thinner than Region [1].
Response: Indeed, Region [0] has a lesser width compared to Region [1].
"your_mark": 1

Example 2:
Question: {question}
Answer: Correct, Region [0]'s width is less than Region [1]'s.
Response: Yes, Region [0] is thinner than Region [1].
"your_mark": 1

Example 3:
Question: {question}
Answer: Indeed, Region [0] has a lesser width compared to Region [1].
Response: Incorrect, Region [0]'s width is not less than Region [1]'s.
"your_mark": 0

Example 4:
Question: {question}
Answer: No, Region [0] is not thinner than Region [1].
Response: Yes, Region [0] is thinner than Region [1].
"your_mark": 0

Example 5:
Question: {question}
Answer: No, Region [0] is not thinner than Region [1].
Response: Incorrect, Region [0]'s width is not less than Region [1]'s.
"your_mark": 1

Example 6:
Question: {question}
Answer: Incorrect, Region [0]'s width is not less than Region [1]'s.
Response: In fact, Region [0] might be wider than Region [1].
"your_mark": 1)text"},
    {"wide_predicate", R"text(Example 1:
Question: {question}
Answer: Yes, Region [0] is wider than Region [1].
Response: Indeed, Region [0] has a greater width compared to Region [1].
"your_mark": 1

Example 2:
Question: {question}
Answer: Correct, the width of Region [0] exceeds that of Region [1].
Response: Yes, Region [0] is wider than Region [1].
"your_mark": 1

Example 3:
Question: {question}
Answer: Indeed, Region [0] has a greater width compared to Region [1].
Response: In fact, Region [0] might be narrower than Region [1].
"your_mark": 0

Example 4:
Question: {question}
Answer: No, Region [0] is not wider than Region [1].
Response: Yes, Region [0] is wider than Region [1].
"your_mark": 0

Example 5:
Question: {question}
Answer: No, Region [0] is not wider than Region [1].
Response: In fact, Region [0] might be narrower than Region [1].
"your_mark": 1

Example 6:
Question: {question}
Answer: In fact, Region [0] might be narrower than Region [1].
Response: Incorrect, Region [0]'s width does not surpass Region [1]'s.
"your_mark": 1)text"},
    {"choice", R"text(Example 1:
Question: Who is taller, Region [0] or Region [1]?
Answer: With more height is Region [0].
Response: Standing taller between the two is Region [1].
"your_mark": 0

Example 2:
Question: Between Region [0] and Region [1], which one appears on the right side from the viewer's perspective?
Answer: From the viewer's perspective, Region [1] appears more on the right side.
Response: Region [1].
"your_mark": 1

Example 3:
Question: Which is in front, Region [0] or Region [1]?
Answer: Positioned in front is Region [1].
Response: Region [1] is more forward.
"your_mark": 1

Example 4:
Question: Which is above, Region [0] or Region [1]?
Answer: Region [1] is above.
Response: Region [0] is higher up.
"your_mark": 0)text"},
};

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
        prompt.user = StrCat(category == "direction" ? kDirection : kDistance, turn, "\n");
  } else if (type == "qualitative") {
    const std::string_view name = category.find("choice") != category.npos ? "choice" : category;
    for (const auto& [known, examples] : kExamples)
      if (known == name)
        prompt.user = StrCat(kQualitative,
                             ReplaceAll(std::string(examples), "{question}", question),
                             "\n\n",
                             turn,
                             "    ");
  }
  if (prompt.user.empty()) return std::nullopt;
  return prompt;
}

}  // namespace spatium
