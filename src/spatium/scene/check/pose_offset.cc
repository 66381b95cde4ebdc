#include <algorithm>

#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/scene/check/context.h"
#include "spatium/scene/pose_by_surfaces.h"

namespace spatium {
namespace {

// From either on a pose is called off (chosen: most frames of a real room keep below 2 cm and 1 %;
// at these, boxes of small things stand beside them).
constexpr double kOff_m = 0.045;
constexpr double kOffShare = 0.02;  // of the picture's width

MetricDepth InMeters(const DepthImage& raw, double unit_m) {
  MetricDepth depth(raw.width(), raw.height());
  for (size_t i = 0; i < raw.data().size(); ++i)
    depth.data()[i] = static_cast<float>(raw.data()[i] * unit_m);
  return depth;
}

}  // namespace

void CheckPoseOffset(const CheckContext& context, std::vector<Problem>& problems) {
  // Under a wrong depth unit no pose can be judged.
  for (const Problem& problem : problems)
    if (problem.kind == "depth_unit") return;
  const auto& maps = context.maps;
  const double unit_m = context.scene.depth_unit_m;
  std::vector<SurfacePoints> surfaces(maps.size());
  std::vector<PoseShift> shifts(maps.size());
  ParallelFor(maps.size(), 0, [&](size_t i) {
    const MetricDepth depth = InMeters(*maps[i].depth, unit_m);
    surfaces[i] = SampleSurface(depth, maps[i].camera, maps[i].cam_from_world);
  });
  ParallelFor(maps.size(), 0, [&](size_t i) {
    const MetricDepth depth = InMeters(*maps[i].depth, unit_m);
    const auto pose = PoseBySurfaces(depth, maps[i].camera, maps[i].cam_from_world, surfaces, i);
    if (pose) shifts[i] = ShiftBetween(maps[i].cam_from_world, *pose, maps[i].camera, surfaces[i]);
  });
  for (size_t k = 0, i = 0; k < context.depths.size(); ++k) {
    if (context.depths[k].empty()) continue;
    const PoseShift& shift = shifts[i++];
    if (shift.distance_m < kOff_m && shift.share_of_width < kOffShare) continue;
    problems.push_back({Severity::kWarning,
                        "pose_off",
                        PlaceOf(context.scene.frames[context.depth_frames[k]]),
                        StrCat("the other frames' surfaces put its camera elsewhere: what it shows "
                               "would lie ",
                               FormatFixed(100 * shift.distance_m, 1),
                               " cm and ",
                               FormatFixed(100 * shift.share_of_width, 1),
                               " % of the picture's width away (medians); boxes stand beside their "
                               "objects in it")});
  }
}

}  // namespace spatium
