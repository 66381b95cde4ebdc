#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "spatium/base/files.h"
#include "spatium/render/id_buffer.h"
#include "spatium/render/render_test_scenes.h"
#include "spatium/visibility/view_json.h"
#include "spatium/visibility/visibility.h"

namespace spatium {
namespace {
namespace fs = std::filesystem;

// A store of a furnished box with four frames, its mesh and its depth maps.
Path WriteStore(const std::string& name) {
  const Path folder = Path(::testing::TempDir()) / ("visibility_" + name);
  fs::remove_all(folder);
  RandomStream rng(3, {"store"});
  Scene scene;
  scene.id = "box";
  scene.dataset = "synth";
  scene.depth_unit_from = "format";
  scene.mesh.emplace();
  testing::AddBox(*scene.mesh, {{-3, -3, 0}, {3, 3, 2.6}}, -1);
  for (int32_t id = 0; id < 8; ++id) {
    const Eigen::Vector3d lo(rng.Uniform(-2.5, 2), rng.Uniform(-0.5, 2), 0);
    const Aabb<frame::World> box{lo, lo + Eigen::Vector3d(0.5, 0.6, rng.Uniform(0.3, 1.3))};
    testing::AddBox(*scene.mesh, box, id);
    scene.objects.push_back({.id = {id}, .label = "box", .category = "box", .box = box, .obb = {}});
  }
  const auto surface = Surface::FromMesh(*scene.mesh);
  auto writer = SceneWriter::Create(folder);
  EXPECT_TRUE(surface && writer);
  for (int i = 0; i < 4; ++i) {
    Frame frame;
    frame.name = std::to_string(i);
    frame.color = frame.depth = {{160, 120}, 140, 140, 80, 60};
    frame.cam_from_world = testing::LookAt({rng.Uniform(-2, 2), -2.5, 1.5}, {0, 1, 0.5});
    const auto ids = RenderIds(*surface, frame.depth, frame.cam_from_world);
    DepthImage depth(160, 120);
    for (size_t k = 0; k < depth.data().size(); ++k)
      depth.data()[k] = static_cast<uint16_t>(ids.depth.data()[k] * 1000 + 0.5f);
    auto path = writer->WriteDepth(frame.name, depth);
    EXPECT_TRUE(path);
    frame.depth_path = *path;
    scene.frames.push_back(frame);
  }
  const auto committed = writer->Commit(scene);
  EXPECT_TRUE(committed) << committed.error().Message();
  return folder;
}

std::string Dump(const Result<Visibility>& v) {
  EXPECT_TRUE(v) << v.error().Message();
  return v ? VisibilityToJson(*v, "").Dump() : "";
}

TEST(LoadVisibility, CachesAndForgivesABrokenCache) {
  const Path folder = WriteStore("cache");
  const auto store = SceneStore::Open(folder);
  ASSERT_TRUE(store) << store.error().Message();
  const std::string computed = Dump(ComputeVisibility(*store, {}));
  const Path cache = folder / "cache" / "visibility_ids.json";
  EXPECT_FALSE(fs::exists(cache));
  EXPECT_EQ(Dump(LoadVisibility(*store, {})), computed);
  ASSERT_TRUE(fs::exists(cache));
  EXPECT_EQ(Dump(LoadVisibility(*store, {})), computed);
  for (const std::string_view broken : {"", "{", "{\"key\":\"x\"}", "[1,2]"}) {
    ASSERT_TRUE(WriteFileAtomic(cache, broken));
    EXPECT_EQ(Dump(LoadVisibility(*store, {})), computed) << broken;
  }
  // The cache is read: a view taken out of it is missing.
  auto visibility = ComputeVisibility(*store, {});
  ASSERT_TRUE(visibility);
  const auto text = ReadFile(cache);
  ASSERT_TRUE(text);
  const auto json = Json::Parse(*text, "cache");
  ASSERT_TRUE(json);
  visibility->views.pop_back();
  ASSERT_TRUE(
      WriteFileAtomic(cache, VisibilityToJson(*visibility, json->Find("key")->AsString()).Dump()));
  EXPECT_EQ(Dump(LoadVisibility(*store, {})), Dump(visibility));
}

TEST(LoadVisibility, AStoreThatCannotBeWrittenServesAsWell) {
  const Path folder = WriteStore("readonly");
  const auto store = SceneStore::Open(folder);
  ASSERT_TRUE(store);
  ASSERT_TRUE(WriteFileAtomic(folder / "cache", "not a folder"));  // no write below it succeeds
  EXPECT_EQ(Dump(LoadVisibility(*store, {})), Dump(ComputeVisibility(*store, {})));
}

TEST(LoadVisibility, OpenedWithoutItsSurfaceTheMethodStaysTheSame) {
  const Path folder = WriteStore("nosurface");
  const auto whole = SceneStore::Open(folder, true);
  const auto light = SceneStore::Open(folder, false);
  ASSERT_TRUE(whole && light);
  EXPECT_EQ(Dump(LoadVisibility(*light, {})), Dump(ComputeVisibility(*whole, {})));
  EXPECT_EQ(Dump(LoadVisibility(*light, {})), Dump(LoadVisibility(*whole, {})));
}

// The program itself, as other machines would run it.
TEST(SceneVisibilityCommand, SameBytesOnOtherInstructionSetsAndThreads) {
  const Path folder = WriteStore("isa");
  const auto run = [&](const std::string& environment, const std::string& flags) {
    const Path out = Path(::testing::TempDir()) / "visibility_isa.jsonl";
    const std::string command = environment + " '" SPATIUM_BINARY "' scene visibility --no-cache " +
                                flags + " '" + folder.string() + "' > '" + out.string() + "'";
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    const auto text = ReadFile(out);
    return text ? *text : "";
  };
  for (const std::string method : {"--method ids", "--method depth"}) {
    const std::string plain = run("", method);
    EXPECT_GT(plain.size(), 1000u);
    EXPECT_EQ(run("", method + " --threads 1"), plain);
    EXPECT_EQ(run("SPATIUM_EMBREE_CONFIG=isa=sse2", method), plain);
    EXPECT_EQ(run("GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA", method), plain);
  }
}

}  // namespace
}  // namespace spatium
