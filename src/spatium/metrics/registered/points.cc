#include "spatium/metrics/points.h"

#include "spatium/metrics/exact_integer.h"
#include "spatium/metrics/metric.h"
#include "spatium/metrics/robospatial.h"

namespace spatium {
namespace {

constexpr int kWidth = 640, kHeight = 480;  // of the parser-only tasks
constexpr double kMaxShownPoints = 4e5;

Json ShowPoints(const PointsOrError& parsed) {
  if (!parsed.error.empty()) return PythonError(parsed.error);
  if (parsed.points.Count() > kMaxShownPoints) return PythonError("MemoryError");
  const PointSet& points = parsed.points;
  Json out = Json::MakeArray();
  for (const PointSet::Item& item : points.items) {
    const auto exact = points.exact.find(static_cast<size_t>(&item - points.items.data()));
    if (exact != points.exact.end() && points.KeepsIntegers()) {
      const auto& [x, y] = exact->second;
      out.Push(Json::Array{x.empty() ? Json(item.x) : ExactInteger(x),
                           y.empty() ? Json(item.y) : ExactInteger(y)});
      continue;
    }
    for (double row = 0; row < item.height; ++row) {
      for (double column = 0; column < item.width; ++column) {
        out.Push(Json(std::vector<double>{item.x + column, item.y + row}));
      }
    }
  }
  return out;
}

// Official evaluators drop an item whose parser raises; lmms-eval lets the exception out.
enum class OnError { kSkip, kRaise };

Json Fraction(const PointsOrError& parsed, const Mask& mask, MaskRule rule, OnError on_error) {
  if (!parsed.error.empty()) {
    return on_error == OnError::kSkip ? Json("SKIPPED") : PythonError(parsed.error);
  }
  const auto score = FractionInMask(parsed.points, mask, rule);
  return score ? Json(*score) : PythonError("IndexError");
}

template <TupleRule kRule>
Result<Json> ShowTuples(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return ShowPoints(PointsFromTuples(text, kWidth, kHeight, kRule));
}

template <TupleRule kRule, MaskRule kMask, OnError kOnError>
Result<Json> ScoreTuples(const MetricRow& row) {
  if (row.pred().IsNull() && kOnError == OnError::kSkip) return Json("SKIPPED");
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  SPATIUM_TRY(const Mask* mask, row.MaskOf("gt"));
  // RoboPoint's script scales to 640 x 480 whatever the picture's size.
  const bool fixed = kRule == TupleRule::kRoboPoint;
  const int width = fixed ? kWidth : mask->width, height = fixed ? kHeight : mask->height;
  return Fraction(PointsFromTuples(text, width, height, kRule), *mask, kMask, kOnError);
}

Result<Json> ShowXml(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return ShowPoints(PointsFromXml(text, kWidth, kHeight));
}
Result<Json> ShowGemini(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return ShowPoints(PointsFromJson(text, kWidth, kHeight, U"point", true));
}
Result<Json> ShowPoint2d(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return ShowPoints(PointsFromJson(text, kWidth, kHeight, U"point_2d", false));
}
Result<Json> ShowPairs(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return ShowPoints(PointsFromPairs(text, kWidth, kHeight));
}
Result<Json> ShowAnyScale(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  return ShowPoints(PointsFromAnyScale(text, kWidth, kHeight));
}

Result<Json> ScoreMolmo(const MetricRow& row) {
  if (row.pred().IsNull()) return Json("SKIPPED");
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  SPATIUM_TRY(const Mask* mask, row.MaskOf("gt"));
  return Fraction(
      PointsFromXml(text, mask->width, mask->height), *mask, MaskRule::kAboveZero, OnError::kSkip);
}
Result<Json> ScoreGemini(const MetricRow& row) {
  if (row.pred().IsNull()) return Json("SKIPPED");
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  SPATIUM_TRY(const Mask* mask, row.MaskOf("gt"));
  return Fraction(PointsFromJson(text, mask->width, mask->height, U"point", true),
                  *mask,
                  MaskRule::kAboveZero,
                  OnError::kSkip);
}
Result<Json> ScorePairs(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  SPATIUM_TRY(const Mask* mask, row.MaskOf("gt"));
  return Fraction(
      PointsFromPairs(text, mask->width, mask->height), *mask, MaskRule::kRounded, OnError::kRaise);
}

template <bool kFirstOnly>
Result<Json> ScoreRoboSpatial(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  SPATIUM_TRY(const Mask* mask, row.MaskOf("gt"));
  const py::Str answer = RemoveThinking(text);
  const PointsOrError parsed =
      PointsFromJson(answer, mask->width, mask->height, U"point_2d", false);
  if (!parsed.error.empty()) return PythonError(parsed.error);
  return Json(AnyPointInMask(parsed.points, *mask, kFirstOnly));
}

// "pointbench_lmmseval[counting,count=2]"
Result<Json> ScorePointBench(const MetricRow& row) {
  SPATIUM_TRY(const py::Str text, row.Text("pred"));
  SPATIUM_TRY(const Mask* mask, row.MaskOf("gt"));
  const std::string_view name = row.task();
  const size_t bracket = name.find('['), comma = name.find(",count=");
  if (comma == name.npos || !name.ends_with(']')) return row.Expected("task", "[CATEGORY,count=N]");
  const bool counting = name.substr(bracket + 1, comma - bracket - 1) == "counting";
  const std::string count(name.substr(comma + 7, name.size() - comma - 8));
  const PointsOrError parsed = PointsFromAnyScale(text, mask->width, mask->height);
  if (!parsed.error.empty()) return PythonError(parsed.error);
  const bool all =
      AllPointsInMask(parsed.points, *mask, counting, std::strtoll(count.c_str(), nullptr, 10));
  return Json::MakeObject(
      {{"pointbench_acc", *FractionInMask(parsed.points, *mask, MaskRule::kAbove127)},
       {"pointbench_binary_acc", all ? 1 : 0}});
}

constexpr auto kSkip = OnError::kSkip;
constexpr auto kRaise = OnError::kRaise;
constexpr std::string_view kType = "TypeError";  // of a reply of None
constexpr MetricTask kTasks[] = {
    {"text2pts(w=640,h=480,is_absolute=False)", ShowTuples<TupleRule::kRefSpatial>, kType},
    {"text2pts(w=640,h=480,is_absolute=True)", ShowTuples<TupleRule::kRefSpatialAbsolute>, kType},
    {"robopoint.text2pts(640,480)", ShowTuples<TupleRule::kRoboPoint>, kType},
    {"lmms_eval._text2pts(640,480,norm=1)", ShowTuples<TupleRule::kLmmsEval>, kType},
    {"lmms_eval._text2pts(640,480,norm=1000)", ShowTuples<TupleRule::kLmmsEval1000>, kType},
    {"xml2pts(640,480)", ShowXml, kType},
    {"json2pts(640,480) key=point yx", ShowGemini, kType},
    {"lmms_eval.robo_spatial.json2pts(640,480) key=point_2d xy", ShowPoint2d, kType},
    {"lmms_eval.parse_point2d(640,480)", ShowPairs, kType},
    {"pointbench._text_to_points(640,480)", ShowAnyScale, kType},
    {"refspatial_official/normalized",
     ScoreTuples<TupleRule::kRefSpatial, MaskRule::kAboveZero, kSkip>},
    {"refspatial_official/absolute(Qwen,RoboBrain)",
     ScoreTuples<TupleRule::kRefSpatialAbsolute, MaskRule::kAboveZero, kSkip>},
    {"refspatial_official/molmo_xml", ScoreMolmo},
    {"refspatial_official/gemini_json", ScoreGemini},
    {"refspatial_lmmseval", ScoreTuples<TupleRule::kLmmsEval, MaskRule::kRounded, kRaise>, kType},
    {"refspatial_lmmseval_json", ScorePairs, kType},
    {"where2place_lmmseval", ScoreTuples<TupleRule::kLmmsEval, MaskRule::kRounded, kRaise>, kType},
    {"where2place_lmmseval_json", ScorePairs, kType},
    {"where2place_official(RoboPoint)", ScoreTuples<TupleRule::kRoboPoint, MaskRule::kGrey, kSkip>},
    {"robospatial_lmmseval/any_point", ScoreRoboSpatial<false>, kType},
    {"robospatial_lmmseval/first_point", ScoreRoboSpatial<true>, kType},
    {"pointbench_lmmseval[*", ScorePointBench, kType},
};

}  // namespace

const MetricInfo& MetricInfo_points() {
  static const MetricInfo info{
      .summary =
          "points and boxes in masks: RefSpatial-Bench, Where2Place, PointBench, RoboSpatial",
      .tasks = kTasks};
  return info;
}

}  // namespace spatium
