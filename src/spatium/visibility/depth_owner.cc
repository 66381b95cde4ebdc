#include "spatium/visibility/depth_owner.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "spatium/scene/category.h"

namespace spatium {
namespace {

constexpr int kMinEqualNeighbours = 3;
constexpr int kReach = 3;  // pixels: at 2 m a centimetre each way, above the noise of depth

// The box's sides moved as an eye sees it.
Aabb<frame::World> MovedSides(const Aabb<frame::World>& box, const Eigen::Vector3d& eye) {
  Aabb<frame::World> out;
  for (int axis = 0; axis < 3; ++axis) {
    const double size = box.max[axis] - box.min[axis];
    const double back = size < kFlatBox_m ? -kBoxMargin_m : std::min(kBackMax_m, kBackShare * size);
    // The bottom is a back side from any height above it: a box stands on something.
    const bool low_is_back = axis == 2 ? eye[axis] > box.min[axis] : eye[axis] > box.max[axis];
    const bool high_is_back = eye[axis] < box.min[axis];
    out.min[axis] = box.min[axis] + (low_is_back ? back : -kBoxMargin_m);
    // Near the bottom the object's own sides are told from the floor by their slope (IsSteep).
    if (axis == 2 && low_is_back && back > 0) out.min[axis] = box.min[axis];
    out.max[axis] = box.max[axis] - (high_is_back ? back : -kBoxMargin_m);
  }
  return out;
}

struct Claim {
  int32_t object_idx = -1;
  bool inside = false;  // not merely close to
  bool top = false;     // level, at the top of the box
};

void ClaimPixels(int32_t object_idx,
                 const Aabb<frame::World>& box,
                 const Frame& frame,
                 const MetricDepth& depth,
                 std::vector<Claim>& claims) {
  const Pinhole& camera = frame.depth;
  const auto world_from_cam = Inverse(frame.cam_from_world);
  const Aabb<frame::World> moved = MovedSides(box, world_from_cam.t);
  const auto extent = ProjectExtent(moved, camera, frame.cam_from_world);
  if (!extent) return;
  const auto area = Intersect(
      *extent,
      {0, 0, static_cast<double>(camera.size.width), static_cast<double>(camera.size.height)});
  if (!area) return;
  const int x0 = static_cast<int>(area->x0), y0 = static_cast<int>(area->y0);
  const int x1 = std::min(camera.size.width, static_cast<int>(area->x1) + 1);
  const int y1 = std::min(camera.size.height, static_cast<int>(area->y1) + 1);
  // Depths of the nearest and farthest corner: most pixels are decided by them alone.
  double nearest = 1e300, farthest = -1e300;
  for (const auto& corner : moved.corners()) {
    const double z = (frame.cam_from_world * corner).v.z();
    nearest = std::min(nearest, z), farthest = std::max(farthest, z);
  }
  nearest -= DepthTolerance_m(std::max(0.0, nearest)) + 0.01;
  const bool flat = box.size().minCoeff() < kFlatBox_m;
  if (flat) farthest += DepthTolerance_m(std::max(0.0, farthest)) + 0.01;
  const Eigen::Vector3d eye = world_from_cam.t;
  // Lower level surfaces are what the object stands on.
  const double height = box.max.z() - box.min.z();
  const double support = height < kLowBox_m || eye.z() <= box.min.z()
                             ? -1e300
                             : box.min.z() + std::min(kBackMax_m, kBackShare * height);
  const Eigen::Vector3d to_min = moved.min - eye, to_max = moved.max - eye;
  for (int y = y0; y < y1; ++y) {
    const double dy = (y + 0.5 - camera.cy) / camera.fy;
    const Eigen::Vector3d row = world_from_cam.R.col(1) * dy + world_from_cam.R.col(2);
    for (int x = x0; x < x1; ++x) {
      const double d = *depth.at(x, y);
      if (!(d > nearest && d <= farthest)) continue;
      const double dx = (x + 0.5 - camera.cx) / camera.fx;
      const Eigen::Vector3d dir = world_from_cam.R.col(0) * dx + row;
      // The part of the ray inside the box, as depths.
      double enter = 0, leave = 1e300;
      for (int axis = 0; axis < 3; ++axis) {
        const double inv = 1 / dir[axis];
        const double a = to_min[axis] * inv, b = to_max[axis] * inv;
        enter = std::max(enter, std::min(a, b));
        leave = std::min(leave, std::max(a, b));
      }
      const double tolerance = DepthTolerance_m(d);
      if (!(enter <= leave && d <= leave + (flat ? tolerance : 0) && d >= enter - tolerance))
        continue;
      // In a strip narrower than the reach every surface looks as steep as its neighbour.
      const double z = eye.z() + d * dir.z();
      if (z < support && ((support - box.min.z()) * camera.fy < kReach * d ||
                          !IsSteep(frame, world_from_cam.R, depth, x, y)))
        continue;
      const bool inside = d >= enter && d <= leave;
      Claim& claim = claims[static_cast<size_t>(y) * static_cast<size_t>(camera.size.width) +
                            static_cast<size_t>(x)];
      const bool at_top = AtTop(box, z);
      if ((inside || !claim.inside) && (at_top || !claim.top))
        claim = {
            object_idx, inside, inside && at_top && !IsSteep(frame, world_from_cam.R, depth, x, y)};
    }
  }
}

}  // namespace

bool IsSteep(const Frame& frame,
             const Eigen::Matrix3d& world_from_cam,
             const MetricDepth& depth,
             int x,
             int y) {
  if (x < kReach || y < kReach || x + kReach >= depth.width() || y + kReach >= depth.height())
    return false;
  const double d = *depth.at(x, y);
  const auto at = [&](int u, int v) {
    return frame.depth.Unproject({u + 0.5, v + 0.5}, Meters(*depth.at(u, v))).v;
  };
  const Eigen::Vector3d across = at(x + kReach, y) - at(x - kReach, y);
  const Eigen::Vector3d down = at(x, y + kReach) - at(x, y - kReach);
  // A tangent that is mostly depth crosses an edge, or a hole in the map.
  if (std::max(std::abs(across.z()), std::abs(down.z())) > 0.1 * d) return false;
  const Eigen::Vector3d normal = world_from_cam * across.cross(down);
  return std::abs(normal.z()) < 0.5 * normal.norm();
}

std::vector<int32_t> AssignOwners(const Scene& scene,
                                  const Frame& frame,
                                  const MetricDepth& depth) {
  // Largest box first, so that smaller ones take their pixels from larger ones; walls before all,
  // which are large but thin: a whiteboard's box has more volume than its wall's.
  std::vector<size_t> order(scene.objects.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    const Object &first = scene.objects[a], &second = scene.objects[b];
    const bool wall_a = IsStructure(first.category), wall_b = IsStructure(second.category);
    return wall_a != wall_b ? wall_a : first.box.volume() > second.box.volume();
  });
  std::vector<Claim> claims(depth.data().size());
  for (const size_t i : order)
    ClaimPixels(static_cast<int32_t>(i), scene.objects[i].box, frame, depth, claims);

  std::vector<int32_t> owner(claims.size(), -1);
  const int width = depth.width(), height = depth.height();
  for (int y = 1; y + 1 < height; ++y)
    for (int x = 1; x + 1 < width; ++x) {
      const Claim* at =
          &claims[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
      if (at->object_idx < 0) continue;
      int equal = 0;
      for (const int step : {-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1})
        equal += at[step].object_idx == at->object_idx;
      if (equal >= kMinEqualNeighbours)
        owner[static_cast<size_t>(at - claims.data())] = at->object_idx;
    }
  return owner;
}

}  // namespace spatium
