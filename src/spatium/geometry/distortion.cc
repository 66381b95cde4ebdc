#include "spatium/geometry/distortion.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "spatium/geometry/trig.h"

namespace spatium {
namespace {

using Eigen::Matrix2d;
using Eigen::Vector2d;

// A number with its derivatives by x and y.
struct Jet {
  double v = 0, dx = 0, dy = 0;
  Jet(double value) : v(value) {}
  Jet(double value, double by_x, double by_y) : v(value), dx(by_x), dy(by_y) {}
};
Jet operator+(Jet a, Jet b) { return {a.v + b.v, a.dx + b.dx, a.dy + b.dy}; }
Jet operator*(Jet a, Jet b) {
  return {a.v * b.v, a.v * b.dx + b.v * a.dx, a.v * b.dy + b.v * a.dy};
}
Jet operator/(Jet a, Jet b) {
  const double q = a.v / b.v;
  return {q, (a.dx - q * b.dx) / b.v, (a.dy - q * b.dy) / b.v};
}
template <class T>
struct Pair {
  T x, y;
};

// The polynomial part of each model. The fisheye models have it over angles, not slopes.
template <class T>
Pair<T> Warp(const RadialTangential& m, T x, T y) {
  const T r2 = x * x + y * y, r4 = r2 * r2;
  const T radial = (T(1) + r2 * (T(m.k1) + r2 * (T(m.k2) + r2 * T(m.k3)))) /
                   (T(1) + r2 * (T(m.k4) + r2 * (T(m.k5) + r2 * T(m.k6))));
  const T xy = T(2) * x * y;
  return {x * radial + T(m.p1) * xy + T(m.p2) * (r2 + T(2) * x * x) + T(m.s1) * r2 + T(m.s2) * r4,
          y * radial + T(m.p2) * xy + T(m.p1) * (r2 + T(2) * y * y) + T(m.s3) * r2 + T(m.s4) * r4};
}
template <class T>
Pair<T> Warp(const Fisheye& m, T x, T y) {
  const T a2 = x * x + y * y;
  const T scale = T(1) + a2 * (T(m.k1) + a2 * (T(m.k2) + a2 * (T(m.k3) + a2 * T(m.k4))));
  return {x * scale, y * scale};
}
template <class T>
Pair<T> Warp(const ThinPrismFisheye& m, T x, T y) {
  const T r2 = x * x + y * y;
  const T radial = T(1) + r2 * (T(m.k1) + r2 * (T(m.k2) + r2 * (T(m.k3) + r2 * T(m.k4))));
  const T xy = T(2) * x * y;
  return {x * radial + T(m.p1) * xy + T(m.p2) * (r2 + T(2) * x * x) + T(m.sx1) * r2,
          y * radial + T(m.p2) * xy + T(m.p1) * (r2 + T(2) * y * y) + T(m.sy1) * r2};
}

// Slopes to angles and back: the point keeps its direction, its radius r becomes atan r.
Vector2d ToAngles(const Vector2d& p) {
  const double r = p.norm();
  return r < 1e-8 ? p : Vector2d(p * (Atan(r) / r));
}
std::optional<Vector2d> FromAngles(const Vector2d& p) {
  const double a = p.norm();
  if (!(a < M_PI / 2 - 1e-9)) return std::nullopt;  // at the side or behind: no slope
  return a < 1e-8 ? p : Vector2d(p * (Tan(a) / a));
}

template <class Model>
Matrix2d Jacobian(const Model& m, const Vector2d& p) {
  const auto w = Warp<Jet>(m, Jet(p.x(), 1, 0), Jet(p.y(), 0, 1));
  Matrix2d j;
  j << w.x.dx, w.x.dy, w.y.dx, w.y.dy;
  return j;
}
template <class Model>
Vector2d WarpPoint(const Model& m, const Vector2d& p) {
  const auto w = Warp<double>(m, p.x(), p.y());
  return {w.x, w.y};
}

template <class Model>
bool Unfolded(const Model& m, const Vector2d& p) {
  constexpr int kSteps = 16;
  for (int i = 1; i <= kSteps; ++i)
    if (!(Jacobian(m, p * (i / double{kSteps})).determinant() > 0)) return false;
  return true;
}

// The p with Warp(p) = target, starting from the target itself.
template <class Model>
std::optional<Vector2d> Unwarp(const Model& m, const Vector2d& target) {
  constexpr double kTolerance = 1e-12;
  if (!target.allFinite()) return std::nullopt;
  const double scale = 1 + target.norm();
  Vector2d p = target;
  Vector2d miss = WarpPoint(m, p) - target;
  if (Jacobian(m, p).determinant() <= 0) p *= 0.5, miss = WarpPoint(m, p) - target;
  for (int step = 0; step < 50 && !(miss.norm() <= kTolerance * scale); ++step) {
    const Matrix2d j = Jacobian(m, p);
    if (!(std::abs(j.determinant()) > 1e-12)) return std::nullopt;
    const Vector2d move = j.inverse() * miss;
    double share = 1;
    for (; share > 1e-6; share /= 2) {
      const Vector2d next = p - share * move;
      const Vector2d next_miss = WarpPoint(m, next) - target;
      if (next_miss.norm() < miss.norm()) {
        p = next, miss = next_miss;
        break;
      }
    }
    if (share <= 1e-6) break;  // no way down: as near as rounding allows, or stuck
  }
  if (!(miss.norm() <= 1e-10 * scale) || !Unfolded(m, p)) return std::nullopt;
  return p;
}

constexpr double kSmallOmega = 1e-5;  // below it the FOV model is told by its series

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace

Vector2d Distort(const Distortion& lens, const Vector2d& p) {
  return std::visit(Overloaded{[&](const NoDistortion&) { return p; },
                               [&](const RadialTangential& m) { return WarpPoint(m, p); },
                               [&](const Fisheye& m) { return WarpPoint(m, ToAngles(p)); },
                               [&](const ThinPrismFisheye& m) { return WarpPoint(m, ToAngles(p)); },
                               [&](const FieldOfView& m) -> Vector2d {
                                 const double r2 = p.squaredNorm(), w2 = m.omega * m.omega;
                                 if (std::abs(m.omega) < kSmallOmega)
                                   return p * (1 + w2 / 12 - w2 * r2 / 3);
                                 const double r = std::sqrt(r2), k = 2 * Tan(m.omega / 2);
                                 if (r < 1e-8) return p * (k / m.omega);
                                 return p * (Atan(r * k) / (r * m.omega));
                               }},
                    lens);
}

std::optional<Vector2d> Undistort(const Distortion& lens, const Vector2d& d) {
  using Found = std::optional<Vector2d>;
  if (!d.allFinite()) return std::nullopt;
  const auto over_angles = [&](const auto& m) -> Found {
    const auto angles = Unwarp(m, d);
    return angles ? FromAngles(*angles) : std::nullopt;
  };
  return std::visit(
      Overloaded{[&](const NoDistortion&) -> Found { return d; },
                 [&](const RadialTangential& m) { return Unwarp(m, d); },
                 [&](const Fisheye& m) { return over_angles(m); },
                 [&](const ThinPrismFisheye& m) { return over_angles(m); },
                 [&](const FieldOfView& m) -> Found {
                   const double r = d.norm(), w2 = m.omega * m.omega;
                   if (std::abs(m.omega) < kSmallOmega) return d * (1 - w2 / 12 + w2 * r * r / 3);
                   const double k = 2 * Tan(m.omega / 2), angle = r * std::abs(m.omega);
                   if (!(angle < M_PI / 2 - 1e-9)) return std::nullopt;
                   return r < 1e-8 ? d * (m.omega / k) : d * (Tan(r * m.omega) / (r * k));
                 }},
      lens);
}

bool IsUnfolded(const Distortion& lens, const Vector2d& p) {
  if (!p.allFinite()) return false;
  return std::visit(Overloaded{[](const NoDistortion&) { return true; },
                               [](const FieldOfView&) { return true; },
                               [&](const RadialTangential& m) { return Unfolded(m, p); },
                               [&](const Fisheye& m) { return Unfolded(m, ToAngles(p)); },
                               [&](const ThinPrismFisheye& m) { return Unfolded(m, ToAngles(p)); }},
                    lens);
}

std::optional<Pixel> LensCamera::Project(const Point<frame::Cam<>>& p_in_cam) const {
  const auto& p = p_in_cam.v;
  if (!(p.z() > 0)) return std::nullopt;
  const Vector2d slope(p.x() / p.z(), p.y() / p.z());
  if (!IsUnfolded(lens, slope)) return std::nullopt;
  const Vector2d d = Distort(lens, slope);
  return Pixel{pinhole.fx * d.x() + pinhole.cx, pinhole.fy * d.y() + pinhole.cy};
}

std::optional<Point<frame::Cam<>>> LensCamera::Unproject(Pixel pixel, Meters depth) const {
  const auto slope =
      Undistort(lens, {(pixel.u - pinhole.cx) / pinhole.fx, (pixel.v - pinhole.cy) / pinhole.fy});
  if (!slope) return std::nullopt;
  return Point<frame::Cam<>>{{slope->x() * depth.m(), slope->y() * depth.m(), depth.m()}};
}

}  // namespace spatium
