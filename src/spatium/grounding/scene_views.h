#pragma once
#include <vector>

#include "spatium/grounding/marks.h"
#include "spatium/scene/store.h"

namespace spatium {

// A room seen from above and from four sides, for people and models that cannot walk in it.
struct SceneViews {
  std::vector<HolisticView> views;
  std::vector<RgbImage> pictures;   // without marks
  std::optional<PointCloud> cloud;  // fused here where the scene has no mesh and no cloud
};

// The pictures of views of one scene, side by side: opening the scene for a view is one thread's
// work, and so all threads are busy. Errors: RenderHolisticView's.
Result<std::vector<RgbImage>> RenderViews(const Scene& scene,
                                          std::span<const HolisticView> views,
                                          unsigned threads);

// Renders the five holistic views from the mesh, else the cloud, else posed depth fused to a cloud.
// Errors: kBadValue for a scene with neither surface nor depth.
Result<SceneViews> RenderSceneViews(const SceneStore& store, int size_px, unsigned threads);

// One view with the ids of `objects` on it; objects that crowd each other out go to further tiles.
struct MarkedTile {
  RgbImage picture;
  std::vector<PlacedMark> marks;
};
Result<std::vector<MarkedTile>> MarkView(const SceneStore& store,
                                         const SceneViews& views,
                                         size_t view_idx,
                                         std::span<const ObjectId> objects);

}  // namespace spatium
