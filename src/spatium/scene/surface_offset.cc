#include "spatium/scene/surface_offset.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

namespace spatium {
namespace {

constexpr int kColumns = 160;     // a normal is taken over two such columns of the picture
constexpr double kJump = 0.1;     // m in depth between them: an edge
constexpr double kShallow = 0.1;  // cosine between normal and ray below which depth says little

struct SurfacePatch {
  Eigen::Vector3d at, normal;  // in Cam; the normal has length 1
};

std::optional<SurfacePatch> PatchAt(const MetricDepth& depth, const Pinhole& camera, int x, int y) {
  const int step = std::max(1, depth.width() / kColumns);
  if (x < step || y < step || x + step >= depth.width() || y + step >= depth.height())
    return std::nullopt;
  const auto point = [&](int px, int py) -> Eigen::Vector3d {
    return camera.Unproject({px + 0.5, py + 0.5}, Meters(*depth.at(px, py))).v;
  };
  for (const auto& [dx, dy] : {std::pair{0, 0}, {-step, 0}, {step, 0}, {0, -step}, {0, step}})
    if (!(*depth.at(x + dx, y + dy) > 0)) return std::nullopt;
  const Eigen::Vector3d along_x = point(x + step, y) - point(x - step, y);
  const Eigen::Vector3d along_y = point(x, y + step) - point(x, y - step);
  if (std::abs(along_x.z()) > kJump || std::abs(along_y.z()) > kJump) return std::nullopt;
  SurfacePatch patch{.at = point(x, y), .normal = along_x.cross(along_y)};
  const double length = patch.normal.norm();
  if (!(length > 0)) return std::nullopt;
  patch.normal /= length;
  if (std::abs(patch.normal.dot(patch.at)) < kShallow * patch.at.norm()) return std::nullopt;
  return patch;
}

}  // namespace

void SurfaceOffset::Add(std::span<const Point<frame::World>> points) {
  for (const Point<frame::World>& p_in_world : points) {
    const auto p_in_cam = cam_from_world_ * p_in_world;
    const auto pixel = camera_.Project(p_in_cam);
    if (!pixel || !(pixel->u >= 0 && pixel->v >= 0 && pixel->u < depth_.width() &&
                    pixel->v < depth_.height()))
      continue;
    const auto patch =
        PatchAt(depth_, camera_, static_cast<int>(pixel->u), static_cast<int>(pixel->v));
    if (!patch) continue;
    const double distance = std::abs(patch->normal.dot(p_in_cam.v - patch->at));
    if (distance < kReach) distances_m_.push_back(static_cast<float>(distance));
  }
}

std::optional<double> SurfaceOffset::MedianM() const {
  if (distances_m_.size() < kLeastLanded) return std::nullopt;
  std::vector<float> sorted = distances_m_;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  return *middle;
}

}  // namespace spatium
