#pragma once

namespace spatium::internal {

// x = quadrant * pi/2 + (hi + lo), |hi + lo| <= pi/4 (by a rounding more), quadrant modulo 4.
struct ReducedAngle {
  int quadrant = 0;
  double hi = 0, lo = 0;
};

// The range reduction of sin, cos and tan, for any finite x; x not finite gives hi = NaN.
ReducedAngle ReduceAngle(double x);

}  // namespace spatium::internal
