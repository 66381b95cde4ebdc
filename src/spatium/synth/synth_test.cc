// Whole scenes: written, read back, compared with what is known of them.
#include "spatium/synth/synth.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "spatium/base/json.h"
#include "spatium/base/text.h"
#include "spatium/readers/reader.h"

namespace spatium::synth {
namespace {

constexpr double kBox_m = 0.001;
constexpr double kPose = 1e-6;

Path Fresh(const std::string& name) {
  const Path path =
      std::filesystem::temp_directory_path() /
      StrCat("spatium_synth_", name, "_", ::testing::UnitTest::GetInstance()->random_seed());
  std::filesystem::remove_all(path);
  return path;
}

SynthOptions Small(const Path& out, SceneFormat format, unsigned threads = 0) {
  return {.out = out,
          .num_rooms = 1,
          .num_frames = 4,
          .size = {160, 120},
          .seed = 11,
          .format = format,
          .threads = threads};
}

Scene Import(std::string_view reader, const Path& source, const Path& store) {
  for (const ReaderEntry& entry : Readers())
    if (entry.name == reader) {
      auto writer = SceneWriter::Create(store);
      EXPECT_TRUE(writer);
      ImportOptions options;
      options.source = source;
      auto report = entry.info().import(options, *writer);
      EXPECT_TRUE(report) << (report ? "" : report.error().Message());
      EXPECT_TRUE(report->skipped.empty());
      EXPECT_TRUE(writer->Commit(report->scene));
      auto opened = SceneStore::Open(store);
      EXPECT_TRUE(opened);
      return opened->scene();
    }
  ADD_FAILURE() << "no reader " << reader;
  return {};
}

void ExpectTruth(const Scene& scene, const Json& truth) {
  std::map<int64_t, const Json*> objects;
  for (const Json& o : truth.Find("objects")->AsArray()) objects[o.Find("id")->AsInt()] = &o;
  ASSERT_EQ(scene.objects.size(), objects.size());
  ASSERT_GT(scene.objects.size(), 20u);
  for (const Object& o : scene.objects) {
    ASSERT_TRUE(objects.count(o.id.value));
    const Json& known = *objects[o.id.value];
    EXPECT_EQ(o.label, known.Find("label")->AsString());
    const auto& box = known.Find("aabb")->AsArray();
    for (size_t k = 0; k < 3; ++k) {
      EXPECT_NEAR(o.box.min[static_cast<Eigen::Index>(k)], box[k].AsDouble(), kBox_m) << o.label;
      EXPECT_NEAR(o.box.max[static_cast<Eigen::Index>(k)], box[k + 3].AsDouble(), kBox_m)
          << o.label;
    }
  }
  const auto& frames = truth.Find("frames")->AsArray();
  ASSERT_EQ(scene.frames.size(), frames.size());
  for (size_t i = 0; i < frames.size(); ++i) {
    const auto& known = frames[i].Find("cam_from_world")->AsArray();
    const auto& pose = scene.frames[i].cam_from_world;
    for (size_t r = 0; r < 3; ++r) {
      const auto row = static_cast<Eigen::Index>(r);
      for (size_t c = 0; c < 3; ++c)
        EXPECT_NEAR(pose.R(row, static_cast<Eigen::Index>(c)), known[4 * r + c].AsDouble(), kPose);
      EXPECT_NEAR(pose.t[row], known[4 * r + 3].AsDouble(), kPose);
    }
    const auto& k = frames[i].Find("K")->AsArray();
    EXPECT_NEAR(scene.frames[i].color.fx, k[0].AsDouble(), 1e-4);
    EXPECT_NEAR(scene.frames[i].color.cx, k[2].AsDouble(), 1e-4);
  }
}

TEST(Synth, AScanNetFolderReadBackIsTheTruth) {
  const Path out = Fresh("scannet");
  const auto names = MakeScenes(Small(out, SceneFormat::kScanNet), [] {});
  ASSERT_TRUE(names) << names.error().Message();
  const auto truth = ReadJsonFile(out / "truth" / (names->at(0) + ".json"));
  ASSERT_TRUE(truth);
  const Scene scene = Import("scannet", out / names->at(0), out / "store");
  ExpectTruth(scene, *truth);
  ASSERT_TRUE(scene.mesh);
  // The axis alignment is not the identity, so that its path is walked.
  const auto info = ReadFile(out / names->at(0) / (names->at(0) + ".txt"));
  ASSERT_TRUE(info);
  EXPECT_EQ(info->find("axisAlignment = 1 0 0"), std::string::npos);

  EXPECT_GT(truth->Find("supports")->AsArray().size(), 15u);
  const auto& rows = truth->Find("visibility")->AsArray();
  EXPECT_GT(rows.size(), 10u);
  for (const Json& row : rows) {
    EXPECT_EQ(row.Find("method")->AsString(), "ids");
    EXPECT_LE(row.Find("visible_fraction")->AsDouble(), 1);
  }
  // A second run finds its work done and changes nothing.
  const auto before = std::filesystem::last_write_time(out / "truth" / (names->at(0) + ".json"));
  ASSERT_TRUE(MakeScenes(Small(out, SceneFormat::kScanNet), [] {}));
  EXPECT_EQ(before, std::filesystem::last_write_time(out / "truth" / (names->at(0) + ".json")));
  std::filesystem::remove_all(out);
}

TEST(Synth, APosedFolderReadBackIsTheTruthAndItsDepthThatOfTheMesh) {
  const Path out = Fresh("posed");
  const auto names = MakeScenes(Small(out, SceneFormat::kPosedRgbd), [] {});
  ASSERT_TRUE(names);
  const auto truth = ReadJsonFile(out / "truth" / (names->at(0) + ".json"));
  ASSERT_TRUE(truth);
  const Scene imported = Import("posed_rgbd", out / names->at(0), out / "store");
  ExpectTruth(imported, *truth);
  const auto store = SceneStore::Open(out / "store");
  ASSERT_TRUE(store);
  const Frame& frame = store->scene().frames[1];
  const auto depth = store->ReadMetricDepth(frame);
  ASSERT_TRUE(depth);
  // The nearest vertex that projects into a pixel is no nearer than the pixel's depth there, and
  // vertices at that depth exist for most pixels that any vertex meets.
  int met = 0, close = 0;
  std::map<std::pair<int, int>, double> nearest;
  for (const auto& v : imported.mesh->vertices) {
    const auto p = frame.cam_from_world * Point<frame::World>{v.cast<double>()};
    const auto pixel = frame.depth.Project(p);
    if (!pixel || !frame.depth.Contains(*pixel)) continue;
    auto [it, fresh] =
        nearest.try_emplace({static_cast<int>(pixel->u), static_cast<int>(pixel->v)}, p.v.z());
    if (!fresh) it->second = std::min(it->second, p.v.z());
  }
  for (const auto& [xy, z] : nearest) {
    const double d = static_cast<double>(*depth->at(xy.first, xy.second));
    if (d <= 0) continue;
    ++met;
    close += std::abs(d - z) < 0.06;
  }
  EXPECT_GT(met, 2000);
  EXPECT_GT(close, met * 6 / 10);
  std::filesystem::remove_all(out);
}

TEST(Synth, SameBytesForAnyNumberOfThreads) {
  const Path one = Fresh("one"), two = Fresh("two");
  const auto a = MakeScenes(Small(one, SceneFormat::kScanNet, 1), [] {});
  const auto b = MakeScenes(Small(two, SceneFormat::kScanNet, 2), [] {});
  ASSERT_TRUE(a && b);
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(one)) {
    if (!entry.is_regular_file()) continue;
    const auto x = ReadFile(entry.path()),
               y = ReadFile(two / std::filesystem::relative(entry.path(), one));
    ASSERT_TRUE(x && y) << entry.path();
    EXPECT_TRUE(*x == *y) << entry.path();
    ++files;
  }
  EXPECT_GE(files, 6);
  std::filesystem::remove_all(one);
  std::filesystem::remove_all(two);
}

}  // namespace
}  // namespace spatium::synth
