// ViewSpatial-Bench: 5,712 questions from the camera's and from a person's view, five types (arXiv
// 2505.21500; Hub data set lidingm/ViewSpatial-Bench, Apache-2.0; pictures of ScanNet and COCO
// under their own terms; types 1,773 / 1,105 / 996 / 996 / 842). Official record: {"question_type":
// "Camera perspective - Relative Direction", "image_path": ["ViewSpatial-Bench/scannetv2_val/
// scene0000_00/original_images/10.jpg"], "question": "Where is the chair from the desk?", "answer":
// "B. left", "choices": "A. right\nB. left\nC. front\nD. back"}. Records have no id: it is the
// row's number. Chance: one over the number of choices.

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
      {{{"", "ViewSpatial-Bench"}}, {{"", "test"}}},
      [&](const DataFolder::Row& row) -> Result<void> {
        const Json& fields = row.fields;
        Item item;
        item.id = FieldText(fields, "id");
        if (item.id.empty()) item.id = std::to_string(row.number);
        SPATIUM_TRY(item.task, NeedText(fields, "question_type", row.where));
        SPATIUM_TRY(item.question, NeedText(fields, "question", row.where));
        SPATIUM_TRY(item.answer, NeedText(fields, "answer", row.where));
        SPATIUM_TRY(const std::string choices, NeedText(fields, "choices", row.where));
        item.answer = GoldLetter(item);
        item.options = OptionsInText(choices);
        item.fields = Json::MakeObject({{"choices", choices}});
        SPATIUM_TRY(
            item.media,
            folder.NeedImages(row, fields.Find("image_path") != nullptr ? "image_path" : "images"));
        return sink(std::move(item));
      });
}

// The authors' script sends servers the text before the pictures.
Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 128;
  const std::string choices = FieldText(item.fields, "choices");
  if (profile == Profile::kLmmsEval || profile == Profile::kEasi)
    return PicturesThenText(item, ViewSpatialPrompt(item.question, choices), kMaxTokens);
  return TextThenPictures(item, ViewSpatialOfficialPrompt(item.question, choices), kMaxTokens);
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  return ChoiceScore(item, reply, profile, StandaloneLetterOfLastLine);
}

constexpr PublishedRow kPublished[] = {
    {"InternVL3-14B", 40.28, "ViewSpatial-Bench, arXiv 2505.21500"},
    {"Qwen2.5-VL-7B", 36.85, "ViewSpatial-Bench, arXiv 2505.21500"},
    {"GPT-4o", 34.98, "ViewSpatial-Bench, arXiv 2505.21500"},
    {"Gemini-2.0-Flash", 32.56, "ViewSpatial-Bench, arXiv 2505.21500"},
    {"Random", 26.33, "ViewSpatial-Bench, arXiv 2505.21500"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_viewspatial_bench() {
  static const BenchmarkInfo kInfo{
      .summary = "ViewSpatial-Bench, 5,712 questions from camera and person views, 5 types",
      .hub =
          "Hub data set lidingm/ViewSpatial-Bench; put ViewSpatial-Bench.json and its archives (or "
          "their folders) into FOLDER",
      .schema = "confirmed: the authors' JSON file and script",
      .unit = "percent",
      .profiles = kChoiceProfiles,
      .published = kPublished,
      .chance = 26.33,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem};
  return kInfo;
}

}  // namespace spatium
