#include "spatium/geometry/trig.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "spatium/geometry/trig_reduce.h"

namespace spatium {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kPi = 3.1415926535897931160e+00, kPiTail = 1.2246467991473531772e-16;
constexpr double kHalfPi = 1.57079632679489655800e+00, kHalfPiTail = 6.12323399573676603587e-17;

// c[0] + c[1] z + ...
template <size_t N>
double Polynomial(double z, const std::array<double, N>& c) {
  double sum = c[N - 1];
  for (size_t i = N - 1; i > 0; --i) sum = c[i - 1] + z * sum;
  return sum;
}

// sin and cos of x + y, |x| <= pi/4 and y its tail.
double SinKernel(double x, double y) {
  static constexpr std::array<double, 5> kS = {8.33333333332248946124e-03,
                                               -1.98412698298579493134e-04,
                                               2.75573137070700676789e-06,
                                               -2.50507602534068634195e-08,
                                               1.58969099521155010221e-10};
  constexpr double kS1 = -1.66666666666666324348e-01;
  const double z = x * x, v = z * x;
  return x - ((z * (0.5 * y - v * Polynomial(z, kS)) - y) - v * kS1);
}
double CosKernel(double x, double y) {
  static constexpr std::array<double, 6> kC = {4.16666666666666019037e-02,
                                               -1.38888888888741095749e-03,
                                               2.48015872894767294178e-05,
                                               -2.75573143513906633035e-07,
                                               2.08757232129817482790e-09,
                                               -1.13596475577881948265e-11};
  const double z = x * x;
  const double half_z = 0.5 * z;
  const double w = 1.0 - half_z;
  return w + (((1.0 - w) - half_z) + (z * (z * Polynomial(z, kC)) - x * y));
}

// The rational function R(z) of asin(x) = x + x R(x^2) on |x| <= 0.5.
double AsinRational(double z) {
  static constexpr std::array<double, 6> kP = {1.66666666666666657415e-01,
                                               -3.25565818622400915405e-01,
                                               2.01212532134862925881e-01,
                                               -4.00555345006794114027e-02,
                                               7.91534994289814532176e-04,
                                               3.47933107596021167570e-05};
  static constexpr std::array<double, 5> kQ = {1.0,
                                               -2.40339491173441421878e+00,
                                               2.02094576023350569471e+00,
                                               -6.88283971605453293030e-01,
                                               7.70381505559019352791e-02};
  return z * Polynomial(z, kP) / Polynomial(z, kQ);
}

// The upper half of the digits of x, so that its square is exact.
double UpperHalf(double x) {
  return std::bit_cast<double>(std::bit_cast<uint64_t>(x) & 0xffffffff00000000ull);
}

}  // namespace

SinCosValue SinCos(double angle_rad) {
  const auto r = internal::ReduceAngle(angle_rad);
  const double s = SinKernel(r.hi, r.lo), c = CosKernel(r.hi, r.lo);
  switch (r.quadrant) {
    case 0:
      return {s, c};
    case 1:
      return {c, -s};
    case 2:
      return {-s, -c};
    default:
      return {-c, s};
  }
}

double Sin(double angle_rad) { return SinCos(angle_rad).sin; }
double Cos(double angle_rad) { return SinCos(angle_rad).cos; }
double Tan(double angle_rad) {
  const auto [s, c] = SinCos(angle_rad);
  return s / c;
}

double Asin(double x) {
  const double a = std::abs(x);
  if (!(a <= 1)) return kNaN;
  if (a < 0.5) return x + x * AsinRational(x * x);
  // asin(a) = pi/2 - 2 asin(sqrt((1 - a) / 2)), the square root in two parts
  const double z = (1 - a) * 0.5;
  const double s = std::sqrt(z), r = AsinRational(z);
  double result;
  if (a >= 0.975) {
    result = kHalfPi - (2 * (s + s * r) - kHalfPiTail);
  } else {
    const double f = UpperHalf(s), c = (z - f * f) / (s + f);
    const double p = 2 * s * r - (kHalfPiTail - 2 * c), q = kHalfPi / 2 - 2 * f;
    result = kHalfPi / 2 - (p - q);
  }
  return std::copysign(result, x);
}

double Acos(double x) {
  if (!(std::abs(x) <= 1)) return kNaN;
  if (std::abs(x) < 0.5) return kHalfPi - (x - (kHalfPiTail - x * AsinRational(x * x)));
  if (x < 0) {
    const double z = (1 + x) * 0.5, s = std::sqrt(z);
    return kPi - 2 * (s + (AsinRational(z) * s - kHalfPiTail));
  }
  const double z = (1 - x) * 0.5, s = std::sqrt(z);
  if (z == 0) return 0;
  const double f = UpperHalf(s), c = (z - f * f) / (s + f);
  return 2 * (f + (AsinRational(z) * s + c));
}

double Atan(double x) {
  static constexpr std::array<double, 11> kT = {3.33333333333329318027e-01,
                                                -1.99999999998764832476e-01,
                                                1.42857142725034663711e-01,
                                                -1.11111104054623557880e-01,
                                                9.09088713343650656196e-02,
                                                -7.69187620504482999495e-02,
                                                6.66107313738753120669e-02,
                                                -5.83357013379057348645e-02,
                                                4.97687799461593236017e-02,
                                                -3.65315727442169155270e-02,
                                                1.62858201153657823623e-02};
  // atan of 0.5, 1, 1.5 and infinity, each with its tail
  static constexpr std::array<double, 4> kHigh = {4.63647609000806093515e-01,
                                                  7.85398163397448278999e-01,
                                                  9.82793723247329054082e-01,
                                                  1.57079632679489655800e+00};
  static constexpr std::array<double, 4> kLow = {2.26987774529616870924e-17,
                                                 3.06161699786838301793e-17,
                                                 1.39033110312309984516e-17,
                                                 6.12323399573676603587e-17};
  if (std::isnan(x)) return x;
  const double a = std::abs(x);
  int part = -1;
  double t = a;  // atan(a) = kHigh[part] + atan(t)
  if (a >= 2.4375) {
    part = 3;
    t = -1 / a;
  } else if (a >= 1.1875) {
    part = 2;
    t = (a - 1.5) / (1 + 1.5 * a);
  } else if (a >= 0.6875) {
    part = 1;
    t = (a - 1) / (a + 1);
  } else if (a >= 0.4375) {
    part = 0;
    t = (2 * a - 1) / (2 + a);
  }
  const double z = t * t;
  const double correction = t * (z * Polynomial(z, kT));
  if (part < 0) return std::copysign(t - correction, x);
  const auto i = static_cast<size_t>(part);
  return std::copysign(kHigh[i] - ((correction - kLow[i]) - t), x);
}

double Atan2(double y, double x) {
  if (std::isnan(x) || std::isnan(y)) return kNaN;
  const double ay = std::abs(y), ax = std::abs(x);
  double angle;  // of (ay, ax): the first quadrant
  if (ay == 0) {
    angle = 0;
  } else if (ax == 0) {
    angle = kHalfPi;
  } else if (std::isinf(ax) || std::isinf(ay)) {
    angle = !std::isinf(ay) ? 0 : std::isinf(ax) ? kHalfPi / 2 : kHalfPi;
    if (std::signbit(x) && std::isinf(ax) && std::isinf(ay))
      return std::copysign(3 * (kHalfPi / 2), y);
  } else {
    angle = Atan(ay / ax);
  }
  if (std::signbit(x)) angle = kPi - (angle - kPiTail);
  return std::copysign(angle, y);
}

}  // namespace spatium
