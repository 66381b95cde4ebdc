// SpatialScore: one question set over many spatial benchmarks, in two versions that are told apart
// by their files (haoningwu3639/SpatialScore, MIT code, pictures under their sources' terms; Hub
// data set haoningwu/SpatialScore).
//   version 0 (2025): SpatialScore.json, 28,093 questions, and SpatialScore-Hard.json, 1,400:
//   {"index": "8", "category": "Counting", "subcategory": "...", "question_type": "open-ended",
//   "input_modality": "single-image", "question": "How many ...?", "answer": "4", "img_paths":
//   ["./dataset/a/1.jpg"], "source": "spatialbench"}
//   version 1 (CVPR 2026): SpatialScore_benchmark.ndjson, 5,025 questions, pictures in
//   SpatialScore_benchmark.zip: {"id": 3, "source_dataset": "MMIU", "category": "Camera", "task":
//   "...", "sub_task": "...", "question_type": "multi-choice", "input_modality": "single-image",
//   "question": "...", "options": ["..."], "answer": "(B)", "extra_info": {}, "image_paths":
//   ["./MMIU/1.jpg"]}
// Chance 28.29 (version 1).
//
// In version 1 the official score of an open question is the mean of a rule and of what a language
// model computes (--judge; the authors use GPT-OSS-20B); strict does that arithmetic exactly and
// needs no judge.
#include "spatium/metrics/spatialscore.h"

#include "spatium/base/text.h"
#include "spatium/base/utf8.h"
#include "spatium/benchmarks/benchmark.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/strict.h"
#include "spatium/dataset/table.h"
#include "spatium/metrics/mra.h"
#include "spatium/metrics/number_text.h"
#include "spatium/metrics/spatialscore_v1.h"

