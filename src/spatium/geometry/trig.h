#pragma once
#include "spatium/geometry/frames.h"

namespace spatium {

// Trigonometry with the same bits on every x86-64 machine. glibc picks other code for sin, cos,
// atan2 ... where AVX2 and FMA are missing, and the last bits differ; these use only + - * /,
// sqrt and floor, which IEEE 754 rounds in one way. Angles in radians.
//
// Accuracy: within 1 ulp of the true value (Tan: 2.5), for every finite argument.
// Not finite: Sin, Cos and Tan of an infinity, Asin and Acos outside [-1, 1], and anything of a
// NaN are NaN; Atan2 and Atan follow C's rules for infinities and signed zeros.
// Source: the polynomials of FreeBSD's msun (k_sin.c, k_cos.c, s_atan.c, e_asin.c), which are
// Sun's fdlibm, "freely granted"; the code around them is our own.
double Sin(double angle_rad);
double Cos(double angle_rad);
double Tan(double angle_rad);
double Asin(double x);             // [-pi/2, pi/2]
double Acos(double x);             // [0, pi]
double Atan(double x);             // [-pi/2, pi/2]
double Atan2(double y, double x);  // [-pi, pi]

// Both at once, for one range reduction.
struct SinCosValue {
  double sin = 0, cos = 1;
};
SinCosValue SinCos(double angle_rad);

inline double Sin(Radians a) { return Sin(a.rad()); }
inline double Cos(Radians a) { return Cos(a.rad()); }
inline double Tan(Radians a) { return Tan(a.rad()); }

}  // namespace spatium
