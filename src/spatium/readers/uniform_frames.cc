#include "spatium/readers/uniform_frames.h"

#include "spatium/base/text.h"

namespace spatium {
namespace {

bool Same(const Pinhole& a, const Pinhole& b) {
  return a.size == b.size && a.fx == b.fx && a.fy == b.fy && a.cx == b.cx && a.cy == b.cy;
}

}  // namespace

Result<UniformFrames> CheckUniformFrames(const Scene& scene) {
  if (scene.frames.empty()) return UniformFrames{};
  const Frame& first = scene.frames[0];
  const UniformFrames uniform{
      first.color, first.depth, !first.color_path.empty(), !first.depth_path.empty()};
  for (const Frame& frame : scene.frames) {
    const bool same = Same(frame.color, first.color) && Same(frame.depth, first.depth) &&
                      frame.color_path.empty() != uniform.has_color &&
                      frame.depth_path.empty() != uniform.has_depth;
    if (!same)
      return Error{ErrorCode::kUnsupported,
                   StrCat(scene.id, ": frame ", frame.name),
                   "the cameras and kinds of images of the first frame",
                   "others"};
  }
  return uniform;
}

}  // namespace spatium
