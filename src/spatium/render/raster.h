#pragma once
#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <vector>

#include "spatium/geometry/camera.h"
#include "spatium/render/surface.h"
#include "spatium/render/triangle.h"

namespace spatium {

// Surfaces nearer than this to the camera's plane are not drawn.
inline constexpr double kMinDepth_m = 1e-3;
// Parts between the camera and this plane are cut away before the extent of a triangle is taken; it
// lies before kMinDepth_m, so that rounding loses nothing that counts.
inline constexpr double kClipDepth_m = kMinDepth_m / 2;

// A lattice of sample positions on a camera's image plane, which may reach beyond the image: sample
// (i, j) lies at pixel (x0 + step i, y0 + step j).
struct SampleGrid {
  int columns = 0, rows = 0;
  double x0 = 0.5, y0 = 0.5, step = 1;
  // One sample in the centre of each pixel.
  static SampleGrid OfPixels(ImageSize size) { return {size.width, size.height, 0.5, 0.5, 1}; }
};

// A point of World in the camera's frame, as drawing rounds it: the one order of additions.
inline Eigen::Vector3d PointInCam(const Rigid<frame::Cam<>, frame::World>& cam_from_world,
                                  const Eigen::Vector3d& p) {
  const auto& R = cam_from_world.R;
  const auto& t = cam_from_world.t;
  return {R(0, 0) * p.x() + R(0, 1) * p.y() + R(0, 2) * p.z() + t.x(),
          R(1, 0) * p.x() + R(1, 1) * p.y() + R(1, 2) * p.z() + t.y(),
          R(2, 0) * p.x() + R(2, 1) * p.y() + R(2, 2) * p.z() + t.z()};
}

// Draws triangles given in the camera's frame. Whether a sample is inside a triangle, and at what
// depth, is a pure function of the two (SampleTriangle), in double: spans and culling only leave
// out samples that cannot be inside. So nothing depends on order, threads or instruction sets.
class Rasterizer {
 public:
  Rasterizer(const Pinhole& camera, const SampleGrid& grid) : camera_(camera), grid_(grid) {
    dir_x_.reserve(static_cast<size_t>(std::max(0, grid.columns)) + 1);
    for (int i = 0; i < grid.columns; ++i)
      dir_x_.push_back((grid.x0 + grid.step * i - camera.cx) / camera.fx);
    dir_x_.push_back(0);  // read, never used
  }

  // [begin, end) of columns and rows.
  struct Extent {
    int column_begin = 0, column_end = 0, row_begin = 0, row_end = 0;
    bool empty() const { return column_begin >= column_end || row_begin >= row_end; }
  };

  double DirX(int column) const { return dir_x_[static_cast<size_t>(column)]; }
  double DirY(int row) const { return (grid_.y0 + grid_.step * row - camera_.cy) / camera_.fy; }

  // What places a point of the camera's frame on the grid: column = (x / z fx + column0) / step.
  struct Mapping {
    double fx, fy, column0, row0, step;
    int columns, rows;
  };
  Mapping mapping() const {
    return {camera_.fx,
            camera_.fy,
            camera_.cx - grid_.x0,
            camera_.cy - grid_.y0,
            grid_.step,
            grid_.columns,
            grid_.rows};
  }

  // A corner in the camera's frame with its place on the grid (columns, rows).
  struct Corner {
    Eigen::Vector3d p;
    double column, row;  // meaningless before kClipDepth_m
  };
  Corner Place(const Eigen::Vector3d& p_in_cam) const {
    const double inv = 1 / p_in_cam.z();
    return {p_in_cam,
            (p_in_cam.x() * inv * camera_.fx + (camera_.cx - grid_.x0)) / grid_.step,
            (p_in_cam.y() * inv * camera_.fy + (camera_.cy - grid_.y0)) / grid_.step};
  }

  // The first cell, and one after the last, whose sample may lie at or after (before) a place on
  // the grid. Values are made harmless before they become integers; no library call, as this runs
  // once per vertex.
  static int FirstCell(double place, int limit) {
    const double x = std::min(std::max(place - kSlack, 0.0), static_cast<double>(limit));
    const int i = static_cast<int>(x);
    return i + (x > i);
  }
  static int EndCell(double place, int limit) {
    return static_cast<int>(
        std::min(std::max(place + kSlack + 1, 0.0), static_cast<double>(limit)));
  }

  // Calls sink(column, row, depth) for each sample of rows [row_begin, row_end) inside the
  // triangle, with its depth along z >= kMinDepth_m, but for those of which
  // sink.Hidden(column, row, low) says that no depth >= low would matter.
  template <class Sink>
  void Draw(const Corner& a,
            const Corner& b,
            const Corner& c,
            int row_begin,
            int row_end,
            Sink&& sink) const;

  // Samples in which a part of a box in the camera's frame (centre, half extents) may be drawn;
  // empty if it is out of view.
  Extent ExtentOfBox(const Eigen::Vector3d& center, const Eigen::Vector3d& half) const;

 private:
  Extent ExtentOf(const Corner& a, const Corner& b, const Corner& c) const;
  Extent CutExtentOf(const std::array<const Corner*, 3>& corners) const;
  Extent Cells(double column0, double column1, double row0, double row1) const;
  static constexpr double kSlack = 1e-3;  // cells; far above the rounding of a projection
  struct RowBounds;
  RowBounds RowBoundsOf(const EdgeFunctions& e, int row_begin, int row_end) const;

  Pinhole camera_;
  SampleGrid grid_;
  std::vector<double> dir_x_;
};

// A triangle in the camera's frame, its edge functions oriented so that all three are >= 0 where it
// is seen in front of the camera.
struct OrientedTriangle {
  EdgeFunctions edges;
  Eigen::Vector3d z;  // depths of the corners

