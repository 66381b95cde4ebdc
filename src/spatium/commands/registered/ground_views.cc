// spatium ground views: the five pictures of a room that a model is shown, with the objects' ids.
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/grounding/scene_views.h"
#include "spatium/image/codec.h"

namespace spatium {
namespace {

struct Options {
  Path scene, out;
  int size = 1024;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("SCENE", &o.scene, "scene store");
  list.Flag("-o,--out", &o.out, "folder for the pictures").required = true;
  auto& size = list.Flag("--size", &o.size, "pixels of a side");
  size.min = 64;
  size.max = 8192;
}

Json Numbers(const Eigen::Vector3d& v) { return Json(Json::Array{v.x(), v.y(), v.z()}); }

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const SceneStore store, SceneStore::Open(o.scene));
  SPATIUM_TRY(const SceneViews views, RenderSceneViews(store, o.size, out.threads()));
  std::vector<ObjectId> objects;
  for (const Object& object : store.scene().objects) objects.push_back(object.id);
  Json list = Json::MakeArray();
  for (size_t v = 0; v < views.views.size(); ++v) {
    const HolisticView& view = views.views[v];
    SPATIUM_TRY(const auto tiles, MarkView(store, views, v, objects));
    for (size_t t = 0; t < tiles.size(); ++t) {
      const std::string name = t == 0 ? view.name : StrCat(view.name, "_", t + 1);
      SPATIUM_TRY_DO(WriteFileAtomic(o.out / (name + ".png"), EncodePng(tiles[t].picture)));
      Json marks = Json::MakeArray();
      for (const PlacedMark& mark : tiles[t].marks)
        marks.Push(
            Json::MakeObject({{"id", mark.id.value}, {"px", Json::Array{mark.at.u, mark.at.v}}}));
      list.Push(Json::MakeObject({{"name", name},
                                  {"file", (o.out / (name + ".png")).string()},
                                  {"eye", Numbers(view.eye.v)},
                                  {"look_at", Numbers(view.look_at.v)},
                                  {"up", Numbers(view.up.v)},
                                  {"marks", std::move(marks)}}));
    }
  }
  const Json json = Json::MakeObject({{"views", std::move(list)}});
  if (out.json())
    out.Print(json);
  else
    out.Line(StrCat(json.Find("views")->AsArray().size(), " pictures in ", o.out.string()));
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_ground_views() {
  static constexpr CommandInfo kInfo{
      .summary = "five views of a room with the objects' ids",
      .example = "spatium ground views STORE -o views --size 1024 --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
