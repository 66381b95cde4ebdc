#include "spatium/metrics/choice.h"
#include "spatium/metrics/metric.h"
#include "spatium/metrics/robospatial.h"

namespace spatium {
namespace {

// The letter of an option index: chr(65 + int(index)).
Result<py::Str> LetterOfIndex(const MetricRow& row) {
  const Json& index = row.gt();
  if (!index.IsInt() || index.AsInt() < 0 || index.AsInt() > 25) {
    return row.Expected("gt", "an option index");
  }
  return py::Str(1, U'A' + static_cast<char32_t>(index.AsInt()));
}

Result<Json> FirstLetterIsGold(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  return Json(FirstLetter(reply) == py::Strip(gold, U"()"));
}

Result<Json> EmbSpatial(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, LetterOfIndex(row));
  return Json(FirstLetter(reply) == gold);
}

Result<Json> ViewSpatial(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  return Json(StandaloneLetterOfLastLine(reply) == StandaloneLetter(gold) ? 1.0 : 0.0);
}

Result<Json> ThreeDsr(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  return Json(ThreeDsrLetter(reply) == gold ? 1.0 : 0.0);
}

Result<Json> MindCube(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  return Json(MindCubeLetter(py::Strip(reply)) == gold ? 1.0 : 0.0);
}

Result<Json> Mmsi(const MetricRow& row) {
  if (row.pred().IsNull()) return Json(0);
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  return Json(MmsiScore(reply, gold).value_or(0));
}

Result<Json> MmsiVideo(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  const py::Str letter = py::Upper(py::Strip(gold)).substr(0, 1);
  return Json(MmsiVideoLetter(py::Strip(reply)) == letter ? 1.0 : 0.0);
}

template <OmniSpatialFormat kFormat>
Result<Json> OmniSpatial(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  return Json(OmniSpatialLetter(reply, kFormat) == gold);
}
Result<Json> OmniSpatialJson(const MetricRow& row) {
  if (row.pred().IsNull()) return Json(row.gt() == Json("A"));
  return OmniSpatial<OmniSpatialFormat::kJson>(row);
}

Result<Json> OmniSpatialNv(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, LetterOfIndex(row));
  const py::Str letter = OmniSpatialLetter(RemoveThinking(reply), OmniSpatialFormat::kDirect);
  return Json(letter == gold ? 1 : 0);
}

Result<Json> SpatialViz(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  return Json(SpatialVizLetter(reply) == gold);
}

Result<Json> Blink(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  const py::Str letter = FirstLetter(reply);
  const Letter choice = BlinkChoice(reply);
  return Json::MakeObject({{"letter_lmmseval", TextJson(letter)},
                           {"correct_lmmseval", letter == py::Strip(gold, U"()")},
                           {"official_rule", TextJson(choice.value_or(U"(Z) GPT-needed"))},
                           {"extract_mcq_answer", TextJson(RankedLetter(reply))}});
}

constexpr std::string_view kAttribute = "AttributeError", kType = "TypeError";
constexpr MetricTask kTasks[] = {
    {"cv_bench", FirstLetterIsGold, kAttribute},
    {"blink_lmmseval", FirstLetterIsGold, kAttribute},
    {"embspatial", EmbSpatial, kAttribute},
    {"viewspatial", ViewSpatial, kAttribute},
    {"3dsrbench", ThreeDsr, kAttribute},
    {"mindcube", MindCube, kAttribute},
    {"mmsi_bench", Mmsi},
    {"mmsi_video", MmsiVideo, kAttribute},
    {"omnispatial[re]", OmniSpatial<OmniSpatialFormat::kRe>, kType},
    {"omnispatial[json]", OmniSpatialJson},
    {"omnispatial[direct]", OmniSpatial<OmniSpatialFormat::kDirect>, kAttribute},
    {"omni_spatial_nv", OmniSpatialNv, kType},
    {"spatialviz", SpatialViz, kType},
    {"blink", Blink, kAttribute},
};

}  // namespace

const MetricInfo& MetricInfo_choice_benchmarks() {
  static const MetricInfo info{.summary = "multiple-choice image benchmarks: one reply's score",
                               .tasks = kTasks};
  return info;
}

}  // namespace spatium
