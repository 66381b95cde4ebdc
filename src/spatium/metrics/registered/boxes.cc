#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <span>

#include "spatium/base/text.h"
#include "spatium/metrics/box_iou.h"
#include "spatium/metrics/exact_integer.h"
#include "spatium/metrics/metric.h"

namespace spatium {
namespace {

// A number, or how NaN and the infinities are written.
std::optional<double> NumberOf(const Json& value) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (value == Json("NaN")) return std::numeric_limits<double>::quiet_NaN();
  if (value == Json("Infinity")) return kInfinity;
  if (value == Json("-Infinity")) return -kInfinity;
  return value.IsNumber() ? std::optional(value.AsDouble()) : std::nullopt;
}
std::optional<Box6> BoxOf(const Json& value) {
  if (!value.IsArray() || value.AsArray().size() != 6) return std::nullopt;
  Box6 box;
  for (size_t k = 0; k < 6; ++k) {
    const auto number = NumberOf(value.AsArray()[k]);
    if (!number) return std::nullopt;
    box[k] = *number;
  }
  return box;
}
Result<Box6> BoxAt(const MetricRow& row, std::string_view key) {
  const auto box = BoxOf(row.At(key));
  if (!box) return row.Expected(key, "a box of six numbers");
  return *box;
}
std::optional<std::vector<Box6>> BoxesOf(const Json& value) {
  if (!value.IsArray()) return std::nullopt;
  std::vector<Box6> out;
  for (const Json& item : value.AsArray()) {
    const auto box = BoxOf(item);
    if (!box) return std::nullopt;
    out.push_back(*box);
  }
  return out;
}

Json IouJson(double iou) {
  return Json::MakeObject({{"iou", iou}, {"acc25", iou >= 0.25}, {"acc50", iou >= 0.5}});
}

Result<Json> FloatTask(const MetricRow& row) {
  SPATIUM_TRY(const Box6 a, BoxAt(row, "pred"));
  SPATIUM_TRY(const Box6 b, BoxAt(row, "gt"));
  const double iou = FloatIou(a, b);
  return IouJson(iou).Set("acc90(referit3d dummy)", iou >= 0.9);
}
Result<Json> ScanReferTask(const MetricRow& row) {
  SPATIUM_TRY(const Box6 a, BoxAt(row, "pred"));
  SPATIUM_TRY(const Box6 b, BoxAt(row, "gt"));
  return IouJson(ScanReferIou(CornersOf(a), CornersOf(b)));
}
Result<Json> PlainTask(const MetricRow& row) {
  SPATIUM_TRY(const Box6 a, BoxAt(row, "pred"));
  SPATIUM_TRY(const Box6 b, BoxAt(row, "gt"));
  return IouJson(PlainIou(a, b));
}
Result<Json> TabTask(const MetricRow& row) {
  const auto a = BoxOf(row.pred());
  SPATIUM_TRY(const Box6 b, BoxAt(row, "gt"));
  return Json(a ? TabIou(*a, b) : 0.0);
}

Result<Corners> PointsAt(const MetricRow& row, std::string_view key) {
  std::vector<std::array<double, 3>> points;
  const Json& value = row.At(key);
  if (!value.IsArray() || value.AsArray().empty()) return row.Expected(key, "corner points");
  for (const Json& item : value.AsArray()) {
    if (!item.IsArray() || item.AsArray().size() != 3) return row.Expected(key, "corner points");
    std::array<double, 3> point;
    for (size_t k = 0; k < 3; ++k) {
      const auto number = NumberOf(item.AsArray()[k]);
      if (!number) return row.Expected(key, "corner points");
      point[k] = *number;
    }
    points.push_back(point);
  }
  return CornersOf(points);
}
Result<Json> CornersTask(const MetricRow& row) {
  SPATIUM_TRY(const Corners a, PointsAt(row, "pred"));
  SPATIUM_TRY(const Corners b, PointsAt(row, "gt"));
  return Json(ScanReferIou(a, b));
}

// A SPAZER record: no box where the run found nothing.
Result<Json> Spazer(const MetricRow& row) {
  const auto a = BoxOf(row.pred());
  SPATIUM_TRY(const Box6 b, BoxAt(row, "gt"));
  if (!a && !row.pred().IsNull()) return row.Expected("pred", "a box or null");
  const double plain = a ? PlainIou(*a, b) : 0;
  const double scanrefer = a ? ScanReferIou(CornersOf(*a), CornersOf(b)) : 0;
  return Json::MakeObject({{"iou_seeground", plain},
                           {"iou_scanrefer", scanrefer},
                           {"acc25", plain > 0.25},
                           {"acc50", plain > 0.5}});
}

// Both F1 of one query, or what its script raises: M3DRef-CLIP's knows no query without boxes, and
// scipy refuses a matrix with NaN.
struct F1OrError {
  double f25 = 0, f50 = 0;
  std::string_view error = "";
};
F1OrError F1Of(std::span<const Box6> predictions, std::span<const Box6> gold, F1Rule rule) {
  if (rule == F1Rule::kM3dRefClip && predictions.empty() && gold.empty())
    return {.error = "ZeroDivisionError"};
  const auto f1 = Multi3dReferF1(predictions, gold, rule);
  return f1 ? F1OrError{.f25 = f1->first, .f50 = f1->second} : F1OrError{.error = "ValueError"};
}

template <F1Rule kRule>
Result<Json> F1(const MetricRow& row) {
  const auto predictions = BoxesOf(row.pred()), gold = BoxesOf(row.gt());
  if (!predictions || !gold) return row.Expected("pred", "lists of boxes");
  const F1OrError f1 = F1Of(*predictions, *gold, kRule);
  if (!f1.error.empty()) return PythonError(f1.error);
  return Json(std::vector<double>{f1.f25, f1.f50});
}

constexpr const char* kMulti3dReferTypes[] = {"zt_w_d", "zt_wo_d", "st_w_d", "st_wo_d", "mt"};

// gt: [boxes, type] for each list of predictions.
Result<Json> Multi3dReferAggregate(const MetricRow& row) {
  const Json &pred = row.pred(), &gt = row.gt();
  if (!pred.IsArray() || !gt.IsArray() || pred.AsArray().size() != gt.AsArray().size()) {
    return row.Expected("gt", "[boxes, type] for each prediction");
  }
  std::vector<float> all25, all50;
  std::map<std::string, std::vector<float>> by25, by50;
  for (size_t i = 0; i < gt.AsArray().size(); ++i) {
    const Json& pair = gt.AsArray()[i];
    const bool ok = pair.IsArray() && pair.AsArray().size() == 2 && pair.AsArray()[1].IsString();
    const auto predictions = BoxesOf(pred.AsArray()[i]);
    const auto gold = ok ? BoxesOf(pair.AsArray()[0]) : std::nullopt;
    if (!predictions || !gold) return row.Expected("gt", "[boxes, type] for each prediction");
    const std::string& type = pair.AsArray()[1].AsString();
    if (std::ranges::find(kMulti3dReferTypes, type) == std::end(kMulti3dReferTypes))
      return PythonError("KeyError");
    // By type, not by the boxes: a query without a target is right if nothing is predicted.
    const double nothing_said = predictions->empty() ? 1 : 0;
    const F1OrError f1 = type.starts_with("zt_")
                             ? F1OrError{.f25 = nothing_said, .f50 = nothing_said}
                             : F1Of(*predictions, *gold, F1Rule::kM3dRefClip);
    if (!f1.error.empty()) return PythonError(f1.error);
    all25.push_back(static_cast<float>(f1.f25));
    all50.push_back(static_cast<float>(f1.f50));
    by25[type].push_back(all25.back());
    by50[type].push_back(all50.back());
  }
  const auto result = [](std::map<std::string, std::vector<float>>& by,
                         const std::vector<float>& all) {
    Json out = Json::MakeObject({});
    for (const char* type : kMulti3dReferTypes) {
      out.Set(type, static_cast<double>(NumpyMeanFloat(by[type])));
    }
    return out.Set("overall", static_cast<double>(NumpyMeanFloat(all)));
  };
  return Json::MakeObject({{"F1@0.25", result(by25, all25)}, {"F1@0.5", result(by50, all50)}});
}

struct Hits {
  int64_t hits = 0, total = 0;
  void Add(bool hit) {
    hits += hit;
    ++total;
  }
  double Rate() const {
    return total > 0 ? static_cast<double>(hits) / static_cast<double>(total)
                     : std::numeric_limits<double>::quiet_NaN();
  }
};

struct TypedIou {
  std::string type;
  double iou;
};
Result<std::vector<TypedIou>> TypedIous(const MetricRow& row) {
  const Json &pred = row.pred(), &gt = row.gt();
  std::vector<TypedIou> out;
  if (!pred.IsArray() || !gt.IsArray() || pred.AsArray().size() != gt.AsArray().size()) {
    return row.Expected("gt", "[box, type] for each prediction");
  }
  for (size_t i = 0; i < gt.AsArray().size(); ++i) {
    const Json& pair = gt.AsArray()[i];
    const bool ok = pair.IsArray() && pair.AsArray().size() == 2 && pair.AsArray()[1].IsString();
    const auto a = BoxOf(pred.AsArray()[i]);
    const auto b = ok ? BoxOf(pair.AsArray()[0]) : std::nullopt;
    if (!a || !b) return row.Expected("gt", "[box, type] for each prediction");
    out.push_back({pair.AsArray()[1].AsString(), FloatIou(*a, *b)});
  }
  return out;
}

// What the scripts raise: a type that they do not know, or no query.
std::string_view TypesError(std::span<const TypedIou> items,
                            std::span<const std::string_view> known) {
  for (const TypedIou& item : items)
    if (std::ranges::find(known, item.type) == known.end()) return "KeyError";
  return items.empty() ? "ZeroDivisionError" : "";
}

Result<Json> ScanReferAggregate(const MetricRow& row) {
  SPATIUM_TRY(const auto items, TypedIous(row));
  static constexpr std::string_view kTypes[] = {"unique", "multiple"};
  if (const auto error = TypesError(items, kTypes); !error.empty()) return PythonError(error);
  Json out = Json::MakeObject({});
  for (const auto& [name, threshold] : {std::pair{"Acc@0.25", 0.25}, std::pair{"Acc@0.5", 0.5}}) {
    std::map<std::string, Hits> hits;
    for (const TypedIou& item : items) {
      hits[item.type].Add(item.iou >= threshold);
      hits["overall"].Add(item.iou >= threshold);
    }
    Json rates = Json::MakeObject({});
    for (const char* key : {"unique", "multiple", "overall"}) rates.Set(key, hits[key].Rate());
    out.Set(name, rates);
  }
  return out;
}

Result<Json> Nr3dAggregate(const MetricRow& row) {
  SPATIUM_TRY(const auto items, TypedIous(row));
  static constexpr std::string_view kTypes[] = {"easy_dep", "easy_indep", "hard_dep", "hard_indep"};
  if (const auto error = TypesError(items, kTypes); !error.empty()) return PythonError(error);
  std::map<std::string, Hits> hits;
  for (const TypedIou& item : items) {
    const bool hit = item.iou >= 0.9;
    hits[item.type.starts_with("easy") ? "easy" : "hard"].Add(hit);
    hits[item.type.ends_with("indep") ? "view_indep" : "view_dep"].Add(hit);
    hits["overall"].Add(hit);
  }
  Json rates = Json::MakeObject({});
  for (const char* key : {"easy", "hard", "view_dep", "view_indep", "overall"}) {
    rates.Set(key, hits[key].Rate());
  }
  return Json::MakeObject({{"Acc", rates}});
}

Result<Json> StimulusTask(const MetricRow& row) {
  if (!row.pred().IsString()) return row.Expected("pred", "a string");
  const StimulusOrError decoded = DecodeStimulus(row.pred().AsString());
  if (!decoded.error.empty()) return PythonError(decoded.error);
  const Stimulus& s = decoded.stimulus;
  Json distractors = Json::MakeArray();
  for (const std::string& id : s.distractors) distractors.Push(IntegerJson(id));
  return Json::MakeObject(
      {{"decoded",
        Json::Array{s.scene, s.label, s.num_objects, IntegerJson(s.target), distractors}},
       {"easy", s.easy()}});
}

Result<Json> ViewDependentTask(const MetricRow& row) {
  SPATIUM_TRY(const auto texts, row.Texts("pred"));
  std::vector<std::string> tokens;
  for (const py::Str& text : texts) tokens.push_back(py::ToUtf8(text));
  return Json(IsViewDependent(tokens));
}

// Means of IoUs that TAB rounded half up to two decimals, by type.
Result<Json> TabAggregate(const MetricRow& row) {
  SPATIUM_TRY(const auto ious, row.Numbers("pred"));
  SPATIUM_TRY(const auto matched, row.Numbers("matched"));
  SPATIUM_TRY(const auto types, row.Texts("gt"));
  if (ious.size() != types.size() || matched.size() != types.size()) {
    return row.Expected("gt", "a type for each IoU");
  }
  Json out = Json::MakeObject({});
  for (const char* group : {"overall", "unique", "multiple"}) {
    const py::Str name = py::FromUtf8(group);
    Json result = Json::MakeObject({});
    for (const bool is_matched : {false, true}) {
      int64_t sum = 0;
      Hits hits25, hits50;
      for (size_t i = 0; i < types.size(); ++i) {
        if (name != U"overall" && types[i] != name) continue;
        const int64_t iou = Hundredths((is_matched ? matched : ious)[i]);
        sum += iou;
        hits25.Add(iou >= 25);
        hits50.Add(iou >= 50);
      }
      const std::string suffix = is_matched ? "_matched" : "";
      // A group without items is 0, not undefined.
      const double n = static_cast<double>(std::max<int64_t>(hits25.total, 1));
      result.Set("mIoU" + suffix, static_cast<double>(sum) / (100 * n));
      result.Set("IoU25" + suffix, static_cast<double>(hits25.hits) / n);
      result.Set("IoU50" + suffix, static_cast<double>(hits50.hits) / n);
    }
    out.Set(group, result);
  }
  return out;
}

// Ids that agree. The golden row has no easy/hard or view flags: with "flags", a list of words for
// each id, the groups are given as well.
Result<Json> TabNearest(const MetricRow& row) {
  const Json &pred = row.pred(), &gt = row.gt(), &flags = row.At("flags");
  if (!pred.IsArray() || !gt.IsArray() || pred.AsArray().size() != gt.AsArray().size()) {
    return row.Expected("gt", "an id for each prediction");
  }
  std::map<std::string, Hits> hits;
  for (size_t i = 0; i < gt.AsArray().size(); ++i) {
    const bool hit = pred.AsArray()[i] == gt.AsArray()[i];
    hits["all"].Add(hit);
    if (!flags.IsArray() || flags.AsArray().size() != gt.AsArray().size()) continue;
    if (!flags.AsArray()[i].IsArray()) continue;
    for (const Json& flag : flags.AsArray()[i].AsArray()) {
      if (flag.IsString()) hits[flag.AsString()].Add(hit);
    }
  }
  Json out = Json::MakeObject({});
  for (const auto& [name, group] : hits) out.Set(name, group.Rate());
  return out;
}

constexpr MetricTask kTasks[] = {
    {"iou/m3dref_clip (float32,+1.1920929e-07)", FloatTask},
    {"iou/scanrefer_official==video3dllm (float64,+1e-8)", ScanReferTask},
    {"iou/seeground==zsvg3d==spazer (no eps, strict overlap)", PlainTask},
    {"iou/scanrefer corners(8x3)", CornersTask},
    {"multi3drefer_f1/video3dllm", F1<F1Rule::kVideo3dLlm>},
    {"multi3drefer_f1/m3dref_clip", F1<F1Rule::kM3dRefClip>},
    {"multi3drefer/aggregate(m3dref_clip)", Multi3dReferAggregate},
    {"scanrefer/aggregate(m3dref_clip)", ScanReferAggregate},
    {"nr3d/aggregate(m3dref_clip, IoU>=0.9)", Nr3dAggregate},
    {"nr3d.decode_stimulus+easy", StimulusTask},
    {"nr3d.view_dependent", ViewDependentTask},
    {"spazer/pair", Spazer},
    {"tab/iou/*", TabTask},
    {"tab/scanrefer_aggregate*", TabAggregate},
    {"tab/nr3d_nearest_object*", TabNearest},
};

}  // namespace

const MetricInfo& MetricInfo_boxes() {
  static const MetricInfo info{
      .summary = "3D boxes: IoU in three arithmetics, F1, ScanRefer and Nr3D breakdowns",
      .tasks = kTasks};
  return info;
}

}  // namespace spatium
