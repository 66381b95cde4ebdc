#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/scene/store.h"

namespace spatium {

enum class VisibilityMethod { kIds, kDepth };

// How one object is seen in one frame. Pixels are those of the colour camera.
struct ObjectView {
  int frame_idx = 0;
  ObjectId object;
  int64_t visible_px = 0;  // colour-camera pixels in which the object is the closest surface
  double visible_fraction =
      0;  // of its unoccluded silhouette, the part beyond the image's border included
  std::optional<PixelBox> box_visible;  // tight box of the visible part
  std::optional<PixelBox> box_full;     // of the full projection, clipped to the image
  std::optional<Pixel> center_px;  // projection of the 3D box's centre, inside the image or not
  double center_depth_m = 0;       // along z; negative behind the camera
  bool center_in_view = false;
  bool center_unoccluded = false;  // nothing but the object itself lies in front of its centre
  // The surface seen at the centre's pixel is the object's; only the method ids knows.
  std::optional<bool> center_on_object = std::nullopt;
  double truncated_fraction = 0;  // part of the silhouette beyond the image's border
};

// All views of a scene with at least one visible pixel or the centre in view, by (frame, object).
struct Visibility {
  VisibilityMethod method = VisibilityMethod::kIds;
  std::vector<ObjectView> views;

  const ObjectView* Find(int frame_idx, ObjectId object) const;
  // The views of one frame, sorted by object.
  std::span<const ObjectView> InFrame(int frame_idx) const;
};

// An object counts as visible in a frame from this many pixels, as a share of the image (chosen: a
// 16 x 16 patch of 640 x 480 is 0.08 %), and from this share of its silhouette on (chosen).
inline constexpr double kVisibleMinImageShare = 0.0008;
inline constexpr double kVisibleMinFraction = 0.1;
bool IsVisible(const ObjectView& view, ImageSize image);

struct VisibilityOptions {
  std::optional<VisibilityMethod>
      method;  // none: ids if the scene has a mesh with objects, else depth
  unsigned threads = 0;
  bool write_cache = true;  // LoadVisibility keeps what it had to compute
};

// Computes it from the mesh's id buffer or from the depth maps; docs/conventions.md has both
// methods. Numbers are rounded: fractions to 4 decimals, depths to 0.1 mm, pixels to 0.01.
// Errors: kBadValue if the method asked for cannot serve the scene (no mesh with objects, no
// depth), or as reading a depth map gives them.
Result<Visibility> ComputeVisibility(const SceneStore& store, const VisibilityOptions& options);

// The two methods on a scene in memory. The mesh must have vertex_object.
Result<Visibility> VisibilityFromMesh(const Scene& scene, unsigned threads);
using ReadDepthFn = std::function<Result<MetricDepth>(const Frame&)>;  // called from many threads
Result<Visibility> VisibilityFromDepth(const Scene& scene,
                                       const ReadDepthFn& read_depth,
                                       unsigned threads);

// The same, from the store's cache if its key fits, else computed and cached. A cache that cannot
// be read is computed again; one that cannot be written (a read-only store) is done without.
Result<Visibility> LoadVisibility(const SceneStore& store, const VisibilityOptions& options);

// By every method that can serve the scene, the one LoadVisibility picks first: where a question
// stands on what is seen, two independent measurements should say so.
Result<std::vector<Visibility>> LoadAllVisibility(const SceneStore& store,
                                                  const VisibilityOptions& options);

}  // namespace spatium
