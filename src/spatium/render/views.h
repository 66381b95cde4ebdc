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

// Placed for a scene's mesh, else its cloud, else its objects' corners. Errors: kBadValue for a
// scene that has none of them, or size_px outside 16 .. 8192.
Result<std::vector<HolisticView>> HolisticViews(const Scene& scene, int size_px);

// The scene opened so that a view from outside looks in: without its ceiling (flat parts near its
// top), and, where `eye` is given, without the walls on that side. Only background is taken away:
// of a mesh, faces that belong to no object; of a cloud, points outside all objects' boxes.
Mesh OpenedMesh(const Scene& scene, const HolisticView& view);
PointCloud OpenedCloud(const Scene& scene, const PointCloud& cloud, const HolisticView& view);

// The picture of one view from the scene's mesh, else its cloud, opened.
Result<RgbImage> RenderHolisticView(const Scene& scene,
                                    const HolisticView& view,
                                    const RenderStyle& style = {});

}  // namespace spatium
