// spatium bench run: asks a model every question of one or more benchmarks and reports.
#include <algorithm>
#include <unordered_map>

#include "spatium/base/journal.h"
#include "spatium/base/shard.h"
#include "spatium/base/text.h"
#include "spatium/base/version.h"
#include "spatium/base/work_claim.h"
#include "spatium/benchmarks/baseline_scores.h"
#include "spatium/benchmarks/facts.h"
#include "spatium/benchmarks/predictions.h"
#include "spatium/benchmarks/report_text.h"
#include "spatium/benchmarks/run.h"
#include "spatium/commands/bench_options.h"
#include "spatium/commands/bench_report.h"
#include "spatium/commands/command.h"

namespace spatium {
namespace {

struct Options {
  std::vector<std::string> benchmarks;
  Path data, out;
  std::string model;
  std::string profile;
  PromptOptions prompts;
  std::vector<std::string> tasks;
  size_t limit = 0;
  std::string shard;
  unsigned concurrency = 16;
  std::optional<std::string> judge;
  double max_cost = 0;
  double timeout_s = 120;
  double rate = 0;
  double price_in = 0, price_out = 0;
  uint64_t seed = 0;
  std::optional<Path> record, record_judge;
  int attempts = 6;
  std::string revision;
  std::vector<Path> beside;
  unsigned pictures = 20000;
  bool blind = false, dry_run = false;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("NAME", &o.benchmarks, "benchmarks, comma-separated").comma_separated = true;
  list.Flag("--data",
            &o.data,
            "the benchmark's files; for several benchmarks the folder that holds DATA/NAME")
      .required = true;
  list.Flag("--model",
            &o.model,
            "openai:URL#model, roborefer:URL, replay:FILE, local:DIR, baseline:KIND")
      .required = true;
  list.Flag("-o,--out", &o.out, "results go to OUT/NAME; run again to continue").required = true;
  list.Flag("--profile", &o.profile, "whose prompt is sent and whose score comes first (official)");
  DescribePromptOptions(o.prompts, list);
  list.Flag("--tasks", &o.tasks, "only these tasks, comma-separated").comma_separated = true;
  list.Flag("--limit", &o.limit, "at most so many items; 0: all");
  list.Flag(
      "--shard",
      &o.shard,
      "i/n: every n-th item from the i-th on; default: what Slurm, Kubernetes or MPI say. Run "
      "once more without it (0/1) to put shards of one OUT together");
  DescribeConcurrency(o.concurrency, "requests in flight", list);
  list.Flag(
      "--judge",
      &o.judge,
      "model URI that judges where an official score needs one; else those items are skipped");
  list.Flag(
          "--max-cost", &o.max_cost, "stop asking when the replies have cost so much; 0: no limit")
      .min = 0;
  list.Flag("--price-in", &o.price_in, "price per million tokens sent").min = 0;
  list.Flag("--price-out", &o.price_out, "price per million tokens received").min = 0;
  OptionList::Field& timeout = list.Flag("--timeout", &o.timeout_s, "seconds for one attempt");
  timeout.min = 0.001;
  timeout.max = 86'400;
  list.Flag("--attempts", &o.attempts, "attempts of one request before it has failed").min = 1;
  list.Flag("--revision",
            &o.revision,
            "of the model's weights, where the server does not tell: new revision, new answers");
  list.Flag("--rate", &o.rate, "requests per second at most; 0: no limit").min = 0;
  list.Flag("--record", &o.record, "also write a recording for replay:FILE");
  list.Flag("--record-judge", &o.record_judge, "the same of the judge's replies");
  list.Flag("--seed", &o.seed, "of baseline:random");
  list.Flag("--beside",
            &o.beside,
            "results of other runs to show in the report: a blind baseline, another model")
      .comma_separated = true;
  list.Flag("--blind",
            &o.blind,
            "ask the same model once more without pictures and depth: its score joins the report's "
            "baselines; replies are kept in OUT/NAME/blind.jsonl");
  list.Flag("--pictures", &o.pictures, "pictures in report.html at most; 0: none");
  list.Flag("--dry-run", &o.dry_run, "say how much would be asked, ask nothing");
}

ChatOptions Chat(const Options& o, const std::optional<Path>& record) {
  ChatOptions chat;
  chat.timeout_s = o.timeout_s;
  chat.requests_per_s = o.rate;
  chat.price_in = o.price_in;
  chat.price_out = o.price_out;
  chat.seed = o.seed;
  chat.max_attempts = o.attempts;
  chat.revision = o.revision;
  chat.record = record;
  return chat;
}

struct Finished {
  Json report;
  size_t failed = 0;
  double cost = 0;
};

struct BlindRun {
  Json entry;
  size_t failed = 0;
  double cost = 0;
};

// The same questions to the same model, without media, under the first rule.
Result<BlindRun> RunBlind(const Options& o,
                          const BenchmarkInfo& info,
                          std::span<const Item> items,
                          Profile profile,
                          ChatModel* judge,
                          AskOptions ask) {
  SPATIUM_TRY(const auto model, OpenModelOf("--model", "baseline:blind:" + o.model, Chat(o, {})));
  ask.journal = "blind.jsonl";
  SPATIUM_TRY(const AskResult run, RunItems(info, items, *model, profile, ask, o.prompts));
  JudgeResult judged;
  const Profile profiles[] = {profile};
  if (judge != nullptr) {
    ask.journal = "blind_judge.jsonl";
    if (ask.max_cost) ask.max_cost = std::max(0.0, *ask.max_cost - run.cost);
    SPATIUM_TRY(judged, AskJudge(info, items, run.replies, profiles, *judge, ask));
  }
  return BlindRun{BaselineEntry(info, items, run.replies, profile, ask.threads, judged.verdicts),
                  run.failed + judged.calls.failed,
                  run.cost + judged.calls.cost};
}

// How much is left to ask, and by the replies that are recorded how long that takes:
// {"benchmark","n","dry_run","recorded","to_ask","seconds"|null}.
Result<Json> DryRun(const Options& o, const std::string& name, std::span<const Item> items) {
  std::unordered_map<std::string, int64_t> recorded;  // id -> ms
  SPATIUM_TRY_DO(
      Journal::ReadIn(o.out / name, "replies.jsonl", [&](const Json& line) -> Result<void> {
        const Json *id = line.Find("id"), *ms = line.Find("ms"), *reply = line.Find("reply");
        if (id != nullptr && id->IsString() && ms != nullptr && ms->IsInt() && reply != nullptr &&
            !reply->IsNull())
          recorded.insert_or_assign(id->AsString(), ms->AsInt());
        return {};
      }));
  double total_ms = 0;
  size_t num_recorded = 0;
  for (const Item& item : items)
    if (const auto it = recorded.find(item.id); it != recorded.end()) {
      ++num_recorded;
      total_ms += static_cast<double>(it->second);
    }
  const auto to_ask = static_cast<double>(items.size() - num_recorded);
  Json seconds;
  if (num_recorded > 0) {
    const double one_s = total_ms / 1000 / static_cast<double>(num_recorded) / o.concurrency;
    seconds = Json(to_ask * std::max(one_s, o.rate > 0 ? 1 / o.rate : 0));
  }
  return Json::MakeObject({{"benchmark", name},
                           {"n", items.size()},
                           {"dry_run", true},
                           {"recorded", num_recorded},
                           {"to_ask", items.size() - num_recorded},
                           {"seconds", std::move(seconds)}});
}

std::string DryRunText(const Json& dry) {
  const Json& seconds = *dry.Find("seconds");
  return StrCat(dry.Find("benchmark")->AsString(),
                ": ",
                dry.Find("n")->AsInt(),
                " questions, ",
                dry.Find("recorded")->AsInt(),
                " with a recorded reply, ",
                dry.Find("to_ask")->AsInt(),
                " to ask",
                seconds.IsNull() ? "; how long that takes the first replies will tell"
                                 : ", about " + FormatFixed(seconds.AsDouble(), 0) + " s");
}

Result<Finished> RunOne(
    const Options& o, const std::string& name, const Json& resolved, double spent, Output& out) {
  SPATIUM_TRY(const BenchmarkEntry* entry, FindBenchmark(name));
  const BenchmarkInfo& info = entry->info();
  SPATIUM_TRY(const auto profiles, ProfilesToReport(info, o.profile));
  SPATIUM_TRY(const Shard shard, ParseShard(o.shard));
  SPATIUM_TRY(std::vector<Item> items,
              LoadItems(info, o.benchmarks.size() > 1 ? o.data / name : o.data, o.tasks, o.limit));
  std::vector<Item> mine;
  for (size_t i = 0; i < items.size(); ++i)
    if (shard.Has(i)) mine.push_back(std::move(items[i]));
  SPATIUM_TRY_DO(SetPromptForm(info, o.prompts.form, mine));
  if (o.dry_run) {
    SPATIUM_TRY(Json dry, DryRun(o, name, mine));
    return Finished{std::move(dry), 0, 0};
  }

  SPATIUM_TRY(const auto model, OpenModelOf("--model", o.model, Chat(o, o.record)));
  // Some official prompts and parsers depend on the model's name.
  for (Item& item : mine)
    if (item.fields.IsObject() || item.fields.IsNull()) item.fields.Set("model", model->Identity());
  std::unique_ptr<ChatModel> judge;
  if (o.judge && info.judge != nullptr) {
    SPATIUM_TRY(judge, OpenModelOf("--judge", *o.judge, Chat(o, o.record_judge)));
  }
  const Path folder = o.out / name;
  SPATIUM_TRY(const WorkClaim claim, WorkClaim::OnFolder(folder, shard));
  Json record = Json::MakeObject(
      {{"benchmark", name},
       {"model", model->Identity()},
       {"judge", judge ? Json(judge->Identity()) : Json()},
       {"n", mine.size()},
       {"profile", Name(profiles[0])},
       {"schema", info.schema},
       {"version", SPATIUM_VERSION},
       {"commit", BuildCommit()},
       {"hashes", Json::MakeObject({{"items", HashOfItems(mine)}, {"requests", Json()}})},
       {"options", resolved}});
  const auto write_record = [&] {
    return WriteFileAtomic(folder / "run.json", record.DumpPretty() + "\n");
  };
  SPATIUM_TRY_DO(write_record());
  AskOptions ask{
      .folder = &claim, .concurrency = o.concurrency, .threads = out.threads(), .max_cost = {}};
  if (o.max_cost > 0) ask.max_cost = std::max(0.0, o.max_cost - spent);
  SPATIUM_TRY(const AskResult run, RunItems(info, mine, *model, profiles[0], ask, o.prompts));
  JudgeResult judged;
  if (judge) {
    ask.journal = "judge.jsonl";
    if (ask.max_cost) ask.max_cost = std::max(0.0, *ask.max_cost - run.cost);
    SPATIUM_TRY(judged, AskJudge(info, mine, run.replies, profiles, *judge, ask));
  }
  const auto results = Evaluate(info, mine, run.replies, profiles, out.threads(), judged.verdicts);
  record.Set("hashes",
             Json::MakeObject({{"items", HashOfItems(mine)}, {"requests", run.requests_hash}}));
  SPATIUM_TRY_DO(write_record());
  BenchReport report{.name = name,
                     .info = info,
                     .items = mine,
                     .replies = run.replies,
                     .results = results,
                     .model = model->Identity(),
                     .pictures = o.pictures,
                     .threads = out.threads()};
  if (info.judge != nullptr) report.judge = judge ? JudgeJson(info, *judge, judged) : Json();
  SPATIUM_TRY(report.beside, ReadOtherRuns(o.beside, name));
  BlindRun blind;
  if (o.blind) {
    if (ask.max_cost)
      ask.max_cost = std::max(0.0, o.max_cost - spent - run.cost - judged.calls.cost);
    SPATIUM_TRY(blind, RunBlind(o, info, mine, profiles[0], judge.get(), ask));
    report.blind = std::move(blind.entry);
  }
  SPATIUM_TRY(Json json, WriteBenchReport(report, folder));
  return Finished{std::move(json),
                  run.failed + judged.calls.failed + blind.failed,
                  run.cost + judged.calls.cost + blind.cost};
}

Result<int> Run(const Options& o, Output& out) {
  Options copy = o;
  OptionList list;
  Describe(copy, list);
  SPATIUM_TRY(const Shard shard, ParseShard(o.shard));
  for (const std::string& name : o.benchmarks) {  // before the first is run for hours
    SPATIUM_TRY(const BenchmarkEntry* entry, FindBenchmark(name));
    SPATIUM_TRY_DO(ProfilesToReport(entry->info(), o.profile));
    SPATIUM_TRY_DO(ReadOtherRuns(o.beside, name));
    if (!o.dry_run) SPATIUM_TRY_DO(WorkClaim::CheckFolder(o.out / name, shard));
  }
  if (o.judge) SPATIUM_TRY_DO(OpenModelOf("--judge", *o.judge, Chat(o, {})));
  size_t failed = 0;
  double spent = 0;
  for (const std::string& name : o.benchmarks) {
    SPATIUM_TRY(const Finished finished, RunOne(o, name, list.Values(), spent, out));
    failed += finished.failed;
    spent += finished.cost;
    if (out.json())
      out.Print(finished.report);
    else if (o.dry_run)
      out.Line(DryRunText(finished.report));
    else
      out.Line(ReportMarkdown(finished.report));
  }
  return failed > 0 ? 1 : 0;
}

}  // namespace

const CommandInfo& CommandInfo_bench_run() {
  static constexpr CommandInfo kInfo{
      .summary = "ask a model a whole benchmark, resumable, and report",
      .example =
          "spatium bench run vsi-bench --data VSI-Bench --model "
          "openai:http://127.0.0.1:8000/v1#my-model -o out --limit 100",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
