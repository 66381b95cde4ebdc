// Every parser of a model's reply, and every golden task with the text as its reply.
#include "spatium/base/files.h"
#include "spatium/metrics/choice.h"
#include "spatium/metrics/golden.h"
#include "spatium/metrics/python_value.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  const std::string text(AsText({data, size}));
  const py::Str decoded = py::FromUtf8(text);
  (void)py::LoadsJson(decoded);
  (void)py::LiteralEval(decoded);
  (void)py::Float(decoded);
  const Json golds[] = {Json(text), Json("A"), Json(0), Json(Json::Array{Json("A"), Json(text)})};
  for (const MetricEntry& entry : Metrics()) {
    if (entry.name == "captions") continue;  // has a target of its own
    for (const MetricTask& task : entry.info().tasks) {
      std::string name(task.name);
      if (name.ends_with('*')) name.back() = '1';
      for (const Json& gold : golds) {
        (void)EvaluateRow(Json::MakeObject({{"task", name}, {"pred", text}, {"gt", gold}}),
                          nullptr);
      }
    }
  }
  return 0;
}
