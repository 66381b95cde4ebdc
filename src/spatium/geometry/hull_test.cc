#include "spatium/geometry/hull.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "spatium/base/random.h"

namespace spatium {
namespace {

using Eigen::Vector2d;

Vector2d Random(RandomStream& rng, double reach = 1) {
  const double x = rng.Uniform(-reach, reach);
  return {x, rng.Uniform(-reach, reach)};
}
Polygon2 RandomPoints(RandomStream& rng, size_t n) {
  Polygon2 p;
  for (size_t i = 0; i < n; ++i) p.push_back(Random(rng));
  return p;
}
Vector2d Turn(const Vector2d& p, double angle) {
  return {std::cos(angle) * p.x() - std::sin(angle) * p.y(),
          std::sin(angle) * p.x() + std::cos(angle) * p.y()};
}

TEST(Hull, IsConvexCounterClockwiseAndHoldsEveryPoint) {
  RandomStream rng(1, {"hull"});
  for (int round = 0; round < 100; ++round) {
    const auto points = RandomPoints(rng, 3 + rng.Index(40));
    const auto hull = ConvexHull(points);
    ASSERT_GE(hull.size(), 3u);
    EXPECT_GT(SignedArea(hull), 0);
    for (size_t i = 0; i < hull.size(); ++i) {
      const Vector2d a = hull[(i + 1) % hull.size()] - hull[i];
      const Vector2d b = hull[(i + 2) % hull.size()] - hull[(i + 1) % hull.size()];
      EXPECT_GT(a.x() * b.y() - a.y() * b.x(), 0);
    }
    for (const auto& p : points) EXPECT_LT(Distance(hull, p), 1e-15);
  }
}

TEST(Hull, DegenerateInputHasTheHullItHas) {
  EXPECT_TRUE(ConvexHull({}).empty());
  const Polygon2 same(5, Vector2d(1, 2));
  EXPECT_EQ(ConvexHull(same), (Polygon2{{1, 2}}));
  const Polygon2 line = {{2, 2}, {0, 0}, {1, 1}, {3, 3}, {0, 0}};
  EXPECT_EQ(ConvexHull(line), (Polygon2{{0, 0}, {3, 3}}));
  const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
  const Polygon2 broken = {{0, 0}, {nan, 1}, {1, 0}, {inf, 0}, {0, 1}, {0.5, 0}};
  EXPECT_EQ(ConvexHull(broken), (Polygon2{{0, 0}, {1, 0}, {0, 1}}));
}

TEST(Hull, AreasAndContainment) {
  const Polygon2 l_shape = {{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}};
  EXPECT_EQ(SignedArea(l_shape), 3);
  EXPECT_EQ(SignedArea(Polygon2(l_shape.rbegin(), l_shape.rend())), -3);
  EXPECT_TRUE(Contains(l_shape, {0.5, 1.5}));
  EXPECT_FALSE(Contains(l_shape, {1.5, 1.5}));
  EXPECT_TRUE(Contains(l_shape, {1, 1.5}));  // on an edge
  EXPECT_TRUE(Contains(l_shape, {2, 1}));    // on a corner
  EXPECT_FALSE(Contains(l_shape, {3, 1}));
  EXPECT_FALSE(Contains(l_shape, {std::nan(""), 1}));
  EXPECT_NEAR(Distance(l_shape, {2, 2}), 1, 1e-15);
  EXPECT_EQ(Distance(l_shape, {0.5, 0.5}), 0);
}

TEST(Hull, ClippingAgreesWithContainmentOfSamples) {
  RandomStream rng(2, {"clip"});
  for (int round = 0; round < 20; ++round) {
    const auto a = ConvexHull(RandomPoints(rng, 8)), b = ConvexHull(RandomPoints(rng, 8));
    const auto shared = Clip(a, b);
    EXPECT_NEAR(Area(shared), Area(Clip(b, a)), 1e-14);
    int inside = 0;
    constexpr int kSamples = 20000;
    for (int i = 0; i < kSamples; ++i) {
      const auto p = Random(rng);
      inside += Contains(a, p) && Contains(b, p);
    }
    EXPECT_NEAR(Area(shared), 4.0 * inside / kSamples, 4 * 5 * 0.5 / std::sqrt(kSamples));
  }
}

TEST(Hull, ClippingKnowsItsLimits) {
  const Polygon2 square = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
  const Polygon2 reversed(square.rbegin(), square.rend());
  EXPECT_EQ(Area(Clip(square, reversed)), 1);
  EXPECT_TRUE(Clip(square, Polygon2{{5, 5}, {6, 5}, {6, 6}}).empty());
  EXPECT_TRUE(Clip(square, Polygon2{{0, 0}, {1, 1}}).empty());
  EXPECT_EQ(Area(ClipToRectangle(square, {0.5, -1}, {9, 0.25})), 0.125);
  // concave, cut into two pieces: the area is right all the same
  const Polygon2 u_shape = {{0, 0}, {3, 0}, {3, 2}, {2, 2}, {2, 1}, {1, 1}, {1, 2}, {0, 2}};
  EXPECT_EQ(Area(ClipToRectangle(u_shape, {0, 1.5}, {3, 3})), 1);
}

TEST(Hull, MinimalRectangleFindsATurnedRectangle) {
  RandomStream rng(3, {"rectangle"});
  for (int round = 0; round < 200; ++round) {
    const double angle = rng.Uniform(-3, 3);
    const Vector2d half(rng.Uniform(0.5, 2), 0.3), center = Random(rng, 5);
    Polygon2 points;
    for (const Vector2d& s : {Vector2d(1, 1), Vector2d(-1, 1), Vector2d(1, -1), Vector2d(-1, -1)})
      points.push_back(Turn(half.cwiseProduct(s), angle) + center);
    for (int i = 0; i < 20; ++i)
      points.push_back(Turn(half.cwiseProduct(Random(rng)), angle) + center);
    const auto found = MinimalRectangle(points);
    EXPECT_NEAR(found.area(), 4 * half.prod(), 1e-12);
    EXPECT_TRUE(found.center.isApprox(center, 1e-12));
    EXPECT_GE(found.axis.x(), std::sqrt(0.5) - 1e-12);
    for (const auto& p : points) EXPECT_LT(Distance(found.corners(), p), 1e-12);
  }
}

TEST(Hull, MinimalRectangleIsNoLargerThanAnyOther) {
  RandomStream rng(4, {"sweep"});
  for (int round = 0; round < 20; ++round) {
    const auto points = RandomPoints(rng, 12);
    const double area = MinimalRectangle(points).area();
    for (double angle = 0; angle < M_PI / 2; angle += 0.01) {
      Vector2d low = Turn(points[0], angle), high = low;
      for (const auto& p : points)
        low = low.cwiseMin(Turn(p, angle)), high = high.cwiseMax(Turn(p, angle));
      EXPECT_GE((high - low).prod(), area - 1e-12);
    }
  }
}

TEST(Hull, MinimalRectangleOfLittle) {
  EXPECT_EQ(MinimalRectangle({}).area(), 0);
  const Polygon2 one = {{3, 4}}, two = {{0, 0}, {0, 2}};
  EXPECT_EQ(MinimalRectangle(one).center, Vector2d(3, 4));
  const auto line = MinimalRectangle(two);
  EXPECT_EQ(line.area(), 0);
  EXPECT_EQ(line.half, Vector2d(0, 1));
  EXPECT_EQ(line.axis, Vector2d(1, 0));
}

}  // namespace
}  // namespace spatium
