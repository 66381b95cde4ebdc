// ScanQA: questions about ScanNet rooms with several free answers (ScanQA, CVPR 2022; its JSON
// under CC BY-NC-SA 3.0, rooms ScanNet's): 25,563 training and 4,675 validation questions; the two
// test files hold no answers. Official record of ScanQA_v1.0_val.json: {"scene_id": "scene0011_00",
// "question_id": "val-scene0011-0", "question": "What color is the chair?", "answers": ["brown",
// "dark brown"], "object_ids": [8], "object_names": ["chair"]}. Chance: not published.
//
// The overall score is EM@1. official is the authors' score.py, which compares raw text; a reply
// may be one answer, or {"answer_top10": [...]} or a JSON list for EM@10. The report has its
// caption metrics (PTB tokens) and the exact matches of LEO, Chat-Scene and Video-3D-LLM beside it.
// strict compares cleaned answers.
#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/benchmarks/caption_family.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/scene_frames.h"
#include "spatium/dataset/table.h"
#include "spatium/metrics/answer_match.h"
#include "spatium/metrics/ptb.h"
#include "spatium/metrics/robospatial.h"

namespace spatium {
namespace {

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  const Path json = data / "ScanQA_v1.0_val.json";
  SPATIUM_TRY(
      const auto table,
      std::filesystem::is_regular_file(json) ? OpenTable(json) : OpenSplit(data, "", "val"));
  const Path folder = std::filesystem::is_directory(data) ? data : data.parent_path();
  size_t number = 0;
  return ForEachRow(*table, [&](const Json& row) -> Result<void> {
    const std::string where = StrCat(data.string(), ": row ", number++);
    Item item;
    SPATIUM_TRY(item.id, NeedText(row, "question_id", where));
    SPATIUM_TRY(item.question, NeedText(row, "question", where));
    SPATIUM_TRY(const std::string scene, NeedText(row, "scene_id", where));
    SPATIUM_TRY(const auto answers, JsonCursor(row, where).At("answers"));
    SPATIUM_TRY(const auto list, answers.Items());
    if (list.empty()) return answers.Expected("at least one answer");
    for (const JsonCursor& answer : list)
      if (!answer.value().IsString()) return answer.Expected("a string");
    item.task = ScanQaQuestionClass(py::FromUtf8(item.question));
    item.answer = list[0].value().AsString();
    item.gold = answers.value();
    item.fields = Json::MakeObject({{"scene_id", scene}});
    item.media = SceneFrames(folder, scene);
    return sink(std::move(item));
  });
}

Prompt MakePrompt(const Item& item, Profile) {
  constexpr int kMaxTokens = 512;
  return PicturesThenText(
      item, StrCat(" ", item.question, " Answer the question simply."), kMaxTokens);
}

std::vector<py::Str> GoldOf(const Item& item) {
  std::vector<py::Str> gold;
  if (item.gold.IsArray())
    for (const Json& answer : item.gold.AsArray())
      if (answer.IsString()) gold.push_back(py::FromUtf8(answer.AsString()));
  if (gold.empty()) gold.push_back(py::FromUtf8(item.answer));
  return gold;
}

std::vector<py::Str> CleanAll(const std::vector<py::Str>& answers) {
  std::vector<py::Str> cleaned;
  for (const py::Str& answer : answers) cleaned.push_back(CleanAnswer(answer));
  return cleaned;
}

// The ten best answers, the best first; a plain reply is one.
std::vector<py::Str> AnswersOf(std::string_view reply) {
  constexpr size_t kTop = 10;
  if (const std::string_view text = Trim(reply); text.starts_with('[') || text.starts_with('{'))
    if (const auto json = Json::Parse(text, "reply")) {
      const Json* list = json->IsArray() ? &*json : json->Find("answer_top10");
      std::vector<py::Str> answers;
      if (list != nullptr && list->IsArray())
        for (const Json& answer : list->AsArray())
          if (answer.IsString() && answers.size() < kTop)
            answers.push_back(py::FromUtf8(CutCaption(answer.AsString())));
      if (!answers.empty()) return answers;
    }
  return {py::FromUtf8(CutCaption(reply))};
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  const std::vector<py::Str> answers = AnswersOf(reply), gold = GoldOf(item);
  Json texts = Json::MakeArray();
  for (const py::Str& answer : answers) texts.Push(py::ToUtf8(answer));
  ItemScore score{.outcome = Outcome::kScored, .score = 0, .parsed = std::move(texts)};
  if (profile == Profile::kStrict) {
    const py::Str cleaned = CleanAnswer(RemoveThinking(answers[0]));
    if (py::Strip(cleaned).empty())
      score.outcome = Outcome::kUnparsable;
    else
      score.score = MatchLeo(cleaned, CleanAll(gold)).em;
    return score;
  }
  for (const py::Str& answer : gold)
    if (answer == answers[0]) score.score = 1;
  return score;
}

// All answers of the replies that are scored, with their questions.
struct Answered {
  std::vector<std::vector<py::Str>> answers, gold;
};
Answered Collect(std::span<const Item> items, std::span<const ItemScore> scores) {
  Answered all;
  for (size_t i = 0; i < items.size(); ++i) {
    if (!scores[i].parsed.IsArray()) continue;
    std::vector<py::Str>& answers = all.answers.emplace_back();
    for (const Json& text : scores[i].parsed.AsArray())
      answers.push_back(py::FromUtf8(text.AsString()));
    all.gold.push_back(GoldOf(items[i]));
  }
  return all;
}

// How other code bases count the same answers: percent.
std::vector<std::pair<std::string, Score>> Conventions(const Answered& all) {
  double leo = 0, leo_refined = 0, chat = 0, chat_refined = 0, video = 0;
  for (size_t i = 0; i < all.answers.size(); ++i) {
    const py::Str& reply = all.answers[i][0];
    const std::vector<py::Str>& gold = all.gold[i];
    const ExactMatch a = MatchLeo(CleanAnswer(reply), CleanAll(gold));
    const ExactMatch b = MatchChatScene(CleanAnswer(ChatScenePrediction(reply)), gold);
    leo += a.em;
    leo_refined += a.refined;
    chat += b.em;
    chat_refined += b.refined;
    video += std::find(gold.begin(), gold.end(), reply) != gold.end() ? 1 : 0;
  }
  const size_t n = all.answers.size();
  const auto percent = [&](double hits) { return Score{100 * hits / static_cast<double>(n), n}; };
  return {{"LEO EM", percent(leo)},
          {"LEO EM-R", percent(leo_refined)},
          {"Chat-Scene EM", percent(chat)},
          {"Chat-Scene EM-R", percent(chat_refined)},
          {"Video-3D-LLM EM", percent(video)}};
}

std::vector<CaptionItem> Captions(const Answered& all, bool ptb) {
  std::vector<CaptionItem> captions;
  for (size_t i = 0; i < all.answers.size(); ++i) {
    CaptionItem& item = captions.emplace_back();
    // Video-3D-LLM strips final dots of the prediction and tokenises nothing.
    const auto text = [&](py::View answer) {
      return ptb ? PtbTokenize(ReplaceAll(py::ToUtf8(answer), "\n", " ")) : py::ToUtf8(answer);
    };
    const py::View reply = all.answers[i][0];
    item.prediction = text(ptb ? reply : py::RStrip(reply, U"."));
    for (const py::Str& answer : all.gold[i]) item.references.push_back(text(answer));
  }
  return captions;
}

Scores Corpus(std::span<const Item> items, std::span<ItemScore> scores, Profile, unsigned threads) {
  Scores extra;
  const Answered all = Collect(items, scores);
  if (all.answers.empty()) return extra;
  std::vector<ScanQaItem> rows;
  for (size_t i = 0; i < all.answers.size(); ++i) rows.push_back({all.answers[i], all.gold[i]});
  const ScanQaScores official = ScanQaOfficial(rows);
  const size_t n = rows.size();
  std::vector<std::pair<std::string, Score>> metrics;
  if (official.error.empty())
    metrics = {
        {"EM@1", {official.em1, n}}, {"EM@10", {official.em10, n}}, {"F-value", {official.f1, n}}};
  else
    extra.notes.push_back(StrCat("the official script would end with ", official.error));
  const std::vector<CaptionItem> corpora[] = {Captions(all, true), Captions(all, false)};
  const std::vector<CaptionScores> captions = ScoreCaptions(corpora, threads);
  std::copy(captions[0].metrics.begin(), captions[0].metrics.end(), std::back_inserter(metrics));
  extra.by.emplace_back("metric", std::move(metrics));
  extra.by.emplace_back("metric (Video-3D-LLM's tokens)", captions[1].metrics);
  extra.by.emplace_back("convention", Conventions(all));
  extra.notes.push_back(captions[0].meteor_note);
  return extra;
}

constexpr Profile kProfiles[] = {Profile::kOfficial, Profile::kStrict};
constexpr PublishedRow kPublished[] = {{"GS-Reasoner", 29.9, "GS-Reasoner, validation EM@1"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_scanqa() {
  static const BenchmarkInfo kInfo{
      .summary = "ScanQA, free answers about rooms: exact match and caption metrics",
      .hub =
          "ScanQA_v1.0_val.json of ATR-DBI/ScanQA into FOLDER; frames, where there are any, as "
          "posed_images/SCENE/*.jpg",
      .schema = "confirmed: ATR-DBI/ScanQA; the prompt is Video-3D-LLM's, the authors have none",
      .unit = "percent",
      .profiles = kProfiles,
      .published = kPublished,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .corpus = Corpus};
  return kInfo;
}

}  // namespace spatium
