// Spatial457: rendered scenes of vehicles, seven types of question in five levels, answers in words
// (arXiv 2502.08636, CVPR 2025, Apache-2.0; Hub data set RyanWW/Spatial457:
// questions/L1_single.json and so on, pictures in images/; as Parquet with a configuration per type
// RyanWW/Spatial457-v2 and lmms-lab-eval/Spatial457). Official record: {"question_index": 100003,
// "question": "What color is the large bus?", "answer": "red", "image_filename":
// "superCLEVR_new_000001.png", "image": {...}}. An item's id is "L1_single_100003". Chance: that of
// another item's answer.
//
// The authors' files answer a question of existence with true or false ("True", "False" as text),
// which is Yes or No in the prompt and in VLMEvalKit's copy, and one of them writes its type in
// another case (L3_2D_spatial).
//
// Official, and EASI's: VLMEvalKit, which the authors' README names; it takes any subtype of the
// right vehicle.
#include "spatium/metrics/spatial457.h"

#include "spatium/base/text.h"
#include "spatium/benchmarks/choice_score.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {
namespace {

constexpr std::string_view kTypes[] = {"L1_single",
                                       "L2_objects",
                                       "L3_2d_spatial",
                                       "L4_occ",
                                       "L4_pose",
                                       "L5_6d_spatial",
                                       "L5_collision"};

// Of a table's name: "L3_2D_spatial" is "L3_2d_spatial"; "" for anything else.
std::string TypeOf(std::string_view name) {
  for (const std::string_view type : kTypes)
    if (ToLower(type) == ToLower(name)) return std::string(type);
  return "";
}

Result<std::string> AnswerOf(const DataFolder::Row& row) {
  const Json* answer = row.fields.Find("answer");
  if (answer != nullptr && answer->IsBool()) return std::string(answer->AsBool() ? "Yes" : "No");
  SPATIUM_TRY(std::string text, NeedText(row.fields, "answer", row.where));
  if (text == "True") return std::string("Yes");
  if (text == "False") return std::string("No");
  return text;
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  std::vector<TableName> by_type, validation, plain, in_questions;
  for (const std::string_view type : kTypes) {
    for (const std::string_view config : {type, std::string_view("L3_2D_spatial")}) {
      if (config != type && type != "L3_2d_spatial") continue;
      by_type.push_back({config, "test"});
      validation.push_back({config, "validation"});
      plain.push_back({"", config});
      in_questions.push_back({"questions", config});
    }
  }
  DataFolder folder(data);
  return folder.ForEachRow(
      {by_type, validation, in_questions, plain, {{"", "test"}}, {{"", "Spatial457"}}},
      [&](const DataFolder::Row& row) -> Result<void> {
        const Json& fields = row.fields;
        Item item;
        item.task = FieldText(fields, "category");
        for (const std::string_view name : {row.table.config, row.table.split})
          if (item.task.empty()) item.task = TypeOf(name);
        if (item.task.empty()) {
          SPATIUM_TRY(item.task, NeedText(fields, "category", row.where));
        }
        std::string number = FieldText(fields, "index");  // VLMEvalKit's copy
        if (number.empty()) {
          SPATIUM_TRY(number, NeedText(fields, "question_index", row.where));
        }
        SPATIUM_TRY(item.question, NeedText(fields, "question", row.where));
        SPATIUM_TRY(item.answer, AnswerOf(row));
        item.id = StrCat(item.task, "_", number);
        item.fields = Json::MakeObject({{"level", item.task.substr(0, 2)}});
        SPATIUM_TRY(item.media, folder.Images(fields, "image"));
        if (item.media.empty()) {
          SPATIUM_TRY(const std::string name, NeedText(fields, "image_filename", row.where));
          SPATIUM_TRY(item.media.emplace_back(),
                      folder.Media(MediaRef::Kind::kImage, "images/" + name));
        }
        return sink(std::move(item));
      });
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 512;
  if (profile == Profile::kLmmsEval)
    return PicturesThenText(item,
                            StrCat(Spatial457Instruction(item.task, false),
                                   item.question,
                                   "\n",
                                   LongPrompt("spatial457_lmms_eval.txt")),
                            kMaxTokens);
  Prompt prompt = PicturesThenText(item, item.question, kMaxTokens);
  prompt.user.insert(prompt.user.begin(), {.text = Spatial457Instruction(item.task, true)});
  prompt.user.push_back({.text = std::string(LongPrompt("spatial457_vlmevalkit.txt"))});
  return prompt;
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  const py::Str text = py::FromUtf8(reply), gold = py::FromUtf8(item.answer);
  const bool from_kit = profile == Profile::kOfficial || profile == Profile::kEasi;
  const py::Str answer = from_kit ? Spatial457KitAnswer(text) : Spatial457Answer(text);
  const bool right = from_kit ? Spatial457KitCorrect(gold, answer)
                     : profile == Profile::kLmmsEval
                         ? Spatial457Correct(py::Strip(gold), answer).value_or(false)
                         : Spatial457StrictCorrect(gold, text);
  return {.outcome = Outcome::kScored,
          .score = right ? 1.0 : 0.0,
          .parsed = Json(py::ToUtf8(py::View(answer).substr(0, 200)))};
}

constexpr std::string_view kGroupings[] = {"level"};

constexpr std::string_view kSsrl = "Spatial-SSRL, arXiv 2510.27606";
constexpr PublishedRow kPublished[] = {{"Spatial-SSRL-7B", 53.34, kSsrl},
                                       {"Spatial-SSRL-3B", 46.07, kSsrl},
                                       {"Qwen2.5-VL-7B", 44.67, kSsrl},
                                       {"Qwen2.5-VL-3B", 33.70, kSsrl}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_spatial457() {
  static const BenchmarkInfo kInfo{
      .summary = "Spatial457, rendered scenes, seven types of question in five levels",
      .hub =
          "Hub data set RyanWW/Spatial457; put its folders questions and images, or the folders of "
          "Parquet files of lmms-lab-eval/Spatial457 (L1_single/test-*.parquet, ...), into FOLDER",
      .schema =
          "confirmed: the Hub's list of files, its loading script and card, and lmms-eval's task",
      .unit = "percent",
      .profiles = kChoiceProfiles,
      .published = kPublished,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .groupings = kGroupings};
  return kInfo;
}

}  // namespace spatium
