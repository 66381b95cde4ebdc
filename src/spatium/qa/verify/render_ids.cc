#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "spatium/qa/verify/surface.h"

namespace spatium::verify {
namespace {

constexpr double kNear_m = 0.02;

// A vertex as the camera has it: pixels and the reciprocal of its depth.
struct ScreenPoint {
  double u = 0, v = 0, inverse_z = 0;
};

class Raster {
 public:
  Raster(const View& view, int width)
      : view_(view),
        scale_(width / view.width),
        ids_(width, std::max(1, static_cast<int>(std::lround(view.height * scale_))), -1),
        inverse_z_(ids_.data().size(), 0.0) {}

  // Draws a convex polygon of camera points, cut at the near plane.
  void Draw(const std::array<Offset, 3>& corners, int32_t id) {
    std::array<ScreenPoint, 4> polygon;
    size_t n = 0;
    for (size_t i = 0; i < 3; ++i) {
      const Offset &a = corners[i], &b = corners[(i + 1) % 3];
      if (a.ahead_m >= kNear_m) polygon[n++] = ToScreen(a);
      if ((a.ahead_m >= kNear_m) != (b.ahead_m >= kNear_m)) {
        const double s = (kNear_m - a.ahead_m) / (b.ahead_m - a.ahead_m);
        polygon[n++] = ToScreen({a.right_m + s * (b.right_m - a.right_m),
                                 a.down_m + s * (b.down_m - a.down_m),
                                 kNear_m});
      }
    }
    for (size_t i = 2; i < n; ++i) Fill(polygon[0], polygon[i - 1], polygon[i], id);
  }

  IdImage Take() { return std::move(ids_); }

 private:
  ScreenPoint ToScreen(const Offset& p) const {
    return {scale_ * (view_.cx + view_.fx * p.right_m / p.ahead_m),
            scale_ * (view_.cy + view_.fy * p.down_m / p.ahead_m),
            1 / p.ahead_m};
  }

  void Fill(const ScreenPoint& a, const ScreenPoint& b, const ScreenPoint& c, int32_t id) {
    const double area = (b.u - a.u) * (c.v - a.v) - (c.u - a.u) * (b.v - a.v);
    if (!(std::abs(area) > 1e-12)) return;
    const auto first = [](double low) { return static_cast<int>(std::ceil(low - 0.5)); };
    const auto clamp = [](double x, int limit) { return std::clamp(x, -1.0, limit + 1.0); };
    const int x_begin = std::max(0, first(clamp(std::min({a.u, b.u, c.u}), ids_.width())));
    const int x_end = std::min(ids_.width(), first(clamp(std::max({a.u, b.u, c.u}), ids_.width())));
    const int y_begin = std::max(0, first(clamp(std::min({a.v, b.v, c.v}), ids_.height())));
    const int y_end =
        std::min(ids_.height(), first(clamp(std::max({a.v, b.v, c.v}), ids_.height())));
    for (int y = y_begin; y < y_end; ++y)
      for (int x = x_begin; x < x_end; ++x) {
        const double u = x + 0.5, v = y + 0.5;
        const double wb = ((u - a.u) * (c.v - a.v) - (c.u - a.u) * (v - a.v)) / area;
        const double wc = ((b.u - a.u) * (v - a.v) - (u - a.u) * (b.v - a.v)) / area;
        const double wa = 1 - wb - wc;
        if (wa < 0 || wb < 0 || wc < 0) continue;
        // 1/z is linear on the screen.
        const double inverse_z = wa * a.inverse_z + wb * b.inverse_z + wc * c.inverse_z;
        double& nearest = inverse_z_[static_cast<size_t>(y) * static_cast<size_t>(ids_.width()) +
                                     static_cast<size_t>(x)];
        if (inverse_z <= nearest) continue;
        nearest = inverse_z;
        *ids_.at(x, y) = id;
      }
  }

  const View& view_;
  double scale_;
  IdImage ids_;
  std::vector<double> inverse_z_;
};

}  // namespace

IdImage RenderIds(const Mesh& mesh, const View& view, int width) {
  std::vector<Offset> seen(mesh.vertices.size());
  for (size_t i = 0; i < seen.size(); ++i) {
    const auto& v = mesh.vertices[i];
    seen[i] = Seen(view, {v.x(), v.y(), v.z()});
  }
  Raster raster(view, width);
  for (size_t i = 0; i < mesh.faces.size(); ++i) {
    const auto& face = mesh.faces[i];
    raster.Draw({seen[face[0]], seen[face[1]], seen[face[2]]}, mesh.FaceObject(i).value);
  }
  return raster.Take();
}

}  // namespace spatium::verify
