#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/scene/check/context.h"

namespace spatium {
namespace {

constexpr double kTouch_m = 0.08;       // chosen: voxel size of scans plus annotation slack
constexpr double kFloor_m = 0.15;       // a bottom below this stands on the floor
constexpr double kBelowFloor_m = 0.25;  // a bottom below minus this is under it

// Whether something measured lies just outside the box: a wall, a ceiling, a surface beneath.
bool TouchesSurface(const CheckContext& context, const Object& object) {
  for (size_t i = 0; i < context.points.size(); ++i) {
    if (!context.point_object.empty() && context.point_object[i] == object.id.value) continue;
    const Point<frame::World> p{context.points[i].cast<double>()};
    if (object.box.Contains(p, kTouch_m) && !object.box.Contains(p)) return true;
  }
  return false;
}

bool TouchesObject(const CheckContext& context, const Object& object) {
  return std::any_of(
      context.scene.objects.begin(), context.scene.objects.end(), [&](const Object& other) {
        if (other.id == object.id) return false;
        const Eigen::Vector3d gap =
            (object.box.min - other.box.max).cwiseMax(other.box.min - object.box.max);
        return gap.maxCoeff() <= kTouch_m;
      });
}

}  // namespace

void CheckFloating(const CheckContext& context, std::vector<Problem>& problems) {
  if (!context.scene.aligned) return;
  for (const Object& object : context.scene.objects) {
    const double bottom_m = object.box.min.z();
    if (bottom_m < -kBelowFloor_m)
      problems.push_back(
          {Severity::kWarning,
           "below_floor",
           PlaceOf(object),
           StrCat("its box begins ", FormatFixed(-bottom_m, 2), " m below the floor")});
    if (bottom_m <= kFloor_m || context.points.empty()) continue;
    if (TouchesObject(context, object) || TouchesSurface(context, object)) continue;
    problems.push_back({Severity::kWarning,
                        "floats",
                        PlaceOf(object),
                        StrCat("its box begins ",
                               FormatFixed(bottom_m, 2),
                               " m above the floor and touches nothing that was measured")});
  }
}

}  // namespace spatium
