#include <algorithm>
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/scene/check/context.h"

namespace spatium {

void CheckGravity(const CheckContext& context, std::vector<Problem>& problems) {
  if (!context.scene.aligned) {
    problems.push_back({Severity::kNote,
                        "not_aligned",
                        "scene",
                        "no axis alignment was given: z need not be up, and nothing that depends "
                        "on up can be trusted"});
    return;
  }
  if (context.scene.frames.empty()) return;
  double up = 0;  // mean of the z part of the cameras' up directions
  for (const Frame& frame : context.scene.frames) up -= frame.cam_from_world.R(1, 2);
  up /= static_cast<double>(context.scene.frames.size());
  constexpr double kUpsideDown = -0.3, kSideways = 0.3;  // people hold cameras upright
  if (up < kUpsideDown)
    problems.push_back({Severity::kError,
                        "upside_down",
                        "scene",
                        StrCat("the pictures' up points down in the world (mean z ",
                               FormatFixed(up, 2),
                               "): the axis alignment is upside down")});
  else if (up < kSideways)
    problems.push_back({Severity::kWarning,
                        "tilted",
                        "scene",
                        StrCat("the pictures' up has a mean z of ",
                               FormatFixed(up, 2),
                               ": the axis alignment or the poses may not be z up")});
}

void CheckFloor(const CheckContext& context, std::vector<Problem>& problems) {
  constexpr size_t kEnough = 100;
  constexpr double kLow = 0.02;          // quantile that is taken for the floor
  constexpr double kTolerance_m = 0.35;  // chosen: noise and steps stay below
  if (!context.scene.aligned || context.points.size() < kEnough) return;
  std::vector<float> z(context.points.size());
  for (size_t i = 0; i < z.size(); ++i) z[i] = context.points[i].z();
  const auto low = z.begin() + static_cast<std::ptrdiff_t>(kLow * static_cast<double>(z.size()));
  std::nth_element(z.begin(), low, z.end());
  if (std::abs(*low) > kTolerance_m)
    problems.push_back({Severity::kWarning,
                        "floor_height",
                        "scene",
                        StrCat("the lowest surfaces lie at z = ",
                               FormatFixed(static_cast<double>(*low), 2),
                               " m, an aligned floor at 0")});
}

}  // namespace spatium
