#include "spatium/render/raster.h"

namespace spatium {
namespace {

// Parts between the camera and this plane are cut away before the extent of a triangle is taken; it
// lies before kMinDepth_m, so that rounding loses nothing that counts.
constexpr double kClipDepth_m = kMinDepth_m / 2;
constexpr double kSlack_px = 1e-3;  // far above the rounding of a projection

int Clamp(double value, int low, int high) {
  return value <= low ? low : value >= high ? high : static_cast<int>(value);
}

}  // namespace

Rasterizer::Extent Rasterizer::ExtentOf(const std::array<Eigen::Vector3d, 3>& p) const {
  double x0 = 1e300, x1 = -1e300, y0 = 1e300, y1 = -1e300;
  const auto add = [&](const Eigen::Vector3d& q) {
    const double inv = 1 / q.z(), x = q.x() * inv, y = q.y() * inv;
    x0 = std::min(x0, x), x1 = std::max(x1, x), y0 = std::min(y0, y), y1 = std::max(y1, y);
  };
  for (size_t i = 0; i < 3; ++i) {
    const auto &a = p[i], &b = p[(i + 1) % 3];
    const bool a_in = a.z() >= kClipDepth_m, b_in = b.z() >= kClipDepth_m;
    if (a_in) add(a);
    if (a_in != b_in) {
      Eigen::Vector3d cut = a + (b - a) * ((kClipDepth_m - a.z()) / (b.z() - a.z()));
      cut.z() = kClipDepth_m;
      add(cut);
    }
  }
  if (!(x0 <= x1)) return {0, 0, 0, 0};
  const auto to_column = [&](double x) { return (x * camera_.fx + camera_.cx - grid_.x0); };
  const auto to_row = [&](double y) { return (y * camera_.fy + camera_.cy - grid_.y0); };
  return {Clamp(std::ceil((to_column(x0) - kSlack_px) / grid_.step), 0, grid_.columns),
          Clamp(std::floor((to_column(x1) + kSlack_px) / grid_.step) + 1, 0, grid_.columns),
          Clamp(std::ceil((to_row(y0) - kSlack_px) / grid_.step), 0, grid_.rows),
          Clamp(std::floor((to_row(y1) + kSlack_px) / grid_.step) + 1, 0, grid_.rows)};
}

bool Rasterizer::MayShow(const Eigen::Vector3d& center,
                         const Eigen::Vector3d& half,
                         int row_begin,
                         int row_end) const {
  if (center.z() + half.z() < kMinDepth_m) return false;
  // Side planes through the camera half a step outside the outermost samples: n . p > 0 is outside.
  const auto outside = [&](double nx, double ny, double nz) {
    const double reach =
        std::abs(nx) * half.x() + std::abs(ny) * half.y() + std::abs(nz) * half.z();
    return nx * center.x() + ny * center.y() + nz * center.z() - reach > 0;
  };
  const double left = (grid_.x0 - grid_.step / 2 - camera_.cx) / camera_.fx;
  const double right = (grid_.x0 + grid_.step * (grid_.columns - 0.5) - camera_.cx) / camera_.fx;
  const double top = (grid_.y0 + grid_.step * (row_begin - 0.5) - camera_.cy) / camera_.fy;
  const double bottom = (grid_.y0 + grid_.step * (row_end - 0.5) - camera_.cy) / camera_.fy;
  return !outside(-1, 0, left) && !outside(1, 0, -right) && !outside(0, -1, top) &&
         !outside(0, 1, -bottom);
}

}  // namespace spatium
