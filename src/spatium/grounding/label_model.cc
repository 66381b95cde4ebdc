#include "spatium/grounding/label_model.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace spatium {
namespace {

std::array<double, LabelModel::kDims> Measure(const WorldBox& box) {
  const Eigen::Vector3d size = box.size();
  const auto log_m = [](double m) { return std::log(std::max(0.02, m)); };
  return {log_m(std::max(size.x(), size.y())),
          log_m(std::min(size.x(), size.y())),
          log_m(size.z()),
          log_m(std::max(0.0, box.min.z()) + 0.3)};
}

double Logistic(double x) { return 1 / (1 + std::exp(-std::clamp(x, -30.0, 30.0))); }

}  // namespace

void LabelModel::Add(const std::string& truth, const std::string& shown, const WorldBox& box) {
  const auto x = Measure(box);
  const auto add = [&](Sums& sums) {
    ++sums.n;
    for (size_t d = 0; d < kDims; ++d) {
      sums.sum[d] += x[d];
      sums.squares[d] += x[d] * x[d];
    }
  };
  add(all_);
  ++shown_[shown];
  ++num_shown_;
  if (truth.empty()) return;
  add(sizes_[truth]);
  ++shown_as_[truth][shown];
}

void LabelModel::Add(const LabelModel& other, double times) {
  const auto add = [&](Sums& to, const Sums& from) {
    to.n += times * from.n;
    for (size_t d = 0; d < kDims; ++d) {
      to.sum[d] += times * from.sum[d];
      to.squares[d] += times * from.squares[d];
    }
  };
  add(all_, other.all_);
  for (const auto& [name, sums] : other.sizes_) add(sizes_[name], sums);
  for (const auto& [name, labels] : other.shown_as_)
    for (const auto& [label, count] : labels) shown_as_[name][label] += times * count;
  for (const auto& [label, count] : other.shown_) shown_[label] += times * count;
  num_shown_ += times * other.num_shown_;
}

double LabelModel::SizeLogRatio(const std::string& name, const WorldBox& box) const {
  const auto it = sizes_.find(name);
  if (it == sizes_.end() || it->second.n < kMinCount) return 0;
  constexpr double kMinDeviation = 0.12;  // things of one class differ by this much at least
  // A class with few examples is spread as widely as all boxes are, in part.
  constexpr double kPriorCount = 4;
  const auto x = Measure(box);
  double ratio = 0;
  for (size_t d = 0; d < kDims; ++d) {
    const auto moments = [&](const Sums& s) {
      const double mean = s.sum[d] / s.n;
      return std::pair(mean,
                       std::max(kMinDeviation * kMinDeviation, s.squares[d] / s.n - mean * mean));
    };
    const auto [all_mean, all_variance] = moments(all_);
    auto [mean, variance] = moments(it->second);
    variance =
        (it->second.n * variance + kPriorCount * all_variance) / (it->second.n + kPriorCount);
    ratio += -0.5 * (x[d] - mean) * (x[d] - mean) / variance - 0.5 * std::log(variance) +
             0.5 * (x[d] - all_mean) * (x[d] - all_mean) / all_variance +
             0.5 * std::log(all_variance);
  }
  return std::clamp(ratio, -4.0, 4.0);
}

double LabelModel::LabelLogRatio(const std::string& name, const std::string& shown) const {
  const auto it = shown_as_.find(name);
  if (it == shown_as_.end() || num_shown_ <= 0) return 0;
  // Labels follow their overall frequency as far as the class has not been seen often.
  constexpr double kPriorCount = 4;
  const auto overall = shown_.find(shown);
  const double frequency =
      ((overall == shown_.end() ? 0 : std::max(0.0, overall->second)) + 0.5) / (num_shown_ + 1);
  double n = 0;
  for (const auto& [label, count] : it->second) n += count;
  const auto pair = it->second.find(shown);
  const double together = pair == it->second.end() ? 0 : std::max(0.0, pair->second);
  return std::clamp(
      std::log((together + kPriorCount * frequency) / ((n + kPriorCount) * frequency)), -4.0, 4.0);
}

double LabelModel::Plausibility(std::span<const std::string> shown,
                                std::span<const WorldBox> boxes) const {
  if (boxes.empty()) return 1;
  double sum = 0;
  for (size_t i = 0; i < boxes.size(); ++i) sum += Logistic(SizeLogRatio(shown[i], boxes[i]));
  return sum / static_cast<double>(boxes.size());
}

std::array<double, LabelModel::kNumTerms> LabelModel::Terms(double similarity,
                                                            double label_log_ratio,
                                                            double size_log_ratio,
                                                            double plausibility) {
  constexpr double kMiddle = 0.75;  // of plausibilities: makes products and measures independent
  const double p = 4 * (plausibility - kMiddle);
  return {1,
          similarity,
          label_log_ratio,
          size_log_ratio,
          similarity >= 0.85 ? 1.0 : 0.0,
          p * similarity,
          p * label_log_ratio,
          p * size_log_ratio};
}

double LabelModel::Probability(const std::array<double, kNumTerms>& terms) const {
  double x = 0;
  for (size_t t = 0; t < kNumTerms; ++t) x += logistic_[t] * terms[t];
  return Logistic(x);
}

