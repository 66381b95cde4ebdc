#pragma once
#include <algorithm>
#include <array>

#include "spatium/render/raster.h"

namespace spatium {

// A chunk's vertices as a camera sees them, and which of its triangles can cover a sample at all.
// In a fine mesh most do not: they fall between the samples, and are left out by four comparisons.
class PlacedChunk {
 public:
  static constexpr size_t kMaxVertices = 3 * Surface::kFacesPerChunk;

  void Place(const Surface::Chunk& chunk,
             const Rasterizer& raster,
             const Rigid<frame::Cam<>, frame::World>& cam_from_world) {
    const size_t n = chunk.x.size();
    const Eigen::Matrix3d& R = cam_from_world.R;
    const Eigen::Vector3d& t = cam_from_world.t;
    const Rasterizer::Mapping m = raster.mapping();
    // The same expressions as PointInCam and Rasterizer::Place, over arrays so that the compiler
    // makes vectors of them.
    for (size_t i = 0; i < n; ++i) {
      const double x = chunk.x[i], y = chunk.y[i], z = chunk.z[i];
      x_[i] = R(0, 0) * x + R(0, 1) * y + R(0, 2) * z + t.x();
      y_[i] = R(1, 0) * x + R(1, 1) * y + R(1, 2) * z + t.y();
      z_[i] = R(2, 0) * x + R(2, 1) * y + R(2, 2) * z + t.z();
    }
    for (size_t i = 0; i < n; ++i) {
      const double inv = 1 / z_[i];
      column_[i] = (x_[i] * inv * m.fx + m.column0) / m.step;
      row_[i] = (y_[i] * inv * m.fy + m.row0) / m.step;
    }
    for (size_t i = 0; i < n; ++i) bounds_[i] = BoundsOf(i, m);
  }

  // Whether the triangle may cover a sample of these rows.
  bool MayCover(const std::array<uint8_t, 3>& corners, int row_begin, int row_end) const {
    const Bounds b = Lower(Lower(bounds_[corners[0]], bounds_[corners[1]]), bounds_[corners[2]]);
    return b[0] < -b[1] && std::max(b[2], row_begin) < std::min(-b[3], row_end);
  }

  Rasterizer::Corner corner(size_t i) const { return {{x_[i], y_[i], z_[i]}, column_[i], row_[i]}; }

 private:
  // First column, - end column, first row, - end row of what a vertex alone could reach. A
  // triangle's is the lowest of its corners' in each.
  using Bounds = int32_t __attribute__((vector_size(16)));
  static Bounds Lower(const Bounds& a, const Bounds& b) { return a < b ? a : b; }

  Bounds BoundsOf(size_t i, const Rasterizer::Mapping& m) const {
    // Cut by the near plane it may reach anything.
    if (!(z_[i] >= kClipDepth_m)) return {0, -m.columns, 0, -m.rows};
    return {Rasterizer::FirstCell(column_[i], m.columns),
            -Rasterizer::EndCell(column_[i], m.columns),
            Rasterizer::FirstCell(row_[i], m.rows),
            -Rasterizer::EndCell(row_[i], m.rows)};
  }

  std::array<double, kMaxVertices> x_, y_, z_, column_, row_;
  std::array<Bounds, kMaxVertices> bounds_;
};

}  // namespace spatium
