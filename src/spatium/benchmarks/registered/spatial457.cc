// Spatial457: rendered scenes of vehicles, seven types of question in five levels, answers in words
// (arXiv 2502.08636, CVPR 2025; Hub data set RyanWW/Spatial457, and lmms-lab-eval/Spatial457 as
// Parquet with a configuration per type). Official record: {"question_index": 100003, "question":
// "What color is the large bus?", "answer": "red", "image_filename": "superCLEVR_new_000001.png",
// "image": {...}}. An item's id is "L1_single_100003". Chance: that of another item's answer.
//
// Official: VLMEvalKit, which the authors' README names; it takes any subtype of the right vehicle.
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

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  std::vector<TableName> by_type, plain, in_questions;
  for (const std::string_view type : kTypes) {
    by_type.push_back({type, "test"});
    plain.push_back({"", type});
    in_questions.push_back({"questions", type});
  }
  DataFolder folder(data);
  return folder.ForEachRow({by_type, in_questions, plain, {{"", "test"}}, {{"", "Spatial457"}}},
                           [&](const DataFolder::Row& row) -> Result<void> {
                             const Json& fields = row.fields;
                             Item item;
                             item.task = FieldText(fields, "category");
                             for (const std::string_view name : {row.table.config, row.table.split})
                               if (item.task.empty() && name.starts_with('L'))
                                 item.task = std::string(name);
                             if (item.task.empty()) {
                               SPATIUM_TRY(item.task, NeedText(fields, "category", row.where));
                             }
                             std::string number = FieldText(fields, "index");  // VLMEvalKit's copy
                             if (number.empty()) {
                               SPATIUM_TRY(number, NeedText(fields, "question_index", row.where));
                             }
                             SPATIUM_TRY(item.question, NeedText(fields, "question", row.where));
                             SPATIUM_TRY(item.answer, NeedText(fields, "answer", row.where));
                             item.id = StrCat(item.task, "_", number);
                             item.fields = Json::MakeObject({{"level", item.task.substr(0, 2)}});
                             SPATIUM_TRY(item.media, folder.Images(fields, "image"));
                             if (item.media.empty()) {
                               SPATIUM_TRY(const std::string name,
                                           NeedText(fields, "image_filename", row.where));
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
  const py::Str answer =
      profile == Profile::kOfficial ? Spatial457KitAnswer(text) : Spatial457Answer(text);
  const bool right = profile == Profile::kOfficial ? Spatial457KitCorrect(gold, answer)
                     : profile == Profile::kLmmsEval
                         ? Spatial457Correct(py::Strip(gold), answer).value_or(false)
                         : Spatial457StrictCorrect(gold, text);
  return {.outcome = Outcome::kScored,
          .score = right ? 1.0 : 0.0,
          .parsed = Json(py::ToUtf8(py::View(answer).substr(0, 200)))};
}

constexpr std::string_view kGroupings[] = {"level"};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_spatial457() {
  static const BenchmarkInfo kInfo{
      .summary = "Spatial457, rendered scenes, seven types of question in five levels",
      .hub =
          "Hub data set lmms-lab-eval/Spatial457; put its folders (L1_single/test-*.parquet, ...) "
          "into "
          "FOLDER",
      .schema =
          "unconfirmed: fields are those of lmms-eval's task; how RyanWW/Spatial457 names its "
          "files "
          "could not be seen",
      .unit = "percent",
      .profiles = kChoiceProfilesWithoutEasi,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .groupings = kGroupings};
  return kInfo;
}

}  // namespace spatium
