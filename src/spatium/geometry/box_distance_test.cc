#include "spatium/geometry/box_distance.h"

#include <gtest/gtest.h>

#include <cmath>

#include "spatium/geometry/box_fit.h"
#include "spatium/geometry/box_test_util.h"
#include "spatium/geometry/rigid.h"

namespace spatium {
namespace {

using frame::World;
using testing::RandomAabb, testing::RandomObb, testing::RandomRigid, testing::RandomVector;

// The distance by alternating projections: from anywhere, go back and forth between the bodies.
double ByProjections(const Obb<World>& a, const Obb<World>& b) {
  Point<World> p = a.center();
  for (int i = 0; i < 20000; ++i) p = ClosestPoint(a, ClosestPoint(b, p));
  return Distance(b, p).m();
}

TEST(BoxDistance, AgreesWithAlternatingProjections) {
  RandomStream rng(1, {"distance"});
  int apart = 0;
  for (int i = 0; i < 150; ++i) {
    const auto a = RandomObb<World>(rng, 3), b = RandomObb<World>(rng, 3);
    const double d = Distance(a, b).m();
    EXPECT_NEAR(d, ByProjections(a, b), 1e-3);
    EXPECT_NEAR(d, Distance(b, a).m(), 1e-13);
    EXPECT_EQ(d == 0, Overlaps(a, b));
    const auto move = RandomRigid<World, World>(rng, 10);
    EXPECT_NEAR(Distance(move * a, move * b).m(), d, 1e-12);
    apart += d > 0;
  }
  EXPECT_GT(apart, 50);
}

TEST(BoxDistance, AlignedBoxesNeedNoTurning) {
  RandomStream rng(2, {"aligned"});
  for (int i = 0; i < 1000; ++i) {
    const auto a = RandomAabb<World>(rng, 3), b = RandomAabb<World>(rng, 3);
    EXPECT_NEAR(Distance(ToObb(a), ToObb(b)).m(), Distance(a, b).m(), 1e-13);
    EXPECT_NEAR(Distance(a, ToObb(b)).m(), Distance(a, b).m(), 1e-13);
    const Point<World> p{RandomVector(rng, 4)};
    EXPECT_NEAR(Distance(a, p).m(), Distance(a, Aabb<World>{p.v, p.v}).m(), 1e-13);
  }
}

// Two bars, crossed and one above the other: the nearest points are in the middle of two edges.
TEST(BoxDistance, BetweenEdges) {
  auto a = ToObb(Aabb<World>::FromCenterSize({0, 0, 0}, {10, 1, 1}));
  auto b = ToObb(Aabb<World>::FromCenterSize({0, 0, 3}, {1, 10, 1}));
  a.f_from_object.R = RotationX(Radians::FromDegrees(45));
  b.f_from_object.R = RotationY(Radians::FromDegrees(45));
  EXPECT_NEAR(Distance(a, b).m(), 3 - std::sqrt(2.0), 1e-14);
}

TEST(BoxDistance, DegenerateAndBrokenBoxes) {
  const Aabb<World> point{{0, 0, 0}, {0, 0, 0}}, line{{1, -1, 0}, {1, 1, 0}};
  EXPECT_EQ(Distance(ToObb(point), ToObb(line)).m(), 1);
  auto broken = line;
  broken.max.x() = std::nan("");
  EXPECT_TRUE(std::isnan(Distance(broken, line).m()));
  EXPECT_TRUE(std::isnan(Distance(ToObb(broken), line).m()));
  EXPECT_TRUE(std::isnan(Distance(broken, Point<World>{{0, 0, 0}}).m()));
  EXPECT_TRUE(std::isnan(Distance(line, Point<World>{{0, std::nan(""), 0}}).m()));
}

TEST(BoxFit, FindsTheBoxItsPointsCameFrom) {
  RandomStream rng(3, {"fit"});
  for (int i = 0; i < 100; ++i) {
    const auto box = RandomObb<World>(rng);
    std::vector<Point<World>> points;
    for (const auto& c : box.corners()) points.push_back(c);
    for (int k = 0; k < 50; ++k)
      points.push_back(box.f_from_object *
                       Point<frame::Object>{RandomVector(rng, 1).cwiseProduct(box.half)});
    const auto tight = TightBox<World>(points);
    ASSERT_TRUE(tight);
    EXPECT_NEAR(tight->f_from_object.R.determinant(), 1, 1e-12);
    for (const auto& p : points) EXPECT_TRUE(tight->Contains(p, 1e-9));
    EXPECT_LE(tight->volume(), BoundsOf<World>(points)->volume() * (1 + 1e-9));
    const auto upright = UprightBox(points);
    for (const auto& p : points) EXPECT_TRUE(upright->Contains(p, 1e-9));
    EXPECT_EQ(upright->f_from_object.R.col(2), Eigen::Vector3d::UnitZ());
  }
}

TEST(BoxFit, UprightBoxIsExactForATurnedBox) {
  RandomStream rng(4, {"upright"});
  for (int i = 0; i < 100; ++i) {
    Obb<World> box = RandomObb<World>(rng);
    box.f_from_object.R = RotationZ(Radians(rng.Uniform(-0.7, 0.7)));
    const auto c = box.corners();
    const auto found = UprightBox(c);
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->half.isApprox(box.half, 1e-9));
    EXPECT_TRUE(found->f_from_object.R.isApprox(box.f_from_object.R, 1e-9));
    EXPECT_NEAR(Iou3d(*found, box), 1, 1e-9);
  }
}

TEST(BoxFit, LittleGivesLittle) {
  EXPECT_FALSE(UprightBox({}));
  const std::vector<Point<World>> nothing = {{{std::nan(""), 0, 0}}}, one = {{{1, 2, 3}}};
  EXPECT_FALSE(TightBox<World>(nothing));
  EXPECT_FALSE(BoundsOf<World>(nothing));
  EXPECT_EQ(TightBox<World>(one)->center().v, Eigen::Vector3d(1, 2, 3));
  EXPECT_EQ(TightBox<World>(one)->volume(), 0);
}

}  // namespace
}  // namespace spatium
