#include "spatium/benchmarks/report_text.h"

#include <cmath>

#include "spatium/base/text.h"

namespace spatium {
namespace {

std::string Cell(const Json* value, int decimals = 2) {
  if (value == nullptr || value->IsNull()) return "–";
  if (value->IsInt()) return std::to_string(value->AsInt());
  if (value->IsNumber())
    return std::isfinite(value->AsDouble()) ? FormatFixed(value->AsDouble(), decimals) : "–";
  return value->IsString() ? ReplaceAll(value->AsString(), "|", "\\|") : value->Dump();
}

std::string IntervalCell(const Json* interval) {
  if (interval == nullptr || !interval->IsArray() || interval->AsArray().size() != 2) return "–";
  const std::string low = Cell(&interval->AsArray()[0]), high = Cell(&interval->AsArray()[1]);
  return low == "–" && high == "–" ? low : StrCat(low, " – ", high);
}

// What a score is to be seen beside: chance, baselines on the same items, other runs.
std::string Beside(const Json& report) {
  std::string out = "\n## Beside\n\n| what | rule | score | 95 % interval |\n|---|---|---|---|\n";
  const auto row = [&](std::string_view what, const Json* rule, const Json& score) {
    const Json* note = score.Find("note");
    out += StrCat("| ",
                  what,
                  " | ",
                  Cell(rule),
                  " | ",
                  Cell(note != nullptr ? note : score.Find("score")),
                  " | ",
                  IntervalCell(score.Find("interval95")),
                  " |\n");
  };
  const Json& chance = *report.Find("chance");
  row("chance", chance.Find("from"), chance);
  if (const Json* baselines = report.Find("baselines");
      baselines != nullptr && baselines->IsObject())
    for (const auto& [name, score] : baselines->AsObject())
      row(name == "random"      ? "random answers"
          : name == "frequency" ? "most frequent answers"
          : name == "blind"     ? "the same model without pictures (blind)"
                                : name,
          score.Find("profile"),
          score);
  if (const Json* others = report.Find("beside"); others != nullptr && others->IsArray())
    for (const Json& other : others->AsArray())
      row(Cell(other.Find("label")), other.Find("profile"), other);
  return out;
}

}  // namespace

std::string ReportMarkdown(const Json& report) {
  std::string out =
      StrCat("# ", Cell(report.Find("benchmark")), "\n\n", Cell(report.Find("n")), " items.");
  if (const Json* schema = report.Find("schema")) out += StrCat(" Schema ", Cell(schema), ".");
  out +=
      "\n\n| profile | unparsable | failed | skipped | scored | score | 95 % interval | unit "
      "|\n|---|---|---|---|---|---|---|---|\n";
  const Json::Object& profiles = report.Find("profiles")->AsObject();
  for (const auto& [name, result] : profiles) {
    const Json& interval = *result.Find("interval95");
    const Json& outcomes = *result.Find("outcomes");
    out += StrCat("| ", name);
    for (const char* outcome : {"unparsable", "failed", "skipped", "scored"})
      out += StrCat(" | ", Cell(outcomes.Find(outcome)));
    out += StrCat(" | ",
                  Cell(result.Find("score")),
                  " | ",
                  IntervalCell(&interval),
                  " | ",
                  Cell(result.Find("unit")),
                  " |\n");
  }
  out += Beside(report);
  for (const auto& [name, result] : profiles)
    if (const Json* notes = result.Find("notes"))
      for (const Json& note : notes->AsArray()) out += StrCat("\n", name, ": ", Cell(&note), "\n");
  for (const auto& [name, result] : profiles) {
    for (const auto& [grouping, groups] : result.Find("by")->AsObject()) {
      out += StrCat("\n## ",
                    name,
                    ": by ",
                    grouping,
                    "\n\n| ",
                    grouping,
                    " | score | 95 % interval | n |\n|---|---|---|---|\n");
      for (const auto& [key, score] : groups.AsObject())
        out += StrCat("| ",
                      ReplaceAll(key, "|", "\\|"),
                      " | ",
                      Cell(score.Find("score")),
                      " | ",
                      IntervalCell(score.Find("interval95")),
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
