#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Prompts as the official scripts build them, byte for byte. The texts are the scripts' own (an
// exception to the rule that Spatium's wording is its own); each names its source.
namespace spatium {

// A longer prompt as it stands in metrics/prompts/NAME, whose README names the sources. A name that
// is not there is a bug.
std::string_view LongPrompt(std::string_view name);

// The settings of lmms-eval 0.7.2's own task files.
inline constexpr std::string_view kLmmsLettersOnly =  // CV-Bench, BLINK; {} is "A, B, …"
    "Note: You only need to respond with {} without providing any additional information.\n";
inline constexpr std::string_view kLmmsEmbSpatial =
    "Note: You only need to respond with A, B, C, D without providing any additional "
    "information.\n";
inline constexpr std::string_view kMmsiPost =
    "Answer with the option's letter from the given choices directly. Enclose the option's letter "
    "within ``.";
inline constexpr std::string_view kSitePost =
    "Give me the answer letter directly. The best answer is:";

inline constexpr std::string_view kVsiNumberOnly =  // gemini_api, gpt4v
    "Do not response anything other than a single number!";
inline constexpr std::string_view kVsiOneFloat =  // neo_ov
    "Answer briefly and directly in one float number.";

// The parts that a harness's settings replace.
struct PromptSettings {
  std::string pre = {};                            // "" where unset
  std::optional<std::string> post = {};            // none: the function's default
  std::string number_post = {}, choice_post = {};  // VSI-Bench, SPAR-Bench; "" falls back to the
                                                   // default
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
// PointArena, model_evaluator.py, as sent to OpenAI's models; width and height of the picture;
// `original_points` "[1.0, 2.0]" of a steerable picture in pixels, "" for none.
struct PointArenaPrompt {
  std::string system, user;
};
PointArenaPrompt PointBenchOfficialPrompt(std::string_view user_input,
                                          std::string_view category,
                                          int64_t width,
                                          int64_t height,
                                          std::string_view original_points);
// lmms-eval as its task file sets it: integers on a 0-999 grid.
std::string PointBenchGridPrompt(std::string_view user_input);
std::string PointBenchPrompt(std::string_view user_input, const PromptSettings& s);
std::string PointBenchJsonPrompt(std::string_view user_input,
                                 std::string_view category,
                                 const PromptSettings& s);
// As wentao-yuan/where2place's "text": the question and the sentence on the answer's form.
std::string Where2PlaceOfficialPrompt(std::string_view question);
std::string Where2PlacePrompt(std::string_view question);
std::string Where2PlaceGridPrompt(std::string_view question);  // lmms-eval's "0_999"
std::string Where2PlaceJsonPrompt(std::string_view question);
// Zhoues/RoboRefer, Evaluation/test_benchmark.py: by the model's name (letter case aside).
std::string RefSpatialOfficialPrompt(std::string_view model,
                                     std::string_view object,
                                     std::string_view prompt,
                                     std::string_view suffix);
std::string RefSpatialPrompt(std::string_view prompt, std::string_view suffix);
std::string RefSpatialGridPrompt(std::string_view prompt);  // lmms-eval's "0_999"
std::string RefSpatialJsonPrompt(std::string_view object);
// EASI asks RefSpatial-Bench and RoboSpatial for points in JSON, with one example.
std::string RefSpatialEasiPrompt(std::string_view prompt);
std::string RoboSpatialEasiPrompt(std::string_view question, std::string_view category);
// RoboSpatial: the data set's own suffix is replaced, by category "context" or any other.
std::string RoboSpatialPrompt(std::string_view question, std::string_view category, bool one_point);
std::string SpatialVizPrompt(std::string_view question, const std::vector<std::string>& choices);
// The authors' script says "Qustion:".
std::string SpatialVizOfficialPrompt(std::string_view question,
                                     const std::vector<std::string>& choices);
std::string SpatialVizEasiPrompt(std::string_view question,
                                 const std::vector<std::string>& choices);
std::string ViewSpatialPrompt(std::string_view question, std::string_view choices);
std::string ViewSpatialOfficialPrompt(std::string_view question, std::string_view choices);

// BLINK: the authors' script puts a disclaimer in front of three subtasks.
std::string BlinkOfficialPrompt(std::string_view subtask, std::string_view prompt);
// What its judge is asked about a reply that the rules leave open.
std::string BlinkJudgePrompt(std::string_view question,
                             const std::vector<std::string>& options,
                             std::string_view reply);
// The question, options as "A: x" and the letter directly: how EASI asks EmbSpatial-Bench.
std::string EasiLetterPrompt(std::string_view question, const std::vector<std::string>& options);
// MindCube: the authors' raw_qa prompt.
std::string MindCubePrompt(std::string_view question);

// OmniSpatial, prompt type manual_cot, answer type re. The authors send the system text as such and
// the user's behind it; lmms-eval sends one text; EASI asks for the letter directly.
std::string OmniSpatialSystem();
std::string OmniSpatialUser(std::string_view question, const std::vector<std::string>& options);
std::string OmniSpatialLmmsPrompt(std::string_view question,
                                  const std::vector<std::string>& options);
std::string OmniSpatialEasiPrompt(std::string_view question,
                                  const std::vector<std::string>& options);

// STI-Bench: times in seconds as Python prints them; options keyed by letter.
using LetteredOptions = std::vector<std::pair<std::string, std::string>>;
std::string StiPrompt(std::string_view time_start,
                      std::string_view time_end,
                      std::string_view question,
                      const LetteredOptions& options);
// EASI, where the frame rate is not known.
std::string StiEasiPrompt(std::string_view time_start,
                          std::string_view time_end,
                          std::string_view question,
                          const LetteredOptions& options);

// Spatial457: what stands before the question of a level ("L1_single", …; "" for any other).
//   curly_apostrophe  VLMEvalKit's text of L5_6d_spatial has one, lmms-eval's a straight one
std::string Spatial457Instruction(std::string_view level, bool curly_apostrophe);

}  // namespace spatium
