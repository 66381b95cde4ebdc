#include "spatium/metrics/choice.h"

#include "spatium/metrics/metric.h"
#include "spatium/metrics/spatial457.h"
#include "spatium/metrics/spatialscore.h"

namespace spatium {
namespace {

using LetterRule = Letter (*)(py::View);
using TextRule = py::Str (*)(py::View);

template <LetterRule kRule>
Result<Json> ShowLetter(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  return OrNull(kRule(reply));
}
template <TextRule kRule>
Result<Json> ShowText(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  return TextJson(kRule(reply));
}

Result<Json> Ranked(const MetricRow& row) {
  if (row.pred().IsNull()) return Json("");
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  std::vector<py::Str> choices;
  if (!row.gt().IsNull()) {
    SPATIUM_TRY(choices, row.Texts("gt"));
  }
  return TextJson(RankedLetter(reply, choices));
}

Result<Json> Easi(const MetricRow& row) {
  if (!row.pred().IsString()) return Json(false);
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  std::vector<py::Str> choices;
  if (row.gt().IsArray()) {
    SPATIUM_TRY(choices, row.Texts("gt"));
  }
  const Letter letter = EasiLetter(reply, choices);
  return letter ? TextJson(*letter) : Json(false);
}

Result<Json> Site(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const auto choices, row.Texts("gt"));
  const Letter letter = SiteLetter(py::Strip(reply), choices);
  return letter ? TextJson(*letter) : Json("RANDOM");
}

Letter MindCubeOrNone(py::View reply) {
  return reply.empty() ? std::nullopt : MindCubeLetter(reply);
}

Result<Json> MindCube(const MetricRow& row) {
  if (row.pred().IsNull()) return Json();
  return ShowLetter<MindCubeOrNone>(row);
}
Result<Json> ThreeDsr(const MetricRow& row) {
  if (row.pred().IsNull()) return Json();
  return ShowLetter<ThreeDsrLetter>(row);
}
Result<Json> MmsiVideo(const MetricRow& row) {
  if (row.pred().IsNull()) return Json("O");
  return ShowText<MmsiVideoLetter>(row);
}
Result<Json> Mmsi(const MetricRow& row) {
  if (row.pred().IsNull()) return Json();
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  return OrNull(MmsiScore(reply, gold));
}

Result<Json> Check457(const MetricRow& row) {
  SPATIUM_TRY(const py::Str answer, row.Text("pred"));
  SPATIUM_TRY(const py::Str gold, row.Text("gt"));
  const auto correct = Spatial457Correct(gold, answer);
  return correct ? Json(*correct) : PythonError("ValueError");
}

Result<Json> Reasoning(const MetricRow& row) {
  SPATIUM_TRY(const py::Str reply, row.Text("pred"));
  if (!row.gt().IsArray()) return row.Expected("gt", "pairs of tags");
  std::vector<std::pair<py::Str, py::Str>> tags;
  for (const Json& pair : row.gt().AsArray()) {
    if (!pair.IsArray() || pair.AsArray().size() != 2 || !pair.AsArray()[0].IsString() ||
        !pair.AsArray()[1].IsString()) {
      return row.Expected("gt", "pairs of tags");
    }
    tags.emplace_back(py::FromUtf8(pair.AsArray()[0].AsString()),
                      py::FromUtf8(pair.AsArray()[1].AsString()));
  }
  return TextJson(StripReasoning(reply, tags));
}

constexpr std::string_view kAttribute = "AttributeError", kType = "TypeError";
constexpr MetricTask kTasks[] = {
    {"cv_bench.extract_letter", ShowText<FirstLetter>, kAttribute},
    {"lmms_eval.extract_mcq_answer*", Ranked},
    {"easi_vlmevalkit.can_match_option", Easi},
    {"sitebench.parse_multi_choice_response", Site, kAttribute},
    {"mindcube.extract_answer", MindCube},
    {"3dsrbench.extract_answer", ThreeDsr},
    {"mmsi_video.extract_answer", MmsiVideo},
    {"mmsi_bench.score", Mmsi},
    {"viewspatial.extract_option", ShowLetter<StandaloneLetter>, kType},
    {"viewspatial.last_line_then_extract", ShowLetter<StandaloneLetterOfLastLine>, kAttribute},
    {"sti_bench.extract_answer", ShowLetter<StiLetter>, kType},
    {"spatial457.extract", ShowText<Spatial457Answer>, kType},
    {"spatial457.check", Check457, kAttribute},
    {"harness.strip_reasoning_tags", Reasoning, kType},
};

}  // namespace

const MetricInfo& MetricInfo_choice() {
  static const MetricInfo info{.summary = "option letters as each harness reads them",
                               .tasks = kTasks};
  return info;
}

}  // namespace spatium
