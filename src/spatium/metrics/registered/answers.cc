#include "spatium/base/text.h"
#include "spatium/metrics/answer_match.h"
#include "spatium/metrics/metric.h"

namespace spatium {
namespace {

Json Pair(const ExactMatch& match) { return Json(std::vector<int>{match.em, match.refined}); }

Result<Json> Clean(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return TextJson(CleanAnswer(text));
}
Result<Json> Prepare(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return TextJson(ScanQaPrepareAnswer(text));
}
Result<Json> SqaType(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return Json(Sqa3dQuestionType(text));
}
Result<Json> ScanQaClass(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return Json(ScanQaQuestionClass(text));
}

std::vector<py::Str> CleanAll(const std::vector<py::Str>& answers) {
  std::vector<py::Str> out;
  for (const py::Str& answer : answers) out.push_back(CleanAnswer(answer));
  return out;
}

Result<Json> Leo(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const auto gold, row.Texts("gt"));
  return Pair(MatchLeo(CleanAnswer(reply), CleanAll(gold)));
}

// Chat-Scene cleans SQA3D's references, not ScanQA's.
template <bool kCleanGold>
Result<Json> ChatScene(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const auto gold, row.Texts("gt"));
  const py::Str prediction = CleanAnswer(ChatScenePrediction(reply));
  return Pair(MatchChatScene(prediction, kCleanGold ? CleanAll(gold) : gold));
}

Result<Json> SqaVideo3dLlm(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  return Json(CleanAnswer(reply) == CleanAnswer(gold) ? 1 : 0);
}

Result<Json> ScanQaVideo3dLlm(const MetricRow& row) {
  if (row.pred().IsNull()) return Json(0);
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const auto gold, row.Texts("gt"));
  for (const py::Str& answer : gold) {
    if (answer == reply) return Json(1);
  }
  return Json(0);
}

Result<Json> SqaLoose(const MetricRow& row) {
  SPATIUM_TRY(const auto replies, row.Texts("pred"));
  SPATIUM_TRY(const auto gold, row.Texts("gt"));
  if (replies.size() != gold.size() || gold.empty()) {
    return row.Expected("gt", "an answer for each prediction");
  }
  int64_t hits = 0;
  for (size_t i = 0; i < gold.size(); ++i) {
    hits += MatchSqa3dLoose(CleanAnswer(replies[i]), gold[i]);
  }
  const auto total = static_cast<int64_t>(gold.size());
  const double share = static_cast<double>(hits) / static_cast<double>(total);
  return Json(StrCat("Acc: ", hits, "/", total, " = ", FormatFixed(share, 4)));
}

Result<Json> UnigramFTask(const MetricRow& row) {
  SPATIUM_TRY(const py::Str a, row.Text("pred"));
  SPATIUM_TRY(const py::Str b, row.Text("gt"));
  const auto f = UnigramF(a, b);
  return f ? Json(*f) : PythonError("ZeroDivisionError");
}

Json ScoresJson(const ScanQaScores& scores) {
  if (!scores.error.empty()) return PythonError(scores.error);
  return Json::MakeObject(
      {{"Top1 (EM)", scores.em1}, {"Top10 (EM)", scores.em10}, {"Top1 (F-value)", scores.f1}});
}

Result<Json> ScanQaOne(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(auto gold, row.Texts("gt"));
  const ScanQaItem item{{reply}, std::move(gold)};
  return ScoresJson(ScanQaOfficial({&item, 1}));
}

Result<std::vector<py::Str>> TextsOf(const MetricRow& row, const Json& value) {
  std::vector<py::Str> out;
  if (!value.IsArray()) return row.Expected("gt", "lists of strings");
  for (const Json& item : value.AsArray()) {
    if (!item.IsString()) return row.Expected("gt", "lists of strings");
    out.push_back(py::FromUtf8(item.AsString()));
  }
  return out;
}

// Objects by question id: the ten best answers, the references.
Result<Json> ScanQaAggregate(const MetricRow& row) {
  if (!row.gt().IsObject()) return row.Expected("gt", "references by question");
  std::vector<ScanQaItem> items;
  for (const auto& [id, gold] : row.gt().AsObject()) {
    const Json* answers = row.pred().Find(id);
    if (!answers) return PythonError("KeyError");
    ScanQaItem item;
    SPATIUM_TRY(item.top10, TextsOf(row, *answers));
    SPATIUM_TRY(item.gold, TextsOf(row, gold));
    items.push_back(std::move(item));
  }
  return ScoresJson(ScanQaOfficial(items));
}

constexpr std::string_view kAttribute = "AttributeError", kType = "TypeError";
constexpr MetricTask kTasks[] = {
    {"sqa3d.clean_answer", Clean, kAttribute},
    {"sqa3d.question_type", SqaType, kAttribute},
    {"sqa3d/em_video3dllm", SqaVideo3dLlm, kAttribute},
    {"sqa3d/em,em_refined_leo", Leo, kAttribute},
    {"sqa3d/em,em_refined_chatscene", ChatScene<true>, kType},
    {"sqa3d/official_llm_loose_acc*", SqaLoose},
    {"scanqa.prep_ans(training-vocab normaliser)", Prepare, kType},
    {"scanqa.question_class", ScanQaClass, kType},
    {"scanqa/em_video3dllm", ScanQaVideo3dLlm},
    {"scanqa/em,em_refined_leo", Leo, kAttribute},
    {"scanqa/em,em_refined_chatscene", ChatScene<false>, kType},
    {"scanqa/unigram_f", UnigramFTask, kAttribute},
    {"scanqa/official_EM1_EM10_F(answer_top10=[p])", ScanQaOne, kAttribute},
    {"scanqa/official_aggregate", ScanQaAggregate},
};

}  // namespace

const MetricInfo& MetricInfo_answers() {
  static const MetricInfo info{.summary = "short answers: SQA3D and ScanQA exact match",
                               .tasks = kTasks};
  return info;
}

}  // namespace spatium
