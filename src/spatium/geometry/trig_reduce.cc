#include "spatium/geometry/trig_reduce.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace spatium::internal {
namespace {

__extension__ using Wide = unsigned __int128;

// pi/2 in three parts of 33 bits (so that n * part is exact for n < 2^20), and what is left.
constexpr double kHalfPi1 = 1.57079632673412561417e+00;
constexpr double kHalfPi2 = 6.07710050630396597660e-11;
constexpr double kHalfPi3 = 2.02226624871116645580e-21;
constexpr double kHalfPi3Tail = 8.47842766036889956997e-32;
constexpr double kTwoOverPi = 6.36619772367581382433e-01;
constexpr double kMediumLimit = 1 << 20;

// Cody and Waite: subtract n * pi/2 part by part, keeping what each rounding loses.
ReducedAngle ReduceMedium(double x) {
  const double n = std::floor(x * kTwoOverPi + 0.5);
  const double a = x - n * kHalfPi1;  // exact
  const double w2 = n * kHalfPi2;     // exact
  const double b = a - w2;
  const double lost_b = (a - b) - w2;
  const double w3 = n * kHalfPi3;  // exact
  const double c = b - w3;
  const double lost_c = (b - c) - w3;
  const double rest = n * kHalfPi3Tail - lost_c - lost_b;
  const double hi = c - rest;
  return {static_cast<int>(static_cast<int64_t>(n) & 3), hi, (c - hi) - rest};
}

// The first 1280 binary digits of 2/pi.
constexpr std::array<uint64_t, 20> kTwoOverPiBits = {
    0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
    0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484,
    0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f,
    0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b,
    0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d};

// 64 digits of 2/pi after the first `skip` (those before the binary point are zeros).
uint64_t DigitsAfter(int skip) {
  const int word = (skip + 64) / 64 - 1, bit = (skip + 64) % 64;
  const auto at = [](int i) { return i < 0 ? 0 : kTwoOverPiBits[static_cast<size_t>(i)]; };
  return bit == 0 ? at(word) : at(word) << bit | at(word + 1) >> (64 - bit);
}

struct DoubleDouble {
  double hi, lo;
};
// a * b without rounding error (Dekker 1971; no FMA on purpose).
DoubleDouble ExactProduct(double a, double b) {
  const auto split = [](double x) {
    const double scaled = x * 134217729.0;  // 2^27 + 1
    const double high = scaled - (scaled - x);
    return DoubleDouble{high, x - high};
  };
  const auto [a1, a2] = split(a);
  const auto [b1, b2] = split(b);
  const double p = a * b;
  return {p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2};
}

// Payne and Hanek: x * 2/pi modulo 4 in 192-bit integers, for positive x >= 2^20.
ReducedAngle ReduceLarge(double x) {
  // x = mantissa * 2^exponent; digits of 2/pi that only give multiples of 4 are skipped.
  const uint64_t bits = std::bit_cast<uint64_t>(x);
  const uint64_t mantissa = (bits & ((1ull << 52) - 1)) | 1ull << 52;
  const int exponent = static_cast<int>(bits >> 52) - 1075;
  const int skip = exponent - 2;
  const Wide p0 = static_cast<Wide>(mantissa) * DigitsAfter(skip + 128);
  const Wide p1 = static_cast<Wide>(mantissa) * DigitsAfter(skip + 64) + (p0 >> 64);
  const uint64_t w0 = static_cast<uint64_t>(p0), w1 = static_cast<uint64_t>(p1);
  const uint64_t w2 = mantissa * DigitsAfter(skip) + static_cast<uint64_t>(p1 >> 64);
  // w2 w1 w0 is the product modulo 4, times 2^190: two digits of quadrant, then the fraction.
  int quadrant = static_cast<int>(w2 >> 62);
  uint64_t f2 = w2 << 2 | w1 >> 62, f1 = w1 << 2 | w0 >> 62, f0 = w0 << 2;
  const bool negative = f2 >> 63;
  if (negative) {  // the nearest quadrant is the next one
    quadrant = (quadrant + 1) & 3;
    f0 = ~f0 + 1;
    f1 = ~f1 + (f0 == 0);
    f2 = ~f2 + (f0 == 0 && f1 == 0);
  }
  // A double is never nearer than 2^-62 or so to a multiple of pi/2: at most two steps.
  int shift = 0;
  for (; f2 >> 63 == 0 && shift < 128; ++shift) {
    f2 = f2 << 1 | f1 >> 63;
    f1 = f1 << 1 | f0 >> 63;
    f0 <<= 1;
  }
  const double unit = std::ldexp(1.0, -53 - shift);
  const double high = static_cast<double>(f2 >> 11) * unit;
  const double low = static_cast<double>((f2 & 2047) << 42 | f1 >> 22) * unit * 0x1p-53;
  // times pi/2 in double-double
  constexpr double kHalfPi = 1.57079632679489655800e+00, kHalfPiTail = 6.12323399573676603587e-17;
  const auto [p, error] = ExactProduct(high, kHalfPi);
  const double rest = error + (high * kHalfPiTail + low * kHalfPi);
  const double hi = p + rest;
  const double lo = (p - hi) + rest;
  return negative ? ReducedAngle{quadrant, -hi, -lo} : ReducedAngle{quadrant, hi, lo};
}

}  // namespace

ReducedAngle ReduceAngle(double x) {
  constexpr double kQuarterPi = 7.85398163397448278999e-01;
  if (!std::isfinite(x)) return {0, std::numeric_limits<double>::quiet_NaN(), 0};
  if (std::abs(x) <= kQuarterPi) return {0, x, 0};
  if (std::abs(x) < kMediumLimit) return ReduceMedium(x);
  if (x > 0) return ReduceLarge(x);
  const ReducedAngle r = ReduceLarge(-x);
  return {(4 - r.quadrant) & 3, -r.hi, -r.lo};
}

}  // namespace spatium::internal
