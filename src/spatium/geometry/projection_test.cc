#include "spatium/geometry/projection.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "spatium/geometry/box_test_util.h"
#include "spatium/geometry/rigid.h"

namespace spatium {
namespace {

using frame::Cam, frame::World;
using testing::RandomObb, testing::RandomVector;

const Pinhole kCamera{{640, 480}, 500, 520, 320, 240};

Rigid<Cam<>, World> Identity() { return {}; }

// What part of the picture a box covers, by asking each pixel's ray: the slow independent way.
bool RayHits(const Obb<World>& box, const Rigid<Cam<>, World>& cam_from_world, Pixel pixel) {
  const auto object_from_cam = Inverse(box.f_from_object) * Inverse(cam_from_world);
  const Eigen::Vector3d from = object_from_cam.t;
  const Eigen::Vector3d along = object_from_cam.R * kCamera.Unproject(pixel, Meters(1)).v;
  double enter = kNearPlane.m(), leave = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 3; ++i) {
    double a = (-box.half[i] - from[i]) / along[i], b = (box.half[i] - from[i]) / along[i];
    if (a > b) std::swap(a, b);
    enter = std::max(enter, a), leave = std::min(leave, b);
  }
  return enter <= leave;
}

TEST(Projection, OutlineHoldsExactlyThePixelsWhoseRaysHit) {
  RandomStream rng(1, {"outline"});
  int behind = 0, around = 0;
  for (int round = 0; round < 300; ++round) {
    const auto box = RandomObb<World>(rng, 3);
    const auto outline = ProjectBox(kCamera, Identity(), box);
    const auto shown = ClipToPicture(outline, kCamera.size);
    behind += outline.empty();
    around += box.Contains({Eigen::Vector3d::Zero()});
    for (double v = 0.5; v < 480; v += 16)
      for (double u = 0.5; u < 640; u += 16) {
        const Eigen::Vector2d p(u, v);
        const bool hit = RayHits(box, Identity(), {u, v});
        if (hit == Contains(shown, p)) continue;
        // only a pixel on the border line may be told either way
        double to_border = 1;
        for (size_t i = 0; i < outline.size(); ++i) {
          const Polygon2 edge = {outline[i], outline[(i + 1) % outline.size()]};
          to_border = std::min(to_border, Distance(edge, p));
        }
        EXPECT_LT(to_border, 1e-6) << u << " " << v;
      }
  }
  EXPECT_GT(behind, 20);
  EXPECT_GT(around, 5);
}

TEST(Projection, BoxInFrontHasItsCornersOutline) {
  const auto box = Aabb<World>::FromCenterSize({0, 0, 5}, {2, 1, 2});
  const auto bounds = VisibleBounds(kCamera, Identity(), box);
  ASSERT_TRUE(bounds);
  EXPECT_NEAR(bounds->x0, 320 - 500 / 4.0, 1e-12);  // the near face, 4 m away
  EXPECT_NEAR(bounds->x1, 320 + 500 / 4.0, 1e-12);
  EXPECT_NEAR(bounds->y1, 240 + 520 * 0.5 / 4, 1e-12);
}

TEST(Projection, BehindAndAround) {
  const auto behind = Aabb<World>::FromCenterSize({0, 0, -5}, {2, 2, 2});
  EXPECT_TRUE(ProjectBox(kCamera, Identity(), behind).empty());
  EXPECT_FALSE(VisibleBounds(kCamera, Identity(), behind));
  const auto around = Aabb<World>::FromCenterSize({0, 0, 0}, {2, 2, 2});
  const auto shown = ClipToPicture(ProjectBox(kCamera, Identity(), around), kCamera.size);
  EXPECT_NEAR(Area(shown), 640 * 480, 1e-6);
}

// The outline leaves the picture through a slanted edge: cutting its bounds is not enough.
TEST(Projection, VisibleBoundsAreThoseOfTheVisiblePart) {
  auto box = ToObb(Aabb<World>::FromCenterSize({0, 1, 4}, {0.1, 8, 0.1}));
  box.f_from_object.R = RotationZ(Radians::FromDegrees(60));
  const auto whole = BoundsOf(ProjectBox(kCamera, Identity(), box));
  const auto part = VisibleBounds(kCamera, Identity(), box);
  ASSERT_TRUE(whole && part);
  EXPECT_LT(whole->x0, 0);
  EXPECT_NEAR(part->x0, 320 - 500 * 1.5 / 4, 25);  // where the bar leaves below
  EXPECT_NEAR(part->y0, 240 - 520 * 0.5 / 4, 25);  // and on the right
  EXPECT_EQ(part->x1, 640);
  EXPECT_EQ(part->y1, 480);
}

TEST(Projection, SegmentsAreCutAtTheNearPlane) {
  const Point<Cam<>> front{{1, 0, 2}}, back{{1, 0, -2}};
  const auto cut = ProjectSegment(kCamera, back, front);
  ASSERT_TRUE(cut);
  EXPECT_NEAR(cut->first.u, 320 + 500 * 1 / 0.01, 1e-6);
  EXPECT_NEAR(cut->second.u, 320 + 250, 1e-12);
  EXPECT_FALSE(ProjectSegment(kCamera, back, back));
}

TEST(Projection, PolygonsAreCutAtTheNearPlane) {
  // a floor 1 m below the camera, reaching from behind it to 5 m in front
  const std::vector<Point<Cam<>>> floor = {{{-1, 1, -5}}, {{1, 1, -5}}, {{1, 1, 5}}, {{-1, 1, 5}}};
  const auto outline = ProjectPolygon(kCamera, floor);
  ASSERT_EQ(outline.size(), 4u);
  const auto shown = BoundsOf(ClipToPicture(outline, kCamera.size));
  ASSERT_TRUE(shown);
  EXPECT_NEAR(shown->y0, 240 + 520 / 5.0, 1e-9);
  EXPECT_NEAR(shown->y1, 480, 1e-9);
}

TEST(Projection, WhatIsNotFiniteIsNotShown) {
  auto box = Aabb<World>::FromCenterSize({0, 0, 5}, {2, 1, 2});
  box.max.z() = std::nan("");
  EXPECT_TRUE(ProjectBox(kCamera, Identity(), box).empty());
  box.max.z() = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(ProjectBox(kCamera, Identity(), box).empty());
  EXPECT_FALSE(ProjectSegment(kCamera, {{0, 0, std::nan("")}}, {{0, 0, 1}}));
}

}  // namespace
}  // namespace spatium
