#include "spatium/readers/scene_extras.h"

#include "spatium/base/json.h"
#include "spatium/base/text.h"
#include "spatium/readers/objects.h"

namespace spatium {

Result<std::optional<SceneExtras>> ReadSceneExtras(const Path& folder) {
  const Path path = folder / kExtrasFile;
  if (!std::filesystem::exists(path)) return std::optional<SceneExtras>();
  SPATIUM_TRY(const Json json, ReadJsonFile(path));
  const JsonCursor root(json, path.string());
  SceneExtras extras;
  SPATIUM_TRY(const auto dataset, root.At("dataset"));
  SPATIUM_TRY(extras.dataset, dataset.String());
  SPATIUM_TRY(const auto names_at, root.At("frame_names"));
  SPATIUM_TRY(const auto names, names_at.Items());
  for (const auto& at : names) {
    SPATIUM_TRY(std::string name, at.String());
    extras.frame_names.push_back(std::move(name));
  }
  SPATIUM_TRY(const auto outline_at, root.At("outline"));
  SPATIUM_TRY(const auto outline, outline_at.Items());
  for (const auto& at : outline) {
    SPATIUM_TRY(const auto p, at.Numbers(2));
    extras.outline.emplace_back(p[0], p[1]);
  }
  SPATIUM_TRY(const auto objects, root.At("objects"));
  SPATIUM_TRY(extras.objects, ParseObjects(objects.value().Dump(), objects.path()));
  return std::optional<SceneExtras>(std::move(extras));
}

std::string SceneExtrasText(const SceneExtras& extras) {
  Json outline = Json::MakeArray();
  for (const auto& p : extras.outline) outline.Push(Json(std::vector<double>{p.x(), p.y()}));
  return StrCat("{\"dataset\":",
                Json(extras.dataset).Dump(),
                ",\n\"frame_names\":",
                Json(extras.frame_names).Dump(),
                ",\n\"outline\":",
                outline.Dump(),
                ",\n\"objects\":",
                WriteObjects(extras.objects),
                "}\n");
}

}  // namespace spatium
