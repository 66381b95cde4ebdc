#include "spatium/geometry/box_overlap.h"

#include <gtest/gtest.h>

#include <limits>

#include "spatium/geometry/box_test_util.h"

namespace spatium {
namespace {

using frame::World;
using testing::RandomAabb, testing::RandomObb, testing::RandomRigid, testing::RandomVector;

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(BoxOverlap, AgreesWithMonteCarlo) {
  RandomStream rng(1, {"monte carlo"});
  for (int round = 0; round < 40; ++round) {
    const auto a = RandomObb<World>(rng, 0.7), b = RandomObb<World>(rng, 0.7);
    constexpr int kSamples = 40000;
    int inside = 0;
    for (int i = 0; i < kSamples; ++i) {
      Eigen::Vector3d own = RandomVector(rng, 1).cwiseProduct(a.half);
      inside += b.Contains(a.f_from_object * Point<frame::Object>{own});
    }
    const double fraction = IntersectionVolume(a, b) / a.volume();
    // five standard deviations of a binomial share
    EXPECT_NEAR(inside / double{kSamples}, fraction, 5 * 0.5 / std::sqrt(double{kSamples}));
  }
}

TEST(BoxOverlap, RotatedFramesGiveWhatAxisAlignedBoxesGive) {
  RandomStream rng(2, {"aabb"});
  for (int i = 0; i < 2000; ++i) {
    const auto a = RandomAabb<World>(rng), b = RandomAabb<World>(rng);
    const double expected = IntersectionVolume(a, b);
    EXPECT_NEAR(IntersectionVolume(ToObb(a), ToObb(b)), expected, 1e-14);
    EXPECT_NEAR(IntersectionVolume(a, ToObb(b)), expected, 1e-14);
    const auto move = RandomRigid<frame::Agent, World>(rng, 5);
    auto moved_a = move * ToObb(a), moved_b = move * ToObb(b);
    // b with its own axes renamed: another rotation matrix, the same box
    Eigen::Matrix3d swap;
    swap << 0, 0, 1, 1, 0, 0, 0, 1, 0;
    moved_b.f_from_object.R = moved_b.f_from_object.R * swap;
    moved_b.half = swap.transpose() * moved_b.half;
    EXPECT_NEAR(IntersectionVolume(moved_a, moved_b), expected, 1e-12);
    EXPECT_NEAR(Iou3d(moved_a, moved_b), Iou3d(a, b), 1e-12);
  }
}

TEST(BoxOverlap, RigidMotionChangesNothingAndOrderNotABit) {
  RandomStream rng(3, {"motion"});
  for (int i = 0; i < 2000; ++i) {
    const auto a = RandomObb<World>(rng), b = RandomObb<World>(rng);
    const double iou = Iou3d(a, b);
    EXPECT_EQ(iou, Iou3d(b, a));
    const auto move = RandomRigid<World, World>(rng, 10);
    EXPECT_NEAR(Iou3d(move * a, move * b), iou, 1e-12);
    EXPECT_GE(iou, 0);
    EXPECT_LE(iou, 1);
    EXPECT_EQ(iou > 0, Overlaps(a, b));
  }
}

TEST(BoxOverlap, ScalesWithTheCubeOfTheSize) {
  RandomStream rng(4, {"scale"});
  for (const double scale : {1e-9, 1e-3, 1e6}) {
    auto a = RandomObb<World>(rng, 0.2), b = RandomObb<World>(rng, 0.2);
    const double before = IntersectionVolume(a, b);
    for (auto* box : {&a, &b}) box->half *= scale, box->f_from_object.t *= scale;
    EXPECT_NEAR(IntersectionVolume(a, b) / (scale * scale * scale), before, 1e-12);
  }
}

// A unit cube turned by 45 degrees about z shares a regular octagon with itself unturned.
TEST(BoxOverlap, CubeTurnedByAnEighth) {
  Obb<World> a, b;
  a.half = b.half = Eigen::Vector3d::Constant(0.5);
  b.f_from_object.R = Eigen::AngleAxisd(M_PI / 4, Eigen::Vector3d::UnitZ()).toRotationMatrix();
  EXPECT_NEAR(IntersectionVolume(a, b), 2 * (std::sqrt(2.0) - 1), 1e-15);
  EXPECT_NEAR(Iou3d(a, b), std::sqrt(2.0) / 2, 1e-15);
}

TEST(BoxOverlap, IdenticalAndNearlyIdenticalBoxesAreOne) {
  RandomStream rng(5, {"identical"});
  for (int i = 0; i < 500; ++i) {
    const auto a = RandomObb<World>(rng);
    EXPECT_NEAR(Iou3d(a, a), 1, 1e-15);
    auto b = a;  // the same box up to rounding, in every way that coplanar faces can disagree
    const Eigen::AngleAxisd turn(rng.Uniform(-1e-15, 1e-15), Eigen::Vector3d::UnitX());
    b.f_from_object.R = b.f_from_object.R * turn;
    b.f_from_object.t += RandomVector(rng, 1e-16);
    EXPECT_NEAR(Iou3d(a, b), 1, 1e-12);
  }
}

TEST(BoxOverlap, TouchingSharesNoVolumeButAPoint) {
  const auto a = Aabb<World>::FromCenterSize({0, 0, 0}, {2, 2, 2});
  for (const Eigen::Vector3d& away : {Eigen::Vector3d(2, 0, 0), {2, 2, 0}, {2, 2, 2}}) {
    const auto b = Aabb<World>::FromCenterSize(away, {2, 2, 2});
    EXPECT_EQ(IntersectionVolume(a, b), 0);
    EXPECT_EQ(IntersectionVolume(ToObb(a), ToObb(b)), 0);
    EXPECT_TRUE(Overlaps(a, b));
    EXPECT_TRUE(Overlaps(a, ToObb(b)));
  }
  // an edge on a face, turned
  auto b = ToObb(a);
  b.f_from_object.R = Eigen::AngleAxisd(M_PI / 4, Eigen::Vector3d::UnitZ()).toRotationMatrix();
  b.f_from_object.t = {1 + std::sqrt(2.0), 0, 0};
  EXPECT_NEAR(IntersectionVolume(ToObb(a), b), 0, 1e-15);
}

// Crossed bars: no corner of either lies in the other.
TEST(BoxOverlap, CrossedBarsShareTheirCrossing) {
  auto a = ToObb(Aabb<World>::FromCenterSize({0, 0, 0}, {10, 1, 1}));
  auto b = a;
  b.f_from_object.R = Eigen::AngleAxisd(M_PI / 3, Eigen::Vector3d::UnitZ()).toRotationMatrix();
  EXPECT_NEAR(IntersectionVolume(a, b), 1 / std::sin(M_PI / 3), 1e-14);
}

TEST(BoxOverlap, BoxesWithoutVolumeOrSenseHaveNone) {
  const auto solid = Aabb<World>::FromCenterSize({0, 0, 0}, {1, 1, 1});
  auto flat = solid;
  flat.max.z() = flat.min.z();
  EXPECT_EQ(Iou3d(flat, flat), 0);
  EXPECT_EQ(Iou3d(ToObb(flat), ToObb(solid)), 0);
  EXPECT_TRUE(Overlaps(flat, solid));
  for (const double bad : {kNaN, kInf, -kInf}) {
    auto broken = solid;
    broken.max.x() = bad;
    auto turned = ToObb(solid);
    turned.f_from_object.R(0, 1) = bad;
    EXPECT_EQ(Iou3d(broken, broken), 0);
    EXPECT_EQ(Iou3d(broken, solid), 0);
    EXPECT_EQ(Iou3d(turned, solid), 0);
    EXPECT_EQ(Iou3d(turned, turned), 0);
    EXPECT_FALSE(Overlaps(turned, solid));
  }
  auto inverted = solid;
  std::swap(inverted.min, inverted.max);
  EXPECT_EQ(Iou3d(inverted, solid), 0);
  EXPECT_EQ(Iou3d(inverted, inverted), 0);
  EXPECT_EQ(Iou3d(ToObb(inverted), ToObb(inverted)), 0);
  const auto huge = Aabb<World>::FromCenterSize({0, 0, 0}, {1e200, 1e200, 1e200});
  EXPECT_EQ(Iou3d(huge, huge), 0);  // a volume beyond the range of numbers
}

TEST(Box, BoundsHoldTheCorners) {
  RandomStream rng(6, {"bounds"});
  for (int i = 0; i < 200; ++i) {
    const auto box = RandomObb<World>(rng);
    const auto bounds = BoundingAabb(box);
    Eigen::Vector3d low = box.corners()[0].v, high = low;
    for (const auto& c : box.corners()) {
      EXPECT_TRUE(box.Contains(c, 1e-12));
      low = low.cwiseMin(c.v), high = high.cwiseMax(c.v);
    }
    EXPECT_TRUE(bounds.min.isApprox(low, 1e-12) && bounds.max.isApprox(high, 1e-12));
  }
}

}  // namespace
}  // namespace spatium
