// spatium metric check: golden rows against what Spatium gives for them.
#include <algorithm>

#include "spatium/base/log.h"
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/metrics/exact_integer.h"
#include "spatium/metrics/golden.h"
#include "spatium/metrics/meteor_tables.h"

namespace spatium {
namespace {

struct Options {
  std::vector<Path> files;
  std::optional<Path> masks;
  int64_t show = 20;
};
void Describe(Options& o, OptionList& list) {
  list.Positional("FILE", &o.files, "golden rows as JSON Lines, or a JSON array of SPAR vectors");
  list.Flag("--masks", &o.masks, "masks by name (JSON), for tasks that score points");
  list.Flag("--show", &o.show, "how many different rows to show").min = 0;
}

Json CountsJson(const GoldenCounts& c) {
  return Json::MakeObject({{"rows", c.rows},
                           {"equal", c.equal},
                           {"different", c.different},
                           {"unsupported", c.unsupported},
                           {"random", c.random}});
}

Result<int> Run(const Options& o, Output& out) {
  std::optional<MaskSet> masks;
  if (o.masks) {
    SPATIUM_TRY(masks, MaskSet::Read(*o.masks));
  }
  Json files = Json::MakeObject({});
  std::vector<GoldenDifference> different;
  bool all_equal = true;
  for (const Path& file : o.files) {
    SPATIUM_TRY(const GoldenCounts counts,
                CheckGoldenFile(file,
                                masks ? &*masks : nullptr,
                                out.threads(),
                                static_cast<size_t>(o.show),
                                different));
    if (counts.rows == 0) return Error{ErrorCode::kBadValue, file.string(), "rows", "none"};
    all_equal = all_equal && counts.different == 0 && counts.unsupported == 0;
    files.Set(file.string(), CountsJson(counts));
    if (!out.json()) out.Line(StrCat(file.string(), "  ", CountsJson(counts).Dump()));
  }
  const bool asks_for_meteor = std::ranges::any_of(different, [](const GoldenDifference& d) {
    return d.task.starts_with("meteor") || d.task.starts_with("captions");
  });
  if (asks_for_meteor && !MeteorTables::Default().is_official()) {
    LogWarn(StrCat("METEOR's own words were not at hand (used: ",
                   MeteorTables::Default().source(),
                   "); `spatium doctor` says how to get them"));
  }
  Json shown = Json::MakeArray();
  for (const GoldenDifference& d : different) {
    shown.Push(Json::MakeObject({{"file", d.file},
                                 {"row", d.row},
                                 {"task", d.task},
                                 {"expected", d.expected},
                                 {"value", d.value}}));
    if (!out.json()) {
      out.Line(StrCat(d.file,
                      ":",
                      d.row,
                      " ",
                      d.task,
                      "\n  expected ",
                      d.expected.Dump(),
                      "\n  value    ",
                      ExactText(d.value)));
    }
  }
  if (out.json()) {
    out.Line(ExactText(Json::MakeObject({{"files", files}, {"first_different", shown}})));
  }
  return all_equal ? 0 : 1;
}

}  // namespace

const CommandInfo& CommandInfo_metric_check() {
  static constexpr CommandInfo kInfo{
      .summary = "golden rows of the official scorers against Spatium's values",
      .example = "spatium metric check rows.jsonl --masks masks.json --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
