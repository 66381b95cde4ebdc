// spatium bench compare: two runs of the same benchmarks, item by item.
#include <map>

#include "spatium/base/journal.h"
#include "spatium/base/log.h"
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/report/compare_page.h"

namespace spatium {
namespace {

struct Options {
  Path a, b;
  std::string profile = "official";
  std::optional<Path> page;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("OUT_A", &o.a, "results of bench run: OUT, or OUT/NAME");
  list.Positional("OUT_B", &o.b, "results of another run");
  list.Flag("--profile", &o.profile, "the rule to compare under").choices = {
      "official", "lmms-eval", "easi", "strict"};
  list.Flag("-o,--out", &o.page, "also write a page with the items that differ");
}

struct Scored {
  std::string task;
  ItemScore score;
  std::optional<std::string> reply;
};

// What was replied to each item, from the journals of the run; empty where there are none.
Result<std::map<std::string, std::string>> ReadReplies(const Path& folder) {
  std::map<std::string, std::string> replies;
  SPATIUM_TRY_DO(Journal::ReadIn(folder, "replies.jsonl", [&](const Json& line) -> Result<void> {
    const Json* id = line.Find("id");
    const Json* reply = line.Find("reply");
    if (id != nullptr && id->IsString() && reply != nullptr && reply->IsString())
      replies.insert_or_assign(id->AsString(), reply->AsString());
    return {};
  }));
  return replies;
}

Result<std::map<std::string, Scored>> ReadItems(const Path& folder, const std::string& profile) {
  std::map<std::string, Scored> items;
  SPATIUM_TRY(const auto replies, ReadReplies(folder));
  SPATIUM_TRY_DO(
      ForEachJsonLine(folder / "items.jsonl", [&](int64_t, const JsonCursor& row) -> Result<void> {
        SPATIUM_TRY(const auto profile_field, row.At("profile"));
        if (profile_field.value() != Json(profile)) return {};
        Scored scored;
        SPATIUM_TRY(const auto id_field, row.At("id"));
        SPATIUM_TRY(const std::string id, id_field.String());
        SPATIUM_TRY(const auto task, row.At("task"));
        SPATIUM_TRY(scored.task, task.String());
        SPATIUM_TRY(const auto score, row.At("score"));
        SPATIUM_TRY(scored.score.score, score.Number());
        SPATIUM_TRY(const auto outcome, row.At("outcome"));
        for (const Outcome o :
             {Outcome::kScored, Outcome::kSkipped, Outcome::kUnparsable, Outcome::kFailed})
          if (outcome.value() == Json(Name(o))) scored.score.outcome = o;
        if (const auto it = replies.find(id); it != replies.end()) scored.reply = it->second;
        items.insert_or_assign(id, std::move(scored));
        return {};
      }));
  if (items.empty())
    return Error{ErrorCode::kNotFound,
                 (folder / "items.jsonl").string(),
                 "scores under the profile " + profile,
                 "none"};
  return items;
}

// Whose results a folder holds, by its report.
Result<std::string> BenchmarkOf(const Path& folder) {
  const Path file = folder / "report.json";
  SPATIUM_TRY(const Json report, ReadJsonFile(file));
  SPATIUM_TRY(const auto benchmark, JsonCursor(report, file.string()).At("benchmark"));
  return benchmark.String();
}

// The model of a run, else its folder.
std::string LabelOf(const Path& folder) {
  const auto run = ReadJsonFile(folder / "run.json");
  const Json* model = run ? run->Find("model") : nullptr;
  return model != nullptr && model->IsString() ? model->AsString() : folder.string();
}

Result<ComparedRuns> CompareOne(const Options& o, const std::string& name) {
  SPATIUM_TRY(const std::string benchmark, BenchmarkOf(o.a / name));
  SPATIUM_TRY(const std::string other, BenchmarkOf(o.b / name));
  if (benchmark != other)
    return Error{ErrorCode::kBadValue,
                 (o.b / name).string(),
                 StrCat("results of ", benchmark, ", as in ", (o.a / name).string()),
                 "results of " + other};
  SPATIUM_TRY(const auto first, ReadItems(o.a / name, o.profile));
  SPATIUM_TRY(const auto second, ReadItems(o.b / name, o.profile));
  ComparedRuns runs{.benchmark = benchmark,
                    .profile = o.profile,
                    .label_a = LabelOf(o.a / name),
                    .label_b = LabelOf(o.b / name),
                    .differences = {},
                    .items = {}};
  std::vector<Item> items;
  std::vector<ItemScore> a, b;
  for (const auto& [id, scored] : first) {
    const auto it = second.find(id);
    if (it == second.end()) continue;
    items.emplace_back().id = id;
    items.back().task = scored.task;
    a.push_back(scored.score);
    b.push_back(it->second.score);
    runs.items.push_back({.id = id,
                          .task = scored.task,
                          .a = scored.score,
                          .b = it->second.score,
                          .reply_a = scored.reply,
                          .reply_b = it->second.reply});
  }
  if (items.empty())
    return Error{ErrorCode::kNotFound,
                 (o.b / name / "items.jsonl").string(),
                 "items of " + (o.a / name).string(),
                 "others only"};
  runs.only_in_a = first.size() - items.size();
  runs.only_in_b = second.size() - items.size();
  runs.differences = ComparePaired(items, a, b);
  return runs;
}

// Benchmark names that both folders hold; "" if they are OUT/NAME themselves.
Result<std::vector<std::string>> CommonNames(const Path& a, const Path& b) {
  if (std::filesystem::exists(a / "items.jsonl") && std::filesystem::exists(b / "items.jsonl"))
    return std::vector<std::string>{""};
  const auto has = [](const Path& out, const std::string& name) {
    return std::filesystem::exists(out / name / "items.jsonl");
  };
  std::vector<std::string> common;
  SPATIUM_TRY(const auto names_a, ListFolder(a));
  for (const std::string& name : names_a) {
    if (!has(a, name)) continue;
    if (has(b, name))
      common.push_back(name);
    else
      LogWarn(StrCat(name, " is only in ", a.string()));
  }
  SPATIUM_TRY(const auto names_b, ListFolder(b));
  for (const std::string& name : names_b)
    if (has(b, name) && !has(a, name)) LogWarn(StrCat(name, " is only in ", b.string()));
  if (common.empty())
    return Error{ErrorCode::kNotFound,
                 a.string(),
                 "a benchmark's results that are in " + b.string() + " too",
                 "none"};
  return common;
}

void Print(const ComparedRuns& runs, Output& out) {
  if (out.json()) {
    Json differences = Json::MakeArray();
    for (const PairedDifference& d : runs.differences) differences.Push(ToJson(d));
    out.Print(Json::MakeObject({{"benchmark", runs.benchmark},
                                {"profile", runs.profile},
                                {"only_in_a", runs.only_in_a},
                                {"only_in_b", runs.only_in_b},
                                {"differences", std::move(differences)}}));
    return;
  }
  for (const PairedDifference& d : runs.differences)
    out.Line(StrCat(runs.benchmark,
                    " ",
                    d.task.empty() ? "overall" : d.task,
                    ": ",
                    FormatFixed(100 * d.difference, 2),
                    " points [",
                    FormatFixed(100 * d.interval95[0], 2),
                    ", ",
                    FormatFixed(100 * d.interval95[1], 2),
                    d.p < 0.0001 ? "], p " : "], p = ",
                    FormatP(d.p),
                    ", n = ",
                    d.n));
}

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const auto names, CommonNames(o.a, o.b));
  std::vector<ComparedRuns> all;
  for (const std::string& name : names) {
    auto runs = CompareOne(o, name);
    if (!runs) {
      // Of several benchmarks one may lack the profile; of none left that is the error.
      if (names.size() == 1 || runs.error().code != ErrorCode::kNotFound) return runs.error();
      LogWarn(StrCat(name, " is left out: ", runs.error().Message()));
      continue;
    }
    Print(*runs, out);
    all.push_back(*std::move(runs));
  }
  if (all.empty())
    return Error{ErrorCode::kNotFound, o.a.string(), "results that can be compared", "none"};
  if (o.page) SPATIUM_TRY_DO(WriteFileAtomic(*o.page, ComparePage(all)));
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_bench_compare() {
  static constexpr CommandInfo kInfo{
      .summary = "paired differences of two runs, with interval and p",
      .example = "spatium bench compare out_a out_b --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
