// spatium bench prompt: exactly what a model would be sent for one item.
#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/benchmarks/media.h"
#include "spatium/benchmarks/predictions.h"
#include "spatium/commands/bench_options.h"
#include "spatium/commands/command.h"

namespace spatium {
namespace {

struct Options {
  std::string benchmark;
  Path data;
  std::string id;
  std::string profile = "official";
  PromptOptions prompts;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("NAME", &o.benchmark, "the benchmark");
  list.Flag("--data", &o.data, "the benchmark's files").required = true;
  list.Flag("--id", &o.id, "the item's id").required = true;
  list.Flag("--profile", &o.profile, "whose prompt").choices = {
      "official", "lmms-eval", "easi", "strict"};
  DescribePromptOptions(o.prompts, list);
}

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const BenchmarkEntry* entry, FindBenchmark(o.benchmark));
  const BenchmarkInfo& info = entry->info();
  SPATIUM_TRY(auto items, LoadItems(info, o.data, {}, 0));
  SPATIUM_TRY_DO(SetPromptForm(info, o.prompts.form, items));
  const auto item =
      std::find_if(items.begin(), items.end(), [&](const Item& i) { return i.id == o.id; });
  if (item == items.end())
    return Error{ErrorCode::kNotFound,
                 o.data.string(),
                 "an item with id " + o.id,
                 StrCat(items.size(), " others")};
  MediaLoader loader;
  SPATIUM_TRY(
      const ChatRequest request,
      loader.BuildRequest(*item, PromptOf(info, *item, *ProfileFromName(o.profile), o.prompts)));
  const Json description = DescribeRequest(request);
  out.Line(out.json() ? description.Dump() : description.DumpPretty());
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_bench_prompt() {
  static constexpr CommandInfo kInfo{
      .summary = "show the request that one item becomes",
      .example = "spatium bench prompt vsi-bench --data VSI-Bench --id 0 --profile official --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
