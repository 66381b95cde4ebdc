// SAT (Real): 150 questions on real pictures, five types of motion and perspective (Spatial
// Aptitude Training, arXiv 2412.07755, COLM 2025; Hub data sets array/SAT, SAT_test.parquet, MIT
// code, and nv-njb/SAT). Official record: {"image_bytes": [bytes, bytes], "question": "Did the
// camera move left or right?", "answers": ["left", "right"], "correct_answer": "left",
// "question_type": "ego_movement"}; nv-njb adds "correct_answer_idx": 0. Records have no id: it is
// the row's number. Chance: one over the number of answers.
//
// The authors publish no scorer: official asks and reads as lmms-eval does.
#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/benchmarks/choice_score.h"
#include "spatium/benchmarks/data_folder.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/metrics/official_prompts.h"

namespace spatium {
namespace {

// By index where the record has one, else by the answer's text.
Result<std::string> CorrectLetter(const DataFolder::Row& row,
                                  const std::vector<std::string>& answers) {
  if (const Json* index = row.fields.Find("correct_answer_idx"); index != nullptr && index->IsInt())
    return LetterOf(index);
  SPATIUM_TRY(const std::string answer, NeedText(row.fields, "correct_answer", row.where));
  const auto it = std::find(answers.begin(), answers.end(), answer);
  if (it == answers.end())
    return Error{ErrorCode::kBadValue,
                 row.where + ": correct_answer",
                 "one of answers: " + Join(answers, ", "),
                 Quote(answer)};
  return OptionLetters(answers.size())[static_cast<size_t>(it - answers.begin())];
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  DataFolder folder(data);
  return folder.ForEachRow({{{"", "SAT_test"}}, {{"", "test"}}},
                           [&](const DataFolder::Row& row) -> Result<void> {
                             const Json& fields = row.fields;
                             Item item;
                             item.id = FieldText(fields, "id");
                             if (item.id.empty()) item.id = std::to_string(row.number);
                             SPATIUM_TRY(item.task, NeedText(fields, "question_type", row.where));
                             SPATIUM_TRY(item.question, NeedText(fields, "question", row.where));
                             item.options = FieldTexts(fields, "answers");
                             SPATIUM_TRY(item.answer, CorrectLetter(row, item.options));
                             SPATIUM_TRY(item.media, folder.NeedImages(row, "image_bytes"));
                             return sink(std::move(item));
                           });
}

Prompt MakePrompt(const Item& item, Profile) {
  constexpr int kMaxTokens = 16;
  return PicturesThenText(item, SatPrompt(item.question, item.options), kMaxTokens);
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  return ChoiceScore(item, reply, profile, [&](py::View text) {
    return Letter(SatAnswer(text, py::FromUtf8(item.question)));
  });
}

constexpr PublishedRow kPublished[] = {{"RoboRefer-8B-SFT", 86.7, "RoboRefer, arXiv 2506.04308"},
                                       {"Gemini-2.5-Pro", 70.59, "RoboRefer, arXiv 2506.04308"},
                                       {"GPT-4o", 68.67, "RoboRefer, arXiv 2506.04308"},
                                       {"Qwen2.5-VL-72B", 65.33, "RoboRefer, arXiv 2506.04308"},
                                       {"Qwen2.5-VL-7B", 30.00, "RoboRefer, arXiv 2506.04308"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_sat() {
  static const BenchmarkInfo kInfo{.summary = "SAT (Real), 150 questions on motion and perspective",
                                   .hub =
                                       "Hub data set array/SAT (SAT_test.parquet) or nv-njb/SAT "
                                       "(data/test-*.parquet); put it into "
                                       "FOLDER",
                                   .schema =
                                       "confirmed: the card of array/SAT (SAT_test.parquet, its "
                                       "five fields) and lmms-eval's task for nv-njb/SAT",
                                   .unit = "percent",
                                   .profiles = kChoiceProfilesWithoutEasi,
                                   .published = kPublished,
                                   .chance = 50,
                                   .load = Load,
                                   .prompt = MakePrompt,
                                   .score = ScoreItem};
  return kInfo;
}

}  // namespace spatium
