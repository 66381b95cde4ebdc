#pragma once
#include <Eigen/Core>
#include <optional>

#include "spatium/geometry/frames.h"

namespace spatium {

// A position in a picture, in pixels: the centre of the first pixel is (0.5, 0.5).
struct Pixel {
  double u = 0, v = 0;
};

// An axis-aligned box in a picture, in pixels: pixel column i covers [i, i + 1).
struct PixelBox {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  double width() const { return x1 - x0; }
  double height() const { return y1 - y0; }
  double area() const { return width() * height(); }
};

struct ImageSize {
  int width = 0, height = 0;
  friend bool operator==(ImageSize, ImageSize) = default;
};

// A pinhole camera without distortion: u = fx x / z + cx. Principal point in the house convention
// (first pixel's centre at 0.5): readers of formats that put it at 0 add 0.5.
struct Pinhole {
  ImageSize size;
  double fx = 0, fy = 0, cx = 0, cy = 0;

  // Where a point in front of the camera (z > 0) appears, inside the picture or not; else nothing.
  std::optional<Pixel> Project(const Point<frame::Cam<>>& p_in_cam) const {
    if (!(p_in_cam.v.z() > 0)) return std::nullopt;
    return Pixel{fx * p_in_cam.v.x() / p_in_cam.v.z() + cx,
                 fy * p_in_cam.v.y() / p_in_cam.v.z() + cy};
  }
  // The point at `depth` (along z) that appears at `pixel`.
  Point<frame::Cam<>> Unproject(Pixel pixel, Meters depth) const {
    return {{(pixel.u - cx) / fx * depth.m(), (pixel.v - cy) / fy * depth.m(), depth.m()}};
  }
  bool Contains(Pixel p) const {
    return p.u >= 0 && p.v >= 0 && p.u < size.width && p.v < size.height;
  }
};

}  // namespace spatium
