// spatium scene check: what a person would want to know about a store.
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/scene/check/check.h"

namespace spatium {
namespace {

struct Options {
  Path store;
};

void Describe(Options& o, OptionList& list) { list.Positional("STORE", &o.store, "a scene store"); }

Result<int> Run(const Options& o, Output& out) {
  CheckOptions options;
  options.threads = out.threads();
  SPATIUM_TRY(const std::vector<Problem> problems, CheckScene(o.store, options));
  int code = 0;
  Json rows = Json::MakeArray();
  for (const Problem& problem : problems) {
    if (problem.severity == Severity::kError) code = 1;
    if (out.json())
      rows.Push(Json::MakeObject({{"severity", Name(problem.severity)},
                                  {"kind", problem.kind},
                                  {"where", problem.where},
                                  {"message", problem.message}}));
    else
      out.Line(StrCat(
          Name(problem.severity), " ", problem.kind, ": ", problem.where, ": ", problem.message));
  }
  if (out.json())
    out.Print(Json::MakeObject({{"problems", std::move(rows)}}));
  else if (problems.empty())
    out.Line("nothing to complain about");
  return code;
}

}  // namespace

const CommandInfo& CommandInfo_scene_check() {
  static constexpr CommandInfo kInfo{
      .summary = "find what is wrong or odd in a store: files, depth units, poses, labels, boxes",
      .example = "spatium scene check STORE --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
