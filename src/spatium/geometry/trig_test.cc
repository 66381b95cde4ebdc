#include "spatium/geometry/trig.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "spatium/base/random.h"

namespace spatium {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The distance of `found` from the truth in units of the truth's last place.
double UlpError(double found, long double truth) {
  const double rounded = static_cast<double>(truth);
  if (rounded == 0) return found == 0 ? 0 : kInf;
  const double next = std::nextafter(std::abs(rounded), kInf);
  const long double ulp =
      static_cast<long double>(next) - std::abs(static_cast<long double>(rounded));
  return static_cast<double>(std::abs(found - truth) / ulp);
}

// Arguments of every size from 2^-40 to 2^log2_largest, both signs, and the neighbours of k pi/2.
std::vector<double> Angles(int log2_largest) {
  RandomStream rng(1, {"angles"});
  std::vector<double> x;
  for (int i = 0; i < 100000; ++i) {
    const double digits = rng.Uniform(1, 2);  // a statement each: the order of draws is fixed
    const double size = std::ldexp(digits, static_cast<int>(rng.Int(-40, log2_largest - 1)));
    x.push_back(rng.Coin() ? size : -size);
  }
  for (int k = -2000; k <= 2000; ++k)
    for (const double step : {-1e-9, 0.0, 1e-9, 1e-5}) x.push_back(k * (M_PI / 2) + step);
  return x;
}

TEST(Trig, SinCosTanAreWithinAnUlpOfTheTruth) {
  double sin_error = 0, cos_error = 0, tan_error = 0;
  for (const double x : Angles(24)) {
    sin_error = std::max(sin_error, UlpError(Sin(x), sinl(x)));
    cos_error = std::max(cos_error, UlpError(Cos(x), cosl(x)));
    tan_error = std::max(tan_error, UlpError(Tan(x), tanl(x)));
  }
  EXPECT_LT(sin_error, 1);
  EXPECT_LT(cos_error, 1);
  EXPECT_LT(tan_error, 2.5);
}

TEST(Trig, EnormousAnglesAreReducedExactly) {
  double error = 0;
  RandomStream rng(2, {"enormous"});
  for (int i = 0; i < 20000; ++i) {
    const double x = std::ldexp(rng.Uniform(1, 2), static_cast<int>(rng.Int(19, 1023)));
    error = std::max({error, UlpError(Sin(-x), sinl(-x)), UlpError(Cos(x), cosl(x))});
  }
  EXPECT_LT(error, 1);
  // The double that is nearest to a multiple of pi/2 (Muller, Elementary Functions, 2006).
  const double hard = std::ldexp(6381956970095103.0, 797);
  EXPECT_LT(UlpError(Cos(hard), cosl(hard)), 1);
}

TEST(Trig, InverseFunctionsAreWithinAnUlpOfTheTruth) {
  RandomStream rng(3, {"inverse"});
  double asin_error = 0, acos_error = 0, atan_error = 0, atan2_error = 0;
  for (int i = 0; i < 200000; ++i) {
    const double x = rng.Uniform(-1, 1);
    asin_error = std::max(asin_error, UlpError(Asin(x), asinl(x)));
    acos_error = std::max(acos_error, UlpError(Acos(x), acosl(x)));
    const double t = x * std::exp(rng.Uniform(-20, 20)), u = rng.Uniform(-3, 3);
    atan_error = std::max(atan_error, UlpError(Atan(t), atanl(t)));
    atan2_error = std::max(atan2_error, UlpError(Atan2(t, u), atan2l(t, u)));
  }
  EXPECT_LT(asin_error, 1);
  EXPECT_LT(acos_error, 1);
  EXPECT_LT(atan_error, 1);
  EXPECT_LT(atan2_error, 1.5);  // the quotient's rounding comes on top
}

TEST(Trig, KnownAnglesComeOutRight) {
  EXPECT_EQ(Sin(0), 0);
  EXPECT_EQ(Cos(0), 1);
  EXPECT_EQ(Sin(M_PI / 2), 1);
  EXPECT_EQ(Acos(1), 0);
  EXPECT_EQ(Acos(-1), M_PI);
  EXPECT_EQ(Asin(-1), -M_PI / 2);
  EXPECT_EQ(Atan2(1, 1), M_PI / 4);
  EXPECT_EQ(Atan2(1, -1), 3 * M_PI / 4);
  EXPECT_EQ(Atan2(-1, 0), -M_PI / 2);
}

TEST(Trig, SpecialValuesFollowC) {
  const std::vector<double> values = {0.0, -0.0, 1, -1, kInf, -kInf, 1e-320, -1e-320, 1e308};
  for (const double y : values)
    for (const double x : values) {
      const double found = Atan2(y, x), expected = std::atan2(y, x);
      EXPECT_NEAR(found, expected, 1e-15) << y << " " << x;
      EXPECT_EQ(std::signbit(found), std::signbit(expected)) << y << " " << x;
    }
  for (const double bad : {kInf, -kInf, kNaN}) {
    EXPECT_TRUE(std::isnan(Sin(bad)));
    EXPECT_TRUE(std::isnan(Cos(bad)));
    EXPECT_TRUE(std::isnan(Tan(bad)));
    EXPECT_TRUE(std::isnan(Asin(bad)));
    EXPECT_TRUE(std::isnan(Acos(bad)));
  }
  EXPECT_TRUE(std::isnan(Asin(1.0000000000000002)));
  EXPECT_TRUE(std::isnan(Acos(-1.0000000000000002)));
  EXPECT_TRUE(std::isnan(Atan2(kNaN, 1)));
  EXPECT_EQ(Atan(kInf), M_PI / 2);
  EXPECT_TRUE(std::signbit(Sin(-0.0)));
}

// Pinned bits: a change of compiler, flags or machine that alters them breaks "same bytes".
TEST(Trig, BitsArePinned) {
  uint64_t hash = 1469598103934665603ull;
  for (const double x : Angles(10))
    for (const double v :
         {Sin(x), Cos(x), Tan(x), Atan(x), Atan2(x, 0.7), Asin(Sin(x)), Acos(Cos(x))})
      hash = (hash ^ std::bit_cast<uint64_t>(v)) * 1099511628211ull;
  EXPECT_EQ(hash, 27410031542064807u);
}

}  // namespace
}  // namespace spatium
