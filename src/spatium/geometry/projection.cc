#include "spatium/geometry/projection.h"

#include <algorithm>
#include <vector>

namespace spatium {
namespace {

using CamPoint = Point<frame::Cam<>>;

Eigen::Vector2d ToPixel(const Pinhole& camera, const Eigen::Vector3d& p) {
  return {camera.fx * p.x() / p.z() + camera.cx, camera.fy * p.y() / p.z() + camera.cy};
}
// Where the way from a to b crosses z = near; the same bits in either direction.
Eigen::Vector3d AtPlane(Eigen::Vector3d a, Eigen::Vector3d b, double near) {
  if (a.z() > b.z()) std::swap(a, b);
  Eigen::Vector3d p = a + (b - a) * ((near - a.z()) / (b.z() - a.z()));
  p.z() = near;
  return p;
}
bool Crosses(const Eigen::Vector3d& a, const Eigen::Vector3d& b, double near) {
  return (a.z() < near) != (b.z() < near);
}

}  // namespace

std::optional<std::pair<Pixel, Pixel>> ProjectSegment(const Pinhole& camera,
                                                      const CamPoint& a,
                                                      const CamPoint& b,
                                                      Meters near) {
  if (!a.v.allFinite() || !b.v.allFinite()) return std::nullopt;
  const double n = near.m();
  if (a.v.z() < n && b.v.z() < n) return std::nullopt;
  const auto p = ToPixel(camera, a.v.z() < n ? AtPlane(a.v, b.v, n) : a.v);
  const auto q = ToPixel(camera, b.v.z() < n ? AtPlane(a.v, b.v, n) : b.v);
  return std::pair(Pixel{p.x(), p.y()}, Pixel{q.x(), q.y()});
}

Polygon2 ProjectPolygon(const Pinhole& camera, std::span<const CamPoint> corners, Meters near) {
  Polygon2 out;
  for (size_t i = 0; i < corners.size(); ++i) {
    const auto &a = corners[i].v, &b = corners[(i + 1) % corners.size()].v;
    if (!a.allFinite()) return {};
    if (a.z() >= near.m()) out.push_back(ToPixel(camera, a));
    if (Crosses(a, b, near.m())) out.push_back(ToPixel(camera, AtPlane(a, b, near.m())));
  }
  return out;
}

Polygon2 ProjectBox(const Pinhole& camera, const std::array<CamPoint, 8>& corners, Meters near) {
  // In front of the camera the picture of a hull is the hull of the pictures.
  Polygon2 pixels;
  for (size_t i = 0; i < 8; ++i) {
    const auto& a = corners[i].v;
    if (!a.allFinite()) return {};
    if (a.z() >= near.m()) pixels.push_back(ToPixel(camera, a));
    for (const size_t bit : {1u, 2u, 4u})  // the edges that leave corner i upwards
      if (!(i & bit) && Crosses(a, corners[i | bit].v, near.m()))
        pixels.push_back(ToPixel(camera, AtPlane(a, corners[i | bit].v, near.m())));
  }
  return ConvexHull(pixels);
}

Polygon2 ClipToPicture(std::span<const Eigen::Vector2d> polygon, ImageSize size) {
  return ClipToRectangle(polygon, {0, 0}, {size.width, size.height});
}

std::optional<PixelBox> BoundsOf(std::span<const Eigen::Vector2d> polygon) {
  if (polygon.empty()) return std::nullopt;
  Eigen::Vector2d low = polygon[0], high = low;
  for (const auto& p : polygon) low = low.cwiseMin(p), high = high.cwiseMax(p);
  return PixelBox{low.x(), low.y(), high.x(), high.y()};
}

}  // namespace spatium
