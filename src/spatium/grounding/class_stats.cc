#include "spatium/grounding/class_stats.h"

#include <algorithm>
#include <cmath>

namespace spatium {
namespace {

std::array<double, ClassStats::kDims> Measure(const WorldBox& box) {
  const Eigen::Vector3d size = box.size();
  const auto log_m = [](double m) { return std::log(std::max(0.02, m)); };
  return {log_m(std::max(size.x(), size.y())),
          log_m(std::min(size.x(), size.y())),
          log_m(size.z()),
          log_m(std::max(0.0, box.min.z()) + 0.3)};
}

}  // namespace

void ClassStats::Add(const std::string& name, const WorldBox& box) {
  const auto x = Measure(box);
  for (Sums* sums : {&classes_[name], &all_}) {
    ++sums->n;
    for (size_t d = 0; d < kDims; ++d) {
      sums->sum[d] += x[d];
      sums->squares[d] += x[d] * x[d];
    }
  }
}

double ClassStats::LogRatio(const std::string& name, const WorldBox& box) const {
  const auto it = classes_.find(name);
  if (it == classes_.end() || it->second.n < kMinCount) return 0;
  constexpr double kMinDeviation = 0.12;  // labels of one class differ by this much at least
  const auto x = Measure(box);
  const auto log_density = [&](const Sums& s) {
    double sum = 0;
    for (size_t d = 0; d < kDims; ++d) {
      const double mean = s.sum[d] / s.n;
      const double variance =
          std::max(kMinDeviation * kMinDeviation, s.squares[d] / s.n - mean * mean);
      sum -= 0.5 * (x[d] - mean) * (x[d] - mean) / variance + 0.5 * std::log(variance);
    }
    return sum;
  };
  return std::clamp(log_density(it->second) - log_density(all_), -4.0, 4.0);
}

Json ClassStats::ToJson() const {
  const auto row = [](const Sums& s) {
    Json::Array numbers = {Json(s.n)};
    for (const double v : s.sum) numbers.emplace_back(std::round(v * 1e3) / 1e3);
    for (const double v : s.squares) numbers.emplace_back(std::round(v * 1e3) / 1e3);
    return Json(std::move(numbers));
  };
  Json classes = Json::MakeObject({});
  for (const auto& [name, sums] : classes_)
    if (sums.n >= kMinCount) classes.Set(name, row(sums));
  return Json::MakeObject({{"all", row(all_)}, {"classes", std::move(classes)}});
}

Result<ClassStats> ClassStats::FromJson(const JsonCursor& json) {
  ClassStats stats;
  const auto read = [](const JsonCursor& cursor, Sums& sums) -> Result<void> {
    SPATIUM_TRY(const auto v, cursor.Numbers(1 + 2 * kDims));
    sums.n = v[0];
    for (size_t d = 0; d < kDims; ++d) {
      sums.sum[d] = v[1 + d];
      sums.squares[d] = v[1 + kDims + d];
    }
    return {};
  };
  SPATIUM_TRY(const auto all, json.At("all"));
  SPATIUM_TRY_DO(read(all, stats.all_));
  SPATIUM_TRY(const auto classes, json.At("classes"));
  if (!classes.value().IsObject()) return classes.Expected("an object");
  for (const auto& field : classes.value().AsObject())
    SPATIUM_TRY_DO(read(JsonCursor(field.second, classes.path() + "." + field.first),
                        stats.classes_[field.first]));
  return stats;
}

}  // namespace spatium
