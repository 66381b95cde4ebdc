#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace spatium {

// Scores on a common axis as dots with their intervals, one row each: the honest form of a ranking.
// Plain HTML and CSS (report/assets/interval_chart.css), so that letters keep their size on a
// phone.

struct IntervalMark {
  double value = 0;
  std::optional<std::array<double, 2>> interval95;
  int series = 0;  // its colour and shape: 0 and 1 are this run's, 2 others'
};
struct IntervalRow {
  std::string label;
  // The first one's value is printed, and that of a second one of series 1.
  std::vector<IntervalMark> marks;
  std::string note;     // small, under the label; empty: none
  bool strong = false;  // the row that the page is about
};
struct IntervalChartOptions {
  double low = 0, high = 100;
  int decimals = 1;
  std::vector<std::string> series = {};  // legend; empty: none
  std::optional<double> reference;       // a vertical line through all rows
  std::string reference_label = {};
};
// A real minus sign, as wide as a digit; a dash for what is not finite.
std::string FormatFigure(double value, int decimals);

// Rows in the given order; values beyond the axis sit at its end. Empty for no rows.
std::string IntervalChart(const std::vector<IntervalRow>& rows,
                          const IntervalChartOptions& options);

}  // namespace spatium
