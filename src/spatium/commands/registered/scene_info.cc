// spatium scene info: what a store holds.
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/scene/scene_json.h"
#include "spatium/scene/store.h"

namespace spatium {
namespace {

struct Options {
  Path store;
  bool full = false;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("STORE", &o.store, "a scene store");
  list.Flag("--full", &o.full, "each frame and object, not only their numbers");
}

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const SceneStore store, SceneStore::Open(o.store, !o.full));
  const Json info = SceneInfo(store.scene(), o.full);
  if (out.json() || o.full) {
    out.Print(info);
    return 0;
  }
  for (const auto& [key, value] : info.AsObject()) out.Line(StrCat(key, ": ", value.Dump()));
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_scene_info() {
  static constexpr CommandInfo kInfo{.summary = "what a scene store holds",
                                     .example = "spatium scene info STORE --full --json",
                                     .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
