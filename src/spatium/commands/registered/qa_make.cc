// spatium qa make: scenes to questions with their answers.
#include <cmath>

#include "spatium/base/interrupt.h"
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/qa/make.h"
#include "spatium/qa/task.h"

namespace spatium {
namespace {

struct Options {
  MakeOptions make;
  std::vector<std::string> tasks, formats;
  std::string per_task = "100", shard, provenance = "full";
  bool dry_run = false, no_pictures = false;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("STORE", &o.make.stores, "scene stores (spatium scene import, spatium synth)");
  list.Flag("-o,--out", &o.make.out, "folder to write to").required = true;
  list.Flag("--seed", &o.make.seed, "of every draw: wording, colours, options, order");
  auto& tasks = list.Flag("--tasks", &o.tasks, "only these, comma-separated (spatium list tasks)");
  tasks.comma_separated = true;
  for (const TaskEntry& entry : Tasks()) tasks.choices.emplace_back(entry.name);
  auto& formats = list.Flag("--formats", &o.formats, "only these answer formats, comma-separated");
  formats.comma_separated = true;
  for (const AnswerFormat format : kAnswerFormats) formats.choices.emplace_back(Name(format));
  list.Flag("--per-task", &o.per_task, "facts per scene and task: a number, or \"all\"");
  list.Flag("--limit", &o.make.limit, "only the first N scenes, by name").min = 1;
  list.Flag(
      "--shard",
      &o.shard,
      "i/n with 0 <= i < n: this part of the work; default: what Slurm, Kubernetes or MPI say");
  list.Flag("--provenance", &o.provenance, "what each record says of its origin").choices = {
      "full", "ids", "none"};
  list.Flag("--split", &o.make.split, "folder below qa_jsonl: train, val");
  list.Flag("--no-pictures",
            &o.no_pictures,
            "do not copy the pictures that the questions use; qa verify then knows frames by name");
  list.Flag("--dry-run", &o.dry_run, "count what would be made; write no questions");
}

Result<void> ParsePerTask(const std::string& text, MakeOptions& make) {
  if (text == "all") return {};
  make.per_task = ParseInt(text);
  if (make.per_task && *make.per_task >= 0) return {};
  return Error{ErrorCode::kUsage, "--per-task", "a number of facts or \"all\"", Quote(text)};
}

void PrintTable(const MakeSummary& summary, Output& out) {
  for (const auto& [task, counts] : summary.by_task) {
    std::string line = StrCat(task, ": ", counts.facts, " facts");
    for (const AnswerFormat format : kAnswerFormats)
      if (const uint64_t n = counts.questions[static_cast<size_t>(format)]; n > 0)
        line += StrCat(", ", n, " ", Name(format));
    out.Line(line);
  }
  out.Line(StrCat("questions: ", summary.questions()));
  if (summary.cost)
    out.Line(StrCat("would write ",
                    summary.cost->pictures,
                    " pictures, about ",
                    FormatFixed(summary.cost->megabytes, 0),
                    " MB, in about ",
                    FormatFixed(std::ceil(summary.cost->seconds), 0),
                    " s"));
}

Result<int> Run(const Options& options, Output& out) {
  MakeOptions make = options.make;
  make.threads = out.threads();
  make.tasks = options.tasks;
  make.pictures = !options.no_pictures;
  for (const std::string& name : options.formats)
    make.formats.push_back(*AnswerFormatFromName(name));
  make.provenance = options.provenance == "full"  ? ProvenanceDetail::kFull
                    : options.provenance == "ids" ? ProvenanceDetail::kIds
                                                  : ProvenanceDetail::kNone;
  if (make.split.empty() || make.split.find('/') != std::string::npos || make.split[0] == '.')
    return Error{ErrorCode::kUsage, "--split", "a folder name", Quote(make.split)};
  SPATIUM_TRY_DO(ParsePerTask(options.per_task, make));
  SPATIUM_TRY(make.shard, ParseShard(options.shard));
  SPATIUM_TRY(const MakeSummary summary,
              options.dry_run ? PlanQuestions(make) : MakeQuestions(make));
  if (out.json()) {
    out.Print(summary.ToJson());
  } else {
    PrintTable(summary, out);
  }
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_qa_make() {
  static constexpr CommandInfo kInfo{
      .summary = "make spatial questions with geometric answers from scenes",
      .example = "spatium qa make STORE -o OUT --seed 1 --per-task 20 --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
