#include "spatium/report/compare_page.h"

#include <algorithm>
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/base/utf8.h"
#include "spatium/report/html.h"
#include "spatium/report/interval_chart.h"
#include "spatium/report/page.h"

namespace spatium {
namespace {

constexpr size_t kMostItems = 1000;  // of each list
constexpr size_t kMostReplyBytes = 600;

std::string Points(double fraction) { return FormatFigure(100 * fraction, 1); }

std::string Table(const ComparedRuns& run) {
  std::string out =
      StrCat("<div class=\"table\"><table><thead><tr><th>Task</th><th>n</th><th>A</th>",
             "<th>B</th><th>B − A</th><th>95 % interval</th><th>p</th></tr></thead><tbody>");
  for (const PairedDifference& d : run.differences)
    out +=
        StrCat(d.task.empty() ? "<tr class=\"sum\"><td>all items" : "<tr><td>" + EscapeHtml(d.task),
               "</td><td>",
               WithThousands(static_cast<int64_t>(d.n)),
               "</td><td>",
               Points(d.mean_a),
               "</td><td>",
               Points(d.mean_b),
               "</td><td>",
               d.difference > 0 ? "+" : "",
               Points(d.difference),
               "</td><td>",
               Points(d.interval95[0]),
               " to ",
               Points(d.interval95[1]),
               "</td><td>",
               FormatP(d.p),
               "</td></tr>");
  return out + "</tbody></table></div>\n";
}

std::string Chart(const ComparedRuns& run) {
  double most = 5;
  for (const PairedDifference& d : run.differences)
    for (const double end : d.interval95)
      if (std::isfinite(end)) most = std::max(most, std::abs(100 * end));
  most = std::min(100.0, 5 * std::ceil(most / 5));
  std::vector<IntervalRow> rows;
  for (const PairedDifference& d : run.differences)
    rows.push_back({.label = d.task.empty() ? "all items" : d.task,
                    .marks = {{.value = 100 * d.difference,
                               .interval95 = {{100 * d.interval95[0], 100 * d.interval95[1]}},
                               .series = d.task.empty() ? 0 : 2}},
                    .note = "",
                    .strong = d.task.empty()});
  return StrCat("<div class=\"card\">",
                IntervalChart(rows,
                              {.low = -most,
                               .high = most,
                               .decimals = 1,
                               .series = {},
                               .reference = 0,
                               .reference_label = "no difference; to the right B is better"}),
                "</div>\n");
}

std::string ReplyCell(const ItemScore& score, const std::optional<std::string>& reply) {
  std::string out = StrCat("<td class=\"reply\"><b>",
                           score.outcome == Outcome::kScored ? FormatFixed(score.score, 2)
                                                             : std::string(Name(score.outcome)),
                           "</b> ");
  if (reply) {
    out += EscapeHtml(CutUtf8(*reply, kMostReplyBytes));
    if (reply->size() > kMostReplyBytes) out += "…";
  }
  return out + "</td>";
}

// Items where one run is better, the largest differences first.
std::string Items(const ComparedRuns& run, bool b_better) {
  std::vector<const ComparedItem*> items;
  for (const ComparedItem& item : run.items)
    if (Counts(item.a) && Counts(item.b) &&
        (b_better ? item.b.score > item.a.score : item.a.score > item.b.score))
      items.push_back(&item);
  std::ranges::sort(items, [](const ComparedItem* x, const ComparedItem* y) {
    const double dx = std::abs(x->a.score - x->b.score), dy = std::abs(y->a.score - y->b.score);
    return dx != dy ? dx > dy : x->id < y->id;
  });
  std::string out = StrCat("<details><summary>",
                           b_better ? "B" : "A",
                           " is better on ",
                           WithThousands(static_cast<int64_t>(items.size())),
                           " items");
  if (items.size() > kMostItems)
    out += StrCat("; the first ", WithThousands(kMostItems), " are here");
  out +=
      "</summary><div class=\"table\"><table class=\"items\"><thead><tr><th>Item</th><th>Task</th>"
      "<th>A</th><th>B</th></tr></thead><tbody>";
  for (size_t i = 0; i < std::min(items.size(), kMostItems); ++i)
    out += StrCat("<tr><td>",
                  EscapeHtml(items[i]->id),
                  "</td><td>",
                  EscapeHtml(items[i]->task),
                  "</td>",
                  ReplyCell(items[i]->a, items[i]->reply_a),
                  ReplyCell(items[i]->b, items[i]->reply_b),
                  "</tr>");
  return out + "</tbody></table></div></details>\n";
}

}  // namespace

std::string ComparePage(std::span<const ComparedRuns> runs) {
  Page page{
      .title = "Two runs compared",
      .subtitle = runs.empty() ? "" : StrCat("A: ", runs[0].label_a, "   ·   B: ", runs[0].label_b),
      .body = "",
      .styles = {"interval_chart.css", "compare.css"},
      .scripts = {},
      .data = {}};
  for (const ComparedRuns& run : runs) {
    page.body +=
        StrCat("<h2>", EscapeHtml(run.benchmark), ", rule ", EscapeHtml(run.profile), "</h2>");
    page.body +=
        StrCat("<p class=\"muted\">Points per hundred, of items that both runs answered. ",
               run.only_in_a,
               " items are only in A, ",
               run.only_in_b,
               " only in B. p is two-sided: an exact sign test (McNemar) where scores are 0 or 1, "
               "else a paired t test; it is not corrected for the number of tasks.</p>\n");
    page.body += Table(run) + Chart(run) + Items(run, true) + Items(run, false);
  }
  return RenderPage(page);
}

}  // namespace spatium
