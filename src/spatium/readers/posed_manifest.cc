#include "spatium/readers/posed_manifest.h"

#include <algorithm>

#include "spatium/base/json.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

Result<CameraNumbers> ReadCamera(const JsonCursor& at) {
  SPATIUM_TRY(const auto items, at.Items());
  if (items.size() != 4 && items.size() != 6)
    return at.Expected("[fx,fy,cx,cy] or [fx,fy,cx,cy,w,h]");
  SPATIUM_TRY(const auto v, at.Numbers(items.size()));
  constexpr double kMaxSide = 1 << 16;
  if (!(v[0] > 0 && v[1] > 0)) return at.Expected("focal lengths above 0");
  CameraNumbers camera{v[0], v[1], v[2], v[3], std::nullopt};
  if (v.size() == 4) return camera;
  if (!(v[4] >= 1 && v[5] >= 1 && v[4] <= kMaxSide && v[5] <= kMaxSide))
    return at.Expected("a size from 1 to 65536");
  camera.size = ImageSize{static_cast<int>(v[4]), static_cast<int>(v[5])};
  return camera;
}

Json CameraJson(const CameraNumbers& c) {
  Json json(std::vector<double>{c.fx, c.fy, c.cx, c.cy});
  if (c.size) {
    json.Push(c.size->width);
    json.Push(c.size->height);
  }
  return json;
}

Result<Path> ReadInnerPath(const JsonCursor& at, const Path& folder) {
  SPATIUM_TRY(const std::string text, at.String());
  if (!StaysInside(text)) return at.Expected("a path inside the folder");
  return folder / text;
}

Result<void> ReadField(const std::string& key,
                       const JsonCursor& at,
                       const Path& folder,
                       PosedManifest& manifest) {
  if (key == "scene") {
    SPATIUM_TRY(manifest.scene, at.String());
  } else if (key == "dataset") {
    SPATIUM_TRY(manifest.dataset, at.String());
  } else if (key == "depth_scale") {
    SPATIUM_TRY(manifest.depth_scale, at.Number());
    if (!(*manifest.depth_scale > 0)) return at.Expected("steps per metre, above 0");
  } else if (key == "intrinsics") {
    SPATIUM_TRY(manifest.intrinsics, ReadCamera(at));
  } else if (key == "depth_intrinsics") {
    SPATIUM_TRY(manifest.depth_intrinsics, ReadCamera(at));
  } else if (key == "axis_alignment") {
    SPATIUM_TRY(manifest.axis_alignment, ReadInnerPath(at, folder));
  } else if (key == "objects") {
    SPATIUM_TRY(manifest.objects, ReadInnerPath(at, folder));
  } else if (key == "mesh") {
    SPATIUM_TRY(manifest.mesh, ReadInnerPath(at, folder));
  } else if (key == "outline") {
    SPATIUM_TRY(const auto points, at.Items());
    for (const auto& point : points) {
      SPATIUM_TRY(const auto p, point.Numbers(2));
      manifest.outline.emplace_back(p[0], p[1]);
    }
  } else {
    return Error{ErrorCode::kBadValue,
                 at.path(),
                 "scene, dataset, depth_scale, intrinsics, depth_intrinsics, axis_alignment, "
                 "objects, mesh or outline",
                 Quote(key)};
  }
  return {};
}

}  // namespace

Result<PosedManifest> ReadPosedManifest(const Path& folder) {
  PosedManifest manifest;
  const Path path = folder / kPosedManifestFile;
  if (!std::filesystem::exists(path)) return manifest;
  SPATIUM_TRY(const Json json, ReadJsonFile(path));
  const JsonCursor root(json, path.string());
  if (!json.IsObject()) return root.Expected("an object");
  for (const auto& [key, value] : json.AsObject()) {
    SPATIUM_TRY(const auto at, root.At(key));
    SPATIUM_TRY_DO(ReadField(key, at, folder, manifest));
  }
  return manifest;
}

std::string PosedManifestText(const PosedManifest& manifest) {
  Json json = Json::MakeObject({});
  if (!manifest.scene.empty()) json.Set("scene", manifest.scene);
  if (!manifest.dataset.empty()) json.Set("dataset", manifest.dataset);
  if (manifest.depth_scale) json.Set("depth_scale", *manifest.depth_scale);
  if (manifest.intrinsics) json.Set("intrinsics", CameraJson(*manifest.intrinsics));
  if (manifest.depth_intrinsics)
    json.Set("depth_intrinsics", CameraJson(*manifest.depth_intrinsics));
  if (manifest.axis_alignment) json.Set("axis_alignment", manifest.axis_alignment->string());
  if (manifest.objects) json.Set("objects", manifest.objects->string());
  if (manifest.mesh) json.Set("mesh", manifest.mesh->string());
  if (!manifest.outline.empty()) {
    Json outline = Json::MakeArray();
    for (const auto& p : manifest.outline) outline.Push(Json(std::vector<double>{p.x(), p.y()}));
    json.Set("outline", std::move(outline));
  }
  return json.DumpPretty() + "\n";
}

}  // namespace spatium
