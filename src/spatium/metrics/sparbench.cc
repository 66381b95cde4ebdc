#include "spatium/metrics/sparbench.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "spatium/base/text.h"
#include "spatium/metrics/mra.h"
#include "spatium/metrics/number_text.h"
#include "spatium/metrics/regex.h"

namespace spatium {
namespace {

struct SparTask {
  std::string_view name;
  SparKind kind;
  SparLevel level;
};
constexpr SparTask kSparTasks[] = {
    {"depth_prediction_oc", SparKind::kNumber, SparLevel::kLow},
    {"depth_prediction_oo", SparKind::kNumber, SparLevel::kLow},
    {"distance_prediction_oc", SparKind::kNumber, SparLevel::kLow},
    {"distance_prediction_oo", SparKind::kNumber, SparLevel::kLow},
    {"depth_prediction_oc_mv", SparKind::kNumber, SparLevel::kLow},
    {"depth_prediction_oo_mv", SparKind::kNumber, SparLevel::kLow},
    {"distance_prediction_oo_mv", SparKind::kNumber, SparLevel::kLow},
    {"distance_prediction_oc_mv", SparKind::kNumber, SparLevel::kLow},
    {"view_change_infer", SparKind::kViewChange, SparLevel::kMiddle},
    {"position_matching", SparKind::kChoice, SparLevel::kMiddle},
    {"camera_motion_infer", SparKind::kChoice, SparLevel::kMiddle},
    {"obj_spatial_relation_oo", SparKind::kChoice, SparLevel::kHigh},
    {"obj_spatial_relation_oc_mv", SparKind::kChoice, SparLevel::kHigh},
    {"obj_spatial_relation_oo_mv", SparKind::kChoice, SparLevel::kHigh},
    {"spatial_imagination_oc", SparKind::kChoice, SparLevel::kHigh},
    {"spatial_imagination_oo", SparKind::kChoice, SparLevel::kHigh},
    {"spatial_imagination_oc_mv", SparKind::kChoice, SparLevel::kHigh},
    {"spatial_imagination_oo_mv", SparKind::kChoice, SparLevel::kHigh},
    {"distance_infer_center_oo", SparKind::kChoice, SparLevel::kHigh},
    {"distance_infer_center_oo_mv", SparKind::kChoice, SparLevel::kHigh}};

const SparTask* FindTask(std::string_view name) {
  for (const SparTask& task : kSparTasks) {
    if (task.name == name) return &task;
  }
  return nullptr;
}

// The two directions of each axis, positive first.
constexpr py::View kAxes[5][2] = {{U"move_right", U"move_left"},
                                  {U"move_up", U"move_down"},
                                  {U"move_forward", U"move_backward"},
                                  {U"rotate_right", U"rotate_left"},
                                  {U"rotate_up", U"rotate_down"}};

struct Motion {
  double values[5][2] = {};
  void Set(py::View key, double value) {
    for (size_t axis = 0; axis < 5; ++axis) {
      for (size_t side = 0; side < 2; ++side) {
        if (key == kAxes[axis][side]) values[axis][side] = value;
      }
    }
  }
  double Axis(size_t axis) const { return values[axis][0] - values[axis][1]; }
};

// Calls each(key, value) for every piece between commas, until it returns false; a piece that is
// not key:number has no value.
template <class Each>
void ForEachMove(py::View text, Each each) {
  for (;;) {
    const size_t end = std::min(text.find(U','), text.size());
    const py::View piece = text.substr(0, end);
    const size_t colon = piece.find(U':');
    std::optional<double> value;
    if (colon != py::View::npos && piece.find(U':', colon + 1) == py::View::npos)
      value = py::Float(piece.substr(colon + 1));
    if (!each(piece.substr(0, colon), value) || end == text.size()) return;
    text.remove_prefix(end + 1);
  }
}

// none if any piece is not key:number.
std::optional<Motion> ParseMotion(py::View text) {
  std::optional<Motion> motion(std::in_place);
  ForEachMove(text, [&](py::View key, std::optional<double> value) {
    if (value)
      motion->Set(key, *value);
    else
      motion.reset();
    return motion.has_value();
  });
  return motion;
}

Motion ParseMotionStrict(py::View text) {
  Motion motion;
  ForEachMove(text, [&](py::View piece, std::optional<double> value) {
    if (!value || !std::isfinite(*value)) return true;
    const py::Scratch lower = py::Scratch::Lower(py::Strip(piece));
    const py::View key = lower;
    motion.Set(key == U"move_back" ? py::View(U"move_backward") : key, *value);
    return true;
  });
  return motion;
}

double MeanOfAxes(const Motion& a, const Motion& b) {
  double scores[5];
  for (size_t axis = 0; axis < 5; ++axis) scores[axis] = SparMra(a.Axis(axis), b.Axis(axis));
  return py::NumpyMean(scores);
}

std::string MetricKey(std::string_view task) {
  switch (SparKindOf(task)) {
    case SparKind::kNumber:
      return StrCat(task, "_MRA:.5:.95:.05");
    case SparKind::kViewChange:
      return StrCat(task, "_vci_metric");
    default:
      return StrCat(task, "_accuracy");
  }
}

}  // namespace

SparKind SparKindOf(std::string_view task) {
  const SparTask* known = FindTask(task);
  return known ? known->kind : SparKind::kUnknown;
}
SparLevel SparLevelOf(std::string_view task) {
  const SparTask* known = FindTask(task);
  return known ? known->level : SparLevel::kLow;
}
bool SparIsMultiView(std::string_view task) { return task.ends_with("_mv"); }

std::span<const std::string_view> SparTasks() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> out;
    for (const SparTask& task : kSparTasks) out.push_back(task.name);
    return out;
  }();
  return names;
}

