#pragma once
#include <string>
#include <vector>

#include "spatium/geometry/camera.h"
#include "spatium/image/image.h"
#include "spatium/render/color_render.h"

namespace spatium {

// A picture of a whole room from outside.
struct HolisticView {
  std::string name;
  Point<frame::World> eye, look_at;
  Dir<frame::World> up;
  Pinhole camera;
  Rigid<frame::Cam<>, frame::World> cam_from_world;
};

// The five views of SPAZER (its released code): "top" straight down with +y up in the picture, then
// "left", "right", "up", "down" from -x, +x, +y and -y at 45 degrees. All look at the mean of the
// scene's points from the distance of the longer horizontal extent, with 53.13 degrees of view
// (focal length = size). Square pictures of `size_px`.
std::vector<HolisticView> PlaceHolisticViews(const Point<frame::World>& mean,
                                             double extent_x_m,
                                             double extent_y_m,
                                             int size_px);

// Placed for a scene's mesh, else its cloud, else its objects' corners; what lies beyond the room's
// outline (where it is not known: beyond 99 % of the points on each side) does not count. Where
// objects would be cut off the views stand farther back, up to 1.6 times.
// Errors: kBadValue for a scene that has none of them, or size_px outside 16 .. 8192.
Result<std::vector<HolisticView>> HolisticViews(const Scene& scene, int size_px);

// The scene opened so that a view from outside looks in: without its ceiling, without what lies
// beyond the room, and without the walls between the eye and the room. Only structure is taken
// away: of a mesh, faces of no object or of walls, ceilings, windows, doors and curtains; of a
// cloud, points outside all other objects' boxes.
Mesh OpenedMesh(const Scene& scene, const HolisticView& view);
PointCloud OpenedCloud(const Scene& scene, const PointCloud& cloud, const HolisticView& view);

// The picture of one view from the scene's mesh, else its cloud, opened.
Result<RgbImage> RenderHolisticView(const Scene& scene,
                                    const HolisticView& view,
                                    const RenderStyle& style = {});

}  // namespace spatium
