#include "spatium/scene/pose_by_surfaces.h"

#include <Eigen/Cholesky>
#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "spatium/geometry/rigid.h"

namespace spatium {
namespace {

constexpr int kGridColumns = 24;
constexpr size_t kWitnesses = 240;  // frames that one is compared with (chosen)
constexpr size_t kMaxPoints = 3000;
constexpr size_t kLeastPoints = 80;  // fewer common points say nothing (chosen)

constexpr int kNormalColumns = 160;  // a normal is taken over two such columns of the picture
constexpr double kJump = 0.1;        // m in depth between them: an edge
constexpr double kShallow = 0.1;     // cosine between normal and ray below which depth says little

constexpr int kIterations = 15;
constexpr double kFirstReach = 0.25;  // m along the normal; beyond lies another surface (chosen)
constexpr double kLastReach = 0.06;
constexpr double kReachShrinks = 0.8;  // per iteration
constexpr double kNoise = 0.02;        // m: depth noise and normals (chosen)
// What a pose may be off by (chosen), and the points that this is worth: neighbours err alike.
constexpr double kPriorTurn = 2 * std::numbers::pi / 180;
constexpr double kPriorMove = 0.05;
constexpr double kPriorPoints = 10;

using Pose = Rigid<frame::Cam<>, frame::World>;
using Vector6 = Eigen::Matrix<double, 6, 1>;
using Matrix6 = Eigen::Matrix<double, 6, 6>;

struct SurfacePatch {
  Eigen::Vector3d at, normal;  // in Cam; the normal has length 1
};

std::optional<SurfacePatch> PatchAt(const MetricDepth& depth, const Pinhole& camera, int x, int y) {
  const int step = std::max(1, depth.width() / kNormalColumns);
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

// The patch of the depth map that a point in Cam falls on, if it lies within `reach` of its plane.
std::optional<SurfacePatch> PatchNear(const MetricDepth& depth,
                                      const Pinhole& camera,
                                      const Point<frame::Cam<>>& p,
                                      double reach) {
  const auto pixel = camera.Project(p);
  if (!pixel ||
      !(pixel->u >= 0 && pixel->v >= 0 && pixel->u < depth.width() && pixel->v < depth.height()))
    return std::nullopt;
  const auto patch = PatchAt(depth, camera, static_cast<int>(pixel->u), static_cast<int>(pixel->v));
  return patch && std::abs(patch->normal.dot(p.v - patch->at)) < reach ? patch : std::nullopt;
}

// The points of other frames that this one shows as well, about.
SurfacePoints CommonPoints(const MetricDepth& depth,
                           const Pinhole& camera,
                           const Pose& cam_from_world,
                           std::span<const SurfacePoints> surfaces,
                           size_t self) {
  SurfacePoints common;
  const size_t step = 1 + (surfaces.size() - 1) / kWitnesses;
  for (size_t i = 0; i < surfaces.size(); i += step) {
    if (i == self) continue;
    for (const auto& p : surfaces[i])
      if (PatchNear(depth, camera, cam_from_world * p, kFirstReach)) common.push_back(p);
  }
  if (common.size() <= kMaxPoints) return common;
  SurfacePoints fewer;
  for (size_t i = 0; i < kMaxPoints; ++i) fewer.push_back(common[i * common.size() / kMaxPoints]);
  return fewer;
}

// The turn and move of one step: least squares over the points within reach, with the prior.
// Nothing if they are too few.
std::optional<Vector6> Step(const MetricDepth& depth,
                            const Pinhole& camera,
                            const Pose& cam_from_world,
                            const SurfacePoints& points,
                            double reach) {
  Matrix6 a = Matrix6::Zero();
  Vector6 b = Vector6::Zero();
  size_t used = 0;
  for (const auto& p_in_world : points) {
    const auto p = cam_from_world * p_in_world;
    const auto patch = PatchNear(depth, camera, p, reach);
    if (!patch) continue;
    ++used;
    const double error = patch->normal.dot(p.v - patch->at) / kNoise;
    Vector6 slope;
    slope << p.v.cross(patch->normal) / kNoise, patch->normal / kNoise;
    const double weight = 1 / (1 + error * error);
    a += weight * slope * slope.transpose();
    b -= weight * error * slope;
  }
  if (used < kLeastPoints) return std::nullopt;
  for (int i = 0; i < 3; ++i) {
    a(i, i) += kPriorPoints / (kPriorTurn * kPriorTurn);
    a(i + 3, i + 3) += kPriorPoints / (kPriorMove * kPriorMove);
  }
  return a.ldlt().solve(b);
}

}  // namespace

SurfacePoints SampleSurface(const MetricDepth& depth,
                            const Pinhole& camera,
                            const Rigid<frame::Cam<>, frame::World>& cam_from_world) {
  SurfacePoints points;
  const auto world_from_cam = Inverse(cam_from_world);
  const int grid = std::max(1, depth.width() / kGridColumns);
  for (int y = grid / 2; y < depth.height(); y += grid)
    for (int x = grid / 2; x < depth.width(); x += grid)
      if (const double z = *depth.at(x, y); z > 0)
        points.push_back(world_from_cam * camera.Unproject({x + 0.5, y + 0.5}, Meters(z)));
  return points;
}

std::optional<Rigid<frame::Cam<>, frame::World>> PoseBySurfaces(
    const MetricDepth& depth,
    const Pinhole& camera,
    const Rigid<frame::Cam<>, frame::World>& cam_from_world,
    std::span<const SurfacePoints> surfaces,
    size_t self) {
  if (depth.empty() || surfaces.empty()) return std::nullopt;
  const SurfacePoints points = CommonPoints(depth, camera, cam_from_world, surfaces, self);
  Pose pose = cam_from_world;
  double reach = kFirstReach;
  for (int i = 0; i < kIterations; ++i, reach = std::max(kLastReach, reach * kReachShrinks)) {
    const auto step = Step(depth, camera, pose, points, reach);
    if (!step) return std::nullopt;
    const Rigid<frame::Cam<>, frame::Cam<>> turned{RotationZ(Radians((*step)(2))) *
                                                       RotationY(Radians((*step)(1))) *
                                                       RotationX(Radians((*step)(0))),
                                                   step->tail<3>()};
    pose = turned * pose;
  }
  return pose;
}

PoseShift ShiftBetween(const Rigid<frame::Cam<>, frame::World>& a,
                       const Rigid<frame::Cam<>, frame::World>& b,
                       const Pinhole& camera,
                       std::span<const Point<frame::World>> points) {
  std::vector<double> meters, shares;
  for (const auto& p : points) {
    const auto in_a = a * p, in_b = b * p;
    const auto px_a = camera.Project(in_a), px_b = camera.Project(in_b);
    if (!px_a || !px_b) continue;
    meters.push_back((in_a.v - in_b.v).norm());
    const double du = px_a->u - px_b->u, dv = px_a->v - px_b->v;
    shares.push_back(std::sqrt(du * du + dv * dv) / camera.size.width);
  }
  if (meters.empty()) return {};
  const auto median = [](std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
  };
  return {median(meters), median(shares)};
}

}  // namespace spatium