double SparChoiceScore(py::View reply, py::View gold) {
  const py::Scratch lower_reply = py::Scratch::Lower(reply), lower_gold = py::Scratch::Lower(gold);
  const py::View a = lower_reply, b = lower_gold;
  return py::Contains(b, a) || a.substr(0, 1) == b ? 1 : 0;
}

double SparNumberScore(std::string_view task, py::View reply, py::View gold) {
  const SparNumber number = ParseSparNumber(reply, SparIsMultiView(task));
  const auto target = py::Float(gold);
  if (!number.error.empty() || !target) return 0;
  // float() of an integer beyond a double's range raises OverflowError, which scores 0.
  if (!number.is_float && std::isinf(number.number.value)) return 0;
  return SparMra(number.number.value, *target);
}

double SparViewChangeScore(py::View reply, py::View gold) {
  const auto a = ParseMotion(reply), b = ParseMotion(gold);
  return a && b ? MeanOfAxes(*b, *a) : 0;
}

double SparViewChangeScoreStrict(py::View reply, py::View gold) {
  return MeanOfAxes(ParseMotionStrict(reply), ParseMotionStrict(gold));
}

double ScoreSpar(std::string_view task, py::View reply, py::View gold) {
  switch (SparKindOf(task)) {
    case SparKind::kNumber:
      return SparNumberScore(task, reply, gold);
    case SparKind::kViewChange:
      return SparViewChangeScore(reply, gold);
    default:
      return SparChoiceScore(reply, gold);
  }
}

std::vector<std::pair<std::string, double>> AggregateSpar(std::span<const TypedScore> items,
                                                          Profile profile) {
  std::map<std::string, std::vector<double>> by_task;
  for (const TypedScore& item : items) by_task[item.type].push_back(item.score);
  std::vector<std::pair<std::string, double>> out;
  std::vector<double> means, levels[3];
  for (const auto& [task, scores] : by_task) {
    const double mean = py::NumpyMean(scores);
    out.emplace_back(MetricKey(task), mean);
    means.push_back(mean);
    // The metric key less its last word is looked up: "view_change_infer_vci" is in no level.
    const bool in_level = SparKindOf(task) != SparKind::kViewChange || profile == Profile::kStrict;
    if (in_level) levels[static_cast<size_t>(SparLevelOf(task))].push_back(mean);
  }
  const bool lmms = profile == Profile::kLmmsEval;
  const double none = lmms ? 0 : std::numeric_limits<double>::quiet_NaN();
  const auto mean_of = [](const std::vector<double>& values, double otherwise) {
    return values.empty() ? otherwise : py::NumpyMean(values);
  };
  const double n = static_cast<double>(means.size());
  out.emplace_back("overall", means.empty() ? 0 : py::Sum(means) / n);
  out.emplace_back(lmms ? "low" : "Low", mean_of(levels[0], none));
  out.emplace_back(lmms ? "middle" : "Middle", mean_of(levels[1], none));
  out.emplace_back(lmms ? "high" : "High", mean_of(levels[2], none));
  return out;
}

CameraMotionNumbers ParseSparCameraMotion(py::View text) {
  static const py::Regex kToken(UR"(\([0-9\.]+,[0-9\.]+\)|[0-9\.]+)");
  std::vector<py::Str> tokens;
  for (const py::Match& match : kToken.FindAll(text)) tokens.emplace_back(match.Group(0));
  if (tokens.size() == 1 && py::Contains(tokens[0], U"(")) {
    tokens.push_back(U"0.0");
  } else if (tokens.size() == 1 && py::Contains(tokens[0], U".")) {
    tokens.insert(tokens.begin(), U"(0.0,0.0)");
  }
  CameraMotionNumbers out;
  for (const py::Str& token : tokens) {
    for (const py::View piece : py::Split(py::Strip(token, U"()"), U",")) {
      const auto number = py::Float(piece);
      if (!number) return {.numbers = {}, .raises = true};
      out.numbers.push_back(*number);
    }
  }
  return out;
}

}  // namespace spatium
