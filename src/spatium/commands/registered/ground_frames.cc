// spatium ground frames: the camera frames that show an object best.
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/grounding/frame_choice.h"

namespace spatium {
namespace {

struct Options {
  Path scene;
  int object = 0;
  size_t n = 3;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("SCENE", &o.scene, "scene store");
  list.Flag("--object", &o.object, "the object's id").required = true;
  list.Flag("-n", &o.n, "frames").min = 1;
}

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const SceneStore store, SceneStore::Open(o.scene));
  const Scene& scene = store.scene();
  const ObjectId id{o.object};
  if (scene.FindObject(id) == nullptr)
    return Error{ErrorCode::kNotFound,
                 o.scene.string(),
                 StrCat("object ", o.object),
                 StrCat(scene.objects.size(), " others")};
  SPATIUM_TRY(const Visibility visibility,
              LoadVisibility(store, {.method = {}, .threads = out.threads()}));
  SPATIUM_TRY(const auto frames, ChooseSharpFrames(store, visibility, id, o.n));
  Json list = Json::MakeArray();
  for (const ChosenFrame& frame : frames)
    list.Push(Json::MakeObject(
        {{"frame", scene.frames[static_cast<size_t>(frame.frame_idx)].name},
         {"score", frame.score},
         {"visible_px", frame.visible_px},
         {"box", Json::Array{frame.box.x0, frame.box.y0, frame.box.x1, frame.box.y1}}}));
  out.Line(out.json() ? list.Dump() : list.DumpPretty());
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_ground_frames() {
  static constexpr CommandInfo kInfo{
      .summary = "the camera frames that show an object best",
      .example = "spatium ground frames STORE --object 3 -n 3 --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
