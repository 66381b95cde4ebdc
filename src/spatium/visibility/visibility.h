#pragma once
#include <cstdint>
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
  double truncated_fraction = 0;   // part of the silhouette beyond the image's border
};

// All views of a scene with at least one visible pixel or the centre in view, by (frame, object).
struct Visibility {
  VisibilityMethod method = VisibilityMethod::kIds;
  std::vector<ObjectView> views;

  const ObjectView* Find(int frame_idx, ObjectId object) const;
  // The views of one frame, sorted by object.
  std::span<const ObjectView> InFrame(int frame_idx) const;
};

struct VisibilityOptions {
  std::optional<VisibilityMethod>
      method;  // none: ids if the scene has a mesh with objects, else depth
  unsigned threads = 0;
};

// Computes it from the mesh's id buffer or from the depth maps; docs/conventions.md has both
// methods.
Result<Visibility> ComputeVisibility(const SceneStore& store, const VisibilityOptions& options);

// The same, from the store's cache if its key fits, else computed and cached.
Result<Visibility> LoadVisibility(const SceneStore& store, const VisibilityOptions& options);

}  // namespace spatium
