#include "spatium/scene/scene_json.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "spatium/base/random.h"
#include "spatium/scene/test_room.h"

namespace spatium {
namespace {

// Doubles of every size, most of them with all digits.
double AnyDouble(RandomStream& rng) {
  while (true) {
    const double value = std::bit_cast<double>(rng.Next());
    if (std::isfinite(value)) return value;
  }
}

Scene RandomScene(RandomStream& rng) {
  Scene scene = test::MakeTestRoom(3).scene;
  scene.depth_unit_m = std::abs(AnyDouble(rng));
  for (Frame& frame : scene.frames) {
    for (int i = 0; i < 9; ++i) frame.cam_from_world.R(i / 3, i % 3) = AnyDouble(rng);
    for (int i = 0; i < 3; ++i) frame.cam_from_world.t[i] = AnyDouble(rng);
    frame.color.fx = AnyDouble(rng);
    frame.depth.cy = AnyDouble(rng);
    if (rng.Coin()) frame.time_s = AnyDouble(rng);
  }
  for (Object& object : scene.objects) {
    object.label = "a \"quoted\" läbel\n";
    for (int i = 0; i < 3; ++i) object.box.min[i] = AnyDouble(rng);
    object.obb.emplace();
    for (int i = 0; i < 3; ++i) object.obb->half[i] = AnyDouble(rng);
    for (int i = 0; i < 9; ++i) object.obb->f_from_object.R(i / 3, i % 3) = AnyDouble(rng);
  }
  scene.outline = {{AnyDouble(rng), AnyDouble(rng)}, {0.1, 1e-310}};
  return scene;
}

TEST(SceneJson, EveryDoubleReadsBackTheSame) {
  RandomStream rng(1, {"scene_json"});
  for (int i = 0; i < 50; ++i) {
    const Scene scene = RandomScene(rng);
    const std::string text = SceneToJson(scene, "key");
    const auto back = SceneFromJson(text, "scene.json");
    ASSERT_TRUE(back) << back.error().Message();
    EXPECT_EQ(SceneToJson(*back, "key"), text);
    for (size_t f = 0; f < scene.frames.size(); ++f) {
      EXPECT_EQ(back->frames[f].cam_from_world.R, scene.frames[f].cam_from_world.R);
      EXPECT_EQ(back->frames[f].cam_from_world.t, scene.frames[f].cam_from_world.t);
      EXPECT_EQ(back->frames[f].color.fx, scene.frames[f].color.fx);
      EXPECT_EQ(back->frames[f].time_s, scene.frames[f].time_s);
    }
    for (size_t o = 0; o < scene.objects.size(); ++o) {
      EXPECT_EQ(back->objects[o].label, scene.objects[o].label);
      EXPECT_EQ(back->objects[o].box.min, scene.objects[o].box.min);
      EXPECT_EQ(back->objects[o].obb->half, scene.objects[o].obb->half);
      EXPECT_EQ(back->objects[o].obb->f_from_object.R, scene.objects[o].obb->f_from_object.R);
    }
    EXPECT_EQ(back->outline, scene.outline);
    EXPECT_EQ(back->depth_unit_m, scene.depth_unit_m);
  }
}

TEST(SceneJson, MissingFieldsAndWrongKindsAreErrorsWithTheirPath) {
  const std::string good = SceneToJson(test::MakeTestRoom(2).scene, "key");
  const auto replaced = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  for (const auto& [from, to, place] :
       {std::tuple{"\"version\":1", "\"version\":2", "version"},
        {"spatium-scene", "another", "format"},
        {"\"cam_from_world\":[", "\"cam_from_world\":[0,", "cam_from_world"},
        {"\"aabb\":[", "\"aabb\":[\"x\",", "aabb"},
        {"\"aligned\":true", "\"aligned\":\"yes\"", "aligned"},
        {"\"id\":2", "\"id\":-2", "id"},
        {"\"color_camera\":[96", "\"color_camera\":[96.5", "color_camera"},
        {"\"outline\":null", "\"outlin\":null", "outline"}}) {
    const auto scene = SceneFromJson(replaced(from, to), "scene.json");
    ASSERT_FALSE(scene) << from;
    EXPECT_NE(scene.error().Message().find(place), std::string::npos) << scene.error().Message();
  }
}

TEST(SceneJson, InfoHasTheKeysOfTheContract) {
  Scene scene = test::MakeTestRoom(2).scene;
  scene.outline = {{0, 0}, {1, 0}, {1, 1}};
  const Json info = SceneInfo(scene, true);
  for (const char* key : {"scene", "frames", "objects", "outline"}) EXPECT_TRUE(info.Find(key));
  for (const char* key : {"name", "size", "K", "depth_size", "depth_K", "cam_from_world"})
    EXPECT_TRUE(info.Find("frames")->AsArray()[0].Find(key)) << key;
  for (const char* key : {"id", "label", "category", "aabb", "obb"})
    EXPECT_TRUE(info.Find("objects")->AsArray()[0].Find(key)) << key;
  EXPECT_EQ(info.Find("frames")->AsArray()[0].Find("cam_from_world")->AsArray().size(), 16u);
}

}  // namespace
}  // namespace spatium
