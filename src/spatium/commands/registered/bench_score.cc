// spatium bench score: scores a prediction file, offline.
#include "spatium/base/log.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/evaluate.h"
#include "spatium/benchmarks/predictions.h"
#include "spatium/benchmarks/report_text.h"
#include "spatium/benchmarks/score_file.h"
#include "spatium/commands/bench_options.h"
#include "spatium/commands/bench_report.h"
#include "spatium/commands/command.h"

namespace spatium {
namespace {

struct Options {
  std::string benchmark;
  Path predictions;
  std::string format = "spatium";
  std::optional<Path> data, per_item, report;
  std::string profile;
  std::optional<std::string> judge;
  std::optional<Path> record_judge;
  std::vector<Path> beside;
  unsigned concurrency = 16;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("NAME", &o.benchmark, "the benchmark (spatium list benchmarks)");
  list.Flag("--predictions", &o.predictions, "prediction file; - is standard input").required =
      true;
  list.Flag("--format", &o.format, "of the prediction file").choices = {
      "spatium", "lmms-eval", "spazer", "tab", "blink"};
  list.Flag(
      "--data", &o.data, "the benchmark's files: questions and answers are then read from there");
  list.Flag("--profile",
            &o.profile,
            "official, lmms-eval, easi, strict or all; official and strict are always shown");
  list.Flag(
      "--judge",
      &o.judge,
      "model URI that judges where an official score needs one; else those items are skipped");
  list.Flag("--record-judge", &o.record_judge, "also write the judge's replies for replay:FILE");
  DescribeConcurrency(o.concurrency, "judge requests in flight", list);
  list.Flag("--per-item",
            &o.per_item,
            "write one JSON line per item and profile here; -: to standard output, in the place of "
            "the report");
  list.Flag("--report",
            &o.report,
            "write report.json, .md, .html and items.jsonl into this folder; with --judge its "
            "judge.jsonl keeps the "
            "judge's replies, and the next run asks only for what is missing");
  list.Flag("--beside",
            &o.beside,
            "results of other runs to show in the report: a blind baseline, another model")
      .comma_separated = true;
}

void Show(const Json& report, Output& out) {
  if (out.json())
    out.Print(report);
  else
    out.Line(ReportMarkdown(report));
}

// What a run that scored nothing may lack.
void WarnIfNothingScored(const Options& o, const ProfileResult& result) {
  const auto count = [&](Outcome outcome) {
    const auto it = result.outcomes.find(outcome);
    return it == result.outcomes.end() ? 0 : it->second;
  };
  if (count(Outcome::kSkipped) < result.n || o.judge) return;
  LogWarn(StrCat(Name(result.profile),
                 " skips every row: ",
                 o.data
                     ? "its scores may need --judge"
                     : "without --data a row needs \"answer\", and the \"task\", \"options\" and "
                       "\"meta\" that its rule reads; some scores need --judge"));
}

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const BenchmarkEntry* entry, FindBenchmark(o.benchmark));
  const BenchmarkInfo& info = entry->info();
  SPATIUM_TRY(const auto profiles, ProfilesToReport(info, o.profile));
  std::unique_ptr<ChatModel> judge;
  if (o.judge) {
    ChatOptions chat;
    if (info.judge != nullptr) chat.record = o.record_judge;
    SPATIUM_TRY(judge, OpenModelOf("--judge", *o.judge, chat));
    if (info.judge == nullptr) judge.reset();
  }
  // Where nothing but the scores is wanted, the file is scored as it is read.
  if (!o.data && !o.per_item && !o.report && o.beside.empty() &&
      CanScoreFile(info, o.predictions)) {
    SPATIUM_TRY(const auto scored,
                ScoreFile(info, o.predictions, o.format, profiles, out.threads()));
    WarnIfNothingScored(o, scored[0]);
    Show(ReportJson(o.benchmark, info, scored), out);
    return 0;
  }
  SPATIUM_TRY(const auto beside, ReadOtherRuns(o.beside, o.benchmark));
  std::vector<Item> items;
  if (o.data) {
    SPATIUM_TRY(items, LoadItems(info, *o.data, {}, 0));
  }
  SPATIUM_TRY(const Predictions predictions,
              ReadPredictions(o.predictions, o.format, o.data ? &items : nullptr, out.threads()));
  JudgeResult judged;
  if (judge) {
    std::optional<WorkClaim> folder;
    if (o.report) {
      SPATIUM_TRY(folder, WorkClaim::OnFolder(*o.report));
    }
    const AskOptions ask{.folder = folder ? &*folder : nullptr,
                         .journal = "judge.jsonl",
                         .concurrency = o.concurrency,
                         .threads = out.threads(),
                         .max_cost = {}};
    SPATIUM_TRY(judged,
                AskJudge(info, predictions.items, predictions.replies, profiles, *judge, ask));
  }
  auto results = Evaluate(
      info, predictions.items, predictions.replies, profiles, out.threads(), judged.verdicts);
  if (predictions.missing > 0) {
    const std::string note = StrCat(predictions.missing,
                                    " of ",
                                    items.size(),
                                    " items have no prediction: the scores are over the others");
    LogWarn(note);
    for (ProfileResult& result : results) result.scores.notes.push_back(note);
  }
  WarnIfNothingScored(o, results[0]);
  const bool rows_only = o.per_item && *o.per_item == "-";  // what standard output then holds
  if (o.per_item && !rows_only)
    SPATIUM_TRY_DO(WriteFileAtomic(*o.per_item, PerItemJsonl(predictions.items, results)));
  BenchReport files{.name = o.benchmark,
                    .info = info,
                    .items = predictions.items,
                    .replies = predictions.replies,
                    .results = results,
                    .threads = out.threads()};
  if (info.judge != nullptr) files.judge = judge ? JudgeJson(info, *judge, judged) : Json();
  if (o.data) files.missing = predictions.missing;
  files.beside = beside;
  Json report;
  if (o.report) {
    SPATIUM_TRY(report, WriteBenchReport(files, *o.report));
  } else {
    report = BenchReportJson(files);
  }
  if (rows_only)
    out.Text(PerItemJsonl(predictions.items, results));
  else
    Show(report, out);
  return judged.calls.failed > 0 ? 1 : 0;
}

}  // namespace

const CommandInfo& CommandInfo_bench_score() {
  static constexpr CommandInfo kInfo{
      .summary = "score a prediction file under the named rules",
      .example =
          "spatium bench score vsi-bench --predictions predictions.jsonl --profile all --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
