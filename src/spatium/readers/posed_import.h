#pragma once
#include "spatium/base/result.h"
#include "spatium/readers/reader.h"

namespace spatium {

// The frames of a folder of posed RGB-D (FindPosedLayout), with cameras and the depth unit, into
// `out` and `report`: what the posed_rgbd reader and ScanNet's exported frames have in common.
//   world_from_source  applied to the poses
// Errors: those of the files; kBadValue if no frame is usable.
Result<void> ImportPosedFrames(const ImportOptions& options,
                               const Rigid<frame::World, frame::World>& world_from_source,
                               const SceneWriter& out,
                               ImportReport& report);

}  // namespace spatium
