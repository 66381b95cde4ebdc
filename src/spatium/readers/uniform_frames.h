#pragma once
#include "spatium/base/result.h"
#include "spatium/scene/scene.h"

namespace spatium {

// What all frames of a scene have in common.
struct UniformFrames {
  Pinhole color, depth;
  bool has_color = false, has_depth = false;
};

// Errors: kUnsupported, naming the first frame that differs: formats that write one camera for a
// whole scene cannot hold it. A scene without frames has nothing in common.
Result<UniformFrames> CheckUniformFrames(const Scene& scene);

}  // namespace spatium
