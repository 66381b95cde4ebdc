#pragma once
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "spatium/geometry/box.h"
#include "spatium/geometry/camera.h"
#include "spatium/geometry/hull.h"

namespace spatium {

// Only what lies at least this far in front of the camera is projected (chosen: nearer things do
// not occur in pictures, and pixels stay finite).
inline constexpr Meters kNearPlane{0.01};

// All polygons here are in pixels and may reach outside the picture; ClipToPicture cuts them.
// Points that are not finite give an empty result.

// The part of a segment in front of the near plane; nothing if all of it lies behind.
std::optional<std::pair<Pixel, Pixel>> ProjectSegment(const Pinhole& camera,
                                                      const Point<frame::Cam<>>& a,
                                                      const Point<frame::Cam<>>& b,
                                                      Meters near = kNearPlane);

// The picture of a flat convex polygon, cut at the near plane, its corners in the order given.
Polygon2 ProjectPolygon(const Pinhole& camera,
                        std::span<const Point<frame::Cam<>>> corners,
                        Meters near = kNearPlane);

// The outline of a box (corners in the order of Aabb::corners), cut at the near plane: a convex
// polygon, counter-clockwise in the sense of hull.h. Empty if the box lies behind the camera; with
// the camera inside, it covers the picture.
Polygon2 ProjectBox(const Pinhole& camera,
                    const std::array<Point<frame::Cam<>>, 8>& corners_in_cam,
                    Meters near = kNearPlane);
template <template <class> class Box, class F>
Polygon2 ProjectBox(const Pinhole& camera,
                    const Rigid<frame::Cam<>, F>& cam_from_f,
                    const Box<F>& box,
                    Meters near = kNearPlane) {
  std::array<Point<frame::Cam<>>, 8> corners;
  const auto own = box.corners();
  for (size_t i = 0; i < 8; ++i) corners[i] = cam_from_f * own[i];
  return ProjectBox(camera, corners, near);
}

// The part of a polygon inside the picture [0, width] x [0, height]; empty if there is none.
Polygon2 ClipToPicture(std::span<const Eigen::Vector2d> polygon, ImageSize size);

// The tight box of a polygon's corners; nothing without corners.
std::optional<PixelBox> BoundsOf(std::span<const Eigen::Vector2d> polygon);

// The tight box of the part of a box that is inside the picture. It can be smaller than the bounds
// of the whole outline cut at the border.
template <template <class> class Box, class F>
std::optional<PixelBox> VisibleBounds(const Pinhole& camera,
                                      const Rigid<frame::Cam<>, F>& cam_from_f,
                                      const Box<F>& box) {
  return BoundsOf(ClipToPicture(ProjectBox(camera, cam_from_f, box), camera.size));
}

}  // namespace spatium
