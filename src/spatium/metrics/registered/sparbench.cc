#include "spatium/metrics/sparbench.h"

#include "spatium/metrics/exact_integer.h"
#include "spatium/metrics/number_text.h"

namespace spatium {
namespace {

std::string_view AfterSlash(std::string_view task) { return task.substr(task.find('/') + 1); }

Result<Json> Score(const MetricRow& row) {
  const std::string_view task = AfterSlash(row.task());
  const SparKind kind = SparKindOf(task);
  if (kind == SparKind::kUnknown) return PythonError("KeyError");
  if (row.pred().IsNull() || row.gt().IsNull()) {
    return kind == SparKind::kChoice ? PythonError("AttributeError") : Json(0.0);
  }
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  return Json(ScoreSpar(task, reply, gold));
}

Result<Json> Number(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  const SparNumber number = ParseSparNumber(reply, SparIsMultiView(AfterSlash(row.task())));
  if (!number.error.empty()) return PythonError(number.error);
  if (!number.is_float && number.number.i64) return Json(*number.number.i64);
  if (!number.digits.empty()) return ExactInteger(number.digits);
  return Json(number.number.value);
}

Result<Json> CameraMotion(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  const CameraMotionNumbers parsed = ParseSparCameraMotion(text);
  return parsed.raises ? PythonError("ValueError") : Json(parsed.numbers);
}

template <Profile kProfile>
Result<Json> Aggregate(const MetricRow& row) {
  SPATIUM_TRY(const auto replies, row.Texts("pred"));
  if (!row.gt().IsArray() || row.gt().AsArray().size() != replies.size()) {
    return row.Expected("gt", "a [task, gold] for each reply");
  }
  std::vector<TypedScore> scores;
  for (size_t i = 0; i < replies.size(); ++i) {
    const Json& pair = row.gt().AsArray()[i];
    if (!pair.IsArray() || pair.AsArray().size() != 2 || !pair.AsArray()[0].IsString() ||
        !pair.AsArray()[1].IsString()) {
      return row.Expected("gt", "a [task, gold] for each reply");
    }
    const std::string& task = pair.AsArray()[0].AsString();
    if (SparKindOf(task) == SparKind::kUnknown) return PythonError("KeyError");
    scores.push_back(
        {task, ScoreSpar(task, replies[i], py::FromUtf8(pair.AsArray()[1].AsString()))});
  }
  if (scores.empty()) return PythonError("KeyError");  // a table without columns has no "task"
  Json detail = Json::MakeObject({});
  double overall = 0;
  for (const auto& [name, score] : AggregateSpar(scores, kProfile)) {
    detail.Set(name, score);
    if (name == "overall") overall = score;
  }
  if (kProfile == Profile::kLmmsEval) return detail;
  return Json::MakeObject({{"score", overall * 100}, {"detail", detail}});
}

constexpr MetricTask kTasks[] = {
    {"sparbench/*", Score},
    {"sparbench.process_na/*", Number, "TypeError"},
    {"sparbench.parse_cmi(unused_by_scorer)", CameraMotion, "TypeError"},
    {"sparbench_official/aggregate", Aggregate<Profile::kOfficial>},
    {"sparbench_lmmseval/aggregate", Aggregate<Profile::kLmmsEval>},
};

}  // namespace

const MetricInfo& MetricInfo_sparbench() {
  static const MetricInfo info{.summary = "SPAR-Bench: choices, numbers, view changes, aggregates",
                               .tasks = kTasks};
  return info;
}

}  // namespace spatium
