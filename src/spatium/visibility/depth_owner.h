#pragma once
#include <vector>

#include "spatium/image/image.h"
#include "spatium/scene/scene.h"
#include "spatium/visibility/project.h"

namespace spatium {

// Which object each pixel of a depth map belongs to, where boxes are all that is known of objects.

// Boxes are taken this much wider on the sides towards the camera and beside it: annotated boxes
// are that exact (chosen).
inline constexpr double kBoxMargin_m = 0.01;
// A surface may lie this far in front of its box along the ray: noise of depth cameras and poses.
inline double DepthTolerance_m(double depth_m) { return 0.01 + 0.005 * depth_m; }
// Sides away from the camera are moved inwards by this share of the box's size, at most so far:
// what is seen there is the wall behind. As near to the bottom only steep surfaces are the
// object's: a level one is what it stands on (chosen).
inline constexpr double kBackShare = 0.1;
inline constexpr double kBackMax_m = 0.04;

// A box thinner than this on an axis (a wall, a rug, a picture) has no inside to tell from what is
// behind it: its back stays, and surfaces may lie behind it by the tolerance as well (chosen).
inline constexpr double kFlatBox_m = 0.06;

// A box lower than this (a paper, a rug) is as low as what it stands on (chosen).
inline constexpr double kLowBox_m = 0.02;

// A level surface at most so far below the top of a box, or a little above it, is its top, even
// where a smaller box with another top stands around it: a table over the seat of a chair (chosen).
inline constexpr double kTopStrip_m = 0.01, kTopNoise_m = 0.005;
inline bool AtTop(const Aabb<frame::World>& box, double z) {
  return z > box.max.z() - kTopStrip_m && z < box.max.z() + kTopNoise_m;
}

// Whether the surface seen at a depth pixel is nearer to upright than to level, by the pixels three
// to each side; false where it ends within that.
bool IsSteep(const Frame& frame,
             const Eigen::Matrix3d& world_from_cam,
             const MetricDepth& depth,
             int x,
             int y);

struct OwnedDepth {
  MetricDepth depth;           // empty: the frame has no depth
  std::vector<int32_t> owner;  // index in Scene::objects per pixel of `depth`; -1: none
};

// A pixel is an object's if its measured depth lies on the part of its ray inside the object's box
// (moved as above). Where boxes overlap the smaller box wins, but not the top of a larger one, and
// a pixel inside a box is not given to one that it merely comes close to. Pixels without three
// equal neighbours of eight are dropped: the fringe of depth edges. O(pixels in the boxes'
// projections).
std::vector<int32_t> AssignOwners(const Scene& scene, const Frame& frame, const MetricDepth& depth);

}  // namespace spatium
