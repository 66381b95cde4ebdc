// BLINK: 14 tasks of seeing, val 1,901 and test 1,907 questions with one to four pictures (arXiv
// 2404.12390, ECCV 2024; Hub data set BLINK-Benchmark/BLINK, Apache-2.0; a configuration per task).
// Official record: {"idx": "val_Relative_Depth_3", "sub_task": "Relative_Depth", "question": "Which
// point is closer?", "prompt": "Two points are circled ...\n(A) A is closer\n(B) B is closer",
// "choices": ["A is closer", "B is closer"], "answer": "(A)", "image_1": {...}, "image_2": null,
// "image_3": null, "image_4": null}. Test answers are hidden. Chance: one over the number of
// choices.
//
// Official: the authors' rules read "(A)" and the like; where they do not decide, their script asks
// a language model, and without --judge the item is skipped.
#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/benchmarks/choice_score.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/prompt_layout.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {
namespace {

constexpr std::string_view kTasks[] = {"Art_Style",
                                       "Counting",
                                       "Forensic_Detection",
                                       "Functional_Correspondence",
                                       "IQ_Test",
                                       "Jigsaw",
                                       "Multi-view_Reasoning",
                                       "Object_Localization",
                                       "Relative_Depth",
                                       "Relative_Reflectance",
                                       "Semantic_Correspondence",
                                       "Spatial_Relation",
                                       "Visual_Correspondence",
                                       "Visual_Similarity"};
// The subsets that work on spatial reasoning reports (SpatialRGPT, RoboRefer, SAT).
constexpr std::string_view kSpatialTasks[] = {
    "Multi-view_Reasoning", "Relative_Depth", "Spatial_Relation"};

// "val_Art_Style_12" is of task Art_Style.
std::string TaskOfId(std::string_view id) {
  const size_t begin = id.find('_'), end = id.rfind('_');
  return begin == id.npos || end <= begin ? "" : std::string(id.substr(begin + 1, end - begin - 1));
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  std::vector<TableName> val, test;
  for (const std::string_view task : kTasks) {
    val.push_back({task, "val"});
    test.push_back({task, "test"});
  }
  DataFolder folder(data);
  return folder.ForEachRow(
      {val, {{"", "val"}}, test}, [&](const DataFolder::Row& row) -> Result<void> {
        const Json& fields = row.fields;
        Item item;
        SPATIUM_TRY(item.id, NeedText(fields, "idx", row.where));
        SPATIUM_TRY(item.answer, NeedText(fields, "answer", row.where));
        SPATIUM_TRY(const std::string prompt, NeedText(fields, "prompt", row.where));
        item.answer = GoldLetter(item);
        item.task = FieldText(fields, "sub_task");
        if (item.task.empty()) item.task = std::string(row.table.config);
        if (item.task.empty()) item.task = TaskOfId(item.id);
        item.question = FieldText(fields, "question");
        item.options = FieldTexts(fields, "choices");
        item.fields = Json::MakeObject({{"prompt", prompt}});
        for (const std::string_view key : {"image_1", "image_2", "image_3", "image_4"}) {
          SPATIUM_TRY(auto images, folder.Images(fields, key));
          for (MediaRef& image : images) item.media.push_back(std::move(image));
        }
        if (item.media.empty()) {
          SPATIUM_TRY(item.media, folder.NeedImages(row, "image_1"));
        }
        return sink(std::move(item));
      });
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 1024;
  const std::string prompt = FieldText(item.fields, "prompt");
  if (profile == Profile::kLmmsEval)
    return PicturesThenText(
        item,
        BlinkPrompt(item.options.size(), prompt, {.pre = std::string(kLmmsLettersOnly)}),
        kMaxTokens);
  if (profile == Profile::kEasi)
    return PicturesThenText(
        item,
        ThreeDsrPrompt(
            item.question, {item.options.begin(), item.options.end()}, {}),  // VLMEvalKit's
        kMaxTokens);
  return TextThenPictures(item, BlinkOfficialPrompt(item.task, prompt), kMaxTokens);
}

// "(B)" of the authors' rules, where they decide.
Letter RuleOf(const Item& item, std::string_view reply) {
  const size_t num_choices = item.options.empty() ? 5 : item.options.size();
  return BlinkChoice(py::FromUtf8(reply), num_choices);
}

// Theirs is compared as it stands: "(B) the second" of a judge is wrong, "(Z)" is its word for
// none.
ItemScore OfficialScore(const Item& item, std::string_view choice) {
  const std::string gold = GoldLetter(item);
  if (gold.empty()) return {.outcome = Outcome::kSkipped};
  if (choice.starts_with("(Z)"))
    return {.outcome = Outcome::kUnparsable, .score = 0, .parsed = Json(choice)};
  return {.outcome = Outcome::kScored,
          .score = choice == StrCat("(", gold, ")") ? 1.0 : 0.0,
          .parsed = Json(choice)};
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  if (profile == Profile::kEasi) return KitScore(item, reply);
  if (profile != Profile::kOfficial) return ChoiceScore(item, reply, profile, FirstLetter);
  if (reply.starts_with("(Z)")) return OfficialScore(item, reply);
  const Letter choice = RuleOf(item, reply);
  if (!choice) return {.outcome = Outcome::kSkipped};
  return OfficialScore(item, py::ToUtf8(*choice));
}

std::optional<Prompt> AskJudge(const Item& item, std::string_view reply, Profile profile) {
  if (profile != Profile::kOfficial || reply.starts_with("(Z)") || RuleOf(item, reply))
    return std::nullopt;
  Prompt prompt;
  prompt.user.push_back({.text = BlinkJudgePrompt(item.question, item.options, reply)});
  return prompt;
}

ItemScore Judged(const Item& item, std::string_view, std::string_view verdict, Profile) {
  return OfficialScore(item, verdict);
}

constexpr JudgeRule kJudge{.prompt = "confirmed: the authors' eval/multiple_choice.py",
                           .request = AskJudge,
                           .judged = Judged};

// The mean of the task means; also of the spatial ones alone.
Scores Aggregate(const ScoredItems& run, Profile) {
  Scores scores = MeanByTask(run, "percent");
  double sum = 0, spatial = 0;
  size_t num_spatial = 0, spatial_items = 0;
  for (const auto& [task, score] : scores.by[0].second) {
    sum += score.value;
    if (std::find(std::begin(kSpatialTasks), std::end(kSpatialTasks), task) ==
        std::end(kSpatialTasks))
      continue;
    spatial += score.value;
    spatial_items += score.n;
    ++num_spatial;
  }
  const size_t num = scores.by[0].second.size();
  scores.overall.value = num == 0 ? 0 : sum / static_cast<double>(num);
  if (num_spatial > 0)
    scores.by.push_back(
        {"subset", {{"spatial", {spatial / static_cast<double>(num_spatial), spatial_items}}}});
  return scores;
}

constexpr PublishedRow kPublished[] = {
    {"Human (val)", 95.7, "BLINK, arXiv 2404.12390"},
    {"GPT-4o (val)", 60.0, "BLINK repository, README"},
    {"GPT-4 Turbo (val)", 54.6, "BLINK repository, README"},
    {"GPT-4V (val)", 51.1, "BLINK, arXiv 2404.12390"},
    {"LLaVA-1.6-34B (val)", 46.8, "BLINK, arXiv 2404.12390"},
    {"Gemini Pro (val)", 45.2, "BLINK, arXiv 2404.12390"},
    {"Claude 3 Opus (val)", 44.1, "BLINK, arXiv 2404.12390"},
    {"Random (val)", 38.1, "BLINK, arXiv 2404.12390"},
    {"Qwen3-VL-8B-Instruct", 69.1, "Qwen3-VL report, arXiv 2511.21631"},
    {"InternVL3.5-8B", 59.5, "InternVL3.5 report, arXiv 2508.18265"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_blink() {
  static const BenchmarkInfo kInfo{
      .summary = "BLINK, 14 tasks of seeing (val 1,901); --tasks picks subsets",
      .hub =
          "Hub data set BLINK-Benchmark/BLINK; put its folders (Art_Style/val-*.parquet, ...) into "
          "FOLDER",
      .schema = "confirmed: the authors' script and lmms-eval's task",
      .unit = "percent",
      .profiles = kChoiceProfiles,
      .published = kPublished,
      .chance = 38.1,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .aggregate = Aggregate,
      .judge = &kJudge};
  return kInfo;
}

}  // namespace spatium
