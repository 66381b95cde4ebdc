#pragma once
#include <span>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/geometry/ids.h"
#include "spatium/image/image.h"
#include "spatium/render/views.h"
#include "spatium/scene/scene.h"

namespace spatium {

// An id to write on a picture: where its object is, and how large it appears.
struct MarkAnchor {
  ObjectId id;
  Pixel at;              // a pixel on the object's visible part
  double extent_px = 0;  // root of the visible pixels' number
};

struct PlacedMark {
  ObjectId id;
  Pixel at;        // the anchor
  PixelBox label;  // where the number stands
};

// One pixel of each object's visible part in a view, the one deepest inside it, for objects with at
// least kMinMarkPixels; none for what is hidden. Seen from the mesh, or where there is none from
// the fused cloud's depth and the objects' boxes.
inline constexpr int kMinMarkPixels = 12;
std::vector<MarkAnchor> FindMarkAnchors(const Scene& scene,
                                        const PointCloud* cloud,
                                        const HolisticView& view,
                                        std::span<const ObjectId> objects);

// Places a label for each anchor so that no label covers another, another's anchor, or leaves the
// picture; labels stay as near to their anchors as they can. Anchors that find no room are left out
// and returned in `crowded_out`, for another tile.
struct MarkLayout {
  std::vector<PlacedMark> marks;
  std::vector<MarkAnchor> crowded_out;
};
MarkLayout LayOutMarks(std::span<const MarkAnchor> anchors, ImageSize size, double font_px);

// Draws numbers on plates, with a line to the anchor where the label stands aside.
// Errors: kNotFound without a font.
Result<void> DrawMarks(std::span<const PlacedMark> marks, double font_px, RgbImage& image);

}  // namespace spatium
