// spatium scene visibility: which object is seen in which frame, where and how much.
#include "spatium/commands/command.h"
#include "spatium/visibility/view_json.h"

namespace spatium {
namespace {

struct Options {
  Path store;
  std::string method;
  bool no_cache = false;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("STORE", &o.store, "scene store made by spatium scene import");
  list.Flag("--method",
            &o.method,
            "ids: from the mesh; depth: from depth maps and boxes; ids where the scene allows it")
      .choices = {"ids", "depth"};
  list.Flag("--no-cache", &o.no_cache, "compute it again and leave the store's cache alone");
}

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const SceneStore store, SceneStore::Open(o.store));
  VisibilityOptions options{.method = {}, .threads = out.threads()};
  if (o.method == "ids") options.method = VisibilityMethod::kIds;
  if (o.method == "depth") options.method = VisibilityMethod::kDepth;
  SPATIUM_TRY(const Visibility visibility,
              o.no_cache ? ComputeVisibility(store, options) : LoadVisibility(store, options));
  for (const ObjectView& view : visibility.views)
    out.Print(ViewRow(store.scene(), view, visibility.method));
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_scene_visibility() {
  static constexpr CommandInfo kInfo{
      .summary = "which object is seen in which frame, where and how much (JSON lines)",
      .example = "spatium scene visibility STORE",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
