#pragma once
#include <string>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/readers/frame_images.h"
#include "spatium/scene/scene.h"

namespace spatium {

struct ScanNetWriteOptions {
  // Written as axisAlignment; poses and mesh are written in the source frame, where it has not been
  // applied yet.
  Rigid<frame::World, frame::World> world_from_source;
  std::string sensor_name = "Spatium";
  std::string scene_type;  // "Living room / Lounge"; empty: no such line
  unsigned threads = 0;
};

// Writes a scene as ScanNet ships one into `folder`, which appears as a whole (an older one is
// replaced). N is the scene's id:
//   N.sens                                 JPEG or PNG colour as given, zlib depth; if there are
//                                          frames
//   N_vh_clean_2.ply                       the mesh with colours; if there is one
//   N_vh_clean_2.0.010000.segs.json        a segment per object and one for the rest
//   N.aggregation.json                     objects with their segments and labels
//   N.txt                                  axisAlignment, intrinsics, sizes
//   spatium.json                           what ScanNet has no place for: names of frames, outline,
//                                          categories, and the boxes of objects without vertices
// All frames must have the same cameras, and all or none colour and depth each.
// Errors: kUnsupported if they have not; kDiskFull, kIo; those of `images`.
Result<void> WriteScanNetFolder(const Path& folder,
                                const Scene& scene,
                                const ImageSource& images,
                                const ScanNetWriteOptions& options = {});

}  // namespace spatium
