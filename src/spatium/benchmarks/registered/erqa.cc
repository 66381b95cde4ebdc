// ERQA: 400 questions of embodied reasoning, eight types, one to several pictures (Gemini Robotics,
// arXiv 2503.20020; code embodiedreasoning/ERQA, Apache-2.0; Hub data set FlagEval/ERQA, Parquet).
// Official record: {"question_id": "ERQA_12", "question": "Which arm ...? Choices: A. left. B.
// right. C. both. D. neither. Please answer directly with only the letter of the correct option and
// nothing else.", "question_type": "Action Reasoning", "answer": "B", "visual_indices": [0],
// "images":
// [{...}]}. Chance: one over the number of choices.
//
// A picture stands in the question at its visual index, counted in characters; 0 is in front.
// lmms-eval puts all in front. Its letter is that of release 0.7.3 (ranked candidates); what the
// 0.7.2 wheel reads, the first letter, stands beside it as a variant.
#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/benchmarks/choice_score.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/prompt_layout.h"

namespace spatium {
namespace {

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  DataFolder folder(data);
  return folder.ForEachRow({{{"", "test"}}}, [&](const DataFolder::Row& row) -> Result<void> {
    const Json& fields = row.fields;
    Item item;
    SPATIUM_TRY(item.id, NeedText(fields, "question_id", row.where));
    SPATIUM_TRY(item.task, NeedText(fields, "question_type", row.where));
    SPATIUM_TRY(item.question, NeedText(fields, "question", row.where));
    SPATIUM_TRY(item.answer, NeedText(fields, "answer", row.where));
    item.answer = GoldLetter(item);
    item.options = OptionsInText(item.question);
    SPATIUM_TRY(item.media, folder.NeedImages(row, "images"));
    item.fields = Json::MakeObject({});
    if (const Json* indices = fields.Find("visual_indices");
        indices != nullptr && indices->IsArray())
      item.fields.Set("visual_indices", *indices);
    return sink(std::move(item));
  });
}

// Pictures by their index, those of equal ones in the record's order.
Prompt AtVisualIndices(const Item& item, const Json::Array& indices, int max_tokens) {
  const py::Str text = py::FromUtf8(item.question);
  std::vector<std::pair<size_t, int>> places;
  for (size_t i = 0; i < indices.size(); ++i) {
    const int64_t at = indices[i].IsInt() ? std::max<int64_t>(indices[i].AsInt(), 0) : 0;
    places.emplace_back(std::min(static_cast<size_t>(at), text.size()), static_cast<int>(i));
  }
  std::sort(places.begin(), places.end());
  Prompt prompt;
  prompt.sampling.max_tokens = max_tokens;
  size_t done = 0;
  const auto add_text = [&](size_t end) {
    if (end > done) prompt.user.push_back({.text = py::ToUtf8(text.substr(done, end - done))});
    done = std::max(done, end);
  };
  for (const auto& [at, media] : places) {
    add_text(at);
    prompt.user.push_back({.media_idx = media});
  }
  add_text(text.size());
  return prompt;
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 1024;
  const Json* indices = item.fields.Find("visual_indices");
  if (profile == Profile::kLmmsEval || indices == nullptr ||
      indices->AsArray().size() != item.media.size())
    return PicturesThenText(item, item.question, kMaxTokens);
  return AtVisualIndices(item, indices->AsArray(), kMaxTokens);
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  static const std::vector<py::Str> kChoices = {U"A", U"B", U"C", U"D"};
  ItemScore score = ChoiceScore(
      item, reply, profile, [](py::View text) { return Letter(RankedLetter(text, kChoices)); });
  if (profile == Profile::kLmmsEval)
    NoteVariant("lmms-eval 0.7.2", ChoiceScore(item, reply, profile, FirstLetter), score);
  return score;
}

Scores Aggregate(const ScoredItems& run, Profile) {
  Scores scores = MeanByTask(run, "percent");
  AddVariants(run, scores);
  return scores;
}

constexpr PublishedRow kPublished[] = {
    {"Qwen3-VL-8B-Instruct", 45.8, "Qwen3-VL report, arXiv 2511.21631"},
    {"Qwen3-VL-8B-Instruct (EASI)", 43.0, "EASI, docs/Benchmark_Verification.md"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_erqa() {
  static const BenchmarkInfo kInfo{
      .summary = "ERQA, 400 questions of embodied reasoning, eight types",
      .hub = "Hub data set FlagEval/ERQA; put its data/test-*.parquet into FOLDER/data",
      .schema =
          "confirmed: lmms-eval's task and EASI's; the authors' own script could not be reached, "
          "so official reads letters as lmms-eval does",
      .unit = "percent",
      .profiles = kChoiceProfiles,
      .published = kPublished,
      .chance = 25,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .aggregate = Aggregate};
  return kInfo;
}

}  // namespace spatium
