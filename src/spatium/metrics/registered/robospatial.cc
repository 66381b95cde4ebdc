#include "spatium/metrics/robospatial.h"

#include "spatium/metrics/metric.h"

namespace spatium {
namespace {

Result<Json> LmmsEvalBinary(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  return Json(YesNoOnLastLine(gold, RemoveThinking(reply)) ? 1 : 0);
}

Result<Json> Official(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  const RoboSpatialOutcome outcome = ScoreRoboSpatialOfficial(gold, reply);
  Json parsed;
  if (outcome.is_binary) {
    parsed = TextJson(outcome.text);
  } else if (outcome.point) {
    parsed = Json(std::vector<double>{outcome.point->first, outcome.point->second});
  }
  return Json(Json::Array{outcome.correct, outcome.is_binary, parsed, outcome.parsable});
}

constexpr MetricTask kTasks[] = {
    {"robospatial_lmmseval/binary", LmmsEvalBinary, "TypeError"},
    {"robospatial_official/binary", Official, "AttributeError"},
    {"robospatial_official/point", Official, "AttributeError"},
};

}  // namespace

const MetricInfo& MetricInfo_robospatial() {
  static const MetricInfo info{.summary = "RoboSpatial-Home: yes/no and points in polygons",
                               .tasks = kTasks};
  return info;
}

}  // namespace spatium
