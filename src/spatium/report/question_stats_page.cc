#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/report/html.h"
#include "spatium/report/page.h"
#include "spatium/report/question_stats.h"

namespace spatium {
namespace {

using Counts = QuestionStats::Counts;
constexpr const char* kFormats[] = {"fill", "select", "sentence", "judge"};
constexpr size_t kBins = 24;

int64_t Count(const Counts& counts, const std::string& key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

int64_t Sum(const Counts& counts) {
  int64_t sum = 0;
  for (const auto& [key, n] : counts) sum += n;
  return sum;
}

// Questions left out because there were enough: no refusal, and far more than those.
constexpr const char* kQuota = "quota";
Counts Refusals(const QuestionStats::Task& task) {
  Counts counts = task.refused;
  counts.erase(kQuota);
  return counts;
}

// Most frequent first where the order of names says nothing.
std::vector<Bar> Bars(const Counts& counts, bool by_count) {
  std::vector<Bar> bars;
  for (const auto& [name, n] : counts)
    bars.push_back(
        {.label = name.empty() ? "(empty)" : name, .value = static_cast<double>(n), .note = ""});
  if (by_count)
    std::ranges::sort(bars, [](const Bar& a, const Bar& b) {
      return a.value != b.value ? a.value > b.value : a.label < b.label;
    });
  return bars;
}

std::string CountTable(const QuestionStats& stats) {
  std::string out = "<div class=\"table\"><table><thead><tr><th>Task</th><th>Facts</th>";
  for (const char* format : kFormats) out += StrCat("<th>", format, "</th>");
  out += "<th>Questions</th><th>Refused</th></tr></thead><tbody>";
  Counts total;
  int64_t facts = 0, refused = 0;
  for (const auto& [name, task] : stats.tasks) {
    out +=
        StrCat("<tr><td>", EscapeHtml(name), "</td><td>", WithThousands(task.num_facts), "</td>");
    for (const char* format : kFormats) {
      const int64_t n = Count(task.formats, format);
      total[format] += n;
      out += StrCat("<td>", n ? WithThousands(n) : "\xe2\x80\x93", "</td>");
    }
    out += StrCat("<td>",
                  WithThousands(Sum(task.formats)),
                  "</td><td>",
                  WithThousands(Sum(Refusals(task))),
                  "</td></tr>");
    facts += task.num_facts;
    refused += Sum(Refusals(task));
  }
  out += StrCat("<tr class=\"sum\"><td>All</td><td>", WithThousands(facts), "</td>");
  for (const char* format : kFormats) out += StrCat("<td>", WithThousands(total[format]), "</td>");
  return out + StrCat("<td>",
                      WithThousands(stats.num_questions),
                      "</td><td>",
                      WithThousands(refused),
                      "</td></tr></tbody></table></div>\n");
}

std::string Card(const std::string& chart) {
  return chart.empty() ? "" : StrCat("<div class=\"card\">", chart, "</div>\n");
}

std::string TaskCharts(const QuestionStats::Task& task) {
  std::string out;
  for (const auto& [format, counts] : task.answers)
    out += Card(BarChart(
        Bars(counts, format == "fill"),
        {.title = StrCat("Answers, ", format), .decimals = 0, .show_share = true, .max_bars = 12}));
  for (const auto& [key, counts] : task.sides)
    out += Card(BarChart(Bars(counts, true), {.title = key, .show_share = true, .max_bars = 12}));
  for (const auto& [key, numbers] : task.numbers) {
    const auto n = static_cast<int64_t>(numbers.values.size());
    const Histogram histogram = MakeHistogram(numbers.values, kBins);
    if (histogram.low == histogram.high) continue;  // a constant: nothing to see
    out += Card(HistogramChart(histogram,
                               {.title = StrCat(key, " (", WithThousands(n), ")"), .decimals = 2}));
  }
  out += Card(BarChart(Bars(Refusals(task), true),
                       {.title = "Refused, by reason", .show_share = true, .max_bars = 16}));
  return out;
}

}  // namespace

std::string StatsPage(const QuestionStats& stats, const std::string& subtitle) {
  Page page{.title = "Question statistics",
            .subtitle = subtitle,
            .body = "",
            .styles = {},
            .scripts = {},
            .data = {}};
  page.body += FigureRow({{"Questions", WithThousands(stats.num_questions)},
                          {"Tasks", StrCat(stats.tasks.size())},
                          {"Scenes", StrCat(stats.scenes.size())},
                          {"Pictures", WithThousands(stats.num_images)},
                          {"Object labels", StrCat(stats.labels.size())}});
  page.body += CountTable(stats);
  if (!stats.labels.empty())
    page.body += StrCat(
        "<h2>Objects</h2><div class=\"grid\">",
        Card(BarChart(Bars(stats.labels, true),
                      {.title = "Questions about a label", .show_share = true, .max_bars = 20})),
        Card(BarChart(Bars(stats.scenes, true), {.title = "Questions of a scene", .max_bars = 20})),
        "</div>\n");
  for (const auto& [name, task] : stats.tasks)
    page.body +=
        StrCat("<h2>", EscapeHtml(name), "</h2><div class=\"grid\">", TaskCharts(task), "</div>\n");
  return RenderPage(page);
}

}  // namespace spatium
