// SpatialViz-Bench: 1,180 generated questions of spatial visualisation, twelve tasks in four
// categories, two or three levels (arXiv 2507.07610, MIT; Hub data set
// PLM-Team/Spatial-Visualization-Benchmark; images.zip). Official record: {"Category":
// "MentalRotation", "Task": "2DRotation", "Level": "Level0", "Image_id": "3", "Question": "Which
// ...?", "Choices": ["A", "B", "C", "D"], "Answer": "C", "Explanation": "..."}; its picture is
// MentalRotation/2DRotation/Level0/3.png. An item's id is "MentalRotation-2DRotation-Level0-3".
// Chance: one over the number of choices.

#include "spatium/base/text.h"
#include "spatium/benchmarks/choice_score.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {
namespace {

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  DataFolder folder(data);
  return folder.ForEachRow({{{"", "test"}}}, [&](const DataFolder::Row& row) -> Result<void> {
    const Json& fields = row.fields;
    Item item;
    SPATIUM_TRY(const std::string category, NeedText(fields, "Category", row.where));
    SPATIUM_TRY(item.task, NeedText(fields, "Task", row.where));
    SPATIUM_TRY(const std::string level, NeedText(fields, "Level", row.where));
    SPATIUM_TRY(const std::string image, NeedText(fields, "Image_id", row.where));
    SPATIUM_TRY(item.question, NeedText(fields, "Question", row.where));
    SPATIUM_TRY(item.answer, NeedText(fields, "Answer", row.where));
    item.id = StrCat(category, "-", item.task, "-", level, "-", image);
    item.options = FieldTexts(fields, "Choices");
    item.fields = Json::MakeObject(
        {{"category", category}, {"level", StrCat(category, "-", item.task, "-", level)}});
    SPATIUM_TRY(item.media.emplace_back(),
                folder.Media(MediaRef::Kind::kImage,
                             StrCat(category, "/", item.task, "/", level, "/", image, ".png")));
    return sink(std::move(item));
  });
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 8192;
  if (profile == Profile::kLmmsEval)
    return PicturesThenText(item, SpatialVizPrompt(item.question, item.options), kMaxTokens);
  if (profile == Profile::kEasi)
    return PicturesThenText(item, SpatialVizEasiPrompt(item.question, item.options), kMaxTokens);
  Prompt prompt =
      PicturesThenText(item, SpatialVizOfficialPrompt(item.question, item.options), kMaxTokens);
  prompt.system = "You are a helpful assistant.";
  return prompt;
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  return ChoiceScore(item, reply, profile, [&](py::View text) {
    return SpatialVizLetter(text, profile == Profile::kOfficial);
  });
}

constexpr std::string_view kGroupings[] = {"category", "level"};
constexpr PublishedRow kPublished[] = {
    {"Qwen2.5-VL-7B", 30.76, "EASI, docs/Benchmark_Verification.md (paper)"},
    {"InternVL3-8B", 30.25, "EASI, docs/Benchmark_Verification.md (paper)"},
    {"InternVL3-8B (reasoning)", 30.08, "EASI, docs/Benchmark_Verification.md (paper)"},
    {"Qwen2.5-VL-7B (reasoning)", 27.97, "EASI, docs/Benchmark_Verification.md (paper)"},
    {"Qwen2.5-VL-3B", 26.10, "EASI, docs/Benchmark_Verification.md (paper)"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_spatialviz() {
  static const BenchmarkInfo kInfo{
      .summary = "SpatialViz-Bench, 1,180 questions of spatial visualisation, twelve tasks",
      .hub =
          "Hub data set PLM-Team/Spatial-Visualization-Benchmark; put "
          "test-00000-of-00001.parquet and images.zip (or its folders) into FOLDER",
      .schema = "confirmed: the Hub's list of files, the authors' script and lmms-eval's task",
      .unit = "percent",
      .profiles = kChoiceProfiles,
      .published = kPublished,
      .chance = 25,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .groupings = kGroupings};
  return kInfo;
}

}  // namespace spatium
