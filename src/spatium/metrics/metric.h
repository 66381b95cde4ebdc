#pragma once
#include <span>
#include <string_view>

#include "spatium/base/json.h"
#include "spatium/base/result.h"
#include "spatium/metrics/mask.h"
#include "spatium/metrics/profile.h"
#include "spatium/metrics/python.h"

namespace spatium {

// One row of a golden file: what a model said, the gold answer, and what the task needs besides.
class MetricRow {
 public:
  MetricRow(const Json& row, std::string_view task, const MaskSet* masks, unsigned threads = 1)
      : row_(&row), task_(task), masks_(masks), threads_(threads) {}
  std::string_view task() const { return task_; }
  // The field, or JSON null where it is absent.
  const Json& At(std::string_view key) const;
  const Json& pred() const { return At("pred"); }
  const Json& gt() const { return At("gt"); }
  // Errors: kBadValue unless the field is a string (a list of strings).
  Result<py::Str> Text(std::string_view key) const;
  Result<std::vector<py::Str>> Texts(std::string_view key) const;
  Result<std::vector<double>> Numbers(std::string_view key) const;  // "NaN", "Infinity" are numbers
  Result<const Mask*> MaskOf(std::string_view key) const;           // kNotFound if it is not loaded
  Error Expected(std::string_view key, std::string what) const;
  unsigned threads() const { return threads_; }  // that a row which is a whole corpus may use

 private:
  const Json* row_;
  std::string_view task_;
  const MaskSet* masks_;
  unsigned threads_;
};

// A task's rule: the value of a row, in the shape of its "expected". An Error says that the row is
// not of the task's form; what the official script raises is a value, PythonError.
struct MetricTask {
  std::string_view name;  // one ending in "*" names all tasks that begin so
  Result<Json> (*value)(const MetricRow& row);
  // What the official script raises for a reply of None; "": `value` decides.
  std::string_view none_raises = "";
};
// The tasks of one family of scorers: metrics/registered/x.cc defines
// `const MetricInfo& MetricInfo_x()`.
struct MetricInfo {
  std::string_view summary;
  std::span<const MetricTask> tasks;
};
struct MetricEntry {
  std::string_view name;
  const MetricInfo& (*info)();
};
std::span<const MetricEntry> Metrics();

// The rule for a task name: an exact one before a "*" one, the longest of those; null if none.
const MetricTask* FindMetricTask(std::string_view name);

// {"error": "ZeroDivisionError"}
Json PythonError(std::string_view type);
// Unparsable: None, as JSON null, or the number or text.
Json OrNull(const std::optional<double>& value);
Json OrNull(const std::optional<py::Str>& value);
Json TextJson(py::View text);

}  // namespace spatium
