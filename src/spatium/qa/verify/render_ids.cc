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

// A rectangle of a screen's pixels: begin <= i < end.
struct Window {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

class Raster {
 public:
  // `scale` pixels of the screen for one of the view's.
  Raster(const View& view, double scale, const Window& window)
      : view_(view),
        scale_(scale),
        window_(window),
        ids_(window.x1 - window.x0, window.y1 - window.y0, -1),
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
    // The first pixel whose centre is not below, within the window.
    const auto first = [](double low, int begin, int end) {
      return static_cast<int>(std::clamp(std::ceil(low - 0.5), 1.0 * begin, 1.0 * end));
    };
    const auto [u_low, u_high] = std::minmax({a.u, b.u, c.u});
    const auto [v_low, v_high] = std::minmax({a.v, b.v, c.v});
    const int x_begin = first(u_low, window_.x0, window_.x1);
    const int x_end = first(u_high, window_.x0, window_.x1);
    const int y_begin = first(v_low, window_.y0, window_.y1);
    const int y_end = first(v_high, window_.y0, window_.y1);
    for (int y = y_begin; y < y_end; ++y)
      for (int x = x_begin; x < x_end; ++x) {
        const double u = x + 0.5, v = y + 0.5;
        const double wb = ((u - a.u) * (c.v - a.v) - (c.u - a.u) * (v - a.v)) / area;
        const double wc = ((b.u - a.u) * (v - a.v) - (u - a.u) * (b.v - a.v)) / area;
        const double wa = 1 - wb - wc;
        if (wa < 0 || wb < 0 || wc < 0) continue;
        // 1/z is linear on the screen.
        const double inverse_z = wa * a.inverse_z + wb * b.inverse_z + wc * c.inverse_z;
        const int column = x - window_.x0, row = y - window_.y0;
        double& nearest = inverse_z_[static_cast<size_t>(row) * static_cast<size_t>(ids_.width()) +
                                     static_cast<size_t>(column)];
        if (inverse_z <= nearest) continue;
        nearest = inverse_z;
        *ids_.at(column, row) = id;
      }
  }

  const View& view_;
  double scale_;
  Window window_;
  IdImage ids_;
  std::vector<double> inverse_z_;
};

Window Screen(const View& view, int width) {
  return {
      0, 0, width, std::max(1, static_cast<int>(std::lround(view.height * width / view.width)))};
}

Offset SeenVertex(const Mesh& mesh, const View& view, size_t vertex_idx) {
  const auto& v = mesh.vertices[vertex_idx];
  return Seen(view, {v.x(), v.y(), v.z()});
}

}  // namespace

IdImage RenderIds(const Mesh& mesh, const View& view, int width) {
  std::vector<Offset> seen(mesh.vertices.size());
  for (size_t i = 0; i < seen.size(); ++i) seen[i] = SeenVertex(mesh, view, i);
  Raster raster(view, width / view.width, Screen(view, width));
  for (size_t i = 0; i < mesh.faces.size(); ++i) {
    const auto& face = mesh.faces[i];
    raster.Draw({seen[face[0]], seen[face[1]], seen[face[2]]}, mesh.FaceObject(i).value);
  }
  return raster.Take();
}

int64_t CountPixelsAlone(const Mesh& mesh,
                         std::span<const size_t> face_idxs,
                         const View& view,
                         int width) {
  const double scale = width / view.width;
  const Window screen = Screen(view, width);
  const Window canvas{-screen.x1, -screen.y1, 2 * screen.x1, 2 * screen.y1};
  std::vector<std::array<Offset, 3>> corners;
  corners.reserve(face_idxs.size());
  // Only the part of the canvas that the faces reach; all of it if one comes too near to tell.
  double u0 = canvas.x1, v0 = canvas.y1, u1 = canvas.x0, v1 = canvas.y0;
  for (const size_t i : face_idxs) {
    const auto& face = mesh.faces[i];
    std::array<Offset, 3>& own = corners.emplace_back();
    for (size_t k = 0; k < 3; ++k) {
      own[k] = SeenVertex(mesh, view, face[k]);
      const bool tells = own[k].ahead_m >= kNear_m;
      const double u = scale * (view.cx + view.fx * own[k].right_m / own[k].ahead_m);
      const double v = scale * (view.cy + view.fy * own[k].down_m / own[k].ahead_m);
      u0 = std::min(u0, tells ? u : canvas.x0), u1 = std::max(u1, tells ? u : canvas.x1);
      v0 = std::min(v0, tells ? v : canvas.y0), v1 = std::max(v1, tells ? v : canvas.y1);
    }
  }
  const auto within = [](double x, int low, int high) {
    return static_cast<int>(std::clamp(std::floor(x), 1.0 * low, 1.0 * high));
  };
  const Window reached{within(u0, canvas.x0, canvas.x1),
                       within(v0, canvas.y0, canvas.y1),
                       within(u1 + 1, canvas.x0, canvas.x1),
                       within(v1 + 1, canvas.y0, canvas.y1)};
  if (reached.x0 >= reached.x1 || reached.y0 >= reached.y1) return 0;
  Raster raster(view, scale, reached);
  for (const auto& own : corners) raster.Draw(own, 0);
  const IdImage drawn = raster.Take();
  return std::ranges::count(drawn.data(), 0);
}

}  // namespace spatium::verify
