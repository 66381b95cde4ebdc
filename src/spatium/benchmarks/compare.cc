#include "spatium/benchmarks/compare.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "spatium/base/text.h"
#include "spatium/benchmarks/interval.h"

namespace spatium {
namespace {

// Two-sided exact binomial test of k against n - k at 1/2.
double SignTest(double k, double n) {
  if (n == 0) return 1;
  const double low = std::min(k, n - k);
  double tail = 0;
  for (double i = 0; i <= low; ++i)
    tail += std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1) -
                     n * std::log(2.0));
  return std::min(1.0, 2 * tail);
}

struct Pairs {
  size_t n = 0;
  double sum_a = 0, sum_b = 0, sum_d = 0, sum_dd = 0;
  double better = 0, worse = 0;
  bool binary = true;
  bool bounded = true;  // all scores are 0 to 1

  void Add(double a, double b) {
    ++n;
    sum_a += a;
    sum_b += b;
    sum_d += b - a;
    sum_dd += (b - a) * (b - a);
    better += b > a ? 1 : 0;
    worse += b < a ? 1 : 0;
    binary = binary && (a == 0 || a == 1) && (b == 0 || b == 1);
    bounded = bounded && a >= 0 && a <= 1 && b >= 0 && b <= 1;
  }

  PairedDifference Compare(std::string task) const {
    const auto count = static_cast<double>(n);
    const double mean = sum_d / count;
    const double variance = n > 1 ? std::max(0.0, sum_dd - count * mean * mean) / (count - 1) : 0;
    const double error = std::sqrt(variance / count);
    const double p = binary      ? SignTest(better, better + worse)
                     : error > 0 ? std::erfc(std::abs(mean) / error / std::sqrt(2.0))
                                 : 1.0;
    std::array<double, 2> interval = {mean - kZ95 * error, mean + kZ95 * error};
    if (bounded)
      for (double& end : interval) end = std::clamp(end, -1.0, 1.0);
    // All pairs differ the same way: no variance, and yet n pairs prove no more than n pairs can.
    if (binary && std::abs(mean) == 1) {
      const double low = Wilson95(count, count)[0];
      interval = mean > 0 ? std::array{low, 1.0} : std::array{-1.0, -low};
    }
    return {.task = std::move(task),
            .n = n,
            .mean_a = sum_a / count,
            .mean_b = sum_b / count,
            .difference = mean,
            .interval95 = interval,
            .p = p};
  }
};

}  // namespace

std::vector<PairedDifference> ComparePaired(std::span<const Item> items,
                                            std::span<const ItemScore> a,
                                            std::span<const ItemScore> b) {
  Pairs all;
  std::map<std::string, Pairs> tasks;
  for (size_t i = 0; i < items.size(); ++i) {
    if (!Counts(a[i]) || !Counts(b[i])) continue;
    all.Add(a[i].score, b[i].score);
    tasks[items[i].task].Add(a[i].score, b[i].score);
  }
  std::vector<PairedDifference> differences;
  if (all.n > 0) differences.push_back(all.Compare(""));
  for (const auto& [task, pairs] : tasks) differences.push_back(pairs.Compare(task));
  return differences;
}

std::string FormatP(double p) { return p < 0.0001 ? "< 0.0001" : FormatFixed(p, 4); }

Json ToJson(const PairedDifference& d) {
  return Json::MakeObject({{"task", d.task.empty() ? Json("overall") : Json(d.task)},
                           {"n", d.n},
                           {"a", d.mean_a},
                           {"b", d.mean_b},
                           {"difference", d.difference},
                           {"interval95", Json::Array{d.interval95[0], d.interval95[1]}},
                           {"p", d.p}});
}

}  // namespace spatium
