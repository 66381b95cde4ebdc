// spatium qa stats: what a set of questions holds.
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/report/question_stats.h"

namespace spatium {
namespace {

struct Options {
  Path out;
  std::optional<Path> html;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("OUT", &o.out, "folder that qa make wrote");
  list.Flag("-o,--html", &o.html, "also writes a page with charts");
}

void PrintTable(const QuestionStats& stats, Output& out) {
  for (const auto& [name, task] : stats.tasks) {
    std::string line = StrCat(name, ": ", task.num_facts, " facts");
    for (const auto& [format, n] : task.formats) line += StrCat(", ", format, " ", n);
    int64_t refused = 0;
    for (const auto& [reason, n] : task.refused) refused += n;
    if (refused) line += StrCat(", refused ", refused);
    out.Line(line);
  }
  out.Line(StrCat(stats.num_questions, " questions, ", stats.num_images, " pictures"));
}

Result<int> Run(const Options& options, Output& out) {
  SPATIUM_TRY(const QuestionStats stats, CollectQuestionStats(options.out));
  if (options.html)
    SPATIUM_TRY_DO(WriteFileAtomic(*options.html, StatsPage(stats, options.out.string())));
  if (out.json()) {
    out.Print(StatsJson(stats));
  } else {
    PrintTable(stats, out);
  }
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_qa_stats() {
  static constexpr CommandInfo kInfo{
      .summary = "counts per task, format and refusal reason, and how the answers are spread",
      .example = "spatium qa stats OUT --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
