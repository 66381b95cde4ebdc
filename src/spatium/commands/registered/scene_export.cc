// spatium scene export: a store as a folder of a data set's format.
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/readers/posed_write.h"
#include "spatium/readers/scannet_write.h"

namespace spatium {
namespace {

struct Options {
  Path store, out;
  std::string format;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("STORE", &o.store, "a scene store");
  auto& format = list.Flag("--format", &o.format, "the format to write");
  format.required = true;
  format.choices = {"scannet", "posed_rgbd"};
  list.Flag("-o,--out", &o.out, "the folder to make").required = true;
}

// Replacing a folder that holds something else would lose it.
Result<void> CheckTarget(const Path& out) {
  if (!std::filesystem::exists(out)) return {};
  for (const std::string_view mark : {"posed_rgbd.json", "spatium.json"})
    if (std::filesystem::exists(out / mark)) return {};
  if (std::filesystem::is_directory(out) && std::filesystem::is_empty(out)) return {};
  return Error{ErrorCode::kIo,
               out.string(),
               "a new folder, an empty one or an older export to replace",
               "something else"};
}

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const SceneStore store, SceneStore::Open(o.store));
  SPATIUM_TRY_DO(CheckTarget(o.out));
  const Scene& scene = store.scene();
  if (o.format == "scannet") {
    ScanNetWriteOptions options;
    options.threads = out.threads();
    SPATIUM_TRY_DO(WriteScanNetFolder(o.out, scene, ImagesOf(store), options));
  } else {
    PosedWriteOptions options;
    options.threads = out.threads();
    SPATIUM_TRY_DO(WritePosedFolder(o.out, scene, ImagesOf(store), options));
  }
  if (out.json())
    out.Print(Json::MakeObject({{"scene", scene.id},
                                {"format", o.format},
                                {"frames", scene.frames.size()},
                                {"objects", scene.objects.size()},
                                {"out", o.out.string()}}));
  else
    out.Line(StrCat(scene.id, ": ", scene.frames.size(), " frames -> ", o.out.string()));
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_scene_export() {
  static constexpr CommandInfo kInfo{
      .summary = "write a store as a ScanNet or posed RGB-D folder",
      .example = "spatium scene export STORE --format scannet -o FOLDER",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
