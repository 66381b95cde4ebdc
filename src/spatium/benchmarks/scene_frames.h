#pragma once
#include <string>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/benchmarks/item.h"

namespace spatium {

// The pictures of a ScanNet scene for benchmarks whose files hold only text: up to `count` frames
// spread evenly over those of DATA/posed_images/SCENE, DATA/scans/SCENE/color or DATA/SCENE/color
// (*.jpg in natural order), else the video DATA/SCENE.mp4 or DATA/videos/SCENE.mp4. Nothing
// if DATA has none of them: the question is then asked without pictures.
std::vector<MediaRef> SceneFrames(const Path& data, const std::string& scene, int count = 32);

}  // namespace spatium
