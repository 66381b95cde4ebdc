#pragma once
#include "spatium/image/image.h"
#include "spatium/render/surface.h"

namespace spatium {

struct RenderStyle {
  Rgb background{255, 255, 255};
  // Share of the light that comes from the camera; the rest is everywhere. 0: flat colours.
  double headlight = 0.45;
  int samples_per_axis = 2;  // each pixel is the mean of so many samples squared
  double splat_m = 0.025;    // edge of the square that stands for a point of a cloud
  unsigned threads = 0;
};

// The mesh's vertex colours, grey where it has none, in soft light from the camera. `surface` is
// Surface::FromMesh of a mesh that shares `mesh`'s numbering of faces; it may leave faces out.
RgbImage RenderColor(const Mesh& mesh,
                     const Surface& surface,
                     const Pinhole& camera,
                     const Rigid<frame::Cam<>, frame::World>& cam_from_world,
                     const RenderStyle& style = {});

// A cloud drawn as squares that face the camera, the nearer over the farther (of two at one depth
// the earlier point). Points nearer than kMinDepth_m are not drawn.
struct CloudRender {
  RgbImage color;
  MetricDepth depth;  // 0: background
};
CloudRender RenderCloud(const PointCloud& cloud,
                        const Pinhole& camera,
                        const Rigid<frame::Cam<>, frame::World>& cam_from_world,
                        const RenderStyle& style = {});

}  // namespace spatium
