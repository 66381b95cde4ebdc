// spatium ground eval: accuracies of grounding results, by the field's groups, and where errors
// come from.
#include "spatium/commands/command.h"
#include "spatium/grounding/spazer_export.h"

namespace spatium {
namespace {

struct Options : GroundEvalOptions {
  std::optional<Path> spazer;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("RESULTS", &o.results, "rows that spatium ground wrote");
  list.Flag("--queries", &o.queries, "the sentences with their targets").required = true;
  list.Flag("--boxes-gt", &o.boxes_gt, "folder of the true boxes").required = true;
  list.Flag("--boxes", &o.boxes, "folder of the boxes that were grounded in, if others");
  list.Flag("--labels", &o.labels, "folder of the labels that were used with them");
  list.Flag("--spazer", &o.spazer, "folder for the results as SPAZER's output files");
  list.Flag(
      "--label-map", &o.label_map, "ScanNet's label table, for the unique rules that need classes");
}

Result<int> Run(const Options& o, Output& out) {
  if (o.spazer) SPATIUM_TRY_DO(ExportSpazer(o, *o.spazer));
  SPATIUM_TRY(const Json report, EvaluateGrounding(o));
  out.Line(out.json() ? report.Dump() : report.DumpPretty());
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_ground_eval() {
  static constexpr CommandInfo kInfo{
      .summary = "score grounding results and say where the errors come from",
      .example =
          "spatium ground eval results.jsonl --queries nr3d_val.jsonl --boxes-gt boxes_gt --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
