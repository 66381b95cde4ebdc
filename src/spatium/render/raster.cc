#include "spatium/render/raster.h"

namespace spatium {

Rasterizer::Extent Rasterizer::CutExtentOf(const std::array<const Corner*, 3>& corners) const {
  double x0 = 1e300, x1 = -1e300, y0 = 1e300, y1 = -1e300;
  const auto add = [&](const Corner& q) {
    x0 = std::min(x0, q.column), x1 = std::max(x1, q.column);
    y0 = std::min(y0, q.row), y1 = std::max(y1, q.row);
  };
  for (size_t i = 0; i < 3; ++i) {
    const Eigen::Vector3d &a = corners[i]->p, &b = corners[(i + 1) % 3]->p;
    const bool a_in = a.z() >= kClipDepth_m, b_in = b.z() >= kClipDepth_m;
    if (a_in) add(*corners[i]);
    if (a_in != b_in) {
      Eigen::Vector3d cut = a + (b - a) * ((kClipDepth_m - a.z()) / (b.z() - a.z()));
      cut.z() = kClipDepth_m;
      add(Place(cut));
    }
  }
  if (!(x0 <= x1)) return {0, 0, 0, 0};
  return Cells(x0, x1, y0, y1);
}

Rasterizer::Extent Rasterizer::ExtentOfBox(const Eigen::Vector3d& center,
                                           const Eigen::Vector3d& half) const {
  const double far = center.z() + half.z();
  if (!(far >= kClipDepth_m)) return {};
  const double near = std::max(center.z() - half.z(), kClipDepth_m);
  // Bounds of x / z over the box's part in front of the camera: each end at the depth that carries
  // it farthest out.
  const auto low = [&](double x) { return x / (x < 0 ? near : far); };
  const auto high = [&](double x) { return x / (x > 0 ? near : far); };
  const auto column = [&](double x) {
    return (x * camera_.fx + (camera_.cx - grid_.x0)) / grid_.step;
  };
  const auto row = [&](double y) {
    return (y * camera_.fy + (camera_.cy - grid_.y0)) / grid_.step;
  };
  return Cells(column(low(center.x() - half.x())),
               column(high(center.x() + half.x())),
               row(low(center.y() - half.y())),
               row(high(center.y() + half.y())));
}

}  // namespace spatium
