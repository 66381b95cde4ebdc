#include "spatium/render/views.h"

#include <gtest/gtest.h>

#include "spatium/render/render_test_scenes.h"

namespace spatium {
namespace {

Scene RoomWithTable() {
  Scene scene;
  scene.mesh.emplace();
  testing::AddBox(*scene.mesh, {{-3, -2, 0}, {3, 2, 2.6}}, -1);
  const Aabb<frame::World> table{{1, 0.5, 0}, {2, 1.2, 0.75}};
  testing::AddBox(*scene.mesh, table, 4);
  for (size_t i = 8; i < 16; ++i) scene.mesh->colors[i] = {250, 0, 0};
  scene.objects.push_back(
      {.id = {4}, .label = "table", .category = "table", .box = table, .obb = {}});
  return scene;
}

bool Red(const uint8_t* p) { return p[0] > 90 && p[1] < 30 && p[2] < 30; }

TEST(HolisticViews, TopLooksDownWithYUp) {
  const auto views = PlaceHolisticViews({{1, 2, 0.5}}, 6, 4, 1024);
  ASSERT_EQ(views.size(), 5u);
  const auto& top = views[0];
  EXPECT_EQ(top.eye.v, Eigen::Vector3d(1, 2, 6.5));
  const auto px = [&](const Eigen::Vector3d& p) {
    return *top.camera.Project(top.cam_from_world * Point<frame::World>{p});
  };
  EXPECT_NEAR(px({1, 2, 0.5}).u, 512, 1e-9);
  EXPECT_NEAR(px({1, 2, 0.5}).v, 512, 1e-9);
  EXPECT_NEAR(px({4, 2, 0.5}).u, 1024, 1e-9);  // +x is right, and the extent fills the picture
  EXPECT_NEAR(px({1, 3, 0.5}).v, 512 - 1024. / 6, 1e-9);  // +y is up
}

TEST(HolisticViews, ObliqueViewsAreUprightAndAtTheirDistance) {
  for (const auto& view : PlaceHolisticViews({{1, 2, 0.5}}, 6, 4, 512)) {
    EXPECT_NEAR((view.eye.v - view.look_at.v).norm(), 6, 1e-9) << view.name;
    EXPECT_NEAR(view.cam_from_world.R.determinant(), 1, 1e-12);
    if (view.name == "top") continue;
    const auto px = [&](const Eigen::Vector3d& p) {
      return *view.camera.Project(view.cam_from_world * Point<frame::World>{p});
    };
    EXPECT_LT(px({1, 2, 1.5}).v, 256) << view.name;  // higher is higher up in the picture
    EXPECT_NEAR(px({1, 2, 1.5}).u, 256, 1e-6) << view.name;
  }
  const auto views = PlaceHolisticViews({{0, 0, 0}}, 4, 4, 512);
  EXPECT_LT(views[1].eye.v.x(), -1);
  EXPECT_GT(views[2].eye.v.x(), 1);
  EXPECT_GT(views[3].eye.v.y(), 1);
  EXPECT_LT(views[4].eye.v.y(), -1);
}

TEST(RenderHolisticView, EveryViewLooksIntoTheOpenedRoom) {
  const Scene scene = RoomWithTable();
  const auto views = HolisticViews(scene, 128);
  ASSERT_TRUE(views);
  for (const auto& view : *views) {
    const auto image = RenderHolisticView(scene, view);
    ASSERT_TRUE(image);
    const auto center =
        *view.camera.Project(view.cam_from_world * Point<frame::World>{{1.5, 0.85, 0.75}});
    EXPECT_TRUE(Red(image->at(static_cast<int>(center.u), static_cast<int>(center.v))))
        << view.name;
  }
}

TEST(RenderHolisticView, NothingToDrawIsAnError) {
  Scene scene;
  EXPECT_FALSE(HolisticViews(scene, 128));
  scene.objects = RoomWithTable().objects;
  const auto views = HolisticViews(scene, 128);
  ASSERT_TRUE(views);
  EXPECT_FALSE(RenderHolisticView(scene, (*views)[0]));
  EXPECT_FALSE(HolisticViews(scene, 3));
}

TEST(RenderCloud, NearerPointsCoverFartherOnes) {
  PointCloud cloud;
  cloud.points = {{0, 0, 2}, {0, 0, 1}, {0, 0, 3}, {0, 0, -1}, {0.5f, 0, 2}};
  cloud.colors = {{1, 1, 1}, {2, 2, 2}, {3, 3, 3}, {4, 4, 4}, {5, 5, 5}};
  const Pinhole camera{{40, 40}, 40, 40, 20, 20};
  const auto out = RenderCloud(cloud, camera, {}, {.splat_m = 0.1});
  EXPECT_EQ(out.color.at(20, 20)[0], 2);
  EXPECT_FLOAT_EQ(*out.depth.at(20, 20), 1);
  EXPECT_EQ(out.color.at(30, 20)[0], 5);
  EXPECT_EQ(out.color.at(5, 5)[0], 255);
  EXPECT_EQ(*out.depth.at(5, 5), 0);
}

}  // namespace
}  // namespace spatium
