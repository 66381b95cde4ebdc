#pragma once
#include <array>
#include <span>
#include <vector>

#include "spatium/visibility/depth_owner.h"

namespace spatium {

// What is known of an object's shape where no mesh is: the voxels in which any frame saw it.

// Points for voxels are taken from every 2nd pixel each way, silhouettes drawn at every 2nd
// (chosen: 1 % of the fraction of objects of 40 x 40 depth pixels).
inline constexpr int kDepthStep = 2;

// Edge of an object's voxels: its box's largest side / 40, 1 to 5 cm.
double VoxelSize_m(const Object& object);

using VoxelKey = std::array<int16_t, 3>;  // steps from the box's low corner
// By index of the object: its voxels that one frame shows, sorted, each once.
using FrameVoxels = std::vector<std::vector<VoxelKey>>;
FrameVoxels VoxelsIn(const Scene& scene, const Frame& frame, const OwnedDepth& seen);

// By index of the object: centres of its voxels in World. Objects seen in four frames or more keep
// only voxels that two frames agree on. A flat box that was seen gets its whole middle plane.
// Frames without depth have no entry per object.
using VoxelModels = std::vector<std::vector<Eigen::Vector3d>>;
VoxelModels BuildVoxelModels(const Scene& scene, std::span<const FrameVoxels> per_frame);

}  // namespace spatium
