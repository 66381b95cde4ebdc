#include "spatium/metrics/spatialscore.h"

#include <map>

#include "spatium/base/text.h"
#include "spatium/metrics/metric.h"
#include "spatium/metrics/number_text.h"

namespace spatium {
namespace {

Result<Json> Option(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return TextJson(SpatialScoreOption(text));
}
Result<Json> YesNo(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return TextJson(SpatialScoreYesNo(text));
}
Result<Json> Number(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return TextJson(SpatialScoreNumber(text));
}
Result<Json> NumberAndUnit(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  py::Str gold;
  if (!row.gt().IsNull()) {
    SPATIUM_TRY(gold, row.Text("gt"));
  }
  const NumberWithUnit number = SpatialScoreNumberWithUnit(text, gold);
  return Json::MakeObject({{"value", OrNull(number.value)},
                           {"unit", OrNull(number.unit)},
                           {"is_correct", number.is_correct}});
}
Result<Json> EasiNumberTask(const MetricRow& row) {
  if (row.pred().IsNull()) return Json();
  if (row.pred().IsNumber()) return Json(row.pred().AsDouble());
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return OrNull(EasiNumber(text));
}

// "spatialscore_v0/TYPE/SOURCE"
Result<Json> Score(const MetricRow& row) {
  std::optional<py::Str> reply;
  if (!row.pred().IsNull()) {
    SPATIUM_TRY(reply, row.Text("pred"));
  }
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  const auto parts = Split(row.task(), '/');
  if (parts.size() != 3) return row.Expected("task", "spatialscore_v0/TYPE/SOURCE");
  const SpatialScoreOutcome outcome =
      ScoreSpatialScore(py::FromUtf8(parts[1]), parts[2], reply, gold);
  if (!outcome.error.empty()) return PythonError(outcome.error);
  return Json::MakeObject(
      {{"score", outcome.score},
       {"is_correct", outcome.by_accuracy ? Json("accuracy") : Json(outcome.is_correct)}});
}

struct Group {
  double sum = 0;
  int64_t total = 0;
  Json Summary() const {
    Json out = Json::MakeObject({});
    out.Set("accuracy", total > 0 ? sum / static_cast<double>(total) * 100 : 0.0);
    out.Set("correct", static_cast<int64_t>(sum)).Set("total", total).Set("score_sum", sum);
    return out;
  }
};

// gt: [question type, source, category, gold] for each reply.
Result<Json> Aggregate(const MetricRow& row) {
  SPATIUM_TRY(const auto replies, row.Texts("pred"));
  const Json& gold = row.gt();
  if (!gold.IsArray() || gold.AsArray().size() != replies.size()) {
    return row.Expected("gt", "a [type, source, category, gold] for each reply");
  }
  Group overall;
  std::map<std::string, Group> by_source, by_category;
  for (size_t i = 0; i < replies.size(); ++i) {
    std::vector<std::string> fields;
    if (gold.AsArray()[i].IsArray()) {
      for (const Json& field : gold.AsArray()[i].AsArray()) {
        if (field.IsString()) fields.push_back(field.AsString());
      }
    }
    if (fields.size() != 4) return row.Expected("gt", "four strings for each reply");
    const SpatialScoreOutcome outcome =
        ScoreSpatialScore(py::FromUtf8(fields[0]), fields[1], replies[i], py::FromUtf8(fields[3]));
    if (!outcome.error.empty()) return PythonError(outcome.error);
    for (Group* group : {&overall, &by_source[fields[1]], &by_category[fields[2]]}) {
      group->sum += outcome.score;
      ++group->total;
    }
  }
  Json out = Json::MakeObject({{"overall", overall.Summary()}});
  const auto add = [&](const char* key, const std::map<std::string, Group>& groups) {
    for (const auto& [name, group] : groups) {
      Json summary = Json::MakeObject({{key, name}});
      const Json numbers = group.Summary();
      for (const auto& [field, value] : numbers.AsObject()) summary.Set(field, value);
      out.Set(name + "_summary.json", summary);
    }
  };
  add("source", by_source);
  add("category", by_category);
  return out;
}

constexpr MetricTask kTasks[] = {
    {"spatialscore.extract_option", Option, "AttributeError"},
    {"spatialscore.extract_yes_no", YesNo, "AttributeError"},
    {"spatialscore.extract_number", Number, "AttributeError"},
    {"spatialscore.extract_numeric_with_unit", NumberAndUnit, "TypeError"},
    {"easi_vlmevalkit.can_match_na", EasiNumberTask},
    {"spatialscore_v0/aggregate", Aggregate},
    {"spatialscore_v0/*", Score},
};

}  // namespace

const MetricInfo& MetricInfo_spatialscore() {
  static const MetricInfo info{.summary = "SpatialScore version 0: options, yes/no, numbers, units",
                               .tasks = kTasks};
  return info;
}

}  // namespace spatium
