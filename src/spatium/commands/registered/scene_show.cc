// spatium scene show: a scene as a page with a 3D view.
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/report/viewer.h"

namespace spatium {
namespace {

struct Options {
  Path store, page;
  int64_t max_points = static_cast<int64_t>(ViewerOptions{}.max_points);
  int64_t max_pictures = static_cast<int64_t>(ViewerOptions{}.max_pictures);
};

void Describe(Options& o, OptionList& list) {
  list.Positional("STORE", &o.store, "a scene store, as scene import writes it");
  list.Flag("-o,--out", &o.page, "the HTML file to write").required = true;
  list.Flag("--max-points", &o.max_points, "points or vertices of the surface at most").min = 1;
  list.Flag("--max-pictures", &o.max_pictures, "frames shown with their picture at most").min = 0;
}

Result<int> Run(const Options& options, Output& out) {
  SPATIUM_TRY(const SceneStore store, SceneStore::Open(options.store));
  SPATIUM_TRY(const std::string html,
              ViewerPage(store,
                         {.max_points = static_cast<size_t>(options.max_points),
                          .max_pictures = static_cast<size_t>(options.max_pictures),
                          .threads = out.threads()}));
  SPATIUM_TRY_DO(WriteFileAtomic(options.page, html));
  if (out.json()) {
    out.Print(Json::MakeObject({{"page", options.page.string()}, {"bytes", html.size()}}));
  } else {
    out.Line(options.page.string());
  }
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_scene_show() {
  static constexpr CommandInfo kInfo{
      .summary = "an HTML page with a 3D view of a scene, its objects and cameras",
      .example = "spatium scene show STORE -o room.html",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
