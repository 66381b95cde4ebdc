// OmniSpatial: 1,533 questions on 1,387 pictures, four dimensions and ten sub-tasks (arXiv
// 2506.03135; Hub data set qizekun/OmniSpatial, CC BY-NC 4.0; OmniSpatial-test.zip).
// Official record: {"id": "12_0", "question": "Which car ...?", "options": ["the red one", "the
// blue one", "the van", "none"], "answer": 1, "task_type": "Dynamic_Reasoning", "sub_task_type":
// "Motion_Analysis"}; its picture is Dynamic_Reasoning/12.png. Ids are unique within a task type:
// an item's is "Dynamic_Reasoning_12_0". Chance: one over the number of options.
//
// Official: prompt type manual_cot, answer type re, whose default is "A"; the paper's figures are
// means of five runs, this is one.

#include "spatium/base/text.h"
#include "spatium/benchmarks/choice_score.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/prompt_layout.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {
namespace {

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  DataFolder folder(data);
  return folder.ForEachRow(
      {{{"OmniSpatial-test", "data"}}, {{"", "data"}}, {{"", "test"}}},
      [&](const DataFolder::Row& row) -> Result<void> {
        const Json& fields = row.fields;
        Item item;
        SPATIUM_TRY(const std::string id, NeedText(fields, "id", row.where));
        SPATIUM_TRY(const std::string type, NeedText(fields, "task_type", row.where));
        SPATIUM_TRY(item.task, NeedText(fields, "sub_task_type", row.where));
        SPATIUM_TRY(item.question, NeedText(fields, "question", row.where));
        // lmms-eval's copy has the letter as "gt".
        item.answer = FieldText(fields, "gt");
        if (item.answer.empty()) {
          SPATIUM_TRY(item.answer, NeedText(fields, "answer", row.where));
        }
        item.id = StrCat(type, "_", id);
        item.answer = GoldLetter(item);
        item.options = FieldTexts(fields, "options");
        item.fields = Json::MakeObject({{"task_type", type}});
        SPATIUM_TRY(item.media, folder.Images(fields, "image"));
        if (item.media.empty()) {
          const std::string path = FieldText(fields, "image_path");
          SPATIUM_TRY(
              item.media.emplace_back(),
              folder.Media(
                  MediaRef::Kind::kImage,
                  path.empty() ? StrCat(type, "/", id.substr(0, id.find('_')), ".png") : path));
        }
        return sink(std::move(item));
      });
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 8192;
  if (profile == Profile::kLmmsEval)
    return PicturesThenText(item, OmniSpatialLmmsPrompt(item.question, item.options), kMaxTokens);
  if (profile == Profile::kEasi)
    return PicturesThenText(item, OmniSpatialEasiPrompt(item.question, item.options), kMaxTokens);
  Prompt prompt = TextThenPictures(item, OmniSpatialUser(item.question, item.options), kMaxTokens);
  prompt.system = OmniSpatialSystem();
  return prompt;
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  return ChoiceScore(item, reply, profile, [](py::View text) {
    return Letter(OmniSpatialLetter(text, OmniSpatialFormat::kRe));
  });
}

// Baselines answer as the prompt asks: the official rule takes anything else for "A".
std::string InForm(const std::string& letter) { return "Answer: " + letter; }
std::string Oracle(const Item& item) { return InForm(GoldLetter(item)); }
std::vector<std::string> Choices(const Item& item) {
  std::vector<std::string> replies = OptionLetters(item.options.size());
  for (std::string& reply : replies) reply = InForm(reply);
  return replies;
}

constexpr std::string_view kGroupings[] = {"task_type"};
constexpr PublishedRow kPublished[] = {
    {"Human", 92.6, "OmniSpatial repository, README"},
    {"o3", 56.3, "OmniSpatial repository, README"},
    {"Gemini-2.5-Pro", 55.2, "OmniSpatial repository, README"},
    {"InternVL3-8B", 41.6, "EASI, docs/Benchmark_Verification.md (paper)"},
    {"Qwen2.5-VL-7B", 40.3, "EASI, docs/Benchmark_Verification.md (paper)"},
    {"Qwen2.5-VL-3B", 40.3, "EASI, docs/Benchmark_Verification.md (paper)"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_omnispatial() {
  static const BenchmarkInfo kInfo{
      .summary = "OmniSpatial, 1,533 questions in four dimensions and ten sub-tasks",
      .hub =
          "Hub data set qizekun/OmniSpatial; put OmniSpatial-test.zip (or its folder) into FOLDER",
      .schema = "confirmed: the authors' README and script",
      .unit = "percent",
      .profiles = kChoiceProfiles,
      .published = kPublished,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .oracle = Oracle,
      .choices = Choices,
      .groupings = kGroupings};
  return kInfo;
}

}  // namespace spatium
