#pragma once
#include <Eigen/Core>
#include <optional>
#include <variant>

#include "spatium/geometry/camera.h"

namespace spatium {

// How lenses bend: each model maps a point (x / z, y / z) of the undistorted picture at depth 1 to
// where the lens shows it. Coefficients have no unit. A closed set: code that switches over it is
// told by the compiler when a model is added.
struct NoDistortion {};

// OpenCV's rational model with thin prism terms; COLMAP's SIMPLE_RADIAL, RADIAL, OPENCV and
// FULL_OPENCV are cases of it. With r^2 = x^2 + y^2:
//   x' = x (1 + k1 r^2 + k2 r^4 + k3 r^6) / (1 + k4 r^2 + k5 r^4 + k6 r^6)
//        + 2 p1 x y + p2 (r^2 + 2 x^2) + s1 r^2 + s2 r^4,     y' with p1, p2 swapped and s3, s4
struct RadialTangential {
  double k1 = 0, k2 = 0, p1 = 0, p2 = 0, k3 = 0, k4 = 0, k5 = 0, k6 = 0;
  double s1 = 0, s2 = 0, s3 = 0, s4 = 0;
};

// OpenCV's fisheye (Kannala, Brandt 2006); COLMAP's OPENCV_FISHEYE, RADIAL_FISHEYE,
// SIMPLE_RADIAL_FISHEYE. The angle from the axis, a = atan r, is shown at
// a (1 + k1 a^2 + k2 a^4 + k3 a^6 + k4 a^8).
struct Fisheye {
  double k1 = 0, k2 = 0, k3 = 0, k4 = 0;
};

// COLMAP's FOV (Devernay, Faugeras 2001): r is shown at atan(2 r tan(omega / 2)) / omega.
struct FieldOfView {
  double omega = 0;
};

// COLMAP's THIN_PRISM_FISHEYE: the fisheye's angles, then radial, tangential and prism terms.
struct ThinPrismFisheye {
  double k1 = 0, k2 = 0, p1 = 0, p2 = 0, k3 = 0, k4 = 0, sx1 = 0, sy1 = 0;
};

using Distortion =
    std::variant<NoDistortion, RadialTangential, Fisheye, FieldOfView, ThinPrismFisheye>;

// Where the lens shows the point (x / z, y / z). NaN in, NaN out.
Eigen::Vector2d Distort(const Distortion& lens, const Eigen::Vector2d& undistorted);

// The point that the lens shows at `distorted`, by Newton's method with step halving, to about
// 1e-12. Nothing if there is none (beyond the rim of the picture that the lens can make), if the
// steps do not converge, or if the solution lies behind a fold of the model, where polynomial
// lenses show far points a second time.
std::optional<Eigen::Vector2d> Undistort(const Distortion& lens, const Eigen::Vector2d& distorted);

// Whether the lens is one-to-one on the way from the axis to this undistorted point.
bool IsUnfolded(const Distortion& lens, const Eigen::Vector2d& undistorted);

// A pinhole camera behind a lens.
struct LensCamera {
  Pinhole pinhole;
  Distortion lens;

  // Where a point in front of the camera (z > 0) appears, inside the picture or not. Nothing if it
  // lies behind the camera or beyond a fold of the lens.
  std::optional<Pixel> Project(const Point<frame::Cam<>>& p_in_cam) const;
  // The point at `depth` (along z) that appears at `pixel`; nothing where Undistort has none.
  std::optional<Point<frame::Cam<>>> Unproject(Pixel pixel, Meters depth) const;
};

}  // namespace spatium
