#include "spatium/relations/measure.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <numbers>

#include "spatium/base/random.h"
#include "spatium/relations/decide.h"

namespace spatium {
namespace {

using CamFromWorld = Rigid<frame::Cam<>, frame::World>;

// A camera at `eye` whose heading is counter-clockwise from World's x and whose axis is raised by
// `elevation`, held level but for `roll` (clockwise for the observer). Written out by hand.
CamFromWorld Camera(const Eigen::Vector3d& eye,
                    double heading_deg,
                    double elevation_deg,
                    double roll_deg = 0) {
  const double h = heading_deg * std::numbers::pi / 180, e = elevation_deg * std::numbers::pi / 180;
  const double r = roll_deg * std::numbers::pi / 180;
  const Eigen::Vector3d forward{std::cos(e) * std::cos(h), std::cos(e) * std::sin(h), std::sin(e)};
  const Eigen::Vector3d right{std::sin(h), -std::cos(h), 0};
  const Eigen::Vector3d down = forward.cross(right);
  CamFromWorld camera;
  camera.R.row(0) = right * std::cos(r) + down * std::sin(r);
  camera.R.row(1) = down * std::cos(r) - right * std::sin(r);
  camera.R.row(2) = forward;
  camera.t = -camera.R * eye;
  return camera;
}

TEST(Measure, CameraLookingAlongXSeesMinusYOnTheRight) {
  // Standing at the origin, eye at 1.5 m, looking along World's x: y is to the left.
  const CamFromWorld camera = Camera({0, 0, 1.5}, 0, 0);
  const Point<frame::World> chair{{2, -1, 0.5}}, lamp{{3, 1, 1.8}};
  const Displacement d = InCamera(camera, lamp, chair);
  EXPECT_NEAR(d.right_m, -2, 1e-12);
  EXPECT_NEAR(d.up_m, 1.3, 1e-12);
  EXPECT_NEAR(d.forward_m, 1, 1e-12);
  EXPECT_NEAR(DepthFrom(camera, chair), 2, 1e-12);
  EXPECT_NEAR(DistanceFrom(camera, chair), std::sqrt(4 + 1 + 1), 1e-12);
}

TEST(Measure, TiltedCameraSeesAFarThingOnTheFloorAboveANearOne) {
  const CamFromWorld camera = Camera({0, 0, 1.5}, 0, -30);
  const Point<frame::World> near{{1, 0, 0}}, far{{3, 0, 0}};
  EXPECT_NEAR(InCamera(camera, far, near).up_m, 1.0, 1e-12);  // 2 m times sin 30
  EXPECT_NEAR(InLevelCamera(camera, far, near).up_m, 0, 1e-12);
  EXPECT_NEAR(InLevelCamera(camera, far, near).forward_m, 2, 1e-12);
}

TEST(Motion, SignsOfMovesAndTurns) {
  const CamFromWorld first = Camera({0, 0, 1.5}, 90, 0);  // looks along y: x is to the right
  const Motion m = MotionBetween(first, Camera({0.4, 1.0, 1.3}, 60, 20, 5));
  EXPECT_NEAR(m.moved.right_m, 0.4, 1e-12);
  EXPECT_NEAR(m.moved.up_m, -0.2, 1e-12);
  EXPECT_NEAR(m.moved.forward_m, 1.0, 1e-12);
  EXPECT_NEAR(
      m.yaw_right_deg, 30, 1e-9);  // from heading 90 to 60: clockwise from above, to the right
  EXPECT_NEAR(m.pitch_up_deg, 20, 1e-9);
  EXPECT_NEAR(m.roll_deg, 5, 1e-9);
}

TEST(Motion, TurnsAcrossTheCutOfTheAngleAreSmall) {
  const Motion m = MotionBetween(Camera({0, 0, 1}, 175, 0), Camera({0, 0, 1}, -175, 0));
  EXPECT_NEAR(m.yaw_right_deg, -10, 1e-9);
}

TEST(Motion, BothReadingsAgreeForALevelFirstCamera) {
  const CamFromWorld first = Camera({0, 0, 1}, 20, 0), second = Camera({1, 0, 1}, -15, 25);
  const Motion a = MotionBetween(first, second), b = MotionInFirstCamera(first, second);
  EXPECT_NEAR(a.yaw_right_deg, b.yaw_right_deg, 1e-9);
  EXPECT_NEAR(a.pitch_up_deg, b.pitch_up_deg, 1e-9);
}

// Everything is the same in a world turned about its vertical, and lengths follow its scale.
TEST(Measure, UnchangedByYawOfTheWorldAndScaledByScaling) {
  RandomStream rng(1, {"measure"});
  for (int i = 0; i < 200; ++i) {
    const auto point = [&] {
      return Eigen::Vector3d(rng.Uniform(-3, 3), rng.Uniform(-3, 3), rng.Uniform(0, 2));
    };
    const Eigen::Vector3d eye_a = point(), eye_b = point();
    const double heading = rng.Uniform(-180, 180), turn = rng.Uniform(-180, 180);
    const double tilt = rng.Uniform(-60, 60), scale = rng.Uniform(0.5, 2);
    const Point<frame::World> p{point()}, q{point()};
    const double c = std::cos(turn * std::numbers::pi / 180),
                 s = std::sin(turn * std::numbers::pi / 180);
    Eigen::Matrix3d yaw;
    yaw << c, -s, 0, s, c, 0, 0, 0, 1;
    const auto moved = [&](const Eigen::Vector3d& v) { return Eigen::Vector3d(scale * (yaw * v)); };
    const CamFromWorld one = Camera(eye_a, heading, tilt),
                       two = Camera(eye_b, heading + 40, tilt / 2);
    const CamFromWorld one_moved = Camera(moved(eye_a), heading + turn, tilt);
    const CamFromWorld two_moved = Camera(moved(eye_b), heading + turn + 40, tilt / 2);
    const Displacement d = InCamera(one, p, q);
    const Displacement e = InCamera(one_moved, {moved(p.v)}, {moved(q.v)});
    EXPECT_NEAR(e.right_m, scale * d.right_m, 1e-9);
    EXPECT_NEAR(e.up_m, scale * d.up_m, 1e-9);
    EXPECT_NEAR(e.forward_m, scale * d.forward_m, 1e-9);
    const Motion m = MotionBetween(one, two), n = MotionBetween(one_moved, two_moved);
    EXPECT_NEAR(n.yaw_right_deg, m.yaw_right_deg, 1e-9);
    EXPECT_NEAR(n.pitch_up_deg, m.pitch_up_deg, 1e-9);
    EXPECT_NEAR(n.moved.forward_m, scale * m.moved.forward_m, 1e-9);
  }
}

TEST(Decide, WordsDeadZoneAndBorder) {
  const DeadZone zone{.width = 0.1, .margin = 0.01};
  EXPECT_EQ(Decide(0.2, zone), Sign::kPositive);
  EXPECT_EQ(Decide(-0.2, zone), Sign::kNegative);
  EXPECT_EQ(Decide(0.05, zone), Sign::kNone);
  EXPECT_EQ(Decide(0.105, zone), Sign::kBorder);
  EXPECT_EQ(Decide(-0.095, zone), Sign::kBorder);
  const ViewRelation relation = DecideView({.right_m = -0.5, .up_m = 0.02, .forward_m = 0.3}, zone);
  EXPECT_EQ(relation.Word(Axis::kSideways), "left");
  EXPECT_EQ(relation.Word(Axis::kVertical), "");
  EXPECT_EQ(relation.Word(Axis::kLineOfSight), "farther");
  EXPECT_EQ(OppositeWord("left"), "right");
  EXPECT_EQ(OppositeWord("above"), "below");
  EXPECT_EQ(OppositeWord("closer"), "farther");
}

TEST(Decide, SwappingTheTwoThingsGivesTheOppositeWords) {
  const DeadZone zone{.width = 0.1, .margin = 0.01};
  const CamFromWorld camera = Camera({0, 0, 1.5}, 30, -10);
  const Point<frame::World> a{{2, 1, 0.4}}, b{{3, -1, 1.0}};
  const ViewRelation one = DecideView(InCamera(camera, a, b), zone);
  const ViewRelation two = DecideView(InCamera(camera, b, a), zone);
  for (const Axis axis : {Axis::kSideways, Axis::kVertical, Axis::kLineOfSight})
    EXPECT_EQ(one.Word(axis), OppositeWord(two.Word(axis)));
}

TEST(Decide, LargerNeedsADifferenceThatGrowsWithTheDistances) {
  const DeadZone zone{.width = 0.1, .margin = 0.01};
  EXPECT_EQ(DecideLarger(1.2, 1.0, zone, 0.05), Sign::kPositive);
  EXPECT_EQ(DecideLarger(1.0, 1.05, zone, 0.05), Sign::kNone);
  EXPECT_EQ(DecideLarger(6.2, 6.0, zone, 0.05), Sign::kNone);  // 5 % of 6.2 m is 0.31 m
}

TEST(Decide, RoundingMarginIsTheDistanceToTheHalf) {
  EXPECT_NEAR(RoundingMargin(1.24, 0.1), 0.01, 1e-12);
  EXPECT_NEAR(RoundingMargin(1.26, 0.1), 0.01, 1e-12);
  EXPECT_NEAR(RoundingMargin(-1.20, 0.1), 0.05, 1e-12);
}

}  // namespace
}  // namespace spatium
