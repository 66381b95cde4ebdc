// spatium bench fetch: says where a benchmark's files are and where to put them.
#include "spatium/base/text.h"
#include "spatium/benchmarks/benchmark.h"
#include "spatium/commands/command.h"

namespace spatium {
namespace {

struct Options {
  std::string benchmark;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("NAME", &o.benchmark, "the benchmark");
}

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const BenchmarkEntry* entry, FindBenchmark(o.benchmark));
  const BenchmarkInfo& info = entry->info();
  if (out.json())
    out.Print(
        Json::MakeObject({{"benchmark", o.benchmark}, {"hub", info.hub}, {"schema", info.schema}}));
  else
    out.Line(StrCat(o.benchmark,
                    ": ",
                    info.hub,
                    "\nThen: spatium bench run ",
                    o.benchmark,
                    " --data FOLDER --model URI -o OUT"));
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_bench_fetch() {
  static constexpr CommandInfo kInfo{
      .summary = "say where a benchmark's files are; downloads nothing",
      .example = "spatium bench fetch vsi-bench",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
