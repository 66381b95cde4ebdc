#include "spatium/report/interval_chart.h"

#include <algorithm>
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/report/html.h"

namespace spatium {
namespace {

// A value's place on the axis, in percent of its length.
class Axis {
 public:
  explicit Axis(const IntervalChartOptions& options) : low_(options.low), high_(options.high) {}
  double At(double value) const {
    if (!(high_ > low_) || !std::isfinite(value)) return 0;
    return std::clamp(100 * (value - low_) / (high_ - low_), 0.0, 100.0);
  }

 private:
  double low_, high_;
};

std::string Percent(double value) { return FormatFixed(value, 2) + "%"; }

std::string Marks(const IntervalRow& row, const Axis& axis) {
  std::string out;
  for (const IntervalMark& mark : row.marks) {
    if (!std::isfinite(mark.value)) continue;
    if (mark.interval95 && std::isfinite((*mark.interval95)[0])) {
      const double from = axis.At((*mark.interval95)[0]), to = axis.At((*mark.interval95)[1]);
      out += StrCat("<i class=\"whisker s",
                    mark.series,
                    "\" style=\"left:",
                    Percent(from),
                    ";width:",
                    Percent(to - from),
                    "\"></i>");
    }
    out += StrCat("<b class=\"mark s",
                  mark.series,
                  "\" style=\"left:",
                  Percent(axis.At(mark.value)),
                  "\"></b>");
  }
  return out;
}

std::string Row(const IntervalRow& row, const IntervalChartOptions& options) {
  const Axis axis(options);
  std::string out = StrCat("<div class=\"row",
                           row.strong ? " strong" : "",
                           "\"><span class=\"label\">",
                           ReplaceAll(EscapeHtml(row.label), "_", "_<wbr>"));
  if (!row.note.empty()) out += StrCat("<small>", EscapeHtml(row.note), "</small>");
  out += "</span><span class=\"track\">";
  if (options.reference)
    out += StrCat(
        "<i class=\"reference\" style=\"left:", Percent(axis.At(*options.reference)), "\"></i>");
  out += StrCat(Marks(row, axis), "</span><span class=\"value\">");
  if (!row.marks.empty()) {
    const IntervalMark& first = row.marks[0];
    out += FormatFigure(first.value, options.decimals);
    // The other rule's figure in its mark's colour.
    if (row.marks.size() > 1 && row.marks[1].series == 1)
      out += StrCat(" <em>", FormatFigure(row.marks[1].value, options.decimals), "</em>");
    if (first.interval95)
      out += StrCat("<small>",
                    FormatFigure((*first.interval95)[0], options.decimals),
                    " to ",
                    FormatFigure((*first.interval95)[1], options.decimals),
                    "</small>");
  }
  return out + "</span></div>";
}

std::string AxisRow(const IntervalChartOptions& options) {
  constexpr int kTicks = 5;
  const Axis axis(options);
  const double step = (options.high - options.low) / (kTicks - 1);
  const int decimals = step == std::floor(step) ? 0 : std::max(1, options.decimals);
  std::string out = "<div class=\"row axis\"><span class=\"label\"></span><span class=\"track\">";
  for (int i = 0; i < kTicks; ++i) {
    const double value = options.low + i * step;
    out += StrCat("<span class=\"tick\" style=\"left:",
                  Percent(axis.At(value)),
                  "\">",
                  FormatFigure(value, decimals),
                  "</span>");
  }
  return out + "</span><span class=\"value\"></span></div>";
}

std::string Legend(const IntervalChartOptions& options) {
  if (options.series.empty() && options.reference_label.empty()) return "";
  std::string out = "<p class=\"legend\">";
  for (size_t s = 0; s < options.series.size(); ++s)
    out +=
        StrCat("<span><b class=\"mark s", s, "\"></b>", EscapeHtml(options.series[s]), "</span>");
  if (options.reference && !options.reference_label.empty())
    out +=
        StrCat("<span><i class=\"reference\"></i>", EscapeHtml(options.reference_label), "</span>");
  return out + "</p>";
}

}  // namespace

std::string FormatFigure(double value, int decimals) {
  const std::string text = std::isfinite(value) ? FormatFixed(value, decimals) : "–";
  return text.starts_with('-') ? "−" + text.substr(1) : text;
}

std::string IntervalChart(const std::vector<IntervalRow>& rows,
                          const IntervalChartOptions& options) {
  if (rows.empty()) return "";
  std::string out = StrCat(Legend(options), "<div class=\"intervals\">");
  for (const IntervalRow& row : rows) out += Row(row, options);
  return out + AxisRow(options) + "</div>\n";
}

}  // namespace spatium
