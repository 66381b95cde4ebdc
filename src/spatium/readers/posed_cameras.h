#pragma once
#include <string>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/readers/frame_files.h"
#include "spatium/readers/posed_manifest.h"
#include "spatium/readers/reader.h"

namespace spatium {

// The cameras of a posed RGB-D folder, for images of the sizes found.
struct PosedCameras {
  Pinhole color, depth;
  std::string from;                // of the colour camera
  std::vector<std::string> notes;  // what was scaled or assumed
};

// In this order: flags, posed_rgbd.json, matrix files, the ScanNet info file, the other camera's
// numbers (scaled if the sizes differ), those known for the folder's layout, and the PrimeSense
// default. Everything from "the other camera's" on is noted. Numbers for another size than the
// images' are scaled and noted. Errors: what the files' readers return.
Result<PosedCameras> FindPosedCameras(const ImportOptions& options,
                                      const PosedManifest& manifest,
                                      const PosedLayout& layout,
                                      ImageSize color_size,
                                      ImageSize depth_size);

}  // namespace spatium
