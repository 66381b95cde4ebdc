#include "spatium/scene/pose_by_surfaces.h"

#include <gtest/gtest.h>

#include "spatium/geometry/rigid.h"
#include "spatium/scene/test_room.h"

namespace spatium {
namespace {

using Pose = Rigid<frame::Cam<>, frame::World>;

MetricDepth InMeters(const DepthImage& raw) {
  MetricDepth depth(raw.width(), raw.height());
  for (size_t i = 0; i < raw.data().size(); ++i)
    depth.data()[i] = static_cast<float>(raw.data()[i] * 1e-3);
  return depth;
}

// The pose of the first frame by what the others show, where its own was turned and moved.
std::optional<Pose> Found(const test::TestRoom& room,
                          const Eigen::Matrix3d& turn,
                          const Eigen::Vector3d& move) {
  const Pose& truth = room.scene.frames[0].cam_from_world;
  const Pose given{turn * truth.R, turn * truth.t + move};
  std::vector<SurfacePoints> surfaces;
  for (size_t i = 0; i < room.depths.size(); ++i) {
    const Frame& f = room.scene.frames[i];
    surfaces.push_back(
        SampleSurface(InMeters(room.depths[i]), f.depth, i == 0 ? given : f.cam_from_world));
  }
  return PoseBySurfaces(InMeters(room.depths[0]), room.scene.frames[0].depth, given, surfaces, 0);
}

TEST(PoseBySurfaces, FindsTheTruePoseOfATurnedAndMovedCamera) {
  const auto room = test::MakeTestRoom();
  const Frame& first = room.scene.frames[0];
  const auto points = SampleSurface(InMeters(room.depths[0]), first.depth, first.cam_from_world);
  const Eigen::Matrix3d none = Eigen::Matrix3d::Identity();
  for (const auto& [turn, move] :
       {std::pair<Eigen::Matrix3d, Eigen::Vector3d>{none, {0, 0, 0}},
        {none, {0, 0, 0.08}},
        {none, {0.06, -0.05, 0}},
        {RotationY(Radians::FromDegrees(2)), {0, 0, 0}},
        {RotationZ(Radians::FromDegrees(-2)) * RotationX(Radians::FromDegrees(1.5)),
         {-0.03, 0.02, 0.05}}}) {
    const auto pose = Found(room, turn, move);
    ASSERT_TRUE(pose);
    const PoseShift left = ShiftBetween(*pose, first.cam_from_world, first.depth, points);
    EXPECT_LT(left.distance_m, 0.008) << move.transpose();
    EXPECT_LT(left.share_of_width, 0.005) << move.transpose();
  }
}

TEST(PoseBySurfaces, SaysNothingWhereNothingOverlaps) {
  EXPECT_FALSE(Found(test::MakeTestRoom(), Eigen::Matrix3d::Identity(), {100, 0, 0}));
}

TEST(ShiftBetween, IsTheMedianOfWhatAMoveDoesToThePoints) {
  const Pinhole camera{{100, 100}, 100, 100, 50, 50};
  const SurfacePoints points = {{{0, 0, 1}}, {{0, 0, 2}}, {{0, 0, 4}}, {{0, 0, -1}}};
  const PoseShift shift =
      ShiftBetween({}, {Eigen::Matrix3d::Identity(), {0.1, 0, 0}}, camera, points);
  EXPECT_NEAR(shift.distance_m, 0.1, 1e-12);
  EXPECT_NEAR(shift.share_of_width, 0.05, 1e-12);  // 0.1 at 2 m: 5 of 100 pixels
}

}  // namespace
}  // namespace spatium
