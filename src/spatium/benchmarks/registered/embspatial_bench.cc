// EmbSpatial-Bench: 3,640 questions on six spatial relations in rooms of MP3D, AI2-THOR and ScanNet
// (arXiv 2406.05756, ACL 2024; Hub data sets Phineas476/EmbSpatial-Bench, JSON with pictures in
// base64, and FlagEval/EmbSpatial-Bench, Parquet). Official record: {"question_id": "mp3d_12",
// "question": "Which object is farthest?", "relation": "far", "image": "/9j/4AAQ...",
// "answer_options": ["lamp", "rug", "sofa", "door"], "answer": 2, "data_source": "mp3d",
// "scene_id": "...", "objects": [...]}. Chance: one over the number of options.
//
// The authors publish no script: official and strict ask as lmms-eval does, official reads letters
// as it does.

#include "spatium/base/text.h"
#include "spatium/benchmarks/choice_score.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {
namespace {

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  DataFolder folder(data);
  return folder.ForEachRow(
      {{{"", "test"}}, {{"", "embspatial_bench"}}, {{"", "embspatial-bench"}}},
      [&](const DataFolder::Row& row) -> Result<void> {
        const Json& fields = row.fields;
        Item item;
        SPATIUM_TRY(item.id, NeedText(fields, "question_id", row.where));
        SPATIUM_TRY(item.task, NeedText(fields, "relation", row.where));
        SPATIUM_TRY(item.question, NeedText(fields, "question", row.where));
        SPATIUM_TRY(item.answer, NeedText(fields, "answer", row.where));
        item.options = FieldTexts(fields, "answer_options");
        item.answer = GoldLetter(item);
        if (item.answer.empty())
          return Error{ErrorCode::kBadValue,
                       row.where + ": answer",
                       "the index of an option",
                       FieldText(fields, "answer")};
        item.fields = Json::MakeObject({{"data_source", FieldText(fields, "data_source")}});
        SPATIUM_TRY(item.media, folder.NeedImages(row, "image"));
        return sink(std::move(item));
      });
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 1024;
  return PicturesThenText(
      item,
      profile == Profile::kEasi
          ? EasiLetterPrompt(item.question, item.options)
          : EmbSpatialPrompt(item.question, item.options, {.pre = std::string(kLmmsEmbSpatial)}),
      kMaxTokens);
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  return ChoiceScore(item, reply, profile, FirstLetter);
}

constexpr std::string_view kGroupings[] = {"data_source"};
constexpr PublishedRow kPublished[] = {
    {"Qwen3-VL-4B-Instruct", 79.6, "Qwen3-VL report, arXiv 2511.21631"},
    {"Qwen3-VL-8B-Instruct", 78.5, "Qwen3-VL report, arXiv 2511.21631"},
    {"Gemini-2.5-Pro", 76.7, "RoboRefer, arXiv 2506.04308"},
    {"RoboRefer-8B-SFT", 72.5, "RoboRefer, arXiv 2506.04308"},
    {"GPT-4o", 63.4, "RoboRefer, arXiv 2506.04308"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_embspatial_bench() {
  static const BenchmarkInfo kInfo{
      .summary = "EmbSpatial-Bench, 3,640 questions on six relations in indoor scenes",
      .hub =
          "Hub data set FlagEval/EmbSpatial-Bench (data/test-*.parquet) or "
          "Phineas476/EmbSpatial-Bench (embspatial_bench.json); put it into FOLDER",
      .schema = "confirmed: the authors' README and lmms-eval's task",
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
