#pragma once
#include <functional>

#include "spatium/base/result.h"
#include "spatium/scene/scene.h"

namespace spatium {

// Depth pixels at the rim of things are mixtures of two surfaces: true where a neighbour (of four)
// is nearer or farther by more than this share of the depth.
inline constexpr double kDepthJumpShare = 0.04;

struct FuseOptions {
  double voxel_m = 0.02;
  double max_depth_m = 8;  // farther measurements are noise in depth cameras of rooms
  // Of one frame alone; 1 keeps everything, for scenes of a few frames that overlap little.
  uint32_t min_samples = 3;
  unsigned threads = 0;
};

// How frames are read; called from many threads.
struct FrameImages {
  std::function<Result<MetricDepth>(const Frame&)> depth;
  std::function<Result<RgbImage>(const Frame&)> color;  // empty: a cloud without colours
};

// All depth maps as one cloud in World: one point per voxel, the mean position and colour of the
// depth samples in it, sorted by voxel. A voxel counts if two frames or `min_samples` support it;
// samples at depth jumps are left out. Maps are sampled so densely that a voxel 2.5 m away gets
// about four samples a frame. The same bytes for any number of threads (sums are integers).
// Errors: those of reading; kBadValue if voxel_m is not in [1 mm, 1 m] or no frame has depth.
Result<PointCloud> FuseDepth(const Scene& scene,
                             const FrameImages& images,
                             const FuseOptions& options);

}  // namespace spatium
