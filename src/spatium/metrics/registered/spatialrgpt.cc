#include "spatium/metrics/spatialrgpt.h"

#include "spatium/metrics/metric.h"

namespace spatium {
namespace {

Json GroupsJson(const SpatialRgptScores::Groups& groups) {
  Json out = Json::MakeObject({});
  for (const auto& [name, values] : groups) out.Set(name, Json(values));
  return out;
}

Json ResultsJson(const SpatialRgptScores& scores) {
  Json out = Json::MakeObject({});
  for (const auto& [name, value] : scores.results) out.Set(name, value);
  if (scores.complete) out.Set("Match_fail_count", scores.match_failures);
  return out;
}

std::string TextOf(const Json* value) {
  return value && value->IsString() ? value->AsString() : "";
}
Result<SpatialRgptItem> Item(const MetricRow& row, const Json& pair, const Json& judge) {
  if (!pair.IsArray() || pair.AsArray().size() != 2) return row.Expected("gt", "[type, category]");
  return SpatialRgptItem{
      TextOf(&pair.AsArray()[0]), TextOf(&pair.AsArray()[1]), py::FromUtf8(TextOf(&judge))};
}

// One item, followed by the fillers that the row names.
Result<Json> OneRow(const MetricRow& row) {
  std::vector<SpatialRgptItem> items;
  SPATIUM_TRY(SpatialRgptItem first, Item(row, row.gt(), row.pred()));
  items.push_back(std::move(first));
  if (row.At("fillers").IsArray()) {
    for (const Json& filler : row.At("fillers").AsArray()) {
      items.push_back({TextOf(filler.Find("type")),
                       TextOf(filler.Find("category")),
                       py::FromUtf8(TextOf(filler.Find("judge")))});
    }
  }
  const SpatialRgptScores scores = ScoreSpatialRgpt(items, false);
  if (!scores.exception.empty()) return PythonError(scores.exception);
  return Json::MakeObject({{"result_dict", ResultsJson(scores)},
                           {"match_fail_count", scores.match_failures},
                           {"quantitative_success_dict", GroupsJson(scores.success)},
                           {"quantitative_error_dict", GroupsJson(scores.error)},
                           {"qualitative_dict", GroupsJson(scores.qualitative)}});
}

Result<Json> Aggregate(const MetricRow& row) {
  if (!row.pred().IsArray() || !row.gt().IsArray() ||
      row.pred().AsArray().size() != row.gt().AsArray().size()) {
    return row.Expected("gt", "[type, category] for each reply of the judge");
  }
  std::vector<SpatialRgptItem> items;
  for (size_t i = 0; i < row.gt().AsArray().size(); ++i) {
    SPATIUM_TRY(SpatialRgptItem item, Item(row, row.gt().AsArray()[i], row.pred().AsArray()[i]));
    items.push_back(std::move(item));
  }
  const SpatialRgptScores scores = ScoreSpatialRgpt(items, false);
  if (!scores.exception.empty()) return PythonError(scores.exception);
  return Json::MakeObject(
      {{"result_dict", ResultsJson(scores)}, {"match_fail_count", scores.match_failures}});
}

constexpr MetricTask kTasks[] = {
    {"spatialrgpt_bench/one_row*", OneRow},
    {"spatialrgpt_bench/aggregate", Aggregate},
};

}  // namespace

const MetricInfo& MetricInfo_spatialrgpt() {
  static const MetricInfo info{.summary = "SpatialRGPT-Bench: the judge's replies to scores",
                               .tasks = kTasks};
  return info;
}

}  // namespace spatium
