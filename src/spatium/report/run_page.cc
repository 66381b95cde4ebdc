#include "spatium/report/run_page.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "spatium/base/base64.h"
#include "spatium/base/text.h"
#include "spatium/report/html.h"
#include "spatium/report/interval_chart.h"
#include "spatium/report/page.h"
#include "spatium/report/run_samples.h"

namespace spatium {
namespace {

std::string Count(size_t n) { return WithThousands(static_cast<int64_t>(n)); }

std::optional<double> NumberAt(const Json* value) {
  if (value == nullptr || !value->IsNumber()) return std::nullopt;
  return value->AsDouble();
}

std::optional<std::array<double, 2>> IntervalAt(const Json& score) {
  const Json* interval = score.Find("interval95");
  if (interval == nullptr || !interval->IsArray() || interval->AsArray().size() != 2)
    return std::nullopt;
  const auto low = NumberAt(&interval->AsArray()[0]), high = NumberAt(&interval->AsArray()[1]);
  if (!low || !high) return std::nullopt;
  return std::array<double, 2>{*low, *high};
}

// What became of every item, first thing on the page.
std::string Outcomes(const RunView& run) {
  static constexpr std::string_view kKinds[] = {
      "unparsable", "failed", "skipped", "wrong", "partly", "right"};
  std::string out = "<table class=\"outcomes\"><thead><tr><th>Rule</th>";
  for (const std::string_view kind : kKinds) out += StrCat("<th>", kind, "</th>");
  out += "<th></th></tr></thead><tbody>";
  for (const ProfileResult& result : run.results) {
    std::map<std::string_view, size_t> counts;
    for (const ItemScore& score : result.items)
      ++counts[score.outcome != Outcome::kScored ? Name(score.outcome)
               : score.score >= 1                ? "right"
               : score.score <= 0                ? "wrong"
                                                 : "partly"];
    out += StrCat("<tr><td>", Name(result.profile), "</td>");
    for (const std::string_view kind : kKinds)
      out += StrCat(
          "<td", counts[kind] > 0 ? "" : " class=\"none\"", ">", Count(counts[kind]), "</td>");
    out += "<td class=\"stack\"><span>";
    for (const std::string_view kind :
         {"right", "partly", "wrong", "unparsable", "failed", "skipped"})
      if (counts[kind] > 0)
        out += StrCat("<i class=\"o-",
                      kind,
                      "\" style=\"flex:",
                      counts[kind],
                      "\" title=\"",
                      kind,
                      ": ",
                      Count(counts[kind]),
                      "\"></i>");
    out += "</span></td></tr>";
  }
  return StrCat("<div class=\"table\">", out, "</tbody></table></div>\n");
}

IntervalMark MarkOf(const Json& score, int series) {
  return {.value = NumberAt(score.Find("score")).value_or(std::nan("")),
          .interval95 = IntervalAt(score),
          .series = series};
}

IntervalChartOptions AxisOf(const RunView& run) {
  IntervalChartOptions options;
  if (run.info.unit != "percent") {
    options.high = 1;
    options.decimals = 3;
  }
  return options;
}

// This run under each rule, other runs, published rows; chance as a line through all.
std::string ScoreSection(const RunView& run) {
  std::vector<IntervalRow> rows;
  const Json::Object& profiles = run.report.Find("profiles")->AsObject();
  int series = 0;
  IntervalChartOptions options = AxisOf(run);
  for (const auto& [name, score] : profiles) {
    rows.push_back({.label = name,
                    .marks = {MarkOf(score, std::min(series++, 1))},
                    .note = series == 1 && !run.model.empty() ? run.model : "",
                    .strong = true});
  }
  for (const OtherRun& other : run.others) {
    const Json* others = other.report.Find("profiles");
    if (others == nullptr || !others->IsObject()) continue;
    for (const auto& [name, score] : others->AsObject())
      if (profiles[0].first == name)
        rows.push_back({.label = other.label, .marks = {MarkOf(score, 3)}, .note = name});
  }
  if (const Json* baselines = run.report.Find("baselines");
      baselines != nullptr && baselines->IsObject())
    for (const auto& [name, score] : baselines->AsObject())
      rows.push_back({.label = "baseline: " + name,
                      .marks = {MarkOf(score, 3)},
                      .note = score.Find("note") != nullptr ? score.Find("note")->AsString()
                              : name == "blind"             ? "the same model, no picture"
                                                            : "these items, no picture, no model"});
  std::vector<PublishedRow> published(run.info.published.begin(), run.info.published.end());
  std::ranges::sort(published, [](const PublishedRow& x, const PublishedRow& y) {
    return x.score != y.score ? x.score > y.score : x.model < y.model;
  });
  for (const PublishedRow& row : published)
    rows.push_back({.label = std::string(row.model),
                    .marks = {{.value = row.score, .interval95 = {}, .series = 2}},
                    .note = std::string(row.source)});
  const Json* chance = run.report.Find("chance");
  const auto score = chance != nullptr ? NumberAt(chance->Find("score")) : std::nullopt;
  if (score && std::isfinite(*score)) {
    options.reference = score;
    options.reference_label = "chance, " + FormatFixed(*score, options.decimals);
  }
  return StrCat("<h2>Score</h2><p class=\"muted\">",
                run.info.unit == "percent" ? "In percent" : "As a fraction",
                ", with 95 % intervals. Published rows are their authors' figures.</p><div "
                "class=\"card\">",
                IntervalChart(rows, options),
                "</div>\n");
}

// What a reader of the scores has to know.
std::string Notes(const RunView& run) {
  std::string out;
  for (const auto& [name, result] : run.report.Find("profiles")->AsObject())
    if (const Json* notes = result.Find("notes"); notes != nullptr && notes->IsArray())
      for (const Json& note : notes->AsArray())
        if (note.IsString())
          out += StrCat("<p class=\"muted\">", name, ": ", EscapeHtml(note.AsString()), "</p>\n");
  return out;
}

std::string GroupingTitle(std::string_view name) {
  std::string title = "By " + ReplaceAll(std::string(name), "_", " ");
  return title;
}

// One chart for each grouping: the first two rules side by side.
std::string GroupSections(const RunView& run) {
  std::string out;
  const Json::Object& profiles = run.report.Find("profiles")->AsObject();
  const size_t num_series = std::min<size_t>(2, profiles.size());
  const Json* baselines = run.report.Find("baselines");
  for (const auto& [grouping, groups] : profiles[0].second.Find("by")->AsObject()) {
    std::vector<IntervalRow> rows;
    IntervalChartOptions options = AxisOf(run);
    bool any_baseline = false;
    for (const auto& [key, first] : groups.AsObject()) {
      IntervalRow row{.label = key, .marks = {}, .note = ""};
      if (const auto n = NumberAt(first.Find("n")))
        row.note = StrCat("n = ", Count(static_cast<size_t>(*n)));
      for (size_t s = 0; s < num_series; ++s) {
        const Json* by = profiles[s].second.Find("by")->Find(grouping);
        const Json* score = by != nullptr ? by->Find(key) : nullptr;
        if (score != nullptr) row.marks.push_back(MarkOf(*score, static_cast<int>(s)));
      }
      if (baselines != nullptr)
        if (const Json* frequency = baselines->Find("frequency"))
          if (const Json* by = frequency->Find("by");
              by != nullptr && by->Find(grouping) != nullptr)
            if (const Json* score = by->Find(grouping)->Find(key)) {
              row.marks.push_back({.value = NumberAt(score->Find("score")).value_or(std::nan("")),
                                   .interval95 = {},
                                   .series = 2});
              any_baseline = true;
            }
      rows.push_back(std::move(row));
    }
    if (rows.empty()) continue;
    for (size_t s = 0; s < num_series; ++s) options.series.push_back(profiles[s].first);
    if (any_baseline) {
      options.series.resize(2, "");
      options.series.push_back("most frequent answer");
      std::erase(options.series, "");
    }
    out += StrCat("<h2>",
                  EscapeHtml(GroupingTitle(grouping)),
                  "</h2><div class=\"card\">",
                  IntervalChart(rows, options),
                  "</div>\n");
  }
  return out;
}

}  // namespace

std::string RunPage(const RunView& run, const RunPageOptions& options) {
  const RunSamples samples = CollectSamples(run, options);
  Page page{.title = std::string(run.benchmark),
            .subtitle = StrCat(run.model.empty() ? "" : run.model + " · ",
                               Count(run.items.size()),
                               run.items.size() == 1 ? " question" : " questions"),
            .body = {},
            .styles = {"gallery.css", "interval_chart.css", "run.css"},
            .scripts = {"lightbox.js", "run.js"},
            .data = {}};
  page.body = StrCat(Outcomes(run),
                     ScoreSection(run),
                     Notes(run),
                     GroupSections(run),
                     SampleSection(run, samples));
  if (!run.info.schema.empty())
    page.body +=
        StrCat("<p class=\"muted\">Schema of the data: ", EscapeHtml(run.info.schema), ".</p>\n");
  page.data.emplace_back("run-data", JsonForScript(samples.json));
  std::string pictures;
  for (const std::string& jpeg : samples.pictures.jpegs) pictures += Base64(jpeg) + "\n";
  page.data.emplace_back("run-pictures", std::move(pictures));
  return RenderPage(page);
}

}  // namespace spatium
