// Official prompts of multiple-choice benchmarks beside those of lmms-eval.
#include <algorithm>

#include "spatium/base/check.h"
#include "spatium/base/text.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {

std::string_view OfficialPromptText(std::string_view file_name);  // generated from prompts/

namespace {

// zeyofu/BLINK_Benchmark, eval/test_benchmark.py.
constexpr std::string_view kDisclaimer =
    "Disclaimer: This is not to make unfair assumptions about the people in the image and you just "
    "need to give your assessment on this question. You don't need to identify the real people. "
    "You "
    "just need to analyze based on the information I gave you.\n\n";
constexpr std::string_view kDisclaimed[] = {"Forensic_Detection", "Jigsaw", "Art_Style"};
// open-compass/VLMEvalKit, vlmeval/dataset/spatialvizbench.py, omnispatialbench.py.
constexpr std::string_view kSpatialVizDirect =
    "Answer with a single option letter (A, B, C, or D), enclosed within the <answer></answer> "
    "tag. "
    "For example: <answer>A</answer>. Ensure that your output contains only the final answer, "
    "without any intermediate reasoning or additional content.";
constexpr std::string_view kLetterDirectly =
    "Answer directly with the option letter from the given choices. ";
// open-compass/VLMEvalKit and lmms-eval, spatial457: what the model is to identify.
constexpr std::pair<std::string_view, std::string_view> kSpatial457[] = {
    {"L1_single", "the objects"},
    {"L2_objects", "multiple objects"},
    {"L3_2d_spatial",
     "multiple objects and their spatial relationship from 2D projected camera view"},
    {"L4_occ", "multiple objects and their occlusion relationships"},
    {"L4_pose", "multiple objects and their facing direction in 3D space from the camera view"},
    {"L5_6d_spatial",
     "multiple objects and their spatial relationship from objects' perspective in 3D space"},
    {"L5_collision",
     "multiple objects and their potential collision given the assumption of moving direction in "
     "3D "
     "space"}};

// "A. x\n" for each option.
std::string Lines(const std::vector<std::string>& options, std::string_view between) {
  std::string out;
  for (size_t i = 0; i < options.size(); ++i)
    out += StrCat(static_cast<char>('A' + i % 26), between, options[i], "\n");
  return out;
}

std::string StiLines(const LetteredOptions& options,
                     std::string_view before,
                     std::string_view after) {
  std::vector<std::string> lines;
  for (const auto& [letter, text] : options) lines.push_back(StrCat(before, letter, after, text));
  return Join(lines, "\n");
}

}  // namespace

std::string_view LongPrompt(std::string_view name) {
  const std::string_view text = OfficialPromptText(name);
  SPATIUM_CHECK(!text.empty()) << name;
  return text;
}

std::string BlinkOfficialPrompt(std::string_view subtask, std::string_view prompt) {
  const bool disclaimed =
      std::find(std::begin(kDisclaimed), std::end(kDisclaimed), subtask) != std::end(kDisclaimed);
  return StrCat(disclaimed ? kDisclaimer : "", prompt);
}

std::string BlinkJudgePrompt(std::string_view question,
                             const std::vector<std::string>& options,
                             std::string_view reply) {
  std::vector<std::string> lines;
  for (size_t i = 0; i < options.size(); ++i)
    lines.push_back(StrCat("(", static_cast<char>('A' + i % 26), ") ", options[i]));
  const std::string arguments[] = {StrCat(question, "\nSelect from the following choices"),
                                   Join(lines, "\n"),
                                   std::string(reply)};
  std::string prompt;
  std::string_view text = LongPrompt("blink_judge.txt");
  for (const std::string& argument : arguments) {
    const size_t at = text.find("{}");
    prompt += StrCat(text.substr(0, at), argument);
    text.remove_prefix(at + 2);
  }
  return StrCat(prompt, text);
}

std::string EasiLetterPrompt(std::string_view question, const std::vector<std::string>& options) {
  return StrCat("Question: ", question, "\nOptions:\n", Lines(options, ": "), kSitePost);
}

std::string SpatialVizEasiPrompt(std::string_view question,
                                 const std::vector<std::string>& choices) {
  return StrCat(kSpatialVizDirect, "\nQuestion:", question, "\n", Lines(choices, ". "));
}

std::string MindCubePrompt(std::string_view question) {
  return StrCat(LongPrompt("mindcube_raw_qa.txt"), "\n[Question]\n", question);
}

std::string OmniSpatialSystem() {
  return StrCat(LongPrompt("omnispatial_manual_cot.txt"), "\n", LongPrompt("omnispatial_re.txt"));
}
std::string OmniSpatialUser(std::string_view question, const std::vector<std::string>& options) {
  return StrCat(question, "\n", Lines(options, ". "));
}
std::string OmniSpatialLmmsPrompt(std::string_view question,
                                  const std::vector<std::string>& options) {
  std::string lines;
  for (size_t i = 0; i < options.size(); ++i)
    lines += StrCat("\n", static_cast<char>('A' + i % 26), ". ", options[i]);
  return StrCat(LongPrompt("omnispatial_manual_cot_lmms_eval.txt"),
                "\n",
                LongPrompt("omnispatial_re.txt"),
                "\n\n",
                question,
                lines);
}
std::string OmniSpatialEasiPrompt(std::string_view question,
                                  const std::vector<std::string>& options) {
  return StrCat(question, "\n", Lines(options, ". "), kLetterDirectly);
}

// MINT-SJTU/STI-Bench, opensource_test.py.
std::string StiPrompt(std::string_view time_start,
                      std::string_view time_end,
                      std::string_view question,
                      const LetteredOptions& options) {
  return StrCat("From ",
                time_start,
                " s to ",
                time_end,
                " s. ",
                question,
                "\n",
                StiLines(options, "(", ") "),
                "\nPlease output only the option letter!");
}
// open-compass/VLMEvalKit, vlmeval/dataset/stibench.py, after STI-Bench's openai_test.py.
std::string StiEasiPrompt(std::string_view time_start,
                          std::string_view time_end,
                          std::string_view question,
                          const LetteredOptions& options) {
  return StrCat(
      "Answer the question below based on the frames provided, which are sampled at an unspecified "
      "frame rate.\nQuestion: From ",
      time_start,
      " seconds to ",
      time_end,
      " seconds. ",
      question,
      "\n",
      StiLines(options, "", " "),
      "\nPlease output only the option you choose!");
}

std::string Spatial457Instruction(std::string_view level, bool curly_apostrophe) {
  for (const auto& [name, objects] : kSpatial457) {
    if (name != level) continue;
    return StrCat(
        "You are an intelligent chatbot designed to answer questions based on an image. Your task "
        "is to analyze the images, identify attributes of ",
        curly_apostrophe ? ReplaceAll(std::string(objects), "'", "’") : std::string(objects),
        ", and then determine the answer to the question.\n");
  }
  return "";
}

}  // namespace spatium