void LabelModel::FitProbability(std::span<const std::array<double, kNumTerms>> rows,
                                std::span<const char> is) {
  constexpr int kSteps = 12;
  constexpr double kRidge = 1;
  logistic_.fill(0);
  for (int step = 0; step < kSteps; ++step) {
    Eigen::Matrix<double, kNumTerms, kNumTerms> hessian;
    hessian.setIdentity();
    hessian *= kRidge;
    Eigen::Matrix<double, kNumTerms, 1> gradient;
    for (size_t t = 0; t < kNumTerms; ++t)
      gradient[static_cast<Eigen::Index>(t)] = -kRidge * logistic_[t];
    for (size_t r = 0; r < rows.size(); ++r) {
      const double p = Probability(rows[r]);
      const Eigen::Map<const Eigen::Matrix<double, kNumTerms, 1>> x(rows[r].data());
      gradient += ((is[r] != 0 ? 1 : 0) - p) * x;
      hessian += p * (1 - p) * x * x.transpose();
    }
    const Eigen::Matrix<double, kNumTerms, 1> move = hessian.ldlt().solve(gradient);
    for (size_t t = 0; t < kNumTerms; ++t) logistic_[t] += move[static_cast<Eigen::Index>(t)];
  }
}

Json LabelModel::ToJson() const {
  const auto rounded = [](double v) { return Json(std::round(v * 1e2) / 1e2); };
  const auto row = [&](const Sums& s) {
    Json::Array numbers = {rounded(s.n)};
    for (const double v : s.sum) numbers.push_back(rounded(v));
    for (const double v : s.squares) numbers.push_back(rounded(v));
    return Json(std::move(numbers));
  };
  Json sizes = Json::MakeObject({}), shown_as = Json::MakeObject({}), shown = Json::MakeObject({});
  for (const auto& [name, sums] : sizes_)
    if (sums.n >= kMinCount) sizes.Set(name, row(sums));
  for (const auto& [name, labels] : shown_as_) {
    if (const auto it = sizes_.find(name); it == sizes_.end() || it->second.n < kMinCount) continue;
    double n = 0;
    Json counts = Json::MakeObject({});
    for (const auto& [label, count] : labels) {
      n += count;
      if (count >= 2) counts.Set(label, rounded(count));
    }
    shown_as.Set(name, Json::MakeObject({{"n", rounded(n)}, {"as", std::move(counts)}}));
  }
  for (const auto& [label, count] : shown_)
    if (count >= 2) shown.Set(label, rounded(count));
  Json::Array logistic;
  for (const double v : logistic_) logistic.emplace_back(std::round(v * 1e4) / 1e4);
  return Json::MakeObject({{"all", row(all_)},
                           {"sizes", std::move(sizes)},
                           {"num_shown", rounded(num_shown_)},
                           {"shown", std::move(shown)},
                           {"shown_as", std::move(shown_as)},
                           {"logistic", Json(std::move(logistic))}});
}

Result<LabelModel> LabelModel::FromJson(const JsonCursor& json) {
  LabelModel model;
  const auto read = [](const JsonCursor& cursor, Sums& sums) -> Result<void> {
    SPATIUM_TRY(const auto v, cursor.Numbers(1 + 2 * kDims));
    sums.n = v[0];
    for (size_t d = 0; d < kDims; ++d) {
      sums.sum[d] = v[1 + d];
      sums.squares[d] = v[1 + kDims + d];
    }
    return {};
  };
  using Fields = std::vector<std::pair<std::string, JsonCursor>>;
  const auto fields = [](const JsonCursor& cursor) -> Result<Fields> {
    if (!cursor.value().IsObject()) return cursor.Expected("an object");
    Fields out;
    for (const auto& field : cursor.value().AsObject())
      out.emplace_back(field.first, JsonCursor(field.second, cursor.path() + "." + field.first));
    return out;
  };
  SPATIUM_TRY(const auto all, json.At("all"));
  SPATIUM_TRY_DO(read(all, model.all_));
  if (model.all_.n < 1) return all.Expected("counts of at least one box");
  SPATIUM_TRY(const auto sizes, json.At("sizes"));
  SPATIUM_TRY(const Fields size_rows, fields(sizes));
  for (const auto& [name, cursor] : size_rows) SPATIUM_TRY_DO(read(cursor, model.sizes_[name]));
  SPATIUM_TRY(const auto num_shown, json.At("num_shown"));
  SPATIUM_TRY(model.num_shown_, num_shown.Number());
  SPATIUM_TRY(const auto shown, json.At("shown"));
  SPATIUM_TRY(const Fields shown_rows, fields(shown));
  for (const auto& [label, cursor] : shown_rows) {
    SPATIUM_TRY(model.shown_[label], cursor.Number());
  }
  SPATIUM_TRY(const auto shown_as, json.At("shown_as"));
  SPATIUM_TRY(const Fields classes, fields(shown_as));
  for (const auto& [name, cursor] : classes) {
    SPATIUM_TRY(const auto n_field, cursor.At("n"));
    SPATIUM_TRY(const double n, n_field.Number());
    SPATIUM_TRY(const auto as, cursor.At("as"));
    SPATIUM_TRY(const Fields labels, fields(as));
    auto& counts = model.shown_as_[name];
    double named = 0;
    for (const auto& [label, count] : labels) {
      SPATIUM_TRY(counts[label], count.Number());
      named += counts[label];
    }
    // What was too rare to be written keeps its weight, under a name that no label has.
    if (n > named) counts[""] = n - named;
  }
  SPATIUM_TRY(const auto logistic, json.At("logistic"));
  SPATIUM_TRY(const auto weights, logistic.Numbers(kNumTerms));
  std::copy(weights.begin(), weights.end(), model.logistic_.begin());
  return model;
}

}  // namespace spatium
