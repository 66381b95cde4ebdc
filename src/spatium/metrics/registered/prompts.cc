#include "spatium/base/text.h"
#include "spatium/metrics/metric.h"
#include "spatium/metrics/official_prompts.h"
#include "spatium/metrics/vsibench.h"

namespace spatium {
namespace {

// A field of the document in "gt".
std::string TextOf(const Json& doc, std::string_view key) {
  const Json* value = doc.Find(key);
  return value && value->IsString() ? value->AsString() : "";
}
std::vector<std::string> ListOf(const Json& doc, std::string_view key) {
  std::vector<std::string> out;
  const Json* value = doc.Find(key);
  if (!value || !value->IsArray()) return out;
  for (const Json& item : value->AsArray()) {
    out.push_back(item.IsString() ? item.AsString() : item.Dump());
  }
  return out;
}

PromptSettings SettingsOf(const MetricRow& row) {
  const Json& kwargs = row.At("kwargs");
  PromptSettings s;
  s.pre = TextOf(kwargs, "pre_prompt");
  if (kwargs.Find("post_prompt")) s.post = TextOf(kwargs, "post_prompt");
  s.number_post = TextOf(kwargs, "na_post_prompt");
  s.choice_post = TextOf(kwargs, "mca_post_prompt");
  return s;
}

Json OrError(const std::optional<std::string>& prompt, std::string_view error) {
  return prompt ? Json(*prompt) : PythonError(error);
}

Result<Json> Vsi(const MetricRow& row) {
  const Json& doc = row.gt();
  if (!doc.Find("question") || !doc.Find("question_type")) return PythonError("KeyError");
  if (VsiKindOf(TextOf(doc, "question_type")) == VsiKind::kChoice) {
    const Json* options = doc.Find("options");
    if (!options) return PythonError("KeyError");
    if (options->IsNull()) return PythonError("TypeError");
  }
  return OrError(VsiPrompt(TextOf(doc, "question_type"),
                           TextOf(doc, "question"),
                           ListOf(doc, "options"),
                           SettingsOf(row)),
                 "ValueError");
}

Result<Json> Spar(const MetricRow& row) {
  const Json& doc = row.gt();
  if (!doc.Find("question") || !doc.Find("task")) return PythonError("KeyError");
  return OrError(SparPrompt(TextOf(doc, "task"), TextOf(doc, "question"), SettingsOf(row)),
                 doc.Find("question_type") ? "ValueError" : "KeyError");
}

// "TASK/FUNCTION" of lmms-eval.
Result<Json> LmmsEval(const MetricRow& row) {
  const Json& doc = row.gt();
  const PromptSettings s = SettingsOf(row);
  const std::string_view name = row.task().substr(row.task().find('/') + 1);
  const std::string question = TextOf(doc, "question");
  if (name == "cv_bench_doc_to_text") {
    return Json(CvBenchPrompt(ListOf(doc, "choices").size(), TextOf(doc, "prompt"), s));
  }
  if (name == "blink_doc_to_text") {
    return Json(BlinkPrompt(ListOf(doc, "choices").size(), TextOf(doc, "prompt"), s));
  }
  if (name == "embspatial_doc_to_text") {
    return Json(EmbSpatialPrompt(question, ListOf(doc, "answer_options"), s));
  }
  if (name == "msr_doc_to_text") return Json(MmsiPrompt(question, s));
  if (name == "mindcube_doc_to_text") return Json(TextOf(doc, "input_prompt"));
  if (name == "erqa_doc_to_text") return Json(question);
  if (name == "spatial_doc_to_text_image") {
    return Json(SiteImagePrompt(question, ListOf(doc, "options"), ListOf(doc, "visual").size(), s));
  }
  if (name == "spatial_doc_to_text_video") {
    return Json(SiteVideoPrompt(question, ListOf(doc, "options"), s));
  }
  if (name == "doc_to_text") {
    std::vector<std::optional<std::string>> options;
    for (const char* key : {"A", "B", "C", "D"}) {
      const Json* value = doc.Find(key);
      options.push_back(value && value->IsString() ? std::optional(value->AsString())
                                                   : std::nullopt);
    }
    return Json(ThreeDsrPrompt(question, options, s));
  }
  if (name == "sat_doc_to_text") return Json(SatPrompt(question, ListOf(doc, "answers")));
  if (name == "pointbench_doc_to_text") return Json(PointBenchPrompt(TextOf(doc, "user_input"), s));
  if (name == "pointbench_doc_to_text_json") {
    return Json(PointBenchJsonPrompt(TextOf(doc, "user_input"), TextOf(doc, "category"), s));
  }
  if (name == "where2place_doc_to_text") return Json(Where2PlacePrompt(question));
  if (name == "where2place_doc_to_text_json") return Json(Where2PlaceJsonPrompt(question));
  if (name == "refspatial_doc_to_text") {
    return Json(RefSpatialPrompt(TextOf(doc, "prompt"), TextOf(doc, "suffix")));
  }
  if (name == "refspatial_doc_to_text_json")
    return Json(RefSpatialJsonPrompt(TextOf(doc, "object")));
  if (name == "robo_spatial_doc_to_text" || name == "robo_spatial_doc_to_text_one_point_v2") {
    return Json(RoboSpatialPrompt(question, TextOf(doc, "category"), name.ends_with("v2")));
  }
  if (name == "spatialviz_doc_to_text") {
    constexpr size_t kNumLetters = 4;
    if (ListOf(doc, "Choices").size() > kNumLetters) return PythonError("IndexError");
    return Json(SpatialVizPrompt(TextOf(doc, "Question"), ListOf(doc, "Choices")));
  }
  return row.Expected("task", "a known prompt function");
}

Result<Json> ViewSpatial(const MetricRow& row) {
  const Json& doc = row.At("doc");
  const std::string question = TextOf(doc, "question"), choices = TextOf(doc, "choices");
  return Json::MakeObject({{"lmms_eval", ViewSpatialPrompt(question, choices)},
                           {"official", ViewSpatialOfficialPrompt(question, choices)}});
}

constexpr MetricTask kTasks[] = {
    {"vsibench_official/default", Vsi},
    {"vsibench_official/empty_kwargs", Vsi},
    {"vsibench_official/gemini_api", Vsi},
    {"vsibench_official/gpt4v", Vsi},
    {"vsibench_lmmseval/default", Vsi},
    {"vsibench_lmmseval/gemini_api", Vsi},
    {"vsibench_lmmseval/gpt4v", Vsi},
    {"vsibench_lmmseval/neo_ov", Vsi},
    {"vsibench_lmmseval/empty_kwargs", Vsi},
    {"sparbench/default", Spar},
    {"sparbench/gpt4v", Spar},
    {"sparbench/gemini_api", Spar},
    {"viewspatial/prompt", ViewSpatial},
    {"cv_bench/cv_bench_doc_to_text", LmmsEval},
    {"blink/blink_doc_to_text", LmmsEval},
    {"embspatial/embspatial_doc_to_text", LmmsEval},
    {"mmsi_bench/msr_doc_to_text", LmmsEval},
    {"mindcube/mindcube_doc_to_text", LmmsEval},
    {"erqa/erqa_doc_to_text", LmmsEval},
    {"sitebench/spatial_doc_to_text_*", LmmsEval},
    {"3dsrbench/doc_to_text", LmmsEval},
    {"sat/sat_doc_to_text", LmmsEval},
    {"pointbench/pointbench_doc_to_text*", LmmsEval},
    {"where2place/where2place_doc_to_text*", LmmsEval},
    {"refspatial/refspatial_doc_to_text*", LmmsEval},
    {"robo_spatial/robo_spatial_doc_to_text*", LmmsEval},
    {"spatialviz/spatialviz_doc_to_text", LmmsEval},
};

}  // namespace

const MetricInfo& MetricInfo_prompts() {
  static const MetricInfo info{.summary = "prompts as the official scripts build them",
                               .tasks = kTasks};
  return info;
}

}  // namespace spatium
