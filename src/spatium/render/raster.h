#pragma once
#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "spatium/geometry/camera.h"
#include "spatium/render/surface.h"
#include "spatium/render/triangle.h"

namespace spatium {

// Surfaces nearer than this to the camera's plane are not drawn.
inline constexpr double kMinDepth_m = 1e-3;

// A lattice of sample positions on a camera's image plane, which may reach beyond the image: sample
// (i, j) lies at pixel (x0 + step i, y0 + step j).
struct SampleGrid {
  int columns = 0, rows = 0;
  double x0 = 0.5, y0 = 0.5, step = 1;
  // One sample in the centre of each pixel.
  static SampleGrid OfPixels(ImageSize size) { return {size.width, size.height, 0.5, 0.5, 1}; }
};

// Draws triangles given in the camera's frame. Whether a sample is inside a triangle, and at what
// depth, is a pure function of the two (SampleTriangle), in double: spans and culling only leave
// out samples that cannot be inside. So nothing depends on order, threads or instruction sets.
class Rasterizer {
 public:
  Rasterizer(const Pinhole& camera, const SampleGrid& grid) : camera_(camera), grid_(grid) {
    dir_x_.reserve(static_cast<size_t>(std::max(0, grid.columns)));
    for (int i = 0; i < grid.columns; ++i)
      dir_x_.push_back((grid.x0 + grid.step * i - camera.cx) / camera.fx);
  }

  double DirX(int column) const { return dir_x_[static_cast<size_t>(column)]; }
  double DirY(int row) const { return (grid_.y0 + grid_.step * row - camera_.cy) / camera_.fy; }

  // Calls sink(column, row, depth) for each sample of rows [row_begin, row_end) inside the
  // triangle, with its depth along z >= kMinDepth_m.
  template <class Sink>
  void Draw(const std::array<Eigen::Vector3d, 3>& p, int row_begin, int row_end, Sink&& sink) const;

  // False if no part of a box in the camera's frame (centre, half extents) can be drawn in the
  // rows.
  bool MayShow(const Eigen::Vector3d& center,
               const Eigen::Vector3d& half,
               int row_begin,
               int row_end) const;

 private:
  struct Extent {
    int column_begin, column_end, row_begin, row_end;
  };
  Extent ExtentOf(const std::array<Eigen::Vector3d, 3>& p) const;

  Pinhole camera_;
  SampleGrid grid_;
  std::vector<double> dir_x_;
};

// A triangle in the camera's frame, its edge functions oriented so that all three are >= 0 where it
// is seen in front of the camera.
struct OrientedTriangle {
  EdgeFunctions edges;
  Eigen::Vector3d z;  // depths of the corners

  explicit OrientedTriangle(const std::array<Eigen::Vector3d, 3>& p)
      : edges(EdgeFunctions::Of(p[0], p[1], p[2])), z(p[0].z(), p[1].z(), p[2].z()) {
    const double volume = p[0].dot(edges.u);
    const double sign = volume > 0 ? 1 : volume < 0 ? -1 : 0;
    edges = {sign * edges.u, sign * edges.v, sign * edges.w};
  }
};

// Depth of the triangle along the direction (dx, dy, 1); 0 if it is not met in front of the camera.
inline double SampleTriangle(const OrientedTriangle& t, double dx, double dy) {
  const auto& e = t.edges;
  const double u = e.u.x() * dx + (e.u.y() * dy + e.u.z());
  const double v = e.v.x() * dx + (e.v.y() * dy + e.v.z());
  const double w = e.w.x() * dx + (e.w.y() * dy + e.w.z());
  if (!(u >= 0 && v >= 0 && w >= 0)) return 0;
  const double det = u + v + w;
  if (!(det > 0)) return 0;
  const double z = (u * t.z.x() + v * t.z.y() + w * t.z.z()) / det;
  return z >= kMinDepth_m ? z : 0;
}

template <class Sink>
void Rasterizer::Draw(const std::array<Eigen::Vector3d, 3>& p,
                      int row_begin,
                      int row_end,
                      Sink&& sink) const {
  const Extent extent = ExtentOf(p);
  row_begin = std::max(row_begin, extent.row_begin);
  row_end = std::min(row_end, extent.row_end);
  if (row_begin >= row_end || extent.column_begin >= extent.column_end) return;
  const OrientedTriangle triangle(p);
  const auto& e = triangle.edges;
  // Below this many columns the exact test is cheaper than the bounds of a row.
  constexpr int kNarrow = 12;
  const bool narrow = extent.column_end - extent.column_begin <= kNarrow;
  for (int row = row_begin; row < row_end; ++row) {
    const double dy = DirY(row);
    int begin = extent.column_begin, end = extent.column_end;
    if (!narrow) {
      double low = begin, high = end - 1;
      for (const Eigen::Vector3d* edge : {&e.u, &e.v, &e.w}) {
        const double rest = edge->y() * dy + edge->z();
        const double size = std::abs(edge->y() * dy) + std::abs(edge->z());
        // Edges nearly along the row bound nothing that rounding would not blur.
        if (!(std::abs(edge->x()) > 1e-9 * size)) continue;
        const double column =
            ((-rest / edge->x()) * camera_.fx + camera_.cx - grid_.x0) / grid_.step;
        if (edge->x() > 0)
          low = std::max(low, column - 1);
        else
          high = std::min(high, column + 1);
      }
      if (!(low <= high)) continue;
      begin = static_cast<int>(low);
      end = static_cast<int>(high) + 1;
    }
    const double ru = e.u.y() * dy + e.u.z(), rv = e.v.y() * dy + e.v.z(),
                 rw = e.w.y() * dy + e.w.z();
    for (int column = begin; column < end; ++column) {
      const double dx = dir_x_[static_cast<size_t>(column)];
      const double u = e.u.x() * dx + ru, v = e.v.x() * dx + rv, w = e.w.x() * dx + rw;
      if (!(u >= 0 && v >= 0 && w >= 0)) continue;
      const double det = u + v + w;
      if (!(det > 0)) continue;
      const double z = (u * triangle.z.x() + v * triangle.z.y() + w * triangle.z.z()) / det;
      if (z >= kMinDepth_m) sink(column, row, z);
    }
  }
}

}  // namespace spatium
