#pragma once
#include <span>
#include <vector>

#include "spatium/geometry/camera.h"
#include "spatium/image/image.h"
#include "spatium/render/surface.h"

namespace spatium {

using PrimImage = ImageOf<PrimId, 1>;

// What the centre of each pixel sees.
struct IdBuffer {
  IdImage objects;    // ObjectId::value; -1: background or nothing
  PrimImage prims;    // index in Mesh::faces; kNoPrim: nothing
  MetricDepth depth;  // along z, from the hit triangle in double; 0: nothing
};

// The closest triangle at each pixel's centre, both sides drawn, from kMinDepth_m on; of two at
// equal depth the lower primitive. Camera size and focal lengths > 0.
//   threads  bands of rows drawn at once; 0: one per core. The same bits for any number.
// Method: a z-buffer with exact, order-free sampling (render/raster.h) rather than rays. For
// pinhole rays through all pixels it is faster than a packet tracer, and no pixel on a silhouette
// depends on the instruction set, which Embree's float edge tests do.
// Cost: O(triangles in view + samples covered).
IdBuffer RenderIds(const Surface& surface,
                   const Pinhole& camera,
                   const Rigid<frame::Cam<>, frame::World>& cam_from_world,
                   unsigned threads = 1);

// Which pixels of a grid some triangle of `faces` (into surface.faces()) covers, nothing occluding.
// Calls nothing for faces outside; returns rows x columns bytes, 1: covered.
struct SampleGrid;
std::vector<uint8_t> RenderCoverage(const Surface& surface,
                                    std::span<const uint32_t> faces,
                                    const Pinhole& camera,
                                    const Rigid<frame::Cam<>, frame::World>& cam_from_world,
                                    const SampleGrid& grid);

}  // namespace spatium
