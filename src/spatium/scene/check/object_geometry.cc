#include <algorithm>
#include <set>

#include "spatium/base/text.h"
#include "spatium/scene/check/context.h"

namespace spatium {
namespace {

constexpr double kMargin_m = 0.05;  // depth noise and box rounding

// Frames whose depth looks at the box's centre past or at it, so that its surface should be there.
int64_t FramesThatLook(const CheckContext& context, const Object& object) {
  const double radius_m = object.box.size().norm() / 2;
  return std::count_if(context.maps.begin(), context.maps.end(), [&](const PosedDepth& map) {
    const auto p = map.cam_from_world * object.box.center();
    const auto pixel = map.camera.Project(p);
    if (!pixel || !map.camera.Contains(*pixel)) return false;
    const double measured_m =
        *map.depth->at(static_cast<int>(pixel->u), static_cast<int>(pixel->v)) *
        context.scene.depth_unit_m;
    return measured_m > p.v.z() - radius_m;
  });
}

}  // namespace

void CheckObjectGeometry(const CheckContext& context, std::vector<Problem>& problems) {
  if (context.points.empty()) return;
  const bool by_mesh = !context.point_object.empty();
  std::set<int32_t> with_vertices(context.point_object.begin(), context.point_object.end());
  for (const Object& object : context.scene.objects) {
    if (by_mesh) {
      if (!with_vertices.contains(object.id.value))
        problems.push_back({Severity::kWarning,
                            "no_geometry",
                            PlaceOf(object),
                            "no vertex of the mesh belongs to it"});
      continue;
    }
    const bool seen =
        std::any_of(context.points.begin(), context.points.end(), [&](const Eigen::Vector3f& p) {
          return object.box.Contains(Point<frame::World>{p.cast<double>()}, kMargin_m);
        });
    if (seen) continue;
    const int64_t frames = FramesThatLook(context, object);
    if (frames > 0)
      problems.push_back({Severity::kWarning,
                          "no_geometry",
                          PlaceOf(object),
                          StrCat(frames, " frames look at its box and measure nothing in it")});
    else
      problems.push_back(
          {Severity::kNote, "not_seen", PlaceOf(object), "no frame shows anything in its box"});
  }
}

}  // namespace spatium
