#include "spatium/geometry/gravity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "spatium/geometry/box_test_util.h"

namespace spatium {
namespace {

using frame::Agent, frame::Cam, frame::World;
using testing::RandomRigid, testing::RandomRotation, testing::RandomVector;

// A room in World: floor, four walls, a ceiling, a large table, noise of 5 mm.
std::vector<Point<World>> Room(RandomStream& rng) {
  std::vector<Point<World>> points;
  const auto add = [&](int n, Eigen::Vector3d low, Eigen::Vector3d high) {
    for (int i = 0; i < n; ++i) {
      Eigen::Vector3d p;
      for (int k = 0; k < 3; ++k) p[k] = rng.Uniform(low[k], high[k]) + rng.Uniform(-0.005, 0.005);
      points.push_back({p});
    }
  };
  add(3000, {-2, -3, 0}, {2, 3, 0});
  add(4000, {-2, -3, 2.5}, {2, 3, 2.5});  // the ceiling is seen better than the floor
  add(5000, {-2, -3, 0}, {-2, 3, 2.5});   // and a wall better still
  add(2000, {2, -3, 0}, {2, 3, 2.5});
  add(2000, {-2, -3, 0}, {2, -3, 2.5});
  add(2000, {-1, -1, 0.75}, {1, 1, 0.75});
  add(100, {-2, -3, -1}, {2, 3, 0});  // reflections below the floor
  return points;
}

TEST(Plane, FitIsExactAndMovesWithItsPoints) {
  RandomStream rng(1, {"plane"});
  for (int i = 0; i < 100; ++i) {
    const auto move = RandomRigid<World, Agent>(rng, 5);
    std::vector<Point<World>> points;
    for (int k = 0; k < 20; ++k) {
      Eigen::Vector3d p = RandomVector(rng, 2);
      p.z() = 0;
      points.push_back(move * Point<Agent>{p});
    }
    points.push_back({Eigen::Vector3d::Constant(std::nan(""))});
    const auto plane = FitPlane<World>(points);
    ASSERT_TRUE(plane);
    EXPECT_NEAR(std::abs(plane->normal.dot(move.R.col(2))), 1, 1e-12);
    points.pop_back();
    for (const auto& p : points) EXPECT_NEAR(plane->SignedDistance(p).m(), 0, 1e-12);
  }
}

TEST(Plane, LinesAndFewPointsHaveNone) {
  const std::vector<Point<World>> line = {{{0, 0, 0}}, {{1, 1, 1}}, {{2, 2, 2}}, {{5, 5, 5}}};
  EXPECT_FALSE(FitPlane<World>(line));
  EXPECT_FALSE(FindPlane<World>(line, {}, RandomStream(1, {"line"})));
  EXPECT_FALSE(FitPlane<World>(std::span(line).first(2)));
  EXPECT_FALSE(FindPlane<World>({}, {}, RandomStream(1, {"none"})));
  const std::vector<Point<World>> same(10, Point<World>{{1, 1, 1}});
  EXPECT_FALSE(FitPlane<World>(same));
}

TEST(Gravity, FindsTheFloorOfATiltedRoomByItsCameras) {
  RandomStream rng(2, {"room"});
  const auto room = Room(rng);
  for (int i = 0; i < 10; ++i) {
    const auto scan_from_world = RandomRigid<Agent, World>(rng, 5);
    std::vector<Point<Agent>> scan;
    for (const auto& p : room) scan.push_back(scan_from_world * p);
    std::vector<Rigid<Cam<>, Agent>> cams;  // look around and 20 degrees down
    for (int k = 0; k < 8; ++k) {
      const Dir<World> forward{{std::cos(k), std::sin(k), -0.36}};
      cams.push_back(LookAlong(Point<World>{{0, 0, 1.5}}, forward, Dir<World>{{0, 0, 1}}) *
                     Inverse(scan_from_world));
    }
    const auto up = UpFromCameras<Agent>(cams);
    ASSERT_TRUE(up);
    const auto floor = FindFloor<Agent>(scan, up, RandomStream(7, {"floor"}));
    ASSERT_TRUE(floor);
    EXPECT_GT(floor->num_on, 2900u);
    const auto world_from_scan = AlignToFloor(floor->plane);
    EXPECT_NEAR(world_from_scan.R.determinant(), 1, 1e-12);
    for (size_t k = 0; k < room.size(); k += 50)  // heights come back
      EXPECT_NEAR((world_from_scan * scan[k]).v.z(), room[k].v.z(), 0.01);
    const auto again = FindFloor<Agent>(scan, up, RandomStream(7, {"floor"}));
    EXPECT_EQ(again->plane.normal, floor->plane.normal);
    EXPECT_EQ(again->plane.offset_m, floor->plane.offset_m);
  }
}

TEST(Gravity, WithoutUpTheLargestOuterPlaneFacesTheScene) {
  RandomStream rng(3, {"room"});
  const auto room = Room(rng);
  const auto wall = FindFloor<World>(room, std::nullopt, RandomStream(1, {"floor"}));
  ASSERT_TRUE(wall);
  EXPECT_NEAR(wall->plane.normal.x(), 1, 1e-2);
}

TEST(Gravity, AlignmentIsTheSmallestTurn) {
  const auto none = AlignToFloor(Plane<World>{{0, 0, 1}, 0});
  EXPECT_TRUE(none.R.isIdentity(0));
  EXPECT_EQ(none.t, Eigen::Vector3d::Zero());
  RandomStream rng(4, {"turn"});
  for (int i = 0; i < 100; ++i) {
    const Eigen::Vector3d n = RandomRotation(rng).col(0);
    const auto r = AlignToFloor(Plane<Agent>{n, 0.3});
    EXPECT_TRUE((r.R.transpose() * r.R).isIdentity(1e-14));
    EXPECT_TRUE((r.R * n).isApprox(Eigen::Vector3d::UnitZ(), 1e-12));
    EXPECT_NEAR(AngleOf(r.R).rad(), std::acos(n.z()), 1e-7);
    EXPECT_NEAR((r * Point<Agent>{0.3 * n}).v.z(), 0, 1e-12);
  }
  const auto over = AlignToFloor(Plane<Agent>{{0, 0, -1}, 0});  // upside down
  EXPECT_NEAR(over.R.determinant(), 1, 1e-15);
  EXPECT_TRUE((over.R * Eigen::Vector3d(0, 0, -1)).isApprox(Eigen::Vector3d::UnitZ()));
  EXPECT_FALSE(UpFromCameras<World>({}));
}

}  // namespace
}  // namespace spatium
