#include "spatium/report/chart.h"

#include <algorithm>
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/report/html.h"

namespace spatium {
namespace {

constexpr double kWidth = 420;
constexpr double kRow = 22;
constexpr double kLabelWidth = 142;
constexpr double kValueWidth = 100;
constexpr double kHistogramHeight = 96;
constexpr size_t kMaxLabelLetters = 20;

std::string Shorten(const std::string& label) {
  if (label.size() <= kMaxLabelLetters) return label;
  // Not inside of a UTF-8 letter.
  size_t cut = kMaxLabelLetters - 1;
  while (cut > 0 && (static_cast<uint8_t>(label[cut]) & 0xc0) == 0x80) --cut;
  return label.substr(0, cut) + "\xe2\x80\xa6";
}

std::string Px(double v) { return FormatShortest(std::round(v * 100) / 100); }

std::string Figure(const ChartOptions& options, double height, const std::string& content) {
  std::string out = "<figure class=\"chart\">";
  if (!options.title.empty())
    out += StrCat("<figcaption>", EscapeHtml(options.title), "</figcaption>");
  return out + StrCat("<svg viewBox=\"0 0 ",
                      Px(kWidth),
                      " ",
                      Px(height),
                      "\" role=\"img\">",
                      content,
                      "</svg></figure>\n");
}

std::vector<Bar> Limited(std::span<const Bar> bars, size_t max_bars) {
  std::vector<Bar> out(bars.begin(), bars.end());
  if (out.size() <= max_bars || max_bars < 2) return out;
  Bar other{.label = StrCat("other (", out.size() - max_bars + 1, ")"), .value = 0, .note = ""};
  for (size_t i = max_bars - 1; i < out.size(); ++i) other.value += out[i].value;
  out.resize(max_bars - 1);
  out.push_back(other);
  return out;
}

}  // namespace

std::string BarChart(std::span<const Bar> all_bars, const ChartOptions& options) {
  if (all_bars.empty()) return "";
  const std::vector<Bar> bars = Limited(all_bars, options.max_bars);
  double most = 0, sum = 0;
  // The rest, in one bar, does not make the others small.
  const size_t num_own = all_bars.size() > bars.size() ? bars.size() - 1 : bars.size();
  for (size_t i = 0; i < bars.size(); ++i) {
    if (i < num_own) most = std::max(most, bars[i].value);
    sum += bars[i].value;
  }
  const double span = kWidth - kLabelWidth - kValueWidth;
  std::string content;
  double y = 0;
  for (const Bar& bar : bars) {
    const double width = most > 0 ? std::clamp(bar.value / most, 0.0, 1.0) * span : 0;
    std::string text = FormatFixed(bar.value, options.decimals);
    if (options.show_share && sum > 0)
      text += StrCat(" \xc2\xb7 ", FormatFixed(100 * bar.value / sum, 1), " %");
    if (!bar.note.empty()) text += " " + bar.note;
    content += StrCat("<g><title>", EscapeHtml(bar.label), ": ", EscapeHtml(text), "</title>");
    content += StrCat("<text class=\"name\" x=\"",
                      Px(kLabelWidth - 8),
                      "\" y=\"",
                      Px(y + 15),
                      "\">",
                      EscapeHtml(Shorten(bar.label)),
                      "</text>");
    content += StrCat("<rect class=\"bar\" x=\"",
                      Px(kLabelWidth),
                      "\" y=\"",
                      Px(y + 4),
                      "\" width=\"",
                      Px(std::max(width, 1.0)),
                      "\" height=\"14\" rx=\"2\"/>");
    content += StrCat("<text class=\"value\" x=\"",
                      Px(kLabelWidth + width + 6),
                      "\" y=\"",
                      Px(y + 15),
                      "\">",
                      EscapeHtml(text),
                      "</text></g>");
    y += kRow;
  }
  return Figure(options, y, content);
}

Histogram MakeHistogram(std::span<const double> values, size_t num_bins) {
  Histogram h;
  if (values.empty() || num_bins == 0) return h;
  const auto [low, high] = std::ranges::minmax(values);
  h.low = low;
  h.high = high;
  h.counts.assign(low == high ? 1 : num_bins, 0);
  for (const double v : values) {
    const double share = low == high ? 0 : (v - low) / (high - low);
    const auto bin = static_cast<size_t>(share * static_cast<double>(h.counts.size()));
    ++h.counts[std::min(bin, h.counts.size() - 1)];
  }
  return h;
}

std::string HistogramChart(const Histogram& histogram, const ChartOptions& options) {
  if (histogram.counts.empty()) return "";
  const int64_t most = std::max<int64_t>(1, std::ranges::max(histogram.counts));
  const double step = kWidth / static_cast<double>(histogram.counts.size());
  std::string content;
  for (size_t i = 0; i < histogram.counts.size(); ++i) {
    const double height =
        kHistogramHeight * static_cast<double>(histogram.counts[i]) / static_cast<double>(most);
    const double bin =
        (histogram.high - histogram.low) / static_cast<double>(histogram.counts.size());
    const double from = histogram.low + bin * static_cast<double>(i);
    content += StrCat("<g><title>",
                      FormatFixed(from, options.decimals),
                      " to ",
                      FormatFixed(from + bin, options.decimals),
                      ": ",
                      histogram.counts[i],
                      "</title><rect class=\"bar\" x=\"",
                      Px(step * static_cast<double>(i) + 0.5),
                      "\" y=\"",
                      Px(kHistogramHeight - height),
                      "\" width=\"",
                      Px(step - 1),
                      "\" height=\"",
                      Px(std::max(height, 0.5)),
                      "\"/></g>");
  }
  const auto tick = [&](double x, double value, std::string_view anchor) {
    return StrCat("<text class=\"tick\" text-anchor=\"",
                  anchor,
                  "\" x=\"",
                  Px(x),
                  "\" y=\"",
                  Px(kHistogramHeight + 15),
                  "\">",
                  FormatFixed(value, options.decimals),
                  "</text>");
  };
  content += StrCat("<line class=\"axis\" x1=\"0\" x2=\"",
                    Px(kWidth),
                    "\" y1=\"",
                    Px(kHistogramHeight + 0.5),
                    "\" y2=\"",
                    Px(kHistogramHeight + 0.5),
                    "\"/>");
  content += tick(0, histogram.low, "start");
  content += tick(kWidth / 2, (histogram.low + histogram.high) / 2, "middle");
  content += tick(kWidth, histogram.high, "end");
  return Figure(options, kHistogramHeight + 20, content);
}

}  // namespace spatium
