// spatium doctor: which parts are here, what for, and how to get the others.
#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/commands/parts.h"

namespace spatium {
namespace {

struct Options {};
void Describe(Options&, OptionList&) {}

Result<int> Run(const Options&, Output& out) {
  const std::vector<Part> parts = FindParts();
  if (out.json()) {
    Json rows = Json::MakeArray();
    for (const Part& part : parts)
      rows.Push(Json::MakeObject({{"name", part.name},
                                  {"present", part.present},
                                  {"version", part.version ? Json(*part.version) : Json()},
                                  {"needed_for", part.needed_for},
                                  {"how_to_get", part.how_to_get}}));
    out.Print(Json::MakeObject({{"parts", std::move(rows)}}));
    return 0;
  }
  size_t width = 0;
  for (const Part& part : parts) width = std::max(width, part.name.size());
  for (const Part& part : parts) {
    const std::string name = part.name + std::string(width + 2 - part.name.size(), ' ');
    if (part.present)
      out.Line(StrCat("  ok      ", name, part.version.value_or(""), "  (", part.needed_for, ")"));
    else
      out.Line(StrCat("  absent  ", name, "for ", part.needed_for, ": ", part.how_to_get));
  }
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
