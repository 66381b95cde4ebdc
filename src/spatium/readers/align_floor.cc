#include "spatium/readers/align_floor.h"

#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/geometry/gravity.h"
#include "spatium/image/codec.h"
#include "spatium/scene/move_mesh.h"

namespace spatium {
namespace {

constexpr size_t kMaxFrames = 24;
constexpr int kGrid = 8;              // pixels between points of a depth map
constexpr double kLeastShare = 0.03;  // of the points that a floor must hold, chosen
constexpr double kMaxDepth_m = 6.0;   // beyond, depth cameras bend planes

using WorldPoint = Point<frame::World>;

std::vector<WorldPoint> DepthPoints(const Path& folder, const Scene& scene, unsigned threads) {
  const size_t n = scene.frames.size();
  const size_t used = std::min(kMaxFrames, n);
  std::vector<std::vector<WorldPoint>> parts(used);
  ParallelFor(used, threads, [&](size_t k) {
    const Frame& frame = scene.frames[k * n / used];
    if (frame.depth_path.empty()) return;
    const auto bytes = ReadFile(folder / frame.depth_path);
    if (!bytes) return;
    const auto depth = DecodeDepth(*bytes, frame.depth_path);
    if (!depth) return;
    const auto world_from_cam = Inverse(frame.cam_from_world);
    for (int y = kGrid / 2; y < depth->height(); y += kGrid)
      for (int x = kGrid / 2; x < depth->width(); x += kGrid) {
        const double depth_m = *depth->at(x, y) * scene.depth_unit_m;
        if (depth_m <= 0 || depth_m > kMaxDepth_m) continue;
        parts[k].push_back(world_from_cam *
                           frame.depth.Unproject({x + 0.5, y + 0.5}, Meters(depth_m)));
      }
  });
  std::vector<WorldPoint> points;
  for (const auto& part : parts) points.insert(points.end(), part.begin(), part.end());
  return points;
}

void Move(const Rigid<frame::World, frame::World>& new_from_old, Scene& scene) {
  const auto old_from_new = Inverse(new_from_old);
  for (Frame& frame : scene.frames) frame.cam_from_world = frame.cam_from_world * old_from_new;
  if (scene.mesh) MoveMesh(new_from_old, *scene.mesh);
  if (scene.cloud)
    for (auto& p : scene.cloud->points)
      p = (new_from_old * WorldPoint{p.cast<double>()}).v.cast<float>();
}

}  // namespace

Result<void> AlignFloor(const Path& folder, unsigned threads, ImportReport& report) {
  Scene& scene = report.scene;
  if (!scene.objects.empty())
    return Error{ErrorCode::kUsage,
                 "--align-floor",
                 "a scene without boxes, which are in a world of their own already",
                 StrCat(scene.objects.size(), " boxes")};
  std::vector<WorldPoint> points;
  if (scene.mesh)
    for (const auto& v : scene.mesh->vertices) points.push_back({v.cast<double>()});
  else
    points = DepthPoints(folder, scene, threads);
  std::vector<Rigid<frame::Cam<>, frame::World>> cameras;
  for (const Frame& frame : scene.frames) cameras.push_back(frame.cam_from_world);
  const auto up = UpFromCameras<frame::World>(cameras);
  const auto floor =
      FindFloor<frame::World>(points, up, RandomStream(0, {"align_floor", scene.id}));
  const auto num_points = static_cast<double>(points.size());
  if (!floor || static_cast<double>(floor->num_on) < kLeastShare * num_points) {
    report.notes.push_back("no floor was found: the world stays as it was");
    return {};
  }
  const auto world_from_source = AlignToFloor(floor->plane);
  report.notes.push_back(
      StrCat("the floor, ",
             FormatFixed(100 * static_cast<double>(floor->num_on) / num_points, 0),
             " % of the points, was made level at z = 0; its normal was ",
             FormatFixed(floor->plane.normal.x(), 3),
             ", ",
             FormatFixed(floor->plane.normal.y(), 3),
             ", ",
             FormatFixed(floor->plane.normal.z(), 3)));
  Move(world_from_source, scene);
  scene.aligned = true;
  return {};
}

}  // namespace spatium
