#include "spatium/visibility/project.h"

#include <algorithm>

#include "spatium/geometry/projection.h"

namespace spatium {

std::optional<PixelBox> ProjectExtent(const Aabb<frame::World>& box,
                                      const Pinhole& camera,
                                      const CamFromWorld& cam_from_world) {
  return BoundsOf(ProjectBox(camera, cam_from_world, box, Meters(1e-3)));
}

std::optional<PixelBox> Intersect(const PixelBox& a, const PixelBox& b) {
  const PixelBox c{
      std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
  if (!(c.x0 < c.x1 && c.y0 < c.y1)) return std::nullopt;
  return c;
}

}  // namespace spatium
