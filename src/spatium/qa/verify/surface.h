#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/image/image.h"
#include "spatium/qa/verify/shapes.h"
#include "spatium/qa/verify/source_scene.h"

namespace spatium::verify {

// Which object is the closest surface at each pixel of a picture of `view`, `width` pixels wide:
// a plain z-buffer over the mesh's triangles. -1: background or no object.
IdImage RenderIds(const Mesh& mesh, const View& view, int width);

// How many pixels of such a picture, and of its surroundings as far as one picture more on each
// side, these faces would cover if nothing else were there.
int64_t CountPixelsAlone(const Mesh& mesh,
                         std::span<const size_t> face_idxs,
                         const View& view,
                         int width);

// What a record says of an object in the picture of a frame.
struct PixelClaim {
  enum class Kind { kPoint, kBox, kVisibleFraction };
  size_t frame_idx = 0;
  size_t object_idx = 0;
  Kind kind = Kind::kPoint;
  MarkBox mark = {};            // a point has x0 == x1, y0 == y1
  double visible_fraction = 0;  // kVisibleFraction
};

// What is wrong with each claim about one frame; empty where it holds. By the mesh if its faces
// name objects, else by the depth map; a frame with neither is only held to the projected boxes.
//   point     within kPointSlack of it the object is the closest surface
//   box       agrees with the box of the object's visible part, or of its whole outline
//   fraction  as FractionCheck has it
//   shapes    of the scene, where it has depth maps and there are fractions to check; else null
// Errors: those of reading the depth map.
Result<std::vector<std::string>> CheckClaims(const SourceScene& source,
                                             size_t frame_idx,
                                             const std::vector<PixelClaim>& claims,
                                             const Shapes* shapes);

}  // namespace spatium::verify
