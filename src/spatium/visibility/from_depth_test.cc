#include <gtest/gtest.h>

#include <cmath>

#include "spatium/render/id_buffer.h"
#include "spatium/render/render_test_scenes.h"
#include "spatium/visibility/view_json.h"
#include "spatium/visibility/visibility.h"

namespace spatium {
namespace {

using testing::AddBox;
using testing::LookAt;

// A room of 6 x 6 x 2.6 m with boxes on its floor, on each other and at its walls, seen by 12
// cameras from its corners and middle; the room itself is no object.
Scene BoxRoom(uint64_t seed) {
  RandomStream rng(seed, {"box room"});
  Scene scene;
  scene.id = "box_room";
  scene.mesh.emplace();
  AddBox(*scene.mesh, {{-3, -3, 0}, {3, 3, 2.6}}, -1);
  const auto add = [&](const Aabb<frame::World>& box) {
    const int32_t id = static_cast<int32_t>(scene.objects.size());
    AddBox(*scene.mesh, box, id);
    scene.objects.push_back({.id = {id}, .label = "box", .category = "box", .box = box, .obb = {}});
  };
  for (int i = 0; i < 5; ++i) {
    // One cupboard per strip of the room, half of them at the wall, each with a thing on top.
    const double x = -2.8 + 1.2 * i, y = rng.Coin() ? 2.3 : rng.Uniform(-2, 1);
    const double height = rng.Uniform(0.3, 1.2), width = rng.Uniform(0.4, 1.0);
    add({{x, y, 0}, {x + width, y + 0.7, height}});
    add({{x + 0.1, y + 0.1, height}, {x + 0.35, y + 0.35, height + rng.Uniform(0.15, 0.4)}});
  }
  for (int i = 0; i < 3; ++i)  // pictures on the wall
    add({{2.97, -2.5 + 1.5 * i, 1.2}, {3, -1.9 + 1.5 * i, 1.7}});
  for (int i = 0; i < 12; ++i) {
    Frame frame;
    frame.name = std::to_string(i);
    frame.color = {{648, 484}, 585, 585, 324, 242};
    frame.depth = {{320, 240}, 289, 289, 160, 120};
    frame.depth_path = "depth";
    frame.cam_from_world =
        LookAt({rng.Uniform(-2.8, 2.8), rng.Uniform(-2.9, -2.2), rng.Uniform(1.3, 1.8)},
               {rng.Uniform(-2.5, 3), rng.Uniform(0, 2.5), rng.Uniform(0.2, 1)});
    scene.frames.push_back(frame);
  }
  return scene;
}

ReadDepthFn DepthOf(const Scene& scene, const Surface& surface) {
  return [&](const Frame& f) -> Result<MetricDepth> {
    MetricDepth depth = RenderIds(surface, f.depth, f.cam_from_world).depth;
    // As a sensor's file: whole millimetres, and waves of a few millimetres over the picture.
    for (int y = 0; y < depth.height(); ++y)
      for (int x = 0; x < depth.width(); ++x) {
        float& d = *depth.at(x, y);
        d = std::round((d + 0.001f * d * d * static_cast<float>((x / 7 + y / 5) % 3 - 1)) * 1000) /
            1000;
      }
    (void)scene;
    return depth;
  };
}

TEST(VisibilityFromDepth, AgreesWithTheMeshOnBoxRooms) {
  int both = 0, only_depth = 0, only_ids = 0, centers = 0, centers_equal = 0, fractions = 0;
  double fraction_error = 0;
  for (uint64_t seed = 0; seed < 4; ++seed) {
    const Scene scene = BoxRoom(seed);
    const auto surface = Surface::FromMesh(*scene.mesh);
    ASSERT_TRUE(surface);
    const auto ids = VisibilityFromMesh(scene, 2);
    const auto depth = VisibilityFromDepth(scene, DepthOf(scene, *surface), 2);
    ASSERT_TRUE(ids && depth);
    for (int f = 0; f < static_cast<int>(scene.frames.size()); ++f)
      for (const auto& object : scene.objects) {
        const ObjectView *a = ids->Find(f, object.id), *b = depth->Find(f, object.id);
        const bool in_ids = a && IsVisible(*a, {648, 484});
        const bool in_depth = b && IsVisible(*b, {648, 484});
        both += in_ids && in_depth, only_depth += in_depth && !in_ids;
        only_ids += in_ids && !in_depth;
        if (in_ids && in_depth) {
          fraction_error += std::abs(a->visible_fraction - b->visible_fraction);
          ++fractions;
        }
        if (a && b && a->center_in_view && IsVisible(*a, {648, 484})) {
          ++centers;
          centers_equal += a->center_unoccluded == b->center_unoccluded;
        }
      }
  }
  EXPECT_GE(both, 100);
  EXPECT_GE(both, 0.95 * (both + only_depth)) << "precision";
  EXPECT_GE(both, 0.95 * (both + only_ids)) << "recall";
  EXPECT_GE(centers_equal, 0.95 * centers);
  EXPECT_LE(fraction_error / fractions, 0.08);
  RecordProperty("both", both);
}

// The tray makes its box hold more than that of the thin wall behind it, which must not take it.
TEST(VisibilityFromDepth, AWhiteboardIsNotItsWall) {
  Scene scene = BoxRoom(9);
  scene.mesh.emplace();
  scene.objects.clear();
  const auto add = [&](const char* label, const Aabb<frame::World>& box) {
    const int32_t id = static_cast<int32_t>(scene.objects.size());
    scene.objects.push_back({.id = {id}, .label = label, .category = label, .box = box, .obb = {}});
  };
  add("wall", {{-1, 1.99, 0}, {1, 2.012, 2.2}});
  add("whiteboard", {{-0.7, 1.917, 0.9}, {0.7, 2.002, 1.9}});
  AddBox(*scene.mesh, scene.objects[0].box, 0);
  AddBox(*scene.mesh, {{-0.7, 1.982, 0.9}, {0.7, 2.002, 1.9}}, 1);
  AddBox(*scene.mesh, {{-0.7, 1.917, 0.9}, {0.7, 2.002, 0.93}}, 1);
  scene.frames.resize(1);
  scene.frames[0].cam_from_world = LookAt({0.3, 0, 1.5}, {0, 2, 1.3});
  const auto surface = Surface::FromMesh(*scene.mesh);
  ASSERT_TRUE(surface);
  const auto ids = VisibilityFromMesh(scene, 1);
  const auto depth = VisibilityFromDepth(scene, DepthOf(scene, *surface), 1);
  ASSERT_TRUE(ids && depth);
  const ObjectView *a = ids->Find(0, {1}), *b = depth->Find(0, {1});
  ASSERT_TRUE(a && b);
  EXPECT_GT(static_cast<double>(b->visible_px), 0.8 * static_cast<double>(a->visible_px));
}

// Half of the box of a thing 4 cm high is empty: the table shows there.
TEST(VisibilityFromDepth, TheTableInTheBoxOfALowThingIsNotTheThing) {
  Scene scene;
  scene.mesh.emplace();
  AddBox(*scene.mesh, {{-1, -1, 0}, {1, 1, 0.7}}, -1);
  AddBox(*scene.mesh, {{0, 0, 0.7}, {0.32, 0.1, 0.74}}, 0);
  AddBox(*scene.mesh, {{0, 0.1, 0.7}, {0.1, 0.32, 0.74}}, 0);
  const Aabb<frame::World> box{{0, 0, 0.7}, {0.32, 0.32, 0.74}};
  scene.objects.push_back({.id = {0}, .label = "tray", .category = "tray", .box = box, .obb = {}});
  Frame frame;
  frame.color = frame.depth = {{640, 480}, 580, 580, 320, 240};
  frame.depth_path = "depth";
  frame.cam_from_world = LookAt({0.1, -1.2, 1.8}, {0.1, 0.1, 0.7});
  scene.frames.push_back(frame);
  const auto surface = Surface::FromMesh(*scene.mesh);
  ASSERT_TRUE(surface);
  const auto ids = VisibilityFromMesh(scene, 1);
  const auto depth = VisibilityFromDepth(scene, DepthOf(scene, *surface), 1);
  ASSERT_TRUE(ids && depth && ids->Find(0, {0}) && depth->Find(0, {0}));
  EXPECT_NEAR(
      double(depth->Find(0, {0})->visible_px) / double(ids->Find(0, {0})->visible_px), 1, 0.2);
}

TEST(VisibilityFromDepth, ThreadsDoNotMatter) {
  const Scene scene = BoxRoom(9);
  const auto surface = Surface::FromMesh(*scene.mesh);
  ASSERT_TRUE(surface);
  const auto one = VisibilityFromDepth(scene, DepthOf(scene, *surface), 1);
  const auto two = VisibilityFromDepth(scene, DepthOf(scene, *surface), 2);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(VisibilityToJson(*one, "k").Dump(), VisibilityToJson(*two, "k").Dump());
}

TEST(VisibilityFromDepth, WithoutAColourCameraPixelsAreTheDepthCameras) {
  Scene scene = BoxRoom(9);
  const auto surface = Surface::FromMesh(*scene.mesh);
  ASSERT_TRUE(surface);
  for (auto& frame : scene.frames) frame.color = {};
  const auto none = VisibilityFromDepth(scene, DepthOf(scene, *surface), 1);
  const auto none_ids = VisibilityFromMesh(scene, 1);
  for (auto& frame : scene.frames) frame.color = frame.depth;
  const auto same = VisibilityFromDepth(scene, DepthOf(scene, *surface), 1);
  const auto same_ids = VisibilityFromMesh(scene, 1);
  ASSERT_TRUE(none && same && none_ids && same_ids);
  EXPECT_EQ(VisibilityToJson(*none, "k").Dump(), VisibilityToJson(*same, "k").Dump());
  EXPECT_EQ(VisibilityToJson(*none_ids, "k").Dump(), VisibilityToJson(*same_ids, "k").Dump());
}

TEST(VisibilityFromDepth, NoDepthAnywhereIsAnError) {
  Scene scene = BoxRoom(9);
  for (auto& frame : scene.frames) frame.depth_path.clear();
  const auto v = VisibilityFromDepth(
      scene, [](const Frame&) -> Result<MetricDepth> { return MetricDepth(); }, 1);
  ASSERT_FALSE(v);
  EXPECT_EQ(v.error().code, ErrorCode::kBadValue);
}

TEST(VisibilityFromDepth, AMapOfAnotherSizeNamesTheFrame) {
  const Scene scene = BoxRoom(9);
  const auto v = VisibilityFromDepth(
      scene, [](const Frame&) -> Result<MetricDepth> { return MetricDepth(3, 2); }, 1);
  ASSERT_FALSE(v);
  EXPECT_EQ(v.error().where, "frame 0: depth");
  EXPECT_EQ(v.error().found, "3x2");
}

TEST(VisibilityJson, RoundTrips) {
  const Scene scene = BoxRoom(2);
  const auto v = VisibilityFromMesh(scene, 2);
  ASSERT_TRUE(v);
  const Json json = VisibilityToJson(*v, "key");
  const auto again = Json::Parse(json.Dump(), "test");
  ASSERT_TRUE(again);
  const auto back = VisibilityFromJson(JsonCursor(*again, "test"), "key");
  ASSERT_TRUE(back) << back.error().Message();
  EXPECT_EQ(VisibilityToJson(*back, "key").Dump(), json.Dump());
  EXPECT_FALSE(VisibilityFromJson(JsonCursor(*again, "test"), "other key"));
}

}  // namespace
}  // namespace spatium
