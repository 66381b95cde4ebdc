#include "spatium/grounding/scene_views.h"

#include <algorithm>

#include "spatium/base/parallel.h"
#include "spatium/render/fuse.h"

namespace spatium {

Result<std::vector<RgbImage>> RenderViews(const Scene& scene,
                                          std::span<const HolisticView> views,
                                          unsigned threads) {
  RenderStyle style;
  style.threads = threads;
  std::vector<std::optional<Result<RgbImage>>> made(views.size());
  ParallelFor(views.size(), threads, [&](size_t v) {
    made[v] = RenderHolisticView(scene, views[v], style);
  });
  std::vector<RgbImage> pictures;
  for (auto& picture : made) {
    if (!*picture) return std::move(*picture).error();
    pictures.push_back(std::move(**picture));
  }
  return pictures;
}

Result<SceneViews> RenderSceneViews(const SceneStore& store, int size_px, unsigned threads) {
  SceneViews out;
  const Scene* scene = &store.scene();
  Scene with_cloud;
  if (!scene->mesh && !scene->cloud) {
    SPATIUM_TRY(PointCloud cloud,
                FuseDepth(*scene,
                          {.depth = [&](const Frame& f) { return store.ReadMetricDepth(f); },
                           .color = [&](const Frame& f) { return store.ReadColor(f); }},
                          {.threads = threads}));
    with_cloud = *scene;
    with_cloud.cloud = std::move(cloud);
    scene = &with_cloud;
  }
  SPATIUM_TRY(out.views, HolisticViews(*scene, size_px));
  SPATIUM_TRY(out.pictures, RenderViews(*scene, out.views, threads));
  if (!scene->mesh) out.cloud = scene->cloud;
  return out;
}

Result<std::vector<MarkedTile>> MarkView(const SceneStore& store,
                                         const SceneViews& views,
                                         size_t view_idx,
                                         std::span<const ObjectId> objects) {
  constexpr size_t kMaxTiles = 4;
  const HolisticView& view = views.views[view_idx];
  const double font_px = std::max(12.0, view.camera.size.width / 44.0);
  std::vector<MarkAnchor> anchors =
      FindMarkAnchors(store.scene(), views.cloud ? &*views.cloud : nullptr, view, objects);
  std::vector<MarkedTile> tiles;
  do {
    MarkLayout layout = LayOutMarks(anchors, view.camera.size, font_px);
    MarkedTile tile{.picture = views.pictures[view_idx], .marks = std::move(layout.marks)};
    SPATIUM_TRY_DO(DrawMarks(tile.marks, font_px, tile.picture));
    const bool none = tile.marks.empty();
    tiles.push_back(std::move(tile));
    anchors = std::move(layout.crowded_out);
    if (none) break;
  } while (!anchors.empty() && tiles.size() < kMaxTiles);
  return tiles;
}

}  // namespace spatium