  OrientedTriangle(const Eigen::Vector3d& a, const Eigen::Vector3d& b, const Eigen::Vector3d& c)
      : edges(EdgeFunctions::Of(a, b, c)), z(a.z(), b.z(), c.z()) {
    const double volume = a.dot(edges.u);
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

// Columns and rows whose samples may lie within these bounds.
inline Rasterizer::Extent Rasterizer::Cells(double column0,
                                            double column1,
                                            double row0,
                                            double row1) const {
  return {FirstCell(column0, grid_.columns),
          EndCell(column1, grid_.columns),
          FirstCell(row0, grid_.rows),
          EndCell(row1, grid_.rows)};
}

inline Rasterizer::Extent Rasterizer::ExtentOf(const Corner& a,
                                               const Corner& b,
                                               const Corner& c) const {
  if (a.p.z() >= kClipDepth_m && b.p.z() >= kClipDepth_m && c.p.z() >= kClipDepth_m) [[likely]]
    return Cells(std::min(std::min(a.column, b.column), c.column),
                 std::max(std::max(a.column, b.column), c.column),
                 std::min(std::min(a.row, b.row), c.row),
                 std::max(std::max(a.row, b.row), c.row));
  return CutExtentOf({&a, &b, &c});
}

// Where the three edges cross a row: column = offset + slope * dy for each, a bound from below
// (edge function rising along the row) or above.
struct Rasterizer::RowBounds {
  struct Line {
    double offset = 0, slope = 0;
    int side = 0;  // 1: columns from here on, -1: up to here, 0: no bound
  };
  std::array<Line, 3> lines;
  void Narrow(double dy, int& begin, int& end) const {
    double low = begin, high = end - 1;
    for (const Line& line : lines) {
      const double column = line.offset + line.slope * dy;
      if (line.side > 0) low = std::max(low, column - 1);
      if (line.side < 0) high = std::min(high, column + 1);
    }
    if (low <= high) {
      begin = static_cast<int>(low);
      end = static_cast<int>(high) + 1;
    } else {
      end = begin;
    }
  }
};

inline Rasterizer::RowBounds Rasterizer::RowBoundsOf(const EdgeFunctions& e,
                                                     int row_begin,
                                                     int row_end) const {
  const double reach = std::max(std::abs(DirY(row_begin)), std::abs(DirY(row_end)));
  RowBounds out;
  const std::array<const Eigen::Vector3d*, 3> edges{&e.u, &e.v, &e.w};
  for (size_t i = 0; i < 3; ++i) {
    const Eigen::Vector3d& f = *edges[i];
    // Edges nearly along the row bound nothing that rounding would not blur.
    if (!(std::abs(f.x()) > 1e-9 * (std::abs(f.y()) * reach + std::abs(f.z())))) continue;
    const double scale = camera_.fx / (f.x() * grid_.step);
    out.lines[i] = {
        (camera_.cx - grid_.x0) / grid_.step - f.z() * scale, -f.y() * scale, f.x() > 0 ? 1 : -1};
  }
  return out;
}

template <class Sink>
void Rasterizer::Draw(const Corner& a,
                      const Corner& b,
                      const Corner& c,
                      int row_begin,
                      int row_end,
                      Sink&& sink) const {
  const Extent extent = ExtentOf(a, b, c);
  row_begin = std::max(row_begin, extent.row_begin);
  row_end = std::min(row_end, extent.row_end);
  if (row_begin >= row_end || extent.column_begin >= extent.column_end) return;
  const OrientedTriangle triangle(a.p, b.p, c.p);
  const auto& e = triangle.edges;
  // No sample is nearer than the nearest corner, rounding of the depth included.
  const double z_low = triangle.z.minCoeff() * (1 - 1e-12);
  // Below this many columns the exact test is cheaper than the bounds of a row.
  constexpr int kNarrow = 12;
  const bool narrow = extent.column_end - extent.column_begin <= kNarrow;
  const RowBounds bounds = narrow ? RowBounds{} : RowBoundsOf(e, row_begin, row_end);

  using Pair = double __attribute__((vector_size(16)));
  const Pair ux = {e.u.x(), e.u.x()}, vx = {e.v.x(), e.v.x()}, wx = {e.w.x(), e.w.x()};
  for (int row = row_begin; row < row_end; ++row) {
    const double dy = DirY(row);
    int begin = extent.column_begin, end = extent.column_end;
    if (!narrow) bounds.Narrow(dy, begin, end);
    const double ru = e.u.y() * dy + e.u.z(), rv = e.v.y() * dy + e.v.z(),
                 rw = e.w.y() * dy + e.w.z();
    const Pair ru2 = {ru, ru}, rv2 = {rv, rv}, rw2 = {rw, rw};
    // Two columns at once; dir_x_ has one entry to spare.
    for (int pair = begin; pair < end; pair += 2) {
      Pair dx;
      std::memcpy(&dx, &dir_x_[static_cast<size_t>(pair)], sizeof dx);
      const Pair u = ux * dx + ru2, v = vx * dx + rv2, w = wx * dx + rw2;
      const Pair zero = {0, 0};
      const auto inside = (u >= zero) & (v >= zero) & (w >= zero);
      if (!(inside[0] | inside[1])) continue;
      for (int lane = 0; lane < 2; ++lane) {
        const int column = pair + lane;
        if (!inside[lane] || column >= end || sink.Hidden(column, row, z_low)) continue;
        const double det = u[lane] + v[lane] + w[lane];
        if (!(det > 0)) continue;
        const double z =
            (u[lane] * triangle.z.x() + v[lane] * triangle.z.y() + w[lane] * triangle.z.z()) / det;
        if (z >= kMinDepth_m) sink(column, row, z);
      }
    }
  }
}

}  // namespace spatium
