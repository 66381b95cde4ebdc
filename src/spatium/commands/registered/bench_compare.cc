// spatium bench compare: two runs of the same benchmarks, item by item.
#include <map>

#include "spatium/base/journal.h"
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
  SPATIUM_TRY(const auto names, ListFolder(folder));
  for (const std::string& name : names) {
    if (!name.starts_with("replies") || !name.ends_with(".jsonl")) continue;
    SPATIUM_TRY_DO(Journal::Read(folder / name, [&](const Json& line) -> Result<void> {
      const Json* id = line.Find("id");
      const Json* reply = line.Find("reply");
      if (id != nullptr && id->IsString() && reply != nullptr && reply->IsString())
        replies.insert_or_assign(id->AsString(), reply->AsString());
      return {};
    }));
  }
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
  return items;
}

// The model of a run, else its folder.
std::string LabelOf(const Path& folder) {
  const auto run = ReadJsonFile(folder / "run.json");
  const Json* model = run ? run->Find("model") : nullptr;
  return model != nullptr && model->IsString() ? model->AsString() : folder.string();
}

Result<ComparedRuns> CompareOne(const Options& o, const std::string& name) {
  SPATIUM_TRY(const auto first, ReadItems(o.a / name, o.profile));
  SPATIUM_TRY(const auto second, ReadItems(o.b / name, o.profile));
  ComparedRuns runs{.benchmark = name.empty() ? o.a.filename().string() : name,
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
  runs.only_in_a = first.size() - items.size();
  runs.only_in_b = second.size() - items.size();
  runs.differences = ComparePaired(items, a, b);
  return runs;
}

// Benchmark names that both folders hold; "" if they are OUT/NAME themselves.
Result<std::vector<std::string>> CommonNames(const Path& a, const Path& b) {
  if (std::filesystem::exists(a / "items.jsonl")) return std::vector<std::string>{""};
  SPATIUM_TRY(const auto names, ListFolder(a));
  std::vector<std::string> common;
  for (const std::string& name : names)
    if (std::filesystem::exists(a / name / "items.jsonl") &&
        std::filesystem::exists(b / name / "items.jsonl"))
      common.push_back(name);
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
                    "], p = ",
                    FormatFixed(d.p, 4),
                    ", n = ",
                    d.n));
}

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const auto names, CommonNames(o.a, o.b));
  std::vector<ComparedRuns> all;
  for (const std::string& name : names) {
    SPATIUM_TRY(ComparedRuns runs, CompareOne(o, name));
    Print(runs, out);
    all.push_back(std::move(runs));
  }
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
