// spatium doctor: which optional parts are here, and how to get the others.
#include <cstdlib>
#include <filesystem>

#include "spatium/commands/command.h"

namespace spatium {
namespace {

struct Options {};
void Describe(Options&, OptionList&) {}
Result<int> Run(const Options&, Output& out) {
  out.Print(Json::MakeObject({{"parts", Json::MakeArray()}}));
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_doctor() {
  static constexpr CommandInfo kInfo{
      .summary = "what is installed, what for, and how to get the rest",
      .example = "spatium doctor --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
