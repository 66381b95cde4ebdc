#pragma once
#include <cmath>
#include <optional>

#include "spatium/geometry/box.h"
#include "spatium/geometry/camera.h"
#include "spatium/visibility/visibility.h"

namespace spatium {

// What the two methods of visibility share.

using CamFromWorld = Rigid<frame::Cam<>, frame::World>;

// The camera whose pixels views are in: the colour camera, else, for a frame without one, the depth
// camera.
inline const Pinhole& ViewCamera(const Frame& frame) {
  return frame.color.size.width > 0 && frame.color.size.height > 0 ? frame.color : frame.depth;
}

// value to `decimals` places, halves away from zero: the same bits on every machine.
inline double RoundTo(double value, int decimals) {
  double scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  return std::round(value * scale) / scale;
}

// The extent on the image plane of the part of a box in front of the camera, image borders ignored.
// Nothing if all of it lies nearer than 1 mm or behind.
std::optional<PixelBox> ProjectExtent(const Aabb<frame::World>& box,
                                      const Pinhole& camera,
                                      const CamFromWorld& cam_from_world);

// The canvas on which silhouettes are counted: the image and one image width or height more on each
// side. What lies beyond counts for nothing (a box at the camera would project to infinity).
inline PixelBox SilhouetteCanvas(ImageSize image) {
  return {-1.0 * image.width, -1.0 * image.height, 2.0 * image.width, 2.0 * image.height};
}

// A view with the fields about the object's centre filled in, but for center_unoccluded.
ObjectView CenterView(const Frame& frame, int frame_idx, const Object& object);

std::optional<PixelBox> Intersect(const PixelBox& a, const PixelBox& b);

}  // namespace spatium
