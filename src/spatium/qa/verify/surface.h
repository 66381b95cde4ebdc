#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/image/image.h"
#include "spatium/qa/verify/source_scene.h"

namespace spatium::verify {

// Which object is the closest surface at each pixel of a picture of `view`, `width` pixels wide:
// a plain z-buffer over the mesh's triangles. -1: background or no object.
IdImage RenderIds(const Mesh& mesh, const View& view, int width);

// That a marker shows an object of a frame.
struct PixelClaim {
  size_t frame_idx = 0;
  size_t object_idx = 0;
  bool is_box = false;
  MarkBox mark;  // a point has x0 == x1, y0 == y1
};

// What is wrong with each claim about one frame; empty where it holds. By the mesh if its faces
// name objects, else by the depth map; a frame with neither is only held to the projected boxes.
//   point  within kPointSlack of it the object is the closest surface
//   box    agrees with the box of the object's visible part, or of its whole outline
// Errors: those of reading the depth map.
Result<std::vector<std::string>> CheckClaims(const SourceScene& source,
                                             size_t frame_idx,
                                             const std::vector<PixelClaim>& claims);

}  // namespace spatium::verify
