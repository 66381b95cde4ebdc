// SITE-Bench: 8,068 questions on 13,172 pictures and 3,808 videos, gathered from 31 data sets, two
// to six options (arXiv 2505.05456; Hub data set franky-veteran/SITE-Bench; CC-BY-4.0;
// configurations image_test, 4,449, and video_test, 3,619; media in data_chunked_01.zip to
// data_chunked_15.zip, whose members are named as the records' paths). Official record:
// {"question": "Which way
// ...?", "options": ["left", "right", "up"], "answer": "B", "category": "counting & existence",
// "dataset": "SomeSet", "visual": ["images/SomeSet/1.jpg"]}. Chance: 0, for the score is adjusted
// by it.
//
// The official script draws a letter where it reads none. Here the draw is seeded by the item's id:
// not their letter, but the same one in every run; grouping "reading" counts them.
#include <algorithm>
#include <cmath>

#include "spatium/base/random.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/choice_score.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/prompt_layout.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {
namespace {

constexpr std::pair<std::string_view, std::string_view> kCategories[] = {
    {"counting & existence", "counting_and_existence"},
    {"object localization & positioning", "object_localization_and_positioning"},
    {"3d information understanding", "3d_information_understanding"},
    {"multi-view & cross-image reasoning", "multiview_and_crossimage_reasoning"},
    {"spatial relationship reasoning", "spatial_relationship_reasoning"},
    {"movement prediction & navigation", "movement_prediction_and_navigation"}};

bool IsVideo(std::string_view name) {
  for (const std::string_view ending : {".mp4", ".avi", ".mov", ".mkv", ".webm", ".MP4"})
    if (name.ends_with(ending)) return true;
  return false;
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  DataFolder folder(data);
  return folder.ForEachRow(
      {{{"", "image_test"}, {"", "video_test"}},
       {{"image_test", "test"}, {"video_test", "test"}},
       {{"", "test"}}},
      [&](const DataFolder::Row& row) -> Result<void> {
        const Json& fields = row.fields;
        Item item;
        SPATIUM_TRY(item.task, NeedText(fields, "category", row.where));
        SPATIUM_TRY(item.question, NeedText(fields, "question", row.where));
        SPATIUM_TRY(item.answer, NeedText(fields, "answer", row.where));
        item.answer = GoldLetter(item);
        item.options = FieldTexts(fields, "options");
        if (item.options.size() < 2)
          return Error{ErrorCode::kBadValue,
                       row.where + ": options",
                       "two options or more",
                       StrCat(item.options.size())};
        std::vector<std::string> names = FieldTexts(fields, "visual");
        if (names.empty()) {
          SPATIUM_TRY(names.emplace_back(), NeedText(fields, "visual", row.where));
        }
        const bool video = IsVideo(names[0]);
        for (const std::string& name : names) {
          SPATIUM_TRY(item.media.emplace_back(),
                      folder.Media(video ? MediaRef::Kind::kVideo : MediaRef::Kind::kImage, name));
        }
        item.id = FieldText(fields, "id");
        if (item.id.empty()) item.id = StrCat(video ? "video_" : "image_", row.number);
        item.fields = Json::MakeObject({{"dataset", FieldText(fields, "dataset")}});
        return sink(std::move(item));
      });
}

Prompt MakePrompt(const Item& item, Profile profile) {
  constexpr int kMaxTokens = 1024;
  const PromptSettings settings{.post = std::string(kSitePost)};
  if (!item.media.empty() && item.media[0].kind == MediaRef::Kind::kVideo)
    return PicturesThenText(
        item, SiteVideoPrompt(item.question, item.options, settings), kMaxTokens);
  return Interleaved(item,
                     SiteImagePrompt(item.question, item.options, item.media.size(), settings),
                     profile == Profile::kLmmsEval || profile == Profile::kEasi,
                     kMaxTokens);
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  // Without the number of options there is no chance to adjust by.
  if (item.options.size() < 2) return {.outcome = Outcome::kSkipped};
  if (profile == Profile::kStrict || profile == Profile::kEasi)
    return ChoiceScore(item, reply, profile, FirstLetter);
  std::vector<py::Str> choices;
  for (const std::string& letter : OptionLetters(item.options.size()))
    choices.push_back(py::FromUtf8(letter));
  Letter letter = SiteLetter(py::Strip(py::FromUtf8(reply)), choices);
  const bool drawn = !letter && !choices.empty();
  if (drawn) letter = RandomStream(0, {"site", item.id}).Choice(choices);
  ItemScore score = LetterScore(letter, GoldLetter(item));
  if (drawn) score.parsed = Json::MakeObject({{"drawn", score.parsed}});
  return score;
}

// Chance-adjusted accuracy: sum(x - 1/n) / sum(1 - 1/n), of all items and of each category.
Scores Aggregate(const ScoredItems& run, Profile) {
  static constexpr std::string_view kGroupings[] = {"dataset"};
  const Scores accuracy = MeanByTask(run, "percent", kGroupings);
  const NamedScores named = AggregateSite(QuestionsOf(run, ""));
  const auto value = [&](std::string_view name) {
    for (const auto& [key, score] : named)
      if (key == name) return score;
    return std::nan("");
  };
  Scores scores;
  scores.overall = {value("chance_adjusted_acc"), accuracy.overall.n};
  std::vector<std::pair<std::string, Score>> adjusted;
  for (const auto& [category, score] : accuracy.by[0].second)
    for (const auto& [name, key] : kCategories)
      if (name == category) adjusted.push_back({category, {value(StrCat(key, "_caa")), score.n}});
  Score drawn;
  for (size_t i = 0; i < run.size(); ++i) {
    if (run.score(i).parsed.Find("drawn") == nullptr) continue;
    drawn.value += 100 * run.score(i).score;
    ++drawn.n;
  }
  if (drawn.n > 0) drawn.value /= static_cast<double>(drawn.n);
  scores.by = {{"category", std::move(adjusted)}, {"accuracy", {{"all", accuracy.overall}}}};
  for (const auto& [grouping, list] : accuracy.by)
    scores.by.push_back({grouping == "task" ? "category_accuracy" : "dataset_accuracy", list});
  if (drawn.n > 0) {
    scores.by.push_back({"reading", {{"drawn", drawn}}});
    scores.notes.push_back(StrCat(
        "No letter was read from ",
        drawn.n,
        " replies: as in the official script one is drawn, here by the item's id, so that it "
        "is the same in every run."));
  }
  return scores;
}

constexpr PublishedRow kPublished[] = {
    {"Qwen2.5-VL-3B", 29.50, "SITE, arXiv 2505.05456"},
    {"Qwen2.5-VL-7B", 31.40, "SITE, arXiv 2505.05456"},
    {"Qwen2.5-VL-3B (pictures interleaved)", 33.10, "EASI, docs/Benchmark_Verification.md"},
    {"Qwen2.5-VL-7B (pictures interleaved)", 37.60, "EASI, docs/Benchmark_Verification.md"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_site() {
  static const BenchmarkInfo kInfo{
      .summary = "SITE-Bench, 8,068 questions on pictures and videos, chance-adjusted",
      .hub =
          "Hub data set franky-veteran/SITE-Bench; put the tables of image_test and video_test and "
          "data_chunked_01.zip to data_chunked_15.zip (or their folder data) into FOLDER",
      .schema =
          "confirmed: the fields (the authors' scripts) and the archives (public loaders); "
          "unconfirmed: what the two tables' files are called beside their configurations",
      .unit = "percent",
      .profiles = kChoiceProfiles,
      .published = kPublished,
      .chance = 0,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .aggregate = Aggregate};
  return kInfo;
}

}  // namespace spatium
