#include <algorithm>

#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/scene/check/context.h"
#include "spatium/scene/surface_offset.h"

namespace spatium {
namespace {

constexpr int kColumns = 24;  // of the grid of points that other frames are compared with

MetricDepth InMeters(const DepthImage& raw, double unit_m) {
  MetricDepth depth(raw.width(), raw.height());
  for (size_t i = 0; i < raw.data().size(); ++i)
    depth.data()[i] = static_cast<float>(raw.data()[i] * unit_m);
  return depth;
}

std::vector<Point<frame::World>> PointsOf(const PosedDepth& map, double unit_m) {
  std::vector<Point<frame::World>> points;
  const auto world_from_cam = Inverse(map.cam_from_world);
  const int grid = std::max(1, map.depth->width() / kColumns);
  for (int y = grid / 2; y < map.depth->height(); y += grid)
    for (int x = grid / 2; x < map.depth->width(); x += grid)
      if (const uint16_t step = *map.depth->at(x, y); step > 0)
        points.push_back(world_from_cam *
                         map.camera.Unproject({x + 0.5, y + 0.5}, Meters(step * unit_m)));
  return points;
}

}  // namespace

void CheckPoseOffset(const CheckContext& context, std::vector<Problem>& problems) {
  // Under a wrong depth unit no pose can be judged.
  for (const Problem& problem : problems)
    if (problem.kind == "depth_unit") return;
  const auto& maps = context.maps;
  const double unit_m = context.scene.depth_unit_m;
  std::vector<std::vector<Point<frame::World>>> points(maps.size());
  std::vector<std::optional<double>> offset_m(maps.size());
  ParallelFor(maps.size(), 0, [&](size_t i) { points[i] = PointsOf(maps[i], unit_m); });
  ParallelFor(maps.size(), 0, [&](size_t i) {
    const MetricDepth depth = InMeters(*maps[i].depth, unit_m);
    SurfaceOffset offset(depth, maps[i].camera, maps[i].cam_from_world);
    for (size_t j = 0; j < maps.size(); ++j)
      if (j != i) offset.Add(points[j]);
    offset_m[i] = offset.MedianM();
  });
  for (size_t k = 0, i = 0; k < context.depths.size(); ++k) {
    if (context.depths[k].empty()) continue;
    if (const auto offset = offset_m[i++]; offset && *offset >= kPoseOff_m)
      problems.push_back({Severity::kWarning,
                          "pose_off",
                          PlaceOf(context.scene.frames[context.depth_frames[k]]),
                          StrCat("its surfaces lie ",
                                 FormatFixed(100 * *offset, 1),
                                 " cm (median) off those of the other frames: boxes stand beside "
                                 "their objects in it, and nothing is asked about it")});
  }
}

}  // namespace spatium
