#include "spatium/metrics/golden.h"

#include <algorithm>
#include <cmath>

#include "spatium/base/interrupt.h"
#include "spatium/base/parallel.h"
#include "spatium/metrics/exact_integer.h"

namespace spatium {
namespace {

constexpr size_t kBatchRows = 2048;
constexpr double kRelativeTolerance = 1e-12;

bool IsTolerant(std::string_view task) {
  return task.starts_with("captions/") || task.starts_with("scan2cap/") ||
         task.starts_with("meteor") || task.find("/aggregate") != task.npos;
}

bool Close(const Json& a, const Json& b) {
  if (a.IsNumber() && b.IsNumber()) {
    const double x = a.AsDouble(), y = b.AsDouble();
    return x == y || std::abs(x - y) <= kRelativeTolerance * std::max(std::abs(x), std::abs(y));
  }
  if (a.IsArray() && b.IsArray()) {
    return std::equal(
        a.AsArray().begin(), a.AsArray().end(), b.AsArray().begin(), b.AsArray().end(), Close);
  }
  if (a.IsObject() && b.IsObject()) {
    if (a.AsObject().size() != b.AsObject().size()) return false;
    return std::all_of(a.AsObject().begin(), a.AsObject().end(), [&](const auto& field) {
      const Json* other = b.Find(field.first);
      return other && Close(field.second, *other);
    });
  }
  return a == b;
}

// A row of spar_metric_vectors.json in the form of a golden row.
Json VectorRow(const Json& vector) {
  const auto at = [&](std::string_view key) {
    const Json* value = vector.Find(key);
    return value ? *value : Json();
  };
  const Json task = at("task");
  return Json::MakeObject({{"task", "sparbench/" + (task.IsString() ? task.AsString() : "")},
                           {"pred", at("prediction")},
                           {"gt", at("answer")},
                           {"expected", at("score")}});
}

struct Batch {
  std::vector<Json> rows;
  std::vector<RowValue> values;
  int64_t first = 0;
};

void EvaluateBatch(Batch& batch, const MaskSet* masks, unsigned threads) {
  batch.values.assign(batch.rows.size(), {});
  ParallelFor(batch.rows.size(), threads, [&](size_t i) {
    if (!StopRequested()) batch.values[i] = EvaluateRow(batch.rows[i], masks, threads);
  });
}

}  // namespace

RowValue EvaluateRow(const Json& row, const MaskSet* masks, unsigned threads) {
  RowValue out;
  const Json* task = row.Find("task");
  if (!task || !task->IsString()) {
    out.why = "the row has no task";
    return out;
  }
  out.task = task->AsString();
  const MetricTask* rule = FindMetricTask(out.task);
  if (!rule) {
    out.why = "no rule for this task";
    return out;
  }
  const Json* reply = row.Find("pred");
  if (!rule->none_raises.empty() && (!reply || reply->IsNull())) {
    out.supported = true;
    out.value = PythonError(rule->none_raises);
    return out;
  }
  Result<Json> value = rule->value(MetricRow(row, out.task, masks, threads));
  if (value) {
    out.supported = true;
    out.value = *std::move(value);
  } else {
    out.why = value.error().Message();
  }
  return out;
}

bool GoldenEqual(std::string_view task, const Json& expected, const Json& value) {
  // Through text, so that NaN is the string "NaN" on both sides.
  const Result<Json> parsed = Json::Parse(ExactText(value), "value");
  if (!parsed) return false;
  return IsTolerant(task) ? Close(expected, *parsed) : expected == *parsed;
}

Result<void> ForEachRowValue(
    const Path& path,
    const MaskSet* masks,
    unsigned threads,
    const std::function<void(int64_t, const Json&, const RowValue&)>& emit) {
  Batch batch;
  const auto flush = [&]() -> Result<void> {
    EvaluateBatch(batch, masks, threads);
    SPATIUM_TRY_DO(CheckStop(path.string()));
    for (size_t i = 0; i < batch.rows.size(); ++i) {
      emit(batch.first + static_cast<int64_t>(i), batch.rows[i], batch.values[i]);
    }
    batch.first += static_cast<int64_t>(batch.rows.size());
    batch.rows.clear();
    return {};
  };
  if (path.extension() == ".json") {
    SPATIUM_TRY(const Json file, ReadJsonFile(path));
    if (!file.IsArray()) return JsonCursor(file, path.string()).Expected("an array of vectors");
    for (const Json& vector : file.AsArray()) batch.rows.push_back(VectorRow(vector));
    return flush();
  }
  SPATIUM_TRY_DO(ForEachJsonLine(path, [&](int64_t, const JsonCursor& row) -> Result<void> {
    batch.rows.push_back(row.value());
    return batch.rows.size() == kBatchRows ? flush() : Result<void>{};
  }));
  return flush();
}

Result<GoldenCounts> CheckGoldenFile(const Path& path,
                                     const MaskSet* masks,
                                     unsigned threads,
                                     size_t max_different,
                                     std::vector<GoldenDifference>& different) {
  GoldenCounts counts;
  SPATIUM_TRY_DO(ForEachRowValue(
      path, masks, threads, [&](int64_t number, const Json& row, const RowValue& value) {
        ++counts.rows;
        const Json* expected = row.Find("expected");
        if (expected && *expected == Json("RANDOM")) {
          ++counts.random;
          return;
        }
        if (value.supported && expected && GoldenEqual(value.task, *expected, value.value)) {
          ++counts.equal;
          return;
        }
        ++(value.supported ? counts.different : counts.unsupported);
        if (different.size() < max_different) {
          different.push_back(
              {path.string(),
               number,
               value.task,
               expected ? *expected : Json(),
               value.supported ? value.value : Json::MakeObject({{"unsupported", value.why}})});
        }
      }));
  return counts;
}

}  // namespace spatium
