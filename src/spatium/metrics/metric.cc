#include "spatium/metrics/metric.h"

#include <cmath>
#include <limits>

#include "spatium/base/text.h"

namespace spatium {
namespace {

const Json kNull;

std::optional<double> NumberOf(const Json& value) {
  if (value.IsNumber()) return value.AsDouble();
  if (!value.IsString()) return std::nullopt;
  if (value.AsString() == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (value.AsString() == "Infinity") return std::numeric_limits<double>::infinity();
  if (value.AsString() == "-Infinity") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

}  // namespace

const Json& MetricRow::At(std::string_view key) const {
  const Json* value = row_->Find(key);
  return value ? *value : kNull;
}

Error MetricRow::Expected(std::string_view key, std::string what) const {
  return {ErrorCode::kBadValue,
          StrCat(task_, ": ", key),
          std::move(what),
          Quote(At(key).Dump().substr(0, 200))};
}

Result<py::Str> MetricRow::Text(std::string_view key) const {
  const Json& value = At(key);
  if (!value.IsString()) return Expected(key, "a string");
  return py::FromUtf8(value.AsString());
}

Result<std::vector<py::Str>> MetricRow::Texts(std::string_view key) const {
  const Json& value = At(key);
  if (!value.IsArray()) return Expected(key, "a list of strings");
  std::vector<py::Str> out;
  for (const Json& item : value.AsArray()) {
    if (!item.IsString()) return Expected(key, "a list of strings");
    out.push_back(py::FromUtf8(item.AsString()));
  }
  return out;
}

Result<std::vector<double>> MetricRow::Numbers(std::string_view key) const {
  const Json& value = At(key);
  std::vector<double> out;
  if (const auto number = NumberOf(value)) {
    out.push_back(*number);
    return out;
  }
  if (!value.IsArray()) return Expected(key, "numbers");
  for (const Json& item : value.AsArray()) {
    const auto number = NumberOf(item);
    if (!number) return Expected(key, "numbers");
    out.push_back(*number);
  }
  return out;
}

Result<const Mask*> MetricRow::MaskOf(std::string_view key) const {
  const Json& name = At(key);
  if (!name.IsString()) return Expected(key, "the name of a mask");
  const Mask* mask = masks_ ? masks_->Find(name.AsString()) : nullptr;
  if (!mask) {
    return Error{ErrorCode::kNotFound,
                 StrCat(task_, ": ", key),
                 "a mask of the --masks file",
                 name.AsString()};
  }
  return mask;
}

const MetricTask* FindMetricTask(std::string_view name) {
  const MetricTask* best = nullptr;
  for (const MetricEntry& entry : Metrics()) {
    for (const MetricTask& task : entry.info().tasks) {
      if (task.name == name) return &task;
      if (!task.name.ends_with('*')) continue;
      if (!name.starts_with(task.name.substr(0, task.name.size() - 1))) continue;
      if (!best || best->name.size() < task.name.size()) best = &task;
    }
  }
  return best;
}

Json PythonError(std::string_view type) { return Json::MakeObject({{"error", type}}); }
Json OrNull(const std::optional<double>& value) { return value ? Json(*value) : Json(); }
Json OrNull(const std::optional<py::Str>& value) { return value ? TextJson(*value) : Json(); }
Json TextJson(py::View text) { return Json(py::ToUtf8(text)); }

}  // namespace spatium
