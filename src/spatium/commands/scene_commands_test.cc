// The scene commands as a script sees them: exit codes, JSON keys, what is on the disk afterwards.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "spatium/base/json.h"
#include "spatium/readers/posed_write.h"
#include "spatium/scene/test_room.h"

namespace spatium {
namespace {

struct Outcome {
  int exit_code = -1;
  std::string out;
  Json json;
};

// A path as one word of the shell.
std::string Word(const Path& path) { return "'" + path.string() + "'"; }

// Runs the program through the shell; `before` goes in front of it ("ulimit -f 8;").
Outcome Spatium(const std::string& arguments, const std::string& before = "") {
  const std::string command = before + "'" SPATIUM_BINARY "' " + arguments + " 2>/dev/null";
  Outcome outcome;
  std::FILE* pipe = ::popen(command.c_str(), "r");
  char buffer[4096];
  while (const size_t n = std::fread(buffer, 1, sizeof buffer, pipe)) outcome.out.append(buffer, n);
  const int status = ::pclose(pipe);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (auto json = Json::Parse(outcome.out, "stdout")) outcome.json = *std::move(json);
  return outcome;
}

void ExpectKeys(const Json& json, std::initializer_list<const char*> keys) {
  for (const char* key : keys) EXPECT_TRUE(json.Find(key)) << key << " in " << json.Dump();
}

// A posed RGB-D folder of a small room.
Path MakeSource(const Path& folder) {
  auto room = test::MakeTestRoom();
  for (Frame& f : room.scene.frames) f.color_path = f.depth_path = "x";
  EXPECT_TRUE(WritePosedFolder(folder / "source", room.scene, [&](size_t i) {
    return Result<FrameImages>(FrameImages{EncodeJpeg(room.colors[i]), room.depths[i]});
  }));
  return folder / "source";
}

TEST(SceneCommands, HaveTheKeysOfTheContract) {
  const Path folder = test::FreshFolder("contract");
  const std::string source = Word(MakeSource(folder)), store = Word(folder / "store");
  const auto import = Spatium("scene import posed_rgbd " + source + " -o " + store + " --json");
  ASSERT_EQ(import.exit_code, 0) << import.out;
  ExpectKeys(import.json,
             {"scene",
              "frames",
              "skipped",
              "objects",
              "depth_unit_m",
              "depth_unit_from",
              "aligned",
              "mesh_vertices",
              "store"});
  EXPECT_EQ(import.json.Find("frames")->AsInt(), 6);
  const auto info = Spatium("scene info " + store + " --full --json");
  ASSERT_EQ(info.exit_code, 0);
  ExpectKeys(info.json, {"scene", "frames", "objects", "outline"});
  const auto check = Spatium("scene check " + store + " --json");
  EXPECT_EQ(check.exit_code, 0);
  ASSERT_TRUE(check.json.Find("problems"));
  for (const Json& problem : check.json.Find("problems")->AsArray())
    ExpectKeys(problem, {"severity", "kind", "where", "message"});
  for (const std::string format : {"scannet", "posed_rgbd"}) {
    const std::string out = Word(folder / format), again = Word(folder / "again");
    ASSERT_EQ(Spatium("scene export " + store + " --format " + format + " -o " + out).exit_code, 0);
    const auto back = Spatium("scene import " + format + " " + out + " -o " + again + " --json");
    ASSERT_EQ(back.exit_code, 0) << back.out;
    EXPECT_EQ(back.json.Find("frames")->AsInt(), 6);
    EXPECT_EQ(back.json.Find("objects")->AsInt(), 2);
  }
}

TEST(SceneCommands, CheckFailsOnErrorsOnly) {
  const Path folder = test::FreshFolder("check_exit");
  const std::string source = Word(MakeSource(folder)), store = Word(folder / "store");
  ASSERT_EQ(Spatium("scene import posed_rgbd " + source + " -o " + store).exit_code, 0);
  EXPECT_EQ(Spatium("scene check " + store).exit_code, 0);
  std::filesystem::remove(folder / "store/depth/00010.png");
  EXPECT_EQ(Spatium("scene check " + store + " --json").exit_code, 1);
}

TEST(SceneCommands, ErrorsAreJsonAndLeaveNothing) {
  const Path folder = test::FreshFolder("errors");
  const std::string store = Word(folder / "store");
  const auto missing = Spatium("scene import posed_rgbd /nonexistent/room -o " + store + " --json");
  EXPECT_EQ(missing.exit_code, 1);
  ASSERT_TRUE(missing.json.Find("error")) << missing.out;
  ExpectKeys(*missing.json.Find("error"), {"code", "where", "expected", "found"});
  EXPECT_EQ(Spatium("scene import nonsense . -o " + store + " --json").exit_code, 2);
  EXPECT_EQ(Spatium("scene import posed_rgbd . --json").exit_code, 2);
  EXPECT_EQ(Spatium("scene info " + store + " --json").exit_code, 1);
  EXPECT_TRUE(ListFolder(folder)->empty());
}

TEST(SceneCommands, AFullDiskIsAnErrorThatLeavesNothing) {
  const Path folder = test::FreshFolder("full_disk");
  const std::string source = Word(MakeSource(folder)), store = Word(folder / "store");
  // One block of 512 or 1024 bytes: smaller than an image.
  const auto full =
      Spatium("scene import posed_rgbd " + source + " -o " + store + " --json", "ulimit -f 1; ");
  EXPECT_EQ(full.exit_code, 1);
  ASSERT_TRUE(full.json.Find("error")) << full.out;
  EXPECT_EQ(full.json.Find("error")->Find("code")->AsString(), "disk_full");
  EXPECT_EQ(ListFolder(folder)->size(), 1u);  // the source
  ASSERT_EQ(Spatium("scene import posed_rgbd " + source + " -o " + store).exit_code, 0);
  const auto exported =
      Spatium("scene export " + store + " --format scannet -o " + Word(folder / "x") + " --json",
              "ulimit -f 1; ");
  EXPECT_EQ(exported.exit_code, 1);
  EXPECT_EQ(exported.json.Find("error")->Find("code")->AsString(), "disk_full");
  EXPECT_FALSE(std::filesystem::exists(folder / "x"));
}

TEST(SceneCommands, KilledImportsLeaveNoStoreAndTheNextOneIsTheSame) {
  const Path folder = test::FreshFolder("kill");
  const std::string source = Word(MakeSource(folder)), store = Word(folder / "store");
  const std::string arguments = "scene import posed_rgbd " + source + " -o " + store;
  ASSERT_EQ(Spatium(arguments).exit_code, 0);
  const std::string want = *ReadFile(folder / "store/scene.json");
  for (int i = 0; i < 20; ++i) {
    std::filesystem::remove_all(folder / "store");
    const pid_t child = ::fork();
    if (child == 0) {
      ::execl("/bin/sh",
              "sh",
              "-c",
              ("exec '" SPATIUM_BINARY "' " + arguments + " >/dev/null 2>&1").c_str(),
              nullptr);
      ::_exit(127);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2 * i));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    // All of it or nothing.
    if (std::filesystem::exists(folder / "store")) {
      EXPECT_EQ(*ReadFile(folder / "store/scene.json"), want);
    }
  }
  ASSERT_EQ(Spatium(arguments).exit_code, 0);
  EXPECT_EQ(*ReadFile(folder / "store/scene.json"), want);
  EXPECT_EQ(ListFolder(folder)->size(), 2u);  // the source and the store, no leftovers
}

TEST(SceneCommands, ImportRealScenes) {
  const Path data = Path(SPATIUM_SHARED_DIR) / "data";
  if (!std::filesystem::exists(data)) GTEST_SKIP() << data << " is not there";
  const Path folder = test::FreshFolder("real");
  const std::string living = Word(data / "scannet_scene0050_00");
  const std::string store = Word(folder / "living");
  const auto import =
      Spatium("scene import posed_rgbd " + living + " -o " + store + " --axis-alignment " + living +
              "/scene0050_00.txt --objects " + living + "/objects.json --json");
  ASSERT_EQ(import.exit_code, 0) << import.out;
  EXPECT_EQ(import.json.Find("frames")->AsInt(), 60);
  EXPECT_EQ(import.json.Find("objects")->AsInt(), 29);
  EXPECT_EQ(import.json.Find("depth_unit_m")->AsDouble(), 0.001);
  // Pinned by hand: the files' principal points 647.75, 483.75 and 319.5, 239.5 count from the
  // first pixel's centre.
  const auto opened = SceneStore::Open(folder / "living");
  ASSERT_TRUE(opened);
  const Frame& first = opened->scene().frames[0];
  EXPECT_EQ(first.name, "00000");
  EXPECT_EQ(first.color.cx, 648.25);
  EXPECT_EQ(first.color.cy, 484.25);
  EXPECT_EQ(first.depth.cx, 320);
  EXPECT_EQ(first.depth.cy, 240);
  EXPECT_NEAR(first.depth.fx, 577.870605, 1e-9);
  // The camera is held by a person who stands in the room.
  const auto eye = Inverse(first.cam_from_world).t;
  EXPECT_GT(eye.z(), 1.0);
  EXPECT_LT(eye.z(), 2.0);
  // Seen by hand in this frame: the near right corner of the piano bench's seat at (788, 671).
  const Object* bench = opened->scene().FindObject(ObjectId{12});
  ASSERT_TRUE(bench);
  EXPECT_EQ(bench->label, "piano bench");
  double nearest_px = 1e9;
  for (const auto& corner : bench->box.corners())
    if (const auto px = first.color.Project(first.cam_from_world * corner))
      nearest_px = std::min(nearest_px, std::hypot(px->u - 788, px->v - 671));
  EXPECT_LT(nearest_px, 20);
  const auto check = Spatium("scene check " + store + " --json");
  EXPECT_EQ(check.exit_code, 0) << check.out;
  EXPECT_NE(check.out.find("two_labels"), std::string::npos);
  EXPECT_NE(check.out.find("plural_label"), std::string::npos);

  for (const auto& [name, frames, unit] : {std::tuple{"rgbd_dining_room", 5, 0.001},
                                           {"redwood_room", 5, 0.001},
                                           {"tum_fr3_cabinet", 58, 0.0002}}) {
    const auto other = Spatium("scene import posed_rgbd " + Word(data / name) + " -o " +
                               Word(folder / name) + " --json");
    ASSERT_EQ(other.exit_code, 0) << other.out;
    EXPECT_EQ(other.json.Find("frames")->AsInt(), frames);
    EXPECT_EQ(other.json.Find("depth_unit_m")->AsDouble(), unit) << name;
    EXPECT_EQ(other.json.Find("depth_unit_from")->AsString(), "detected");
  }
}

}  // namespace
}  // namespace spatium
