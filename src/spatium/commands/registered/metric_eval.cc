// spatium metric eval: the value of each golden row.
#include "spatium/commands/command.h"
#include "spatium/metrics/exact_integer.h"
#include "spatium/metrics/golden.h"

namespace spatium {
namespace {

struct Options {
  Path rows;
  std::optional<Path> masks;
};
void Describe(Options& o, OptionList& list) {
  list.Positional("FILE", &o.rows, "rows as JSON Lines; - is standard input");
  list.Flag("--masks", &o.masks, "masks by name (JSON), for tasks that score points");
}

Result<int> Run(const Options& o, Output& out) {
  std::optional<MaskSet> masks;
  if (o.masks) {
    SPATIUM_TRY(masks, MaskSet::Read(*o.masks));
  }
  SPATIUM_TRY_DO(ForEachRowValue(o.rows,
                                 masks ? &*masks : nullptr,
                                 out.threads(),
                                 [&](int64_t number, const Json&, const RowValue& value) {
                                   Json line =
                                       Json::MakeObject({{"row", number}, {"task", value.task}});
                                   if (value.supported) {
                                     line.Set("value", value.value);
                                   } else {
                                     line.Set("unsupported", true).Set("why", value.why);
                                   }
                                   out.Line(ExactText(line));
                                 }));
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_metric_eval() {
  static constexpr CommandInfo kInfo{
      .summary = "the official scorers' values for rows of predictions and gold answers",
      .example = "spatium metric eval rows.jsonl --masks masks.json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
