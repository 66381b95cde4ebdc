#include "spatium/scene/check/check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "spatium/scene/test_room.h"

namespace spatium {
namespace {

std::vector<Problem> ProblemsAfter(const std::function<void(test::TestRoom&)>& change,
                                   const std::function<void(const Path&)>& damage = {}) {
  auto room = test::MakeTestRoom();
  change(room);
  const Path folder = test::WriteRoomStore(room, test::FreshFolder("check") / "room");
  if (damage) damage(folder);
  auto problems = CheckScene(folder);
  EXPECT_TRUE(problems);
  return *std::move(problems);
}

bool Has(const std::vector<Problem>& problems, std::string_view kind, Severity severity) {
  return std::any_of(problems.begin(), problems.end(), [&](const Problem& p) {
    return p.kind == kind && p.severity == severity;
  });
}

TEST(SceneCheck, AGoodRoomHasOnlyItsPluralLabel) {
  const auto problems = ProblemsAfter([](auto&) {});
  for (const Problem& p : problems)
    EXPECT_EQ(p.kind, "plural_label") << p.where << ": " << p.message;
  EXPECT_EQ(problems.size(), 1u);
}

TEST(SceneCheck, FindsEachPlantedFault) {
  const auto found = [](std::string_view kind,
                        Severity severity,
                        const std::function<void(test::TestRoom&)>& change,
                        const std::function<void(const Path&)>& damage = {}) {
    const auto problems = ProblemsAfter(change, damage);
    if (Has(problems, kind, severity)) return true;
    for (const Problem& p : problems) std::printf("  %s %s\n", p.kind.c_str(), p.message.c_str());
    return false;
  };
  const auto nothing = [](test::TestRoom&) {};
  using enum Severity;
  EXPECT_TRUE(found("missing_file", kError, nothing, [](const Path& folder) {
    std::filesystem::remove(folder / "depth/00015.png");
  }));
  EXPECT_TRUE(found("undecodable", kError, nothing, [](const Path& folder) {
    const auto bytes = *ReadFile(folder / "color/00010.jpg");
    ASSERT_TRUE(WriteFileAtomic(folder / "color/00010.jpg", bytes.substr(0, bytes.size() / 2)));
  }));
  EXPECT_TRUE(found("invalid_store", kError, nothing, [](const Path& folder) {
    ASSERT_TRUE(WriteFileAtomic(folder / "scene.json", "{\"format\":"));
  }));
  EXPECT_TRUE(
      found("size_mismatch", kError, [](auto& room) { room.colors[1] = RgbImage(40, 30); }));
  EXPECT_TRUE(found("depth_unit", kError, [](auto& room) { room.scene.depth_unit_m = 5e-5; }));
  EXPECT_TRUE(found("upside_down", kError, [](auto& room) {
    for (Frame& f : room.scene.frames) f.cam_from_world.R.topRows<2>() *= -1;
  }));
  EXPECT_TRUE(found("not_aligned", kNote, [](auto& room) { room.scene.aligned = false; }));
  EXPECT_TRUE(found("pose_overlap", kWarning, [](auto& room) {
    room.scene.frames[3].cam_from_world.t.z() += 100;
  }));
  EXPECT_TRUE(found(
      "pose_off", kWarning, [](auto& room) { room.scene.frames[3].cam_from_world.t.z() += 0.09; }));
  EXPECT_TRUE(found("two_labels", kWarning, [](auto& room) {
    Object twin = room.scene.objects[0];
    twin.id.value = 9;
    twin.label = twin.category = "desk";
    room.scene.objects.push_back(twin);
  }));
  EXPECT_TRUE(found("duplicate_object", kWarning, [](auto& room) {
    room.scene.objects.push_back(room.scene.objects[0]);
    room.scene.objects.back().id.value = 9;
  }));
  EXPECT_TRUE(found("intersects", kNote, [](auto& room) {
    Object shifted = room.scene.objects[0];
    shifted.id.value = 9;
    shifted.label = shifted.category = "desk";
    shifted.box.min.x() += 0.6;
    shifted.box.max.x() += 0.6;
    room.scene.objects.push_back(shifted);
  }));
  EXPECT_TRUE(found("floats", kWarning, [](auto& room) {
    room.scene.objects.push_back(
        {ObjectId{9}, "lamp", "lamp", {{2, 1.5, 1.4}, {2.2, 1.7, 1.6}}, {}});
  }));
  EXPECT_TRUE(found("no_geometry", kWarning, [](auto& room) {
    room.scene.objects.push_back(
        {ObjectId{9}, "lamp", "lamp", {{2, 1.5, 1.0}, {2.2, 1.7, 1.2}}, {}});
  }));
  EXPECT_TRUE(found("no_geometry", kWarning, [](auto& room) {
    room.scene.mesh = test::BoxMesh(room.scene);
    room.scene.objects.push_back({ObjectId{9}, "lamp", "lamp", {{0, 0, 0}, {1, 1, 1}}, {}});
  }));
  EXPECT_TRUE(
      found("below_floor", kWarning, [](auto& room) { room.scene.objects[0].box.min.z() = -0.5; }));
  EXPECT_TRUE(found("tiny_box", kWarning, [](auto& room) {
    room.scene.objects[0].box.max = room.scene.objects[0].box.min.array() + 1e-3;
  }));
  EXPECT_TRUE(
      found("huge_box", kWarning, [](auto& room) { room.scene.objects[0].box.max.x() = 40; }));
  EXPECT_TRUE(found("outside", kWarning, [](auto& room) {
    room.scene.objects[0].box = {{20, 0, 0}, {21, 1, 1}};
  }));
  EXPECT_TRUE(found("intrinsics", kWarning, [](auto& room) {
    for (Frame& f : room.scene.frames) f.color.cx = 10;
  }));
  EXPECT_TRUE(
      found("sparse_depth", kWarning, [](auto& room) { room.depths[0] = DepthImage(64, 48, 0); }));
}

TEST(SceneCheck, AStoreThatIsNotThereIsAnError) {
  const auto problems = CheckScene("/nonexistent/store");
  ASSERT_FALSE(problems);
  EXPECT_EQ(problems.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace spatium
