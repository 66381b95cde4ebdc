#include "spatium/metrics/official_prompts.h"

#include "spatium/base/text.h"
#include "spatium/metrics/sparbench.h"
#include "spatium/metrics/vsibench.h"

namespace spatium {
namespace {

// lmms-eval 0.7.2 (MIT / Apache-2.0), lmms_eval/tasks/TASK/utils.py, unless said otherwise.
constexpr std::string_view kVideoFrames = "These are frames of a video.";
constexpr std::string_view kWordOrPhrase =
    "Please answer the question using a single word or phrase.";
constexpr std::string_view kLetterDirectly =
    "Answer with the option's letter from the given choices directly.";
// fudan-zvg/spar, lmms-eval task.
constexpr std::string_view kSparBoxes =
    "The values represent the bounding box coordinates normalized to a 0-1000 scale, with the "
    "top-left corner as the origin of the image.";
constexpr std::string_view kSiteVideo =
    "Select the best answer to the following multiple-choice question based on the video. Respond "
    "with only the letter of the correct option.";
constexpr std::string_view k3dsrPost =
    "Please select the correct answer from the options above. \n";
constexpr std::string_view kSatMotion =
    "When multiple images are provided, You want to realize that when camera moves left, the "
    "objects in the image move right, and vice versa. And when you are asked about the movement of "
    "the same object captured in different images, you can compare the position of the object "
    "relative to other objects in the image to answer the question.\n";
constexpr std::string_view kSatPost =
    "Only output the letter of the correct option and nothing else.";
constexpr std::string_view kTuples =
    "Your answer should be formatted as a list of tuples, i.e. [(x1, y1), (x2, y2), ...], where "
    "each tuple contains the x and y coordinates of a point satisfying the conditions above. The "
    "coordinates should be between 0 and 1, indicating the normalized pixel locations of the "
    "points "
    "in the image.";
constexpr std::string_view kTuplesGrid =
    "Your answer should be formatted as a list of tuples, i.e. [(x1, y1), (x2, y2), ...], where "
    "each tuple contains the x and y coordinates of a point satisfying the conditions above. The "
    "coordinates should be integers between 0 and 999, representing the pixel locations scaled to "
    "a 1000x1000 grid.";
constexpr std::string_view kEasiPoints =
    "Output the point coordinates in JSON format.\nFor example:\n[\n  {\"point_2d\": [x, y], "
    "\"label\": \"point_1\"}\n]\n";
constexpr std::string_view kTuplesOnly = "Return only list of tuples, don't add anything else.";
constexpr std::string_view kPointBenchOnly =
    "Return only list of tuples, do not add anything else.";
constexpr std::string_view kRoboSpatialSuffixes[] = {
    "Your answer should be formatted as a list of tuples, i.e. [(x1, y1), ...], where each tuple "
    "contains the x and y coordinates of a point satisfying the conditions above. The coordinates "
    "should be between 0 and 1, indicating the normalized pixel locations of the points.",
    "Answer yes or no."};
constexpr std::string_view kRoboSpatialPoints =
    "Your task is to identify specific points in the image based on the question. Respond with a "
    "brief explanation if needed, followed by a list of 2D point coordinates.\n\n"
    "    The points should be in JSON format and normalized to the range [0, 1000].\n\n"
    "    Do not include additional text after this line.\n    ";
constexpr std::string_view kRoboSpatialOnePoint =
    "Pinpoint the SINGLE best 2D point in the VACANT SPACE described by the question. The point "
    "MUST NOT lie on the reference object. It MUST lie in empty space on the specified side.\n\n"
    "    Output exactly one coordinate pair in JSON, normalized to [0, 1000]:\n"
    "    ```json\n    [{\"point_2d\": [x, y], \"label\": \"vacant space\"}]\n    ```\n\n"
    "    Do not output more than one point. Do not include additional text after the JSON "
    "block.\n    ";
constexpr std::string_view kRoboSpatialYesNo =
    "Your task is to answer the question above. Respond with a brief explanation if needed, "
    "followed by a yes or no answer in the last line of your response.\n\n"
    "    Format your final answer strictly as follows on the last line of your response:\n"
    "    Answer: yes or no\n\n"
    "    Do not include additional text after this line.\n    ";
constexpr std::string_view kSpatialViz =
    "You should first provide a reasoning process, then provide a single option(A, B, C or D) as "
    "the final answer. The reasoning process and the answer are enclosed within <think></think> "
    "and "
    "<answer></answer> tags, respectively, i.e., <think>reasoning process</think>, "
    "<answer>answer</answer>.\n";
constexpr std::string_view kViewSpatialPost = "Reply only to the corresponding option.\nAnswer:";

std::string PyStrip(std::string_view text) { return py::ToUtf8(py::Strip(py::FromUtf8(text))); }

// str.format with one positional argument.
std::string Format(std::string_view text, std::string_view argument) {
  const size_t at = text.find("{}");
  if (at == text.npos) return std::string(text);
  return StrCat(text.substr(0, at), argument, text.substr(at + 2));
}

std::string Letters(size_t n) {
  std::string out;
  for (size_t i = 0; i < n; ++i) {
    if (i > 0) out += ", ";
    out += static_cast<char>('A' + i % 26);
  }
  return out;
}

// "A: x" lines and the like.
std::string Lettered(const std::vector<std::string>& options, std::string_view between) {
  std::string out;
  for (size_t i = 0; i < options.size(); ++i) {
    if (i > 0) out += '\n';
    out += static_cast<char>('A' + i % 26);
    out += between;
    out += options[i];
  }
  return out;
}

std::string_view Or(std::string_view text, std::string_view otherwise) {
  return text.empty() ? otherwise : text;
}

}  // namespace

std::optional<std::string> VsiPrompt(std::string_view question_type,
                                     std::string_view question,
                                     const std::vector<std::string>& options,
                                     const PromptSettings& settings) {
  const std::string_view pre = Or(settings.pre, kVideoFrames);
  switch (VsiKindOf(question_type)) {
    case VsiKind::kNumber:
      return StrCat(pre, "\n", question, "\n", Or(settings.number_post, kWordOrPhrase));
    case VsiKind::kChoice:
      return StrCat(pre,
                    "\n",
                    question,
                    "\nOptions:\n",
                    Join(options, "\n"),
                    "\n",
                    Or(settings.choice_post, kLetterDirectly));
    case VsiKind::kUnknown:
      break;
  }
  return std::nullopt;
}

std::optional<std::string> SparPrompt(std::string_view task,
                                      std::string_view question,
                                      const PromptSettings& settings) {
  switch (SparKindOf(task)) {
    case SparKind::kNumber:
      return StrCat(settings.pre, "\n", question, "\n", Or(settings.number_post, kWordOrPhrase));
    case SparKind::kChoice: {
      const bool boxes = task == "position_matching" || task == "camera_motion_infer";
      return StrCat(
          settings.pre, "\n", question, "\n", boxes ? kSparBoxes : "", "\n", kLetterDirectly);
    }
    case SparKind::kViewChange:
      return StrCat(settings.pre, "\n", question, "\n\n");
    case SparKind::kUnknown:
      break;
  }
  return std::nullopt;
}

std::string CvBenchPrompt(size_t num_choices, std::string_view prompt, const PromptSettings& s) {
  return StrCat(Format(s.pre, Letters(num_choices)), "\n", prompt);
}
std::string BlinkPrompt(size_t num_choices, std::string_view prompt, const PromptSettings& s) {
  return StrCat(Format(s.pre, Letters(num_choices)), prompt);
}
std::string EmbSpatialPrompt(std::string_view question,
                             const std::vector<std::string>& options,
                             const PromptSettings& s) {
  return StrCat(s.pre, question, "\n", Lettered(options, ") "));
}
std::string MmsiPrompt(std::string_view question, const PromptSettings& s) {
  return StrCat(s.pre, PyStrip(question), s.post.value_or(""));
}

std::string SiteImagePrompt(std::string_view question,
                            const std::vector<std::string>& options,
                            size_t num_images,
                            const PromptSettings& s) {
  const std::string stripped = PyStrip(question), text = Lettered(options, ": ");
  std::string out;
  if (stripped.find("<image>") == stripped.npos && text.find("<image>") == text.npos) {
    for (size_t i = 0; i < num_images; ++i) out += "<image>";
    out += '\n';
  }
  return StrCat(out, "Question: ", stripped, "\nOptions:\n", text, "\n", s.post.value_or(""));
}

std::string SiteVideoPrompt(std::string_view question,
                            const std::vector<std::string>& options,
                            const PromptSettings& s) {
  return StrCat(kSiteVideo,
                "\nQuestion: ",
                PyStrip(question),
                "\nOptions:\n",
                Lettered(options, ": "),
                "\n",
                s.post.value_or(std::string(kSitePost)));
}

std::string ThreeDsrPrompt(std::string_view question,
                           const std::vector<std::optional<std::string>>& options,
                           const PromptSettings& s) {
  std::string lines;
  for (size_t i = 0; i < options.size() && i < 4; ++i) {
    if (!options[i] || ToLower(*options[i]) == "nan") continue;
    lines += StrCat(static_cast<char>('A' + i), ". ", *options[i], "\n");
  }
  return StrCat(s.pre,
                "Question: ",
                question,
                "\n",
                lines.empty() ? "" : "Options:\n",
                lines,
                s.post.value_or(std::string(k3dsrPost)));
}

std::string SatPrompt(std::string_view question, const std::vector<std::string>& answers) {
  std::string lines;
  for (size_t i = 0; i < answers.size(); ++i) {
    lines += StrCat(static_cast<char>('A' + i % 26), ". ", answers[i], "\n");
  }
  return StrCat(PyStrip(question), "\n", kSatMotion, "\n", lines, "\n", kSatPost);
}

PointArenaPrompt PointBenchOfficialPrompt(std::string_view user_input,
                                          std::string_view category,
                                          int64_t width,
                                          int64_t height,
                                          std::string_view original_points) {
  const std::string original =
      original_points.empty()
          ? ""
          : StrCat("\nThe image contains an existing original point at pixel coordinates: ",
                   original_points,
                   ".\nThe query refers to this existing point.");
  const bool counting = category == "counting";
  const std::string_view indent = counting ? "            " : "        ";
  const std::string head = StrCat("\n",
                                  indent,
                                  user_input,
                                  ".\n",
                                  indent,
                                  "The image dimensions are width=",
                                  width,
                                  "px, height=",
                                  height,
                                  "px.",
                                  original,
                                  "\n",
                                  indent,
                                  "The answer should follow the json format: [{\"point\": <point>}",
                                  counting ? ", ...]. \n" : "]. \n",
                                  indent);
  return {.system =
              "You are a helpful assistant that can identify objects in images and provide their "
              "coordinates.",
          .user = StrCat(head,
                         counting ? "IMPORTANT: The points MUST be"
                                  : "IMPORTANT: Return EXACTLY ONE POINT. The point MUST be",
                         " in [x, y] format where x is the horizontal position (left-to-right) "
                         "and y is the vertical position (top-to-bottom) in PIXEL COORDINATES (not "
                         "normalized).\n",
                         indent,
                         "Example: For a point in the center of the image, return [width/2, "
                         "height/2].\n            ")};
}

std::string PointBenchGridPrompt(std::string_view user_input) {
  return StrCat(PyStrip(user_input), " ", kTuplesGrid, " ", kPointBenchOnly);
}

std::string PointBenchPrompt(std::string_view user_input, const PromptSettings& s) {
  return PyStrip(
      StrCat(s.pre, PyStrip(user_input), " ", kTuples, " ", kPointBenchOnly, s.post.value_or("")));
}

std::string PointBenchJsonPrompt(std::string_view user_input,
                                 std::string_view category,
                                 const PromptSettings& s) {
  return PyStrip(StrCat(
      s.pre,
      "pointing: ",
      PyStrip(user_input),
      category == "counting"
          ? ", You should point to all the objects in the image that are mentioned in the question."
          : "",
      "\nReturn points in JSON format and normalized to the range [0, 1000].",
      s.post.value_or("")));
}

std::string Where2PlaceOfficialPrompt(std::string_view question) {
  return StrCat(question, " ", kTuples);
}
std::string Where2PlacePrompt(std::string_view question) {
  return StrCat(question, " ", kTuples, " ", kTuplesOnly);
}
std::string Where2PlaceGridPrompt(std::string_view question) {
  return StrCat(question,
                " ",
                ReplaceAll(std::string(kTuplesGrid), "1000x1000", "1000×1000"),
                " ",
                kTuplesOnly);
}
std::string Where2PlaceJsonPrompt(std::string_view question) {
  return StrCat(question,
                " Your answer should be JSON format. The coordinates should be between 0 and 1000, "
                "indicating the normalized pixel locations of the points in the image.");
}
std::string RefSpatialOfficialPrompt(std::string_view model,
                                     std::string_view object,
                                     std::string_view prompt,
                                     std::string_view suffix) {
  const std::string name = ToLower(model);
  const auto named = [&](std::string_view part) { return name.find(part) != name.npos; };
  if (named("molmo")) return StrCat("Locate several points of ", object, ".");
  if (named("robobrain")) return StrCat(prompt, " Please provide its 2D coordinates.");
  if (named("gemini")) return StrCat("Locate one point of ", object, ".");
  if (named("qwen")) return RefSpatialJsonPrompt(object);
  return StrCat(prompt, " ", suffix);
}
std::string RefSpatialGridPrompt(std::string_view prompt) {
  // One point in the example, and a blank before what follows.
  std::string form = ReplaceAll(std::string(kTuplesGrid), "1000x1000", "1000×1000");
  form = ReplaceAll(std::move(form), "[(x1, y1), (x2, y2), ...]", "[(x1, y1)]");
  return StrCat(prompt, " ", form, "  ", kTuplesOnly);
}
std::string RefSpatialEasiPrompt(std::string_view prompt) { return StrCat(prompt, kEasiPoints); }
std::string RoboSpatialEasiPrompt(std::string_view question, std::string_view category) {
  if (category != "context") return std::string(question);
  const std::string_view asked = question.substr(0, question.find("Your answer should"));
  return StrCat(PyStrip(asked), "\n\n", kEasiPoints);
}
std::string RefSpatialPrompt(std::string_view prompt, std::string_view suffix) {
  return StrCat(prompt, " ", suffix, " ", kTuplesOnly);
}
std::string RefSpatialJsonPrompt(std::string_view object) {
  return StrCat(
      "Locate ", object, " in this image and output the point coordinates in JSON format.");
}

std::string RoboSpatialPrompt(std::string_view question,
                              std::string_view category,
                              bool one_point) {
  std::string text(question);
  for (const std::string_view suffix : kRoboSpatialSuffixes) {
    text = PyStrip(ReplaceAll(text, suffix, ""));
  }
  const std::string_view points = one_point ? kRoboSpatialOnePoint : kRoboSpatialPoints;
  return StrCat(text, "\n", category == "context" ? points : kRoboSpatialYesNo);
}

std::string SpatialVizPrompt(std::string_view question, const std::vector<std::string>& choices) {
  return StrCat(kSpatialViz,
                "Question: ",
                question,
                "\n",
                Lettered(choices, ". "),
                choices.empty() ? "" : "\n");
}
std::string SpatialVizOfficialPrompt(std::string_view question,
                                     const std::vector<std::string>& choices) {
  return ReplaceAll(SpatialVizPrompt("", {}), "Question: \n", "Qustion: ") +
         StrCat(question, "\n", Lettered(choices, ". "), choices.empty() ? "" : "\n");
}

std::string ViewSpatialPrompt(std::string_view question, std::string_view choices) {
  return StrCat("Question: ", question, "\nChoices: ", choices, "\n", kViewSpatialPost);
}
// ZJU-REAL/ViewSpatial-Bench, evaluate.py.
std::string ViewSpatialOfficialPrompt(std::string_view question, std::string_view choices) {
  return StrCat(question, choices, "\n", kViewSpatialPost);
}

}  // namespace spatium
