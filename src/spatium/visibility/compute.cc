// Visibility of a scene's store, with its cache.
#include <algorithm>
#include <filesystem>

#include "spatium/base/files.h"
#include "spatium/base/hash.h"
#include "spatium/base/json.h"
#include "spatium/base/log.h"
#include "spatium/base/text.h"
#include "spatium/visibility/view_json.h"
#include "spatium/visibility/visibility.h"

namespace spatium {
namespace fs = std::filesystem;
namespace {

// Raised whenever a method gives other numbers: caches of older programs no longer fit.
constexpr int kMethodVersion = 7;

VisibilityMethod MethodFor(const Scene& scene, const VisibilityOptions& options) {
  if (options.method) return *options.method;
  const bool mesh_has_objects = scene.mesh && std::any_of(scene.mesh->vertex_object.begin(),
                                                          scene.mesh->vertex_object.end(),
                                                          [](int32_t o) { return o >= 0; });
  return mesh_has_objects ? VisibilityMethod::kIds : VisibilityMethod::kDepth;
}

}  // namespace

Result<Visibility> ComputeVisibility(const SceneStore& store, const VisibilityOptions& options) {
  if (MethodFor(store.scene(), options) == VisibilityMethod::kIds)
    return VisibilityFromMesh(store.scene(), options.threads);
  return VisibilityFromDepth(
      store.scene(), [&](const Frame& f) { return store.ReadMetricDepth(f); }, options.threads);
}

Result<Visibility> LoadVisibility(const SceneStore& store, const VisibilityOptions& options) {
  // Opened without its surface, the scene does not say which method it wants; its cache may.
  const bool surface_left_out = !store.scene().mesh && fs::exists(store.folder() / "mesh.ply");
  const auto method = surface_left_out && !options.method ? VisibilityMethod::kIds
                                                          : MethodFor(store.scene(), options);
  const Path path = store.folder() / "cache" / StrCat("visibility_", Name(method), ".json");
  const std::string key = StrCat("v", kMethodVersion, "-", store.content_key());
  if (const auto bytes = ReadFile(path)) {
    if (const auto json = Json::Parse(*bytes, path.string()))
      if (auto cached = VisibilityFromJson(JsonCursor(*json, path.string()), key)) return cached;
  }
  if (surface_left_out && method == VisibilityMethod::kIds) {
    SPATIUM_TRY(const SceneStore whole, SceneStore::Open(store.folder()));
    return LoadVisibility(whole, options);
  }
  SPATIUM_TRY(auto visibility, ComputeVisibility(store, options));
  if (!options.write_cache) return visibility;
  if (const auto written = WriteFileAtomic(path, VisibilityToJson(visibility, key).Dump() + "\n");
      !written)
    LogDebug(StrCat("visibility not cached: ", written.error().Message()));
  return visibility;
}

Result<std::vector<Visibility>> LoadAllVisibility(const SceneStore& store,
                                                  const VisibilityOptions& options) {
  std::vector<Visibility> all;
  SPATIUM_TRY(all.emplace_back(), LoadVisibility(store, options));
  const bool has_depth = std::ranges::any_of(
      store.scene().frames, [](const Frame& frame) { return !frame.depth_path.empty(); });
  if (all.front().method == VisibilityMethod::kIds && has_depth) {
    VisibilityOptions by_depth = options;
    by_depth.method = VisibilityMethod::kDepth;
    SPATIUM_TRY(all.emplace_back(), LoadVisibility(store, by_depth));
  }
  return all;
}

}  // namespace spatium
