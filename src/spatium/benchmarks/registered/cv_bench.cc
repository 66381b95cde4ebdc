// CV-Bench: 2,638 questions made from ADE20K, COCO (2D: Count, Relation) and Omni3D (3D: Depth,
// Distance) (Cambrian-1, arXiv 2406.16860; Hub data set nyu-visionx/CV-Bench, Apache-2.0; splits
// test_2d 1,438 and test_3d 1,200). Official record: {"idx": 3, "type": "2D", "task": "Count",
// "image": {...}, "question": "How many lamps are there?", "choices": ["1", "2", "3", "0"],
// "answer": "(B)", "prompt": "How many lamps ... Select from the following choices.\n(A) 1\n...",
// "source": "ADE20K"}. Chance: one over the number of choices.
//
// The authors publish the aggregate, not a parser: official reads letters as lmms-eval does.

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
      {{{"", "test"}}, {{"", "test_2d"}, {"", "test_3d"}}, {{"2D", "test"}, {"3D", "test"}}},
      [&](const DataFolder::Row& row) -> Result<void> {
        const Json& fields = row.fields;
        Item item;
        SPATIUM_TRY(item.id, NeedText(fields, "idx", row.where));
        SPATIUM_TRY(item.task, NeedText(fields, "task", row.where));
        SPATIUM_TRY(item.question, NeedText(fields, "question", row.where));
        SPATIUM_TRY(item.answer, NeedText(fields, "answer", row.where));
        SPATIUM_TRY(const std::string prompt, NeedText(fields, "prompt", row.where));
        SPATIUM_TRY(const std::string source, NeedText(fields, "source", row.where));
        item.answer = GoldLetter(item);
        item.options = FieldTexts(fields, "choices");
        item.fields = Json::MakeObject(
            {{"prompt", prompt}, {"source", source}, {"type", FieldText(fields, "type")}});
        SPATIUM_TRY(item.media, folder.NeedImages(row, "image"));
        return sink(std::move(item));
      });
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 1024;
  const std::string prompt = FieldText(item.fields, "prompt");
  return PicturesThenText(
      item,
      profile == Profile::kLmmsEval
          ? CvBenchPrompt(item.options.size(), prompt, {.pre = std::string(kLmmsLettersOnly)})
          : prompt,
      kMaxTokens);
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  if (profile == Profile::kEasi) return KitScore(item, reply);
  return ChoiceScore(item, reply, profile, FirstLetter);
}

// lmms-eval: all items alike. Else 2D and 3D alike, and in 2D the two sources alike; where a source
// is missing (the official code raises KeyError) the mean of what is there.
Scores Aggregate(const ScoredItems& run, Profile profile) {
  static constexpr std::string_view kGroupings[] = {"source", "type"};
  Scores scores = MeanByTask(run, "percent", kGroupings);
  if (profile == Profile::kLmmsEval) return scores;
  double micro = 0, official = 0;
  if (AggregateCvBench(QuestionsOf(run, "source"), micro, official)) {
    scores.overall.value = 100 * official;
    return scores;
  }
  double sum = 0, num = 0, sum_2d = 0, num_2d = 0;
  if (scores.by.size() < 2) return scores;  // no sources are known
  for (const auto& [source, score] : scores.by[1].second) {
    (source == "Omni3D" ? sum : sum_2d) += score.value;
    ++(source == "Omni3D" ? num : num_2d);
  }
  if (num_2d > 0) {
    sum += sum_2d / num_2d;
    ++num;
  }
  if (num > 0) scores.overall.value = sum / num;
  return scores;
}

constexpr PublishedRow kPublished[] = {
    {"RoboRefer-8B-SFT: 2D relation", 96.9, "RoboRefer, arXiv 2506.04308"},
    {"RoboRefer-8B-SFT: 3D depth", 98.3, "RoboRefer, arXiv 2506.04308"},
    {"RoboRefer-8B-SFT: 3D distance", 93.5, "RoboRefer, arXiv 2506.04308"},
    {"Gemini-2.5-Pro: 2D relation", 93.5, "RoboRefer, arXiv 2506.04308"},
    {"Gemini-2.5-Pro: 3D depth", 91.0, "RoboRefer, arXiv 2506.04308"},
    {"Gemini-2.5-Pro: 3D distance", 90.7, "RoboRefer, arXiv 2506.04308"},
    {"GPT-4o: 2D relation", 84.6, "RoboRefer, arXiv 2506.04308"},
    {"GPT-4o: 3D depth", 86.5, "RoboRefer, arXiv 2506.04308"},
    {"GPT-4o: 3D distance", 83.3, "RoboRefer, arXiv 2506.04308"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_cv_bench() {
  static const BenchmarkInfo kInfo{
      .summary = "CV-Bench, 2,638 questions on pictures of ADE20K, COCO and Omni3D",
      .hub =
          "Hub data set nyu-visionx/CV-Bench; put test_2d.parquet and test_3d.parquet into FOLDER",
      .schema = "confirmed: the data set's card and lmms-eval's task",
      .unit = "percent",
      .profiles = kChoiceProfiles,
      .published = kPublished,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .aggregate = Aggregate};
  return kInfo;
}

}  // namespace spatium
