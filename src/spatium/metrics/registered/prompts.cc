#include <algorithm>
#include <span>

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

// A function of lmms-eval by its name, the fields it reads with doc[…], and its text.
struct Function {
  std::string_view name;
  std::vector<std::string_view> needs;
  std::string (*text)(const Json& doc, const PromptSettings& s);
};
const std::vector<Function>& Functions() {
  using Doc = const Json&;
  using Settings = const PromptSettings&;
  static const std::vector<Function> functions = {
      {"cv_bench_doc_to_text",
       {"choices", "prompt"},
       [](Doc doc, Settings s) {
         return CvBenchPrompt(ListOf(doc, "choices").size(), TextOf(doc, "prompt"), s);
       }},
      {"blink_doc_to_text",
       {"choices", "prompt"},
       [](Doc doc, Settings s) {
         return BlinkPrompt(ListOf(doc, "choices").size(), TextOf(doc, "prompt"), s);
       }},
      {"embspatial_doc_to_text",
       {"question", "answer_options"},
       [](Doc doc, Settings s) {
         return EmbSpatialPrompt(TextOf(doc, "question"), ListOf(doc, "answer_options"), s);
       }},
      {"msr_doc_to_text",
       {"question"},
       [](Doc doc, Settings s) { return MmsiPrompt(TextOf(doc, "question"), s); }},
      {"mindcube_doc_to_text",
       {"input_prompt"},
       [](Doc doc, Settings) { return TextOf(doc, "input_prompt"); }},
      {"erqa_doc_to_text", {"question"}, [](Doc doc, Settings) { return TextOf(doc, "question"); }},
      {"spatial_doc_to_text_image",
       {"question", "options"},
       [](Doc doc, Settings s) {
         return SiteImagePrompt(
             TextOf(doc, "question"), ListOf(doc, "options"), ListOf(doc, "visual").size(), s);
       }},
      {"spatial_doc_to_text_video",
       {"question", "options"},
       [](Doc doc, Settings s) {
         return SiteVideoPrompt(TextOf(doc, "question"), ListOf(doc, "options"), s);
       }},
      {"doc_to_text",
       {"question"},
       [](Doc doc, Settings s) {
         std::vector<std::optional<std::string>> options;
         for (const char* key : {"A", "B", "C", "D"}) {
           const Json* value = doc.Find(key);
           options.push_back(value && value->IsString() ? std::optional(value->AsString())
                                                        : std::nullopt);
         }
         return ThreeDsrPrompt(TextOf(doc, "question"), options, s);
       }},
      {"sat_doc_to_text",
       {"question", "answers"},
       [](Doc doc, Settings) {
         return SatPrompt(TextOf(doc, "question"), ListOf(doc, "answers"));
       }},
      {"pointbench_doc_to_text",
       {},
       [](Doc doc, Settings s) { return PointBenchPrompt(TextOf(doc, "user_input"), s); }},
      {"pointbench_doc_to_text_json",
       {},
       [](Doc doc, Settings s) {
         return PointBenchJsonPrompt(TextOf(doc, "user_input"), TextOf(doc, "category"), s);
       }},
      {"where2place_doc_to_text",
       {"question"},
       [](Doc doc, Settings) { return Where2PlacePrompt(TextOf(doc, "question")); }},
      {"where2place_doc_to_text_json",
       {"question"},
       [](Doc doc, Settings) { return Where2PlaceJsonPrompt(TextOf(doc, "question")); }},
      {"refspatial_doc_to_text",
       {"prompt", "suffix"},
       [](Doc doc, Settings) {
         return RefSpatialPrompt(TextOf(doc, "prompt"), TextOf(doc, "suffix"));
       }},
      {"refspatial_doc_to_text_json",
       {"object"},
       [](Doc doc, Settings) { return RefSpatialJsonPrompt(TextOf(doc, "object")); }},
      {"robo_spatial_doc_to_text",
       {"category"},
       [](Doc doc, Settings) {
         return RoboSpatialPrompt(TextOf(doc, "question"), TextOf(doc, "category"), false);
       }},
      {"robo_spatial_doc_to_text_one_point_v2",
       {"category"},
       [](Doc doc, Settings) {
         return RoboSpatialPrompt(TextOf(doc, "question"), TextOf(doc, "category"), true);
       }},
      {"spatialviz_doc_to_text",
       {"Question", "Choices"},
       [](Doc doc, Settings) {
         return SpatialVizPrompt(TextOf(doc, "Question"), ListOf(doc, "Choices"));
       }},
  };
  return functions;
}

bool HasAll(const Json& doc, std::span<const std::string_view> keys) {
  return std::ranges::all_of(keys, [&](std::string_view key) { return doc.Find(key); });
}

// "TASK/FUNCTION" of lmms-eval.
Result<Json> LmmsEval(const MetricRow& row) {
  const Json& doc = row.gt();
  const std::string_view name = row.task().substr(row.task().find('/') + 1);
  const auto function = std::ranges::find(Functions(), name, &Function::name);
  if (function == Functions().end()) return row.Expected("task", "a known prompt function");
  if (!HasAll(doc, function->needs)) return PythonError("KeyError");
  constexpr size_t kNumVizLetters = 4;
  if (ListOf(doc, "Choices").size() > kNumVizLetters) return PythonError("IndexError");
  return Json(function->text(doc, SettingsOf(row)));
}

Result<Json> ViewSpatial(const MetricRow& row) {
  const Json& doc = row.At("doc");
  constexpr std::string_view kNeeds[] = {"question", "choices"};
  if (!HasAll(doc, kNeeds)) return PythonError("KeyError");
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
