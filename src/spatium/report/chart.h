#pragma once
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace spatium {

// Small SVG charts for reports: light, one hue, every bar labelled with its value. They take the
// width of their column.

struct Bar {
  std::string label;
  double value = 0;
  std::string note;  // shown after the value; empty: none
};
struct ChartOptions {
  std::string title;
  int decimals = 0;         // of the values
  bool show_share = false;  // adds each bar's percentage of the sum
  size_t max_bars = 24;     // the rest is summed up in one bar "other"
};
// Horizontal bars in the given order; empty input gives an empty text.
std::string BarChart(std::span<const Bar> bars, const ChartOptions& options);

// Equal bins between the least and the greatest value, at most `num_bins`.
struct Histogram {
  double low = 0, high = 0;
  std::vector<int64_t> counts;
};
Histogram MakeHistogram(std::span<const double> values, size_t num_bins);
// Upright bars over a number line.
std::string HistogramChart(const Histogram& histogram, const ChartOptions& options);

}  // namespace spatium
