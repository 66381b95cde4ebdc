#include "spatium/metrics/choice.h"
#include "spatium/metrics/choice_aggregate.h"
#include "spatium/metrics/metric.h"

namespace spatium {
namespace {

Json ToJson(const NamedScores& scores) {
  Json out = Json::MakeObject({});
  for (const auto& [name, score] : scores) out.Set(name, score);
  return out;
}

// The fields of each entry of "gt": n values, as text where they are strings.
Result<std::vector<Json::Array>> Entries(const MetricRow& row, size_t n, size_t num_replies) {
  std::vector<Json::Array> out;
  if (!row.gt().IsArray() || row.gt().AsArray().size() != num_replies) {
    return row.Expected("gt", "an entry for each reply");
  }
  for (const Json& entry : row.gt().AsArray()) {
    if (!entry.IsArray() || entry.AsArray().size() != n) {
      return row.Expected("gt", "an entry of " + std::to_string(n) + " values for each reply");
    }
    out.push_back(entry.AsArray());
  }
  return out;
}
std::string TextOf(const Json& value) { return value.IsString() ? value.AsString() : ""; }

// gt: [number of options, index of the answer, category, data set].
Result<Json> Site(const MetricRow& row) {
  SPATIUM_TRY(const auto replies, row.Texts("pred"));
  SPATIUM_TRY(const auto entries, Entries(row, 4, replies.size()));
  std::vector<ScoredQuestion> questions;
  for (size_t i = 0; i < replies.size(); ++i) {
    const Json &n = entries[i][0], &answer = entries[i][1];
    if (!n.IsInt() || n.AsInt() < 1 || n.AsInt() > 26) return row.Expected("gt", "1 to 26 options");
    std::vector<py::Str> choices;
    for (int64_t k = 0; k < n.AsInt(); ++k) {
      choices.push_back(py::Str(1, U'A' + static_cast<char32_t>(k)));
    }
    const Letter letter = SiteLetter(py::Strip(replies[i]), choices);
    // Letters are compared; an index is never equal to one, as in the script.
    const py::Str gold = py::FromUtf8(TextOf(answer));
    questions.push_back({.id = "",
                         .category = TextOf(entries[i][2]),
                         .score = letter && *letter == gold ? 1.0 : 0.0,
                         .num_options = static_cast<int>(n.AsInt())});
  }
  return ToJson(AggregateSite(questions));
}

// gt: [question id, category, letter].
Result<Json> ThreeDsr(const MetricRow& row) {
  SPATIUM_TRY(const auto replies, row.Texts("pred"));
  SPATIUM_TRY(const auto entries, Entries(row, 3, replies.size()));
  std::vector<ScoredQuestion> questions;
  for (size_t i = 0; i < replies.size(); ++i) {
    const py::Str gold = py::FromUtf8(TextOf(entries[i][2]));
    questions.push_back({.id = TextOf(entries[i][0]),
                         .category = TextOf(entries[i][1]),
                         .score = ThreeDsrLetter(replies[i]) == gold ? 1.0 : 0.0});
  }
  return ToJson(AggregateThreeDsr(questions));
}

// gt: ["(A)", source].
Result<Json> CvBench(const MetricRow& row) {
  SPATIUM_TRY(const auto replies, row.Texts("pred"));
  SPATIUM_TRY(const auto entries, Entries(row, 2, replies.size()));
  std::vector<ScoredQuestion> questions;
  for (size_t i = 0; i < replies.size(); ++i) {
    const py::Str gold = py::FromUtf8(TextOf(entries[i][0]));
    questions.push_back({.id = "",
                         .category = TextOf(entries[i][1]),
                         .score = FirstLetter(replies[i]) == py::Strip(gold, U"()") ? 1.0 : 0.0});
  }
  double micro = 0, official = 0;
  // Without one of its sources the script ends before it reports anything.
  if (!AggregateCvBench(questions, micro, official)) return PythonError("KeyError");
  return Json::MakeObject(
      {{"lmms_eval(cv_bench_acc)", micro}, {"cv_bench_default_aggregate_results", official}});
}

// gt: [id, letter].
Result<Json> MindCube(const MetricRow& row) {
  SPATIUM_TRY(const auto replies, row.Texts("pred"));
  SPATIUM_TRY(const auto entries, Entries(row, 2, replies.size()));
  std::vector<ScoredQuestion> questions;
  for (size_t i = 0; i < replies.size(); ++i) {
    const py::Str gold = py::FromUtf8(TextOf(entries[i][1]));
    questions.push_back({.id = TextOf(entries[i][0]),
                         .category = "",
                         .score = MindCubeLetter(py::Strip(replies[i])) == gold ? 1.0 : 0.0});
  }
  return ToJson(AggregateMindCube(questions));
}

// "blink_official/SPLIT": predictions as "(A)"; idx names each question. Without it a list as long
// as the validation split is in that split's order.
Result<Json> Blink(const MetricRow& row) {
  const Json &pred = row.pred(), &gt = row.gt(), &idx = row.At("idx");
  if (!pred.IsArray() || !gt.IsArray() || pred.AsArray().size() != gt.AsArray().size()) {
    return row.Expected("gt", "an answer for each prediction");
  }
  std::vector<std::string> ids;
  if (idx.IsArray()) {
    for (const Json& id : idx.AsArray()) ids.push_back(TextOf(id));
  } else {
    ids = BlinkValidationIds();
  }
  if (ids.size() != gt.AsArray().size()) return row.Expected("idx", "a name for each prediction");
  std::vector<ScoredQuestion> questions;
  for (size_t i = 0; i < ids.size(); ++i) {
    questions.push_back(
        {.id = ids[i], .category = "", .score = pred.AsArray()[i] == gt.AsArray()[i] ? 1.0 : 0.0});
  }
  const BlinkAggregate aggregate =
      AggregateBlink(questions, row.task().substr(row.task().find('/') + 1));
  if (!aggregate.error.empty()) return PythonError(aggregate.error);
  return ToJson(aggregate.scores);
}

constexpr MetricTask kTasks[] = {
    {"sitebench/aggregate", Site},
    {"3dsrbench/aggregate", ThreeDsr},
    {"cv_bench/aggregate", CvBench},
    {"mindcube/aggregate", MindCube},
    {"blink_official/*", Blink},
};

}  // namespace

const MetricInfo& MetricInfo_choice_aggregates() {
  static const MetricInfo info{.summary = "multiple-choice image benchmarks: a run's score",
                               .tasks = kTasks};
  return info;
}

}  // namespace spatium
