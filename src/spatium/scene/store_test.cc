#include "spatium/scene/store.h"

#include <gtest/gtest.h>

#include "spatium/scene/category.h"
#include "spatium/scene/depth_consistency.h"
#include "spatium/scene/test_room.h"

namespace spatium {
namespace {

TEST(SceneStore, GivesBackWhatWasWritten) {
  auto room = test::MakeTestRoom();
  room.scene.mesh = test::BoxMesh(room.scene);
  const Path folder = test::WriteRoomStore(room, test::FreshFolder("store") / "room");
  ASSERT_FALSE(folder.empty());
  const auto store = SceneStore::Open(folder);
  ASSERT_TRUE(store) << store.error().Message();
  EXPECT_EQ(store->scene().mesh->vertices, room.scene.mesh->vertices);
  const Frame& frame = store->scene().frames[2];
  EXPECT_EQ(*store->ReadDepth(frame), room.depths[2]);
  EXPECT_EQ(*store->ReadColorBytes(frame), EncodeJpeg(room.colors[2]));
  EXPECT_NEAR(*store->ReadMetricDepth(frame)->at(3, 4), *room.depths[2].at(3, 4) * 0.001, 1e-6);
  EXPECT_FALSE(SceneStore::Open(folder, false)->scene().mesh);
}

TEST(SceneStore, ContentKeyChangesWithImagesPosesAndMesh) {
  const auto key = [](const std::function<void(test::TestRoom&)>& change) {
    auto room = test::MakeTestRoom(2);
    room.scene.mesh = test::BoxMesh(room.scene);
    change(room);
    const Path folder = test::WriteRoomStore(room, test::FreshFolder("key") / "room");
    return SceneStore::Open(folder, false)->content_key();
  };
  const std::string same = key([](auto&) {});
  EXPECT_EQ(key([](auto&) {}), same);
  EXPECT_NE(key([](auto& room) { *room.depths[0].at(1, 1) += 1; }), same);
  EXPECT_NE(key([](auto& room) { room.scene.frames[0].cam_from_world.t.x() += 1e-15; }), same);
  EXPECT_NE(key([](auto& room) { room.scene.mesh->vertices[0].x() += 1; }), same);
}

TEST(SceneStore, RefusesScenesThatBreakItsPromises) {
  const auto refused = [](const std::function<void(Scene&)>& change) {
    Scene scene = test::MakeTestRoom(2).scene;
    scene.mesh = test::BoxMesh(scene);
    change(scene);
    const auto valid = ValidateScene(scene);
    return !valid && valid.error().code == ErrorCode::kBadValue;
  };
  EXPECT_FALSE(refused([](Scene&) {}));
  EXPECT_TRUE(refused([](Scene& s) { s.frames[1].name = s.frames[0].name; }));
  EXPECT_TRUE(refused([](Scene& s) { s.frames[1].cam_from_world.R(0, 0) = NAN; }));
  EXPECT_TRUE(refused([](Scene& s) { s.frames[1].cam_from_world.R *= 1.01; }));
  EXPECT_TRUE(refused([](Scene& s) { s.frames[1].cam_from_world.R.row(0) *= -1; }));
  EXPECT_TRUE(refused([](Scene& s) { s.frames[0].color_path = "../secret"; }));
  EXPECT_TRUE(refused([](Scene& s) { s.frames[0].depth_path = "/etc/passwd"; }));
  EXPECT_TRUE(refused([](Scene& s) { s.objects[1].id = s.objects[0].id; }));
  EXPECT_TRUE(refused([](Scene& s) { std::swap(s.objects[0].box.min, s.objects[0].box.max); }));
  EXPECT_TRUE(refused([](Scene& s) { s.mesh->faces[0][1] = 1u << 30; }));
  EXPECT_TRUE(refused([](Scene& s) { s.mesh->vertex_object.pop_back(); }));
  EXPECT_TRUE(refused([](Scene& s) { s.depth_unit_m = 0; }));
}

TEST(SceneStore, ImagesOfAnotherSizeThanDeclaredAreErrors) {
  auto room = test::MakeTestRoom(2);
  room.depths[1] = DepthImage(32, 24, 1000);
  const Path folder = test::WriteRoomStore(room, test::FreshFolder("size") / "room");
  const auto store = SceneStore::Open(folder);
  ASSERT_TRUE(store);
  EXPECT_TRUE(store->ReadDepth(store->scene().frames[0]));
  const auto depth = store->ReadDepth(store->scene().frames[1]);
  ASSERT_FALSE(depth);
  EXPECT_EQ(depth.error().code, ErrorCode::kBadValue);
  EXPECT_EQ(depth.error().found, "32x24");
}

TEST(SceneWriter, NeverReplacesAFolderThatIsNoStore) {
  const Path folder = test::FreshFolder("precious");
  ASSERT_TRUE(WriteFileAtomic(folder / "thesis.tex", "years of work"));
  EXPECT_FALSE(SceneWriter::Create(folder));
  EXPECT_TRUE(std::filesystem::exists(folder / "thesis.tex"));
}

TEST(SceneWriter, WithoutCommitNothingAppearsAndOldStoresStay) {
  auto room = test::MakeTestRoom(2);
  const Path parent = test::FreshFolder("uncommitted");
  test::WriteRoomStore(room, parent / "room");
  const std::string before = *ReadFile(parent / "room/scene.json");
  {
    auto writer = SceneWriter::Create(parent / "room");
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->WriteDepth("x", room.depths[0]));
    Scene broken = room.scene;
    broken.frames[0].cam_from_world.t.x() = INFINITY;
    EXPECT_FALSE(writer->Commit(broken));
  }
  EXPECT_EQ(*ReadFile(parent / "room/scene.json"), before);
  EXPECT_EQ(ListFolder(parent)->size(), 1u);
}

TEST(SceneWriter, RemovesWhatAKilledImportLeft) {
  const Path parent = test::FreshFolder("killed");
  // No process has this id: Linux ends at 4194304.
  std::filesystem::create_directories(parent / ".room.tmp-4194999-0/color");
  std::filesystem::create_directories(parent / (".room.tmp-" + std::to_string(::getpid()) + "-77"));
  std::filesystem::create_directories(parent / ".other.tmp-4194999-0");
  const auto writer = SceneWriter::Create(parent / "room");
  ASSERT_TRUE(writer);
  EXPECT_FALSE(std::filesystem::exists(parent / ".room.tmp-4194999-0"));
  EXPECT_TRUE(
      std::filesystem::exists(parent / (".room.tmp-" + std::to_string(::getpid()) + "-77")));
  EXPECT_TRUE(std::filesystem::exists(parent / ".other.tmp-4194999-0"));
}

TEST(Category, IsLowerCaseAndSingular) {
  for (const auto& [label, category] : {std::pair{"doors", "door"},
                                        {"Kitchen_cabinets", "kitchen cabinet"},
                                        {"shelves", "shelf"},
                                        {"boxes", "box"},
                                        {"stairs", "stairs"},
                                        {"glass", "glass"},
                                        {"trash  can", "trash can"},
                                        {"berries", "berry"},
                                        {"cactus", "cactus"},
                                        {"bus", "bus"},
                                        {"couches", "couch"},
                                        {"", ""}})
    EXPECT_EQ(CanonicalCategory(label), category);
}

TEST(DepthConsistency, FindsTheUnitThatTheDepthWasWrittenIn) {
  const auto room = test::MakeTestRoom();
  for (const double steps_per_m : {1000.0, 5000.0, 2000.0}) {
    std::vector<DepthImage> images = room.depths;
    for (auto& image : images)
      for (uint16_t& v : image.data()) v = static_cast<uint16_t>(v * steps_per_m / 1000);
    std::vector<PosedDepth> maps;
    for (size_t i = 0; i < images.size(); ++i)
      maps.push_back({&images[i], room.scene.frames[i].depth, room.scene.frames[i].cam_from_world});
    const double units[] = {1e-4, 2e-4, 5e-4, 1e-3, 4e-3};
    // The maps are small: take finer samples by repeating them.
    std::vector<PosedDepth> many;
    for (int k = 0; k < 8; ++k) many.insert(many.end(), maps.begin(), maps.end());
    const auto best = FindAgreeingUnit(many, units);
    ASSERT_TRUE(best) << steps_per_m;
    EXPECT_DOUBLE_EQ(best->unit_m, 1 / steps_per_m);
  }
}

}  // namespace
}  // namespace spatium
