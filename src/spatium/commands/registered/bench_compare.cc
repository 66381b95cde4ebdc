// spatium bench compare: two runs of the same benchmarks, item by item.
#include <map>

#include "spatium/base/text.h"
#include "spatium/benchmarks/compare.h"
#include "spatium/commands/command.h"

namespace spatium {
namespace {

struct Options {
  Path a, b;
  std::string profile = "official";
};

void Describe(Options& o, OptionList& list) {
  list.Positional("OUT_A", &o.a, "results of bench run: OUT, or OUT/NAME");
  list.Positional("OUT_B", &o.b, "results of another run");
  list.Flag("--profile", &o.profile, "the rule to compare under").choices = {
      "official", "lmms-eval", "easi", "strict"};
}

struct Scored {
  Item item;
  ItemScore score;
};

Result<std::map<std::string, Scored>> ReadItems(const Path& file, const std::string& profile) {
  std::map<std::string, Scored> items;
  SPATIUM_TRY_DO(ForEachJsonLine(file, [&](int64_t, const JsonCursor& row) -> Result<void> {
    SPATIUM_TRY(const auto profile_field, row.At("profile"));
    if (profile_field.value() != Json(profile)) return {};
    Scored scored;
    SPATIUM_TRY(const auto id, row.At("id"));
    SPATIUM_TRY(scored.item.id, id.String());
    SPATIUM_TRY(const auto task, row.At("task"));
    SPATIUM_TRY(scored.item.task, task.String());
    SPATIUM_TRY(const auto score, row.At("score"));
    SPATIUM_TRY(scored.score.score, score.Number());
    SPATIUM_TRY(const auto outcome, row.At("outcome"));
    for (const Outcome o :
         {Outcome::kScored, Outcome::kSkipped, Outcome::kUnparsable, Outcome::kFailed})
      if (outcome.value() == Json(Name(o))) scored.score.outcome = o;
    items.insert_or_assign(scored.item.id, std::move(scored));
    return {};
  }));
  return items;
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

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const auto names, CommonNames(o.a, o.b));
  for (const std::string& name : names) {
    SPATIUM_TRY(const auto first, ReadItems(o.a / name / "items.jsonl", o.profile));
    SPATIUM_TRY(const auto second, ReadItems(o.b / name / "items.jsonl", o.profile));
    std::vector<Item> items;
    std::vector<ItemScore> a, b;
    for (const auto& [id, scored] : first) {
      const auto it = second.find(id);
      if (it == second.end()) continue;
      items.push_back(scored.item);
      a.push_back(scored.score);
      b.push_back(it->second.score);
    }
    Json differences = Json::MakeArray();
    for (const PairedDifference& d : ComparePaired(items, a, b)) {
      differences.Push(ToJson(d));
      if (!out.json())
        out.Line(StrCat(name,
                        name.empty() ? "" : " ",
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
    if (out.json())
      out.Print(Json::MakeObject({{"benchmark", name.empty() ? o.a.filename().string() : name},
                                  {"profile", o.profile},
                                  {"only_in_a", first.size() - items.size()},
                                  {"only_in_b", second.size() - items.size()},
                                  {"differences", std::move(differences)}}));
  }
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
