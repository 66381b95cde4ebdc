#include <cmath>

#include "spatium/base/text.h"
#include "spatium/scene/check/context.h"

namespace spatium {
namespace {

// Chosen: no camera that people film rooms with is beyond these.
constexpr double kMaxOffCenter = 0.2;                    // of the image's side
constexpr double kMinHalfFov = 0.15, kMaxHalfFov = 2.2;  // tangent: 17 and 131 degrees in all
constexpr double kMaxAspect = 1.2;                       // fx / fy

void CheckPinhole(const Pinhole& camera,
                  std::string_view which,
                  const std::string& where,
                  std::vector<Problem>& problems) {
  const auto warn = [&](std::string message) {
    problems.push_back({Severity::kWarning, "intrinsics", where, std::move(message)});
  };
  const double w = camera.size.width, h = camera.size.height;
  if (std::abs(camera.cx - w / 2) > kMaxOffCenter * w ||
      std::abs(camera.cy - h / 2) > kMaxOffCenter * h)
    warn(StrCat("the ",
                which,
                " camera's principal point ",
                FormatFixed(camera.cx, 1),
                ", ",
                FormatFixed(camera.cy, 1),
                " is far from the middle of ",
                camera.size.width,
                "x",
                camera.size.height,
                ": intrinsics of another image size?"));
  const double half_fov = w / 2 / camera.fx;
  if (half_fov < kMinHalfFov || half_fov > kMaxHalfFov)
    warn(StrCat("the ",
                which,
                " camera's focal length ",
                FormatFixed(camera.fx, 1),
                " is unlikely for an image ",
                camera.size.width,
                " pixels wide"));
  const double aspect = camera.fx / camera.fy;
  if (aspect > kMaxAspect || aspect < 1 / kMaxAspect)
    warn(StrCat(
        "the ", which, " camera's pixels are not square: fx / fy = ", FormatFixed(aspect, 2)));
}

bool SameCamera(const Pinhole& a, const Pinhole& b) {
  return a.size == b.size && a.fx == b.fx && a.fy == b.fy && a.cx == b.cx && a.cy == b.cy;
}

}  // namespace

void CheckCameras(const CheckContext& context, std::vector<Problem>& problems) {
  const auto& frames = context.scene.frames;
  for (size_t i = 0; i < frames.size(); ++i) {
    // Each camera once, where it first appears.
    if (!frames[i].color_path.empty() &&
        (i == 0 || !SameCamera(frames[i].color, frames[i - 1].color)))
      CheckPinhole(frames[i].color, "colour", PlaceOf(frames[i]), problems);
    if (!frames[i].depth_path.empty() &&
        (i == 0 || !SameCamera(frames[i].depth, frames[i - 1].depth)))
      CheckPinhole(frames[i].depth, "depth", PlaceOf(frames[i]), problems);
  }
}

}  // namespace spatium
