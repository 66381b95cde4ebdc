#include "spatium/geometry/rigid.h"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>
#include <limits>

#include "spatium/geometry/box_test_util.h"

namespace spatium {
namespace {

using frame::Cam, frame::World;
using testing::RandomRigid, testing::RandomRotation, testing::RandomVector;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(Rigid, InverseUndoesApply) {
  RandomStream rng(1, {"rigid"});
  for (int i = 0; i < 200; ++i) {
    const auto cam_from_world = RandomRigid<Cam<>, World>(rng, 5);
    const Point<World> p{RandomVector(rng, 5)};
    EXPECT_TRUE((Inverse(cam_from_world) * (cam_from_world * p)).v.isApprox(p.v, 1e-13));
    const Dir<World> d{RandomVector(rng, 5)};
    EXPECT_TRUE((Inverse(cam_from_world) * (cam_from_world * d)).v.isApprox(d.v, 1e-13));
  }
}

TEST(Rigid, MatrixRoundTrips) {
  RandomStream rng(2, {"matrix"});
  for (int i = 0; i < 200; ++i) {
    const auto r = RandomRigid<Cam<>, World>(rng, 5);
    const auto back = RigidFromMatrix<Cam<>, World>(ToMatrix(r), "test");
    ASSERT_TRUE(back);
    EXPECT_TRUE(back->R.isApprox(r.R, 1e-15));
    EXPECT_EQ(back->t, r.t);
  }
}

TEST(Rigid, RoundedMatricesBecomeRotations) {
  RandomStream rng(3, {"rounded"});
  for (int i = 0; i < 200; ++i) {
    auto m = ToMatrix(RandomRigid<Cam<>, World>(rng, 5));
    for (auto& x : m) x = std::round(x * 1000) / 1000;
    const auto r = RigidFromMatrix<Cam<>, World>(m, "test");
    ASSERT_TRUE(r);
    EXPECT_TRUE((r->R.transpose() * r->R).isIdentity(1e-14));
    for (int k = 0; k < 9; ++k)
      EXPECT_NEAR(r->R(k / 3, k % 3), m[static_cast<size_t>(k / 3 * 4 + k % 3)], 1e-3);
  }
}

TEST(Rigid, MatricesThatAreNoRigidMotionAreRefused) {
  const auto refused = [](auto change) {
    auto m = ToMatrix(Rigid<Cam<>, World>{});
    change(m);
    const auto r = RigidFromMatrix<Cam<>, World>(m, "pose.txt:1");
    return !r && r.error().code == ErrorCode::kBadValue && r.error().where == "pose.txt:1";
  };
  EXPECT_FALSE(refused([](auto&) {}));
  EXPECT_TRUE(refused([](auto& m) { m[3] = kNaN; }));
  EXPECT_TRUE(refused([](auto& m) { m[0] = -std::numeric_limits<double>::infinity(); }));
  EXPECT_TRUE(refused([](auto& m) { m[0] = 1.1; }));   // scaled
  EXPECT_TRUE(refused([](auto& m) { m[1] = 0.1; }));   // sheared
  EXPECT_TRUE(refused([](auto& m) { m[10] = -1; }));   // mirrored
  EXPECT_TRUE(refused([](auto& m) { m[12] = 0.5; }));  // projective
  EXPECT_TRUE(refused([](auto& m) {
    m.fill(0);
    m[15] = 1;
  }));  // nothing
  const std::array<double, 9> three_by_three = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  const auto r = RigidFromMatrix<Cam<>, World>(three_by_three, "pose.txt");
  ASSERT_FALSE(r);
  EXPECT_EQ(r.error().found, "9 numbers");
}

TEST(Rigid, QuaternionsRoundTripAndFollowTheOrderXyzw) {
  RandomStream rng(4, {"quaternion"});
  for (int i = 0; i < 200; ++i) {
    const auto R = RandomRotation(rng);
    EXPECT_TRUE(RotationFromQuaternion(QuaternionFromRotation(R), "test")->isApprox(R, 1e-14));
  }
  // half a turn about x, a quarter about z
  EXPECT_TRUE((*RotationFromQuaternion({1, 0, 0, 0}, "") * Eigen::Vector3d(0, 1, 0))
                  .isApprox(Eigen::Vector3d(0, -1, 0)));
  const double h = std::sqrt(0.5);
  EXPECT_TRUE(RotationFromQuaternion({0, 0, h, h}, "")
                  ->isApprox(RotationZ(Radians::FromDegrees(90)), 1e-15));
  EXPECT_FALSE(RotationFromQuaternion({0, 0, 0, 0}, ""));
  EXPECT_FALSE(RotationFromQuaternion({kNaN, 0, 0, 1}, ""));
  EXPECT_FALSE(RotationFromQuaternion({0, 0, 0, 2}, ""));
}

TEST(Rigid, TurnsAboutAnAxisAreRightHanded) {
  const auto quarter = Radians::FromDegrees(90);
  EXPECT_TRUE(
      (RotationX(quarter) * Eigen::Vector3d::UnitY()).isApprox(Eigen::Vector3d::UnitZ(), 1e-15));
  EXPECT_TRUE(
      (RotationY(quarter) * Eigen::Vector3d::UnitZ()).isApprox(Eigen::Vector3d::UnitX(), 1e-15));
  EXPECT_TRUE(
      (RotationZ(quarter) * Eigen::Vector3d::UnitX()).isApprox(Eigen::Vector3d::UnitY(), 1e-15));
  for (const double deg : {0.0, 1e-7, 30.0, 179.9999, 180.0})
    EXPECT_NEAR(AngleOf(RotationY(Radians::FromDegrees(deg))).rad(), deg * M_PI / 180, 1e-15);
}

// Sits at (0, -3, 1), looks along +y: what lies in front is in front, right is right, up is up.
TEST(Rigid, LookAlongSeesTheWorldTheRightWayUp) {
  const auto cam =
      LookAlong(Point<World>{{0, -3, 1}}, Dir<World>{{0, 2, 0}}, Dir<World>{{0, 0, 1}});
  EXPECT_NEAR(cam.R.determinant(), 1, 1e-15);
  EXPECT_TRUE((cam * Point<World>{{0, 0, 1}}).v.isApprox(Eigen::Vector3d(0, 0, 3)));
  EXPECT_TRUE((cam * Point<World>{{1, 0, 1}}).v.isApprox(Eigen::Vector3d(1, 0, 3)));
  EXPECT_TRUE((cam * Point<World>{{0, 0, 2}}).v.isApprox(Eigen::Vector3d(0, -1, 3)));
  const auto down =
      LookAlong(Point<World>{{0, 0, 9}}, Dir<World>{{0, 0, -1}}, Dir<World>{{0, 0, 1}});
  EXPECT_NEAR(down.R.determinant(), 1, 1e-15);
  EXPECT_TRUE((down * Point<World>{{0, 0, 0}}).v.isApprox(Eigen::Vector3d(0, 0, 9)));
  EXPECT_LT((down * Point<World>{{0, 1, 0}}).v.y(), 0);  // y is up in the plan
}

TEST(Rigid, HeadingsOfKnownDirections) {
  const auto degrees = [](Radians r) { return r.rad() * 180 / M_PI; };
  const auto left = HeadingOf(Dir<World>{{0, 1, 0}});
  EXPECT_NEAR(degrees(left.yaw_left), 90, 1e-12);
  EXPECT_EQ(left.pitch_up.rad(), 0);
  const auto up = HeadingOf(Dir<World>{{0, 0, 2}});
  EXPECT_EQ(up.yaw_left.rad(), 0);
  EXPECT_NEAR(degrees(up.pitch_up), 90, 1e-12);
  EXPECT_NEAR(degrees(HeadingOf(Dir<World>{{-1, 0, -1}}).pitch_up), -45, 1e-12);
}

TEST(Rigid, TurnsOfTheViewHaveTheSignsAPersonUses) {
  const Point<World> eye{{1, 2, 1.5}};
  const Dir<World> up{{0, 0, 1}};
  const auto look = [&](double yaw_left_deg, double pitch_up_deg) {
    const auto [sy, cy] =
        std::pair(std::sin(yaw_left_deg * M_PI / 180), std::cos(yaw_left_deg * M_PI / 180));
    const auto [sp, cp] =
        std::pair(std::sin(pitch_up_deg * M_PI / 180), std::cos(pitch_up_deg * M_PI / 180));
    return LookAlong(eye, Dir<World>{{cp * cy, cp * sy, sp}}, up);
  };
  const auto turn = [&](const Rigid<Cam<>, World>& first, const Rigid<Cam<>, World>& second) {
    const Rigid<Cam<0>, World> c0{first.R, first.t};
    const Rigid<Cam<1>, World> c1{second.R, second.t};
    const auto t = TurnOf(c1 * Inverse(c0));
    return std::pair(t.yaw_right.rad() * 180 / M_PI, t.pitch_up.rad() * 180 / M_PI);
  };
  const auto right = turn(look(0, 0), look(-30, 0));
  EXPECT_NEAR(right.first, 30, 1e-12);
  EXPECT_NEAR(right.second, 0, 1e-12);
  const auto raised = turn(look(40, 0), look(40, 20));
  EXPECT_NEAR(raised.first, 0, 1e-12);
  EXPECT_NEAR(raised.second, 20, 1e-12);
  EXPECT_NEAR(turn(look(0, 0), look(170, 0)).first, -170, 1e-12);
}

}  // namespace
}  // namespace spatium
