// spatium ground crops: every object cut out of its best frame, in one grid with ids.
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/grounding/crops.h"

namespace spatium {
namespace {

struct Options {
  Path scene, out;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("SCENE", &o.scene, "scene store");
  list.Flag("-o,--out", &o.out, "the picture, .jpg").required = true;
}

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const SceneStore store, SceneStore::Open(o.scene));
  SPATIUM_TRY(const Visibility visibility,
              LoadVisibility(store, {.method = {}, .threads = out.threads()}));
  std::vector<ObjectId> objects;
  Json shown = Json::MakeArray();
  for (const Object& object : store.scene().objects) {
    if (ChooseFrames(store.scene(), visibility, object.id, 1).empty()) continue;
    objects.push_back(object.id);
    shown.Push(object.id.value);
  }
  SPATIUM_TRY(const auto grid, CropGrid(store, visibility, objects));
  if (!grid)
    return Error{ErrorCode::kNotFound, o.scene.string(), "objects that a frame shows", "none"};
  SPATIUM_TRY_DO(WriteFileAtomic(o.out, grid->bytes));
  const Json json = Json::MakeObject({{"file", o.out.string()},
                                      {"size", Json::Array{grid->size.width, grid->size.height}},
                                      {"objects", std::move(shown)}});
  out.Line(out.json() ? json.Dump() : json.DumpPretty());
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_ground_crops() {
  static constexpr CommandInfo kInfo{
      .summary = "every object cut out of its best frame, in one grid with ids",
      .example = "spatium ground crops STORE -o crops.jpg --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