namespace spatium {
namespace {

constexpr std::string_view kFile1 = "SpatialScore_benchmark.ndjson";
constexpr std::string_view kPictures1 = "SpatialScore_benchmark";  // folder, and folder in the zip

bool IsV1(const Item& item) { return FieldText(item.fields, "version") == "1"; }

SpatialScoreV1Question QuestionOf(const Item& item) {
  return {.question_type = FieldText(item.fields, "question_type"),
          .task = FieldText(item.fields, "task"),
          .sub_task = FieldText(item.fields, "sub_task"),
          .options = item.options,
          .gold = item.answer};
}

enum class Kind { kChoice, kYesNo, kOpen };
Kind KindOf(const Item& item) {
  const std::string type = ToLower(FieldText(item.fields, "question_type"));
  if (type == "multi-choice") return Kind::kChoice;
  return type.starts_with("judg") ? Kind::kYesNo : Kind::kOpen;
}

// "./a/b.jpg" without its dots.
std::string Relative(std::string_view path) {
  return std::string(path.starts_with("./") ? path.substr(2) : path);
}

Result<void> AddPictures(const Json& row, const Path& folder, bool v1, Item& item) {
  for (const std::string& path : FieldTexts(row, v1 ? "image_paths" : "img_paths")) {
    MediaRef ref;
    ref.source = Relative(path);
    if (!StaysInside(ref.source))
      return Error{
          ErrorCode::kBadValue, folder.string(), "a path inside the folder", Quote(ref.source)};
    const Path zip = folder / StrCat(kPictures1, ".zip");
    const bool unpacked = !v1 || std::filesystem::is_directory(folder / kPictures1);
    if (unpacked || !std::filesystem::exists(zip)) {
      // The script of version 0 runs beside "dataset/"; FOLDER may be that folder itself.
      const Path file = v1 ? folder / kPictures1 / ref.source : folder / ref.source;
      std::error_code ignored;  // of a name that no file can have
      ref.file =
          v1 || std::filesystem::exists(file, ignored) ? file : folder.parent_path() / ref.source;
    } else {
      ref.file = zip;
      ref.member = StrCat(kPictures1, "/", ref.source);
    }
    item.media.push_back(std::move(ref));
  }
  return {};
}

Result<std::unique_ptr<TableReader>> Open(const Path& data, Path& folder) {
  folder = std::filesystem::is_directory(data) ? data : data.parent_path();
  if (!std::filesystem::is_directory(data)) return OpenTable(data);
  for (const std::string_view name :
       {kFile1, std::string_view("SpatialScore.json"), std::string_view("SpatialScore-Hard.json")})
    for (const Path& file : {data / name, data / "dataset" / name})
      if (std::filesystem::is_regular_file(file)) return OpenTable(file);
  return Error{ErrorCode::kNotFound,
               data.string(),
               "SpatialScore_benchmark.ndjson, SpatialScore.json or SpatialScore-Hard.json",
               "none"};
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  Path folder;
  SPATIUM_TRY(const auto table, Open(data, folder));
  size_t number = 0;
  return ForEachRow(*table, [&](const Json& row) -> Result<void> {
    const std::string where = StrCat(data.string(), ": row ", number);
    const bool v1 = row.Find("source_dataset") != nullptr || row.Find("image_paths") != nullptr;
    Item item;
    // Version 0's script numbers the questions.
    item.id = v1 ? FieldText(row, "id") : std::to_string(number);
    ++number;
    SPATIUM_TRY(item.task, NeedText(row, "category", where));
    SPATIUM_TRY(const std::string type, NeedText(row, "question_type", where));
    SPATIUM_TRY(item.question, NeedText(row, "question", where));
    SPATIUM_TRY(item.answer, NeedText(row, "answer", where));
    item.options = FieldTexts(row, "options");
    item.fields = Json::MakeObject({{"version", v1 ? "1" : "0"}, {"question_type", type}});
    for (const std::string_view key :
         {"source", "source_dataset", "subcategory", "task", "sub_task", "input_modality"})
      if (row.Find(key) != nullptr) item.fields.Set(key, FieldText(row, key));
    if (const Json* extra = row.Find("extra_info")) item.fields.Set("extra_info", *extra);
    SPATIUM_TRY_DO(AddPictures(row, folder, v1, item));
    return sink(std::move(item));
  });
}

// Pictures where "<image>" stands if there are as many, else in front.
Prompt PromptV1(const Item& item) {
  Prompt prompt;
  std::string text = item.question;
  if (KindOf(item) == Kind::kChoice)
    for (size_t k = 0; k < item.options.size() && k < 6; ++k) {
      const std::string letter = StrCat("(", static_cast<char>('A' + k), ") ");
      text += StrCat("\n", item.options[k].starts_with(letter) ? "" : letter, item.options[k]);
    }
  constexpr std::string_view kImage = "<image>";
  size_t places = 0;
  for (size_t at = text.find(kImage); at != text.npos; at = text.find(kImage, at + 1)) ++places;
  const bool in_place = places > 0 && places == item.media.size();
  if (!in_place) {
    text = ReplaceAll(std::move(text), kImage, "");
    for (size_t k = 0; k < item.media.size(); ++k)
      prompt.user.push_back({.media_idx = static_cast<int>(k)});
  }
  size_t begin = 0;
  for (size_t k = 0; in_place && k < places; ++k) {
    const size_t at = text.find(kImage, begin);
    if (at > begin) prompt.user.push_back({.text = text.substr(begin, at - begin)});
    prompt.user.push_back({.media_idx = static_cast<int>(k)});
    begin = at + kImage.size();
  }
  if (begin < text.size()) prompt.user.push_back({.text = text.substr(begin)});
  const Json* extra = item.fields.Find("extra_info");
  const bool has_unit = extra != nullptr && extra->Find("answer_value") != nullptr &&
                        extra->Find("answer_unit") != nullptr;
  prompt.system = SpatialScoreV1Instruction(FieldText(item.fields, "question_type"), has_unit);
  return prompt;
}

Prompt MakePrompt(const Item& item, Profile) {
  constexpr int kMaxTokens = 1024;
  Prompt prompt = IsV1(item) ? PromptV1(item) : PicturesThenText(item, item.question, kMaxTokens);
  if (!IsV1(item))
    prompt.system = SpatialScoreV0Instruction(FieldText(item.fields, "source"),
                                              FieldText(item.fields, "question_type"));
  prompt.system_role = Role::kAssistant;
  prompt.sampling.max_tokens = kMaxTokens;
  return prompt;
}

ItemScore Scored(double score, std::string_view reply) {
  return {.outcome = Outcome::kScored, .score = score, .parsed = Json(CutUtf8(reply, 200))};
}

ItemScore ScoreOfficial(const Item& item, std::string_view reply) {
  const py::Str text = py::FromUtf8(reply);
  if (IsV1(item)) {
    // The script leaves out empty replies.
    if (py::Strip(text).empty())
      return {.outcome = Outcome::kSkipped, .score = 0, .parsed = Json("empty")};
    return Scored(ScoreSpatialScoreV1(QuestionOf(item), text), reply);
  }
  const SpatialScoreOutcome out =
      ScoreSpatialScore(py::FromUtf8(FieldText(item.fields, "question_type")),
                        FieldText(item.fields, "source"),
                        text,
                        py::FromUtf8(item.answer));
  if (!out.error.empty())
    return {.outcome = Outcome::kSkipped, .score = 0, .parsed = Json(out.error)};
  return Scored(out.score, reply);
}

// Letters, yes or no, and numbers as every strict reader takes them; version 0's lengths are right
// within a factor of two, its VSI-Bench numbers by MRA, other numbers if equal.
ItemScore ScoreStrict(const Item& item, std::string_view reply) {
  ItemScore unparsable{.outcome = Outcome::kUnparsable};
  const py::Str text = py::FromUtf8(reply), gold = py::FromUtf8(item.answer);
  switch (KindOf(item)) {
    case Kind::kChoice:
      return LetterScore(StrictLetter(text, item.options.size()),
                         py::ToUtf8(SpatialScoreOption(gold)));
    case Kind::kYesNo: {
      const auto said = StrictYesNo(text), right = StrictYesNo(gold);
      if (!said || !right) return unparsable;
      return {.outcome = Outcome::kScored,
              .score = *said == *right ? 1.0 : 0.0,
              .parsed = Json(*said ? "yes" : "no")};
    }
    case Kind::kOpen:
      break;
  }
  if (IsV1(item)) return Scored(SpatialScoreV1Open(QuestionOf(item), text), reply);
  if (LengthRatio(gold, gold)) {
    const auto ratio = LengthRatio(text, gold);
    return ratio ? Scored(*ratio < 2 ? 1 : 0, reply) : unparsable;
  }
  const auto target = StrictNumber(gold);
  if (!target) return Scored(ToLower(Trim(reply)) == ToLower(Trim(item.answer)) ? 1 : 0, reply);
  const auto value = StrictNumber(text);
  if (!value) return unparsable;
  const bool by_mra = FieldText(item.fields, "source") == "VSI-Bench_8" && *target != 0;
  const double score = by_mra ? VsiMra(*value, *target).value_or(0) : *value == *target ? 1 : 0;
  return {.outcome = Outcome::kScored, .score = score, .parsed = Json(*value)};
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  return profile == Profile::kStrict ? ScoreStrict(item, reply) : ScoreOfficial(item, reply);
}

std::optional<Prompt> AskJudge(const Item& item, std::string_view reply, Profile profile) {
  if (!IsV1(item) || profile == Profile::kStrict || Trim(reply).empty()) return std::nullopt;
  const SpatialScoreV1Question question = QuestionOf(item);
  if (!SpatialScoreV1AsksModel(question)) return std::nullopt;
  Prompt prompt;
  prompt.user.push_back({.text = SpatialScoreV1JudgePrompt(question, reply)});
  prompt.sampling.max_tokens = 2048;
  return prompt;
}

ItemScore Judged(const Item& item, std::string_view reply, std::string_view verdict, Profile) {
  const double rule = ScoreSpatialScoreV1(QuestionOf(item), py::FromUtf8(reply));
  const double model = ReadSpatialScoreV1Verdict(py::FromUtf8(verdict));
  return {.outcome = Outcome::kScored,
          .score = (rule + model) / 2,
          .parsed = Json::MakeObject({{"rule", rule}, {"judge", model}})};
}

Scores Aggregate(const ScoredItems& run, Profile) {
  Scores scores = MeanByTask(run, "percent");
  for (const std::string_view key : {"source",
                                     "source_dataset",
                                     "subcategory",
                                     "task",
                                     "sub_task",
                                     "question_type",
                                     "input_modality"})
    AddGrouping(run, key, scores);
  scores.by[0].first = "category";
  return scores;
}

std::string Oracle(const Item& item) {
  return KindOf(item) == Kind::kChoice ? py::ToUtf8(SpatialScoreOption(py::FromUtf8(item.answer)))
                                       : item.answer;
}

std::vector<std::string> Choices(const Item& item) {
  if (KindOf(item) == Kind::kYesNo) return {"Yes", "No"};
  if (KindOf(item) != Kind::kChoice) return {};
  if (!item.options.empty()) return OptionLetters(item.options.size());
  // Version 0 prints its options inside the question: "(A) ...", "A. ..." or "a) ...".
  size_t n = 0;
  const std::string text = ToLower(item.question);
  for (char letter = 'a'; letter <= 'f'; ++letter, ++n)
    if (text.find(StrCat("(", letter, ")")) == text.npos &&
        text.find(StrCat("\n", letter, ".")) == text.npos &&
        text.find(StrCat("\n", letter, ":")) == text.npos)
      break;
  return OptionLetters(std::max<size_t>(n, 2));
}

constexpr JudgeRule kJudge{.prompt =
                               "confirmed: what calls itself a byte-identical copy of the authors' "
                               "evaluate_results.py (MIT) "
                               "in Algorythmsz/Spatial_Reasoning_Benchmarks_Evaluation; theirs is "
                               "not public (GPT-OSS-20B)",
                           .request = AskJudge,
                           .judged = Judged};
constexpr Profile kProfiles[] = {Profile::kOfficial, Profile::kStrict};
constexpr std::string_view kTable1 = "SpatialScore README, version 1";
constexpr std::string_view kTable0 = "SpatialScore, version 0";
constexpr PublishedRow kPublished[] = {{"Human", 86.60, kTable1},
                                       {"Gemini-3-Pro", 60.12, kTable1},
                                       {"GPT-5", 58.13, kTable1},
                                       {"Qwen3-VL-235B", 56.63, kTable1},
                                       {"Gemini-2.5-Pro", 56.37, kTable1},
                                       {"Qwen3-VL-8B", 45.48, kTable1},
                                       {"LLaVA-1.5-7B", 25.32, kTable1},
                                       {"GPT-5 (blind)", 30.62, kTable1},
                                       {"InternVL3-78B", 60.17, kTable0},
                                       {"Qwen2.5-VL-72B", 56.82, kTable0},
                                       {"Qwen2.5-VL-7B", 51.19, kTable0},
                                       {"LLaVA-1.5-13B", 42.29, kTable0}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_spatialscore() {
  static const BenchmarkInfo kInfo{
      .summary = "SpatialScore, versions 0 (28,093 questions) and 1 (5,025)",
      .hub =
          "Hub data set haoningwu/SpatialScore; put SpatialScore_benchmark.ndjson and .zip into "
          "FOLDER, or version 0's SpatialScore.json with its folder dataset",
      .schema =
          "confirmed: version 0, haoningwu3639/SpatialScore/version_0; version 1, public "
          "loaders and a viewer of its files (options with or without their letter: both are read; "
          "its scorer is not released by the authors)",
      .unit = "percent",
      .profiles = kProfiles,
      .published = kPublished,
      .chance = 28.29,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .aggregate = Aggregate,
      .oracle = Oracle,
      .choices = Choices,
      .judge = &kJudge};
  return kInfo;
}

}  // namespace spatium
