#pragma once
#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/readers/frame_images.h"
#include "spatium/scene/scene.h"

namespace spatium {

struct PosedWriteOptions {
  // Written as axis_alignment.txt; poses and mesh are written in the source frame.
  Rigid<frame::World, frame::World> world_from_source;
  unsigned threads = 0;
};

// Writes a scene as the posed_rgbd reader reads one, into `folder`, which appears as a whole:
//   color/NAME.jpg or .png, depth/NAME.png (16 bits), pose/NAME.txt (camera to world, 4x4)
//   intrinsic_color.txt, intrinsic_depth.txt, axis_alignment.txt (if aligned), objects.json,
//   mesh.ply, and posed_rgbd.json that names them, so that an import needs no flags.
// All frames must have the same cameras. Errors: kUnsupported if not; kDiskFull, kIo; of `images`.
Result<void> WritePosedFolder(const Path& folder,
                              const Scene& scene,
                              const ImageSource& images,
                              const PosedWriteOptions& options = {});

}  // namespace spatium
