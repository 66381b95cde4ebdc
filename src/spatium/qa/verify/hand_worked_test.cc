// Signs pinned on a real room, by looking at its pictures. Two frames of ScanNet's scene0050_00
// (../shared/data, never part of the project):
//   00000  looks down at a piano on the left; a piano bench stands before it, right of it, lower
//   00050  the same piano, now in the middle; on the left, nearer, a red toolbox on a blue one
// From the first to the second the camera turns left (the piano goes from the left border to the
// middle) and up (wall appears above the piano), and rises.
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <fstream>
#include <sstream>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/qa/verify/view.h"

namespace spatium::verify {
namespace {

const Path kRoom = Path(SPATIUM_SHARED_DIR) / "data/scannet_scene0050_00";

// Read here by hand, so that no reader of the project is involved.
Eigen::Matrix4d Matrix(std::istream& in) {
  Eigen::Matrix4d m;
  for (int i = 0; i < 16; ++i) in >> m(i / 4, i % 4);
  return m;
}

View ViewOfFrame(const char* name) {
  std::ifstream pose_file(kRoom / "pose" / (std::string(name) + ".txt"));
  const Eigen::Matrix4d scan_from_cam = Matrix(pose_file);
  std::ifstream info(kRoom / "scene0050_00.txt");
  std::string word;
  info >> word >> word;  // "axisAlignment ="
  const Eigen::Matrix4d world_from_cam = Matrix(info) * scan_from_cam;
  Frame frame;
  frame.color = {.size = {1296, 968}, .fx = 1170.188, .fy = 1170.188, .cx = 648.25, .cy = 484.25};
  frame.cam_from_world.R = world_from_cam.topLeftCorner<3, 3>().transpose();
  frame.cam_from_world.t = -frame.cam_from_world.R * world_from_cam.topRightCorner<3, 1>();
  return ColorView(frame);
}

Vec CenterOfBox(int id) {
  const auto objects = ReadJsonFile(kRoom / "objects.json");
  if (!objects) return {};
  for (const Json& object : objects->AsArray())
    if (object.Find("bbox_id")->AsInt() == id) {
      const auto& box = object.Find("bbox_3d")->AsArray();
      return {box[0].AsDouble(), box[1].AsDouble(), box[2].AsDouble()};
    }
  ADD_FAILURE() << "no object " << id;
  return {};
}

constexpr int kRedToolbox = 0, kPiano = 1, kBench = 12, kBlueToolbox = 30;

class RealRoom : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kRoom)) GTEST_SKIP() << kRoom << " is not here";
  }
};

TEST_F(RealRoom, LeftAndAboveAreAsThePictureShows) {
  const View view = ViewOfFrame("00000");
  const Offset piano = Seen(view, CenterOfBox(kPiano)), bench = Seen(view, CenterOfBox(kBench));
  EXPECT_LT(piano.right_m, bench.right_m - 0.5);  // the piano is left of the bench
  EXPECT_LT(piano.down_m, bench.down_m - 0.3);    // and above it
  // The marks lie where keyboard and seat are in the picture: (278, 362) and (678, 569) of
  // 1296 x 968.
  const auto on_piano = MarkOf(view, CenterOfBox(kPiano));
  const auto on_bench = MarkOf(view, CenterOfBox(kBench));
  ASSERT_TRUE(on_piano && on_bench);
  EXPECT_NEAR(on_piano->x, 278 / 1.296, 2);
  EXPECT_NEAR(on_piano->y, 362 / 0.968, 2);
  EXPECT_NEAR(on_bench->x, 678 / 1.296, 2);
  EXPECT_NEAR(on_bench->y, 569 / 0.968, 2);
}

TEST_F(RealRoom, NearerAndBelowAreAsThePictureShows) {
  const View view = ViewOfFrame("00050");
  const Offset red = Seen(view, CenterOfBox(kRedToolbox)), piano = Seen(view, CenterOfBox(kPiano));
  EXPECT_LT(red.ahead_m, piano.ahead_m - 0.2);  // the toolbox is nearer than the piano
  EXPECT_LT(red.right_m, piano.right_m - 0.5);  // and left of it
  const Offset blue = Seen(view, CenterOfBox(kBlueToolbox));
  EXPECT_GT(blue.down_m, red.down_m + 0.15);  // the red toolbox stands on the blue one
}

TEST_F(RealRoom, TheCameraTurnsLeftAndUpAndRises) {
  const View first = ViewOfFrame("00000"), second = ViewOfFrame("00050");
  const Motion motion = MotionBetween(first, second);
  // Optical axes in World: (-0.777, -0.347, -0.525) and (-0.442, -0.834, -0.330). Headings
  // -155.9 and -117.9 degrees counter-clockwise from x: 38 degrees to the left. Elevations
  // asin(-0.525) = -31.7 and asin(-0.330) = -19.3: 12.4 degrees up.
  EXPECT_NEAR(motion.yaw_right_deg, -38.0, 0.2);
  EXPECT_NEAR(motion.pitch_up_deg, 12.4, 0.2);
  // From (0.070, -0.947, 1.306) to (-0.213, -0.608, 1.398): 9 cm higher; against the first axis
  // (-0.283 * -0.777) + (0.339 * -0.347) + (0.092 * -0.525) = 0.054 m forward.
  EXPECT_NEAR(second.center.z - first.center.z, 0.092, 2e-3);
  EXPECT_NEAR(motion.forward_m, 0.054, 3e-3);
  // The way back has the opposite turn.
  const Motion back = MotionBetween(second, first);
  EXPECT_NEAR(back.yaw_right_deg, 38.0, 0.2);
  EXPECT_NEAR(back.pitch_up_deg, -12.4, 0.2);
  // The piano's centre goes from the left third to the middle of the picture.
  EXPECT_LT(MarkOf(first, CenterOfBox(kPiano))->x, 250);
  EXPECT_GT(MarkOf(second, CenterOfBox(kPiano))->x, 450);
}

}  // namespace
}  // namespace spatium::verify
