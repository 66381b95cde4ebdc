#include <gtest/gtest.h>

#include "spatium/render/render_test_scenes.h"
#include "spatium/visibility/visibility.h"

namespace spatium {
namespace {

using testing::AddBox;
using testing::LookAt;

// A scene of boxes, object i the i-th, seen by one camera at the origin that looks along world +y.
Scene BoxScene(const std::vector<Aabb<frame::World>>& boxes) {
  Scene scene;
  scene.mesh.emplace();
  for (size_t i = 0; i < boxes.size(); ++i) {
    const int32_t id = static_cast<int32_t>(i);
    AddBox(*scene.mesh, boxes[i], id);
    scene.objects.push_back(
        {.id = {id}, .label = "box", .category = "box", .box = boxes[i], .obb = {}});
  }
  Frame frame;
  frame.name = "0";
  frame.color = frame.depth = {{320, 240}, 300, 300, 160, 120};
  frame.cam_from_world = LookAt({0, 0, 0}, {0, 1, 0});
  scene.frames.push_back(frame);
  return scene;
}

Visibility Compute(const Scene& scene, unsigned threads = 1) {
  auto v = VisibilityFromMesh(scene, threads);
  EXPECT_TRUE(v);
  return *std::move(v);
}

TEST(VisibilityFromMesh, AFreeBoxIsWhollyVisible) {
  const auto v = Compute(BoxScene({{{-0.5, 4, -0.4}, {0.5, 5, 0.4}}}));
  const ObjectView* view = v.Find(0, {0});
  ASSERT_NE(view, nullptr);
  EXPECT_EQ(view->visible_fraction, 1);
  EXPECT_EQ(view->truncated_fraction, 0);
  // The near face: 1 m x 0.8 m at 4 m, 75 x 60 pixels.
  EXPECT_NEAR(static_cast<double>(view->visible_px), 75 * 60, 75 + 60);
  EXPECT_NEAR(view->box_visible->x0, 160 - 37.5, 1);
  EXPECT_NEAR(view->box_visible->x1, 160 + 37.5, 1);
  EXPECT_NEAR(view->box_full->y0, 120 - 30, 1);
  EXPECT_NEAR(view->box_full->y1, 120 + 30, 1);
  EXPECT_NEAR(view->center_depth_m, 4.5, 1e-9);
  EXPECT_NEAR(view->center_px->u, 160, 1e-9);
  EXPECT_TRUE(view->center_in_view);
  EXPECT_TRUE(view->center_unoccluded);
  EXPECT_EQ(view->center_on_object, true);
  EXPECT_TRUE(IsVisible(*view, {320, 240}));
}

TEST(VisibilityFromMesh, ABoxBehindTheCameraHasNoView) {
  EXPECT_EQ(Compute(BoxScene({{{-0.5, -5, -0.4}, {0.5, -4, 0.4}}})).Find(0, {0}), nullptr);
}

TEST(VisibilityFromMesh, AGrowingOccluderHidesMoreAndMore) {
  double last = 1.1;
  for (int i = 0; i <= 10; ++i) {
    const auto v = Compute(BoxScene(
        {{{-0.5, 4, -0.4}, {0.5, 5, 0.4}}, {{-0.6, 2, -0.5}, {-0.5 + 0.1 * i, 2.2, 0.5}}}));
    const ObjectView* view = v.Find(0, {0});
    ASSERT_NE(view, nullptr);
    EXPECT_LE(view->visible_fraction, last);
    EXPECT_EQ(view->center_unoccluded, -0.5 + 0.1 * i < 0) << i;
    if (i != 5) EXPECT_EQ(view->center_on_object, i < 5) << i;  // at 5 the edge is there
    if (view->visible_px > 0) {
      EXPECT_LE(view->box_full->x0, view->box_visible->x0);
      EXPECT_LE(view->box_visible->x1, view->box_full->x1);
    }
    last = view->visible_fraction;
  }
  EXPECT_EQ(last, 0);
}

TEST(VisibilityFromMesh, TheSilhouetteReachesBeyondTheBorder) {
  // A thin plate, x from -1 to 3 at 3 m; the image ends at x = 160 / 300 * 3 = 1.6 m.
  const auto v = Compute(BoxScene({{{-1, 3, -0.3}, {3, 3.01, 0.3}}}));
  const ObjectView* view = v.Find(0, {0});
  ASSERT_NE(view, nullptr);
  EXPECT_NEAR(view->visible_fraction, 2.6 / 4, 0.02);
  EXPECT_NEAR(view->truncated_fraction, 1.4 / 4, 0.02);
  EXPECT_EQ(view->box_visible->x1, 320);
  EXPECT_EQ(view->box_full->x1, 320);
}

TEST(VisibilityFromMesh, TheObjectItselfDoesNotHideItsCentre) {
  // Object 1 lies wholly inside object 0: object 0 hides it, not the other way round.
  const auto v = Compute(BoxScene({{{-1, 3, -1}, {1, 5, 1}}, {{-.2, 3.8, -.2}, {.2, 4.2, .2}}}));
  EXPECT_FALSE(v.Find(0, {0})->center_unoccluded);
  EXPECT_FALSE(v.Find(0, {1})->center_unoccluded);
  EXPECT_EQ(v.Find(0, {1})->visible_px, 0);
  const auto alone = Compute(BoxScene({{{-1, 3, -1}, {1, 5, 1}}}));
  EXPECT_TRUE(alone.Find(0, {0})->center_unoccluded);
}

TEST(VisibilityFromMesh, LargePicturesAreSampledAndScaledBack) {
  Scene scene = BoxScene({{{-0.5, 4, -0.4}, {0.5, 5, 0.4}}});
  scene.frames[0].color = {{3200, 2400}, 3000, 3000, 1600, 1200};
  const auto v = Compute(scene);
  EXPECT_NEAR(static_cast<double>(v.Find(0, {0})->visible_px), 750 * 600, 2000);
  EXPECT_NEAR(v.Find(0, {0})->box_visible->x0, 1600 - 375, 2);
  EXPECT_NEAR(v.Find(0, {0})->box_visible->x1, 1600 + 375, 2);
  EXPECT_EQ(v.Find(0, {0})->visible_fraction, 1);
}

TEST(VisibilityFromMesh, ThreadsDoNotMatter) {
  RandomStream rng(1, {"threads"});
  std::vector<Aabb<frame::World>> boxes;
  for (int i = 0; i < 20; ++i) {
    const Eigen::Vector3d c(rng.Uniform(-2, 2), rng.Uniform(-2, 4), rng.Uniform(-2, 2));
    boxes.push_back({c, c + Eigen::Vector3d::Constant(rng.Uniform(0.1, 1))});
  }
  Scene scene = BoxScene(boxes);
  for (int i = 1; i < 8; ++i) {
    scene.frames.push_back(scene.frames[0]);
    scene.frames.back().cam_from_world =
        LookAt({rng.Uniform(-1, 1), -1, 0}, {rng.Uniform(-1, 1), 1, 0});
  }
  const auto one = Compute(scene, 1), two = Compute(scene, 2);
  ASSERT_EQ(one.views.size(), two.views.size());
  for (size_t i = 0; i < one.views.size(); ++i) {
    EXPECT_EQ(one.views[i].object, two.views[i].object);
    EXPECT_EQ(one.views[i].visible_px, two.views[i].visible_px);
    EXPECT_EQ(one.views[i].visible_fraction, two.views[i].visible_fraction);
    EXPECT_EQ(one.views[i].center_unoccluded, two.views[i].center_unoccluded);
  }
}

TEST(VisibilityFromMesh, NeedsObjectsOnTheMesh) {
  Scene scene = BoxScene({{{-0.5, 4, -0.4}, {0.5, 5, 0.4}}});
  scene.mesh->vertex_object.clear();
  const auto v = VisibilityFromMesh(scene, 1);
  ASSERT_FALSE(v);
  EXPECT_EQ(v.error().code, ErrorCode::kBadValue);
}

}  // namespace
}  // namespace spatium
