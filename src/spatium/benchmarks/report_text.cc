#include "spatium/benchmarks/report_text.h"

#include "spatium/base/text.h"

namespace spatium {
namespace {

std::string Cell(const Json* value, int decimals = 2) {
  if (value == nullptr || value->IsNull()) return "–";
  if (value->IsInt()) return std::to_string(value->AsInt());
  if (value->IsNumber()) return FormatFixed(value->AsDouble(), decimals);
  return value->IsString() ? ReplaceAll(value->AsString(), "|", "\\|") : value->Dump();
}

}  // namespace

std::string ReportMarkdown(const Json& report) {
  std::string out =
      StrCat("# ", Cell(report.Find("benchmark")), "\n\n", Cell(report.Find("n")), " items.");
  if (const Json* schema = report.Find("schema")) out += StrCat(" Schema ", Cell(schema), ".");
  out +=
      "\n\n| profile | score | 95 % interval | unit | unparsable | failed | skipped | scored "
      "|\n|---|---|---|---|---|---|---|---|\n";
  const Json::Object& profiles = report.Find("profiles")->AsObject();
  for (const auto& [name, result] : profiles) {
    const Json& interval = *result.Find("interval95");
    const Json& outcomes = *result.Find("outcomes");
    out += StrCat("| ",
                  name,
                  " | ",
                  Cell(result.Find("score")),
                  " | ",
                  Cell(&interval.AsArray()[0]),
                  " – ",
                  Cell(&interval.AsArray()[1]),
                  " | ",
                  Cell(result.Find("unit")),
                  " | ",
                  Cell(outcomes.Find("unparsable")),
                  " | ",
                  Cell(outcomes.Find("failed")),
                  " | ",
                  Cell(outcomes.Find("skipped")),
                  " | ",
                  Cell(outcomes.Find("scored")),
                  " |\n");
  }
  out += StrCat("\nChance: ", Cell(report.Find("chance")->Find("score")), ".\n");
  for (const auto& [name, result] : profiles)
    if (const Json* notes = result.Find("notes"))
      for (const Json& note : notes->AsArray()) out += StrCat("\n", name, ": ", Cell(&note), "\n");
  for (const auto& [name, result] : profiles) {
    for (const auto& [grouping, groups] : result.Find("by")->AsObject()) {
      out += StrCat(
          "\n## ", name, ": by ", grouping, "\n\n| ", grouping, " | score | n |\n|---|---|---|\n");
      for (const auto& [key, score] : groups.AsObject())
        out += StrCat("| ",
                      ReplaceAll(key, "|", "\\|"),
                      " | ",
                      Cell(score.Find("score")),
                      " | ",
                      Cell(score.Find("n")),
                      " |\n");
    }
  }
  if (const Json* published = report.Find("published");
      published != nullptr && !published->AsArray().empty()) {
    out += "\n## Published\n\n| model | score | source |\n|---|---|---|\n";
    for (const Json& row : published->AsArray())
      out += StrCat("| ",
                    Cell(row.Find("model")),
                    " | ",
                    Cell(row.Find("score"), 1),
                    " | ",
                    Cell(row.Find("source")),
                    " |\n");
  }
  return out;
}

}  // namespace spatium
