// MMSI-Bench: 1,000 questions, each on two or more pictures, eleven categories (arXiv 2505.23764;
// Hub data set RunsenXu/MMSI-Bench, CC BY-NC 4.0; one test split). Official record: {"id": 4,
// "images": [bytes, bytes], "question_type": "Positional Relationship (Cam.-Obj.)", "question":
// "The pictures were taken ... Options: A: Left, B: Right, C: Front, D: Back", "answer": "C",
// "thought": "..."}. Chance: 25.
#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/benchmarks/choice_score.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {
namespace {

// The card writes hyphens where the paper has en dashes; one category, one name.
std::string Category(std::string name) {
  return name.starts_with("Positional Relationship") ? ReplaceAll(std::move(name), "-", "–") : name;
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  DataFolder folder(data);
  return folder.ForEachRow({{{"", "MMSI_Bench"}}, {{"", "MMSI_bench"}}, {{"", "test"}}},
                           [&](const DataFolder::Row& row) -> Result<void> {
                             const Json& fields = row.fields;
                             Item item;
                             SPATIUM_TRY(item.id, NeedText(fields, "id", row.where));
                             SPATIUM_TRY(item.task, NeedText(fields, "question_type", row.where));
                             SPATIUM_TRY(item.question, NeedText(fields, "question", row.where));
                             SPATIUM_TRY(item.answer, NeedText(fields, "answer", row.where));
                             item.task = Category(std::move(item.task));
                             item.options = OptionsInText(item.question);
                             SPATIUM_TRY(item.media, folder.NeedImages(row, "images"));
                             return sink(std::move(item));
                           });
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 2048;
  const std::string post = StrCat("\n", kMmsiPost);
  return PicturesThenText(item,
                          profile == Profile::kLmmsEval ? MmsiPrompt(item.question, {.post = post})
                                                        : StrCat(item.question, post),
                          kMaxTokens);
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  if (profile == Profile::kStrict || profile == Profile::kEasi)
    return ChoiceScore(item, reply, profile, FirstLetter);
  const auto score = MmsiScore(py::FromUtf8(reply), py::FromUtf8(item.answer));
  if (!score) return {.outcome = Outcome::kUnparsable};
  return {.outcome = Outcome::kScored, .score = *score, .parsed = Json(reply.substr(0, 200))};
}

constexpr PublishedRow kPublished[] = {
    {"Human", 97.2, "MMSI-Bench repository, README"},
    {"o3", 41.0, "MMSI-Bench repository, README"},
    {"GPT-4.5", 40.3, "MMSI-Bench repository, README"},
    {"Gemini-2.5-Pro", 36.9, "MMSI-Bench repository, README"},
    {"Qwen2.5-VL-72B", 30.7, "MMSI-Bench repository, README"},
    {"GPT-4o", 30.3, "MMSI-Bench repository, README"},
    {"InternVL3-78B", 28.5, "MMSI-Bench repository, README"},
    {"Qwen2.5-VL-3B", 26.5, "MMSI-Bench repository, README"},
    {"Qwen2.5-VL-7B", 25.9, "MMSI-Bench repository, README"},
    {"Random", 25.0, "MMSI-Bench repository, README"},
    {"GPT-4o without pictures", 22.7, "MMSI-Bench repository, README"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_mmsi_bench() {
  static const BenchmarkInfo kInfo{
      .summary = "MMSI-Bench, 1,000 questions on several pictures each, 11 categories",
      .hub = "Hub data set RunsenXu/MMSI-Bench; put MMSI_Bench.parquet into FOLDER",
      .schema = "confirmed: the authors' README and lmms-eval's task",
      .unit = "percent",
      .profiles = kChoiceProfiles,
      .published = kPublished,
      .chance = 25,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem};
  return kInfo;
}

}  // namespace spatium
