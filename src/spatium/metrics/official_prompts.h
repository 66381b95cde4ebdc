#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Prompts as the official scripts build them, byte for byte. The texts are the scripts' own (an
// exception to the rule that Spatium's wording is its own); each names its source.
namespace spatium {

// The parts that a harness's settings replace.
struct PromptSettings {
  std::string pre;                       // "" where unset
  std::optional<std::string> post;       // none: the function's default
  std::string number_post, choice_post;  // VSI-Bench, SPAR-Bench; "" falls back to the default
};

// VSI-Bench, both code bases. none: an unknown question type (ValueError).
std::optional<std::string> VsiPrompt(std::string_view question_type,
                                     std::string_view question,
                                     const std::vector<std::string>& options,
                                     const PromptSettings& settings);
// SPAR-Bench, both code bases. none: an unknown task (KeyError).
std::optional<std::string> SparPrompt(std::string_view task,
                                      std::string_view question,
                                      const PromptSettings& settings);
// CV-Bench: "{}" of the setting becomes "A, B, …"; a newline before the data set's prompt.
std::string CvBenchPrompt(size_t num_choices, std::string_view prompt, const PromptSettings& s);
// BLINK: the same without the newline.
std::string BlinkPrompt(size_t num_choices, std::string_view prompt, const PromptSettings& s);
std::string EmbSpatialPrompt(std::string_view question,
                             const std::vector<std::string>& options,
                             const PromptSettings& s);
std::string MmsiPrompt(std::string_view question, const PromptSettings& s);
// SITE: "<image>" for each picture in front, unless the text places them itself.
std::string SiteImagePrompt(std::string_view question,
                            const std::vector<std::string>& options,
                            size_t num_images,
                            const PromptSettings& s);
std::string SiteVideoPrompt(std::string_view question,
                            const std::vector<std::string>& options,
                            const PromptSettings& s);
// 3DSRBench: options A to D, none for one that the data set lacks or writes as "nan".
std::string ThreeDsrPrompt(std::string_view question,
                           const std::vector<std::optional<std::string>>& options,
                           const PromptSettings& s);
std::string SatPrompt(std::string_view question, const std::vector<std::string>& answers);
// PointArena, model_evaluator.py, as sent to OpenAI's models; width and height of the picture.
struct PointArenaPrompt {
  std::string system, user;
};
PointArenaPrompt PointBenchOfficialPrompt(std::string_view user_input,
                                          std::string_view category,
                                          int64_t width,
                                          int64_t height);
// lmms-eval as its task file sets it: integers on a 0-999 grid.
std::string PointBenchGridPrompt(std::string_view user_input);
std::string PointBenchPrompt(std::string_view user_input, const PromptSettings& s);
std::string PointBenchJsonPrompt(std::string_view user_input,
                                 std::string_view category,
                                 const PromptSettings& s);
// As wentao-yuan/where2place's "text": the question and the sentence on the answer's form.
std::string Where2PlaceOfficialPrompt(std::string_view question);
std::string Where2PlacePrompt(std::string_view question);
std::string Where2PlaceJsonPrompt(std::string_view question);
// Zhoues/RoboRefer, Evaluation/test_benchmark.py: by the model's name (letter case aside).
std::string RefSpatialOfficialPrompt(std::string_view model,
                                     std::string_view object,
                                     std::string_view prompt,
                                     std::string_view suffix);
std::string RefSpatialPrompt(std::string_view prompt, std::string_view suffix);
std::string RefSpatialJsonPrompt(std::string_view object);
// RoboSpatial: the data set's own suffix is replaced, by category "context" or any other.
std::string RoboSpatialPrompt(std::string_view question, std::string_view category, bool one_point);
std::string SpatialVizPrompt(std::string_view question, const std::vector<std::string>& choices);
std::string ViewSpatialPrompt(std::string_view question, std::string_view choices);
std::string ViewSpatialOfficialPrompt(std::string_view question, std::string_view choices);

}  // namespace spatium
