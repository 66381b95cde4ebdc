#pragma once
#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/readers/reader.h"

namespace spatium {

// Turns and moves a scene so that its floor is level at z = 0: frames, mesh and cloud. The floor is
// FindFloor's (geometry/gravity.h) among the mesh's vertices, else the points of up to 24 depth
// maps, with up as the cameras were held. Boxes are not moved, so a scene with objects is refused.
//   folder  where the frames' images lie
// Sets `aligned` and notes what was done; a scene where no floor is found stays as it is, with a
// note. Errors: kUsage for a scene with objects.
Result<void> AlignFloor(const Path& folder, unsigned threads, ImportReport& report);

}  // namespace spatium
