#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/scene/check/context.h"

namespace spatium {
namespace {

constexpr double kTiny_m = 0.01;       // chosen: below what depth cameras resolve
constexpr double kHuge_m = 15.0;       // chosen: no piece of furniture
constexpr double kBeyondRoom_m = 0.5;  // a box may reach so far beyond everything measured

std::string SizeText(const Eigen::Vector3d& size) {
  return StrCat(FormatFixed(size.x(), 2),
                " x ",
                FormatFixed(size.y(), 2),
                " x ",
                FormatFixed(size.z(), 2),
                " m");
}

}  // namespace

void CheckSizes(const CheckContext& context, std::vector<Problem>& problems) {
  constexpr size_t kEnough = 100;
  Eigen::Vector3d lo = Eigen::Vector3d::Constant(1e30), hi = -lo;
  for (const auto& p : context.points) {
    lo = lo.cwiseMin(p.cast<double>());
    hi = hi.cwiseMax(p.cast<double>());
  }
  for (const Object& object : context.scene.objects) {
    if (IsStructure(object)) continue;
    const Eigen::Vector3d size = object.box.size();
    const auto add = [&](Severity severity, const char* kind, std::string_view why) {
      problems.push_back(
          {severity, kind, PlaceOf(object), StrCat("its box is ", SizeText(size), ": ", why)});
    };
    if (size.maxCoeff() < kTiny_m)
      add(Severity::kWarning, "tiny_box", "too small to be seen");
    else if (size.minCoeff() <= 0)
      add(Severity::kNote, "flat_box", "it has no volume");
    if (size.maxCoeff() > kHuge_m)
      add(Severity::kWarning, "huge_box", "larger than anything in a room");
    if (context.points.size() < kEnough) continue;
    const Eigen::Vector3d c = object.box.center().v;
    if (((c - lo).array() < -kBeyondRoom_m).any() || ((hi - c).array() < -kBeyondRoom_m).any())
      add(Severity::kWarning, "outside", "its centre lies outside everything that was measured");
  }
}

}  // namespace spatium
