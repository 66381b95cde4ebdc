// SQA3D: questions asked from a situation in a ScanNet room (SQA3D, ICLR 2023; data CC BY 4.0,
// rooms ScanNet's): 33.4 k questions, 3,519 of them in the test split (what 1,147, is 652, how 465,
// can 338, which 351, others 566). Official records of sqa_task/balanced/:
// v1_balanced_questions_test_scannetv2.json {"questions": [{"scene_id": "scene0011_00",
// "question_id": 7, "situation": "I am facing a window.", "alternative_situation": [...],
// "question": "What is on my right?"}]} and v1_balanced_sqa_annotations_test_scannetv2.json
// {"annotations": [{"question_id": 7, "scene_id": "...", "answers": [{"answer": "desk", ...}]}]}.
// Chance: not published; a language model without the room 41 to 49.
//
// official is the exact match of cleaned answers that four code bases share; EM-R of LEO and
// Chat-Scene and the authors' looser rule for language models are shown beside it.
#include <unordered_map>

#include "spatium/base/text.h"
#include "spatium/benchmarks/caption_family.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/scene_frames.h"
#include "spatium/metrics/answer_match.h"
#include "spatium/metrics/robospatial.h"

namespace spatium {
namespace {

constexpr std::string_view kQuestions = "v1_balanced_questions_test_scannetv2.json";
constexpr std::string_view kAnnotations = "v1_balanced_sqa_annotations_test_scannetv2.json";

Result<Path> FindFolder(const Path& data) {
  for (const Path& folder : {data, data / "balanced", data / "sqa_task" / "balanced"})
    if (std::filesystem::is_regular_file(folder / kQuestions)) return folder;
  return Error{ErrorCode::kNotFound,
               data.string(),
               StrCat(kQuestions, " here, in balanced/ or in sqa_task/balanced/"),
               "none"};
}

// The single answer of each question, by question id.
Result<std::unordered_map<std::string, std::string>> ReadAnswers(const Path& file) {
  SPATIUM_TRY(const Json json, ReadJsonFile(file));
  SPATIUM_TRY(const auto list, JsonCursor(json, file.string()).At("annotations"));
  SPATIUM_TRY(const auto rows, list.Items());
  std::unordered_map<std::string, std::string> answers;
  for (const JsonCursor& row : rows) {
    SPATIUM_TRY(const std::string id, NeedText(row.value(), "question_id", row.path()));
    SPATIUM_TRY(const auto field, row.At("answers"));
    SPATIUM_TRY(const auto given, field.Items());
    if (given.size() != 1) return field.Expected("one answer");
    SPATIUM_TRY(const auto text, given[0].At("answer"));
    SPATIUM_TRY(answers[id], text.String());
  }
  return answers;
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  SPATIUM_TRY(const Path folder, FindFolder(data));
  SPATIUM_TRY(const auto answers, ReadAnswers(folder / kAnnotations));
  SPATIUM_TRY(const Json json, ReadJsonFile(folder / kQuestions));
  SPATIUM_TRY(const auto list, JsonCursor(json, (folder / kQuestions).string()).At("questions"));
  SPATIUM_TRY(const auto rows, list.Items());
  for (const JsonCursor& row : rows) {
    Item item;
    SPATIUM_TRY(item.id, NeedText(row.value(), "question_id", row.path()));
    SPATIUM_TRY(const std::string situation, NeedText(row.value(), "situation", row.path()));
    SPATIUM_TRY(item.question, NeedText(row.value(), "question", row.path()));
    SPATIUM_TRY(const std::string scene, NeedText(row.value(), "scene_id", row.path()));
    const auto it = answers.find(item.id);
    if (it == answers.end())
      return Error{ErrorCode::kNotFound,
                   (folder / kAnnotations).string(),
                   "an answer to question " + item.id,
                   "none"};
    item.answer = it->second;
    item.task = Sqa3dQuestionType(py::FromUtf8(item.question));
    item.fields = Json::MakeObject({{"scene_id", scene}, {"situation", situation}});
    item.media = SceneFrames(data, scene);
    SPATIUM_TRY_DO(sink(std::move(item)));
  }
  return {};
}

Prompt MakePrompt(const Item& item, Profile) {
  constexpr int kMaxTokens = 512;
  return PicturesThenText(item,
                          StrCat(" ",
                                 FieldText(item.fields, "situation"),
                                 " ",
                                 item.question,
                                 " Answer the question using a single word or phrase."),
                          kMaxTokens);
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  const std::string text = CutCaption(reply);
  const py::Str gold = CleanAnswer(py::FromUtf8(item.answer));
  py::Str answer = py::FromUtf8(text);
  if (profile == Profile::kStrict) answer = RemoveThinking(answer);
  const py::Str cleaned = CleanAnswer(answer);
  if (profile == Profile::kStrict && py::Strip(cleaned).empty())
    return {.outcome = Outcome::kUnparsable, .score = 0, .parsed = Json(text)};
  return {.outcome = Outcome::kScored, .score = cleaned == gold ? 1.0 : 0.0, .parsed = Json(text)};
}

Scores Corpus(std::span<const Item> items, std::span<ItemScore> scores, Profile, unsigned) {
  double em = 0, refined = 0, chat = 0, chat_refined = 0, loose = 0;
  size_t n = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    if (!scores[i].parsed.IsString()) continue;
    ++n;
    const py::Str reply = py::FromUtf8(scores[i].parsed.AsString());
    const py::Str raw_gold = py::FromUtf8(items[i].answer), gold = CleanAnswer(raw_gold);
    const ExactMatch leo = MatchLeo(CleanAnswer(reply), {&gold, 1});
    const ExactMatch scene = MatchChatScene(CleanAnswer(ChatScenePrediction(reply)), {&gold, 1});
    em += leo.em;
    refined += leo.refined;
    chat += scene.em;
    chat_refined += scene.refined;
    loose += MatchSqa3dLoose(CleanAnswer(reply), raw_gold) ? 1 : 0;
  }
  Scores extra;
  if (n == 0) return extra;
  const auto percent = [&](double hits) { return Score{100 * hits / static_cast<double>(n), n}; };
  extra.by.push_back({"metric",
                      {{"EM", percent(em)},
                       {"EM-R", percent(refined)},
                       {"Chat-Scene EM", percent(chat)},
                       {"Chat-Scene EM-R", percent(chat_refined)},
                       {"loose (the authors' rule for language models)", percent(loose)}}});
  return extra;
}

constexpr Profile kProfiles[] = {Profile::kOfficial, Profile::kStrict};
constexpr PublishedRow kPublished[] = {{"Human (amateur)", 90.06, "SQA3D"},
                                       {"best of the paper", 47.20, "SQA3D"},
                                       {"LEO", 50.0, "LEO"},
                                       {"Scene-LLM", 54.2, "Scene-LLM"},
                                       {"Chat-Scene", 54.6, "Chat-Scene"},
                                       {"SPAR-mix", 58.1, "SPAR"},
                                       {"GS-Reasoner", 59.9, "GS-Reasoner"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_sqa3d() {
  static const BenchmarkInfo kInfo{
      .summary = "SQA3D, questions from a situation in a room: exact match of cleaned answers",
      .hub =
          "sqa_task.zip of SilongYong/SQA3D, unpacked into FOLDER; frames, where there are any, as "
          "posed_images/SCENE/*.jpg",
      .schema = "confirmed: SilongYong/SQA3D; the prompt is Video-3D-LLM's and LEO's",
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
