// The small text formats: matrices, trajectories, object lists, label tables, ScanNet info files.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "spatium/base/random.h"
#include "spatium/readers/cameras.h"
#include "spatium/readers/frame_files.h"
#include "spatium/readers/label_table.h"
#include "spatium/readers/objects.h"
#include "spatium/readers/scannet_info.h"
#include "spatium/readers/trajectory.h"

namespace spatium {
namespace {

TEST(MatrixText, ThreeByThreeInsteadOfFourByFourSaysSo) {
  const auto pose = ParseMatrix4("1 0 0\n0 1 0\n0 0 1\n", "pose/00000.txt");
  ASSERT_FALSE(pose);
  EXPECT_EQ(pose.error().Message(),
            "pose/00000.txt: expected 16 numbers (a 4x4 matrix), found 9 numbers (a 3x3 matrix)");
}

TEST(MatrixText, NonNumbersNameTheLine) {
  const auto numbers = ParseNumberText("1 2\n3 four\n", "f.txt");
  ASSERT_FALSE(numbers);
  EXPECT_EQ(numbers.error().Message(), "f.txt:2: expected a number, found \"four\"");
}

TEST(MatrixText, LostPosesAreNotFinite) {
  for (const char* word : {"-inf", "nan", "NaN", "inf", "-Infinity", "1.#IND"}) {
    std::string text;
    for (int i = 0; i < 16; ++i) text += std::string(word) + (i % 4 == 3 ? "\n" : " ");
    const auto matrix = ParseMatrix4(text, "p");
    ASSERT_TRUE(matrix) << word;
    const auto pose = RigidFromMatrix<frame::World, frame::Cam<>>(*matrix, "p");
    ASSERT_FALSE(pose);
    EXPECT_EQ(pose.error().found, "NaN or infinity");
  }
}

TEST(MatrixText, RotationsBecomeExactAndOthersAreRefused) {
  Eigen::Matrix4d m = Eigen::Matrix4d::Identity();
  m.topLeftCorner<3, 3>() << -0.936740, -0.192541, 0.292314, -0.349855, 0.488810, -0.799166,
      0.010986, -0.850878, -0.525249;
  const auto pose = RigidFromMatrix<frame::World, frame::Cam<>>(m, "p");
  ASSERT_TRUE(pose);
  EXPECT_LT((pose->R.transpose() * pose->R - Eigen::Matrix3d::Identity()).norm(), 1e-15);
  EXPECT_LT((pose->R - m.topLeftCorner<3, 3>()).norm(), 1e-5);
  for (const auto& [r, c, value] : {std::tuple{0, 0, 2.0}, {3, 3, 2.0}, {3, 0, 1.0}}) {
    Eigen::Matrix4d wrong = Eigen::Matrix4d::Identity();
    wrong(r, c) = value;
    EXPECT_FALSE((RigidFromMatrix<frame::World, frame::Cam<>>(wrong, "p")));
  }
  Eigen::Matrix4d mirror = Eigen::Matrix4d::Identity();
  mirror(0, 0) = -1;
  EXPECT_FALSE((RigidFromMatrix<frame::World, frame::Cam<>>(mirror, "p")));
}

TEST(Trajectory, EachFormGivesTheSamePose) {
  // A quarter turn about z, at (1, 2, 3): camera x looks along world y.
  const double s = std::sqrt(0.5);
  const std::string q = std::to_string(s);
  for (const std::string& text : {"1 2 3 0 0 " + q + " " + q + "\n",
                                  "# time t q\n\n12.5 1 2 3 0 0 " + q + " " + q,
                                  std::string("0 0 1\n0 -1 0 1\n1 0 0 2\n0 0 1 3\n0 0 0 1\n"),
                                  std::string("0,-1,0,1,1,0,0,2,0,0,1,3\n"),
                                  std::string("0 -1 0 1 1 0 0 2 0 0 1 3 0 0 0 1\n")}) {
    const auto poses = ParseTrajectory(text, "t");
    ASSERT_TRUE(poses) << poses.error().Message();
    ASSERT_EQ(poses->size(), 1u);
    const auto& pose = (*poses)[0];
    ASSERT_TRUE(pose.world_from_cam);
    const auto p = *pose.world_from_cam * Point<frame::Cam<>>{{0.5, 2, -1}};
    EXPECT_LT((p.v - Eigen::Vector3d(-1, 2.5, 2)).norm(), 1e-6) << text;
    EXPECT_EQ(pose.time_s.has_value(), text[0] == '#');
  }
}

TEST(Trajectory, QuaternionsAreXyzw) {
  // A third of a turn about (1, 1, 1): x to y, y to z, z to x.
  const auto third = ParseTrajectory("0 0 0 0.5 0.5 0.5 0.5\n", "t");
  ASSERT_TRUE(third);
  const auto p = *(*third)[0].world_from_cam * Point<frame::Cam<>>{{1, 2, 3}};
  EXPECT_LT((p.v - Eigen::Vector3d(3, 1, 2)).norm(), 1e-12);
  // Half a turn about x.
  const auto half = ParseTrajectory("0 0 0 1 0 0 0\n", "t");
  ASSERT_TRUE(half);
  const auto q = *(*half)[0].world_from_cam * Point<frame::Cam<>>{{1, 2, 3}};
  EXPECT_LT((q.v - Eigen::Vector3d(1, -2, -3)).norm(), 1e-12);
}

TEST(Trajectory, WrongCountsNameTheLine) {
  for (const auto& [text, place] : {std::pair{"1 2 3 0 0 0 1\n1 2 3 0 0 0\n", "t:2"},
                                    {"0 0 1\n1 0 0 0\n0 1 0 0\n0 0 1 0\n", "t:1"},
                                    {"0 0 1\n1 0 0\n0 1 0 0\n0 0 1 0\n0 0 0 1\n", "t:2"},
                                    {"0 0 1\n1 0 0 0\n0 1 0 0\n0 0 1 0\n0 0 0 1\n1 1\n", "t:6"},
                                    {"1 2 3 4 5\n", "t:1"},
                                    {"", "t"}}) {
    const auto poses = ParseTrajectory(text, "t");
    ASSERT_FALSE(poses) << text;
    EXPECT_EQ(poses.error().where, place);
  }
}

TEST(Trajectory, ALostPoseCostsOnlyItself) {
  const auto poses = ParseTrajectory("1 2 3 0 0 0 1\nnan 0 0 0 0 0 1\n0 0 0 0 0 0 9\n", "t");
  ASSERT_TRUE(poses);
  EXPECT_TRUE((*poses)[0].world_from_cam);
  EXPECT_FALSE((*poses)[1].world_from_cam);
  EXPECT_FALSE((*poses)[2].world_from_cam);
}

TEST(Objects, BothShapesReadAlike) {
  const auto a = ParseObjects(
      R"([{"bbox_id":3,"target":"Armchairs","bbox_3d":[1,2,3,2,4,1]},
          {"bbox_id":1,"target":"door","bbox_3d":[0,0,0,0,0,0]}])",
      "a.json");
  const auto b = ParseObjects(
      R"([{"id":1,"label":"door","box":[0,0,0,0,0,0]},
          {"id":3,"label":"Armchairs","box":[1,2,3,2,4,1]}])",
      "b.json");
  ASSERT_TRUE(a) << a.error().Message();
  ASSERT_TRUE(b) << b.error().Message();
  for (const auto& objects : {*a, *b}) {
    ASSERT_EQ(objects.size(), 2u);
    EXPECT_EQ(objects[0].id.value, 1);
    EXPECT_EQ(objects[1].label, "Armchairs");
    EXPECT_EQ(objects[1].box.min, Eigen::Vector3d(0, 0, 2.5));
    EXPECT_EQ(objects[1].box.max, Eigen::Vector3d(2, 4, 3.5));
  }
}

TEST(Objects, WhatIsWrittenReadsBackTheSame) {
  RandomStream rng(3, {"objects"});
  std::vector<Object> objects;
  for (int i = 0; i < 20; ++i) {
    Object o{ObjectId{i * 3}, "label", "category", {}, {}};
    for (int k = 0; k < 3; ++k) {
      o.box.min[k] = rng.Uniform(-5, 5);
      o.box.max[k] = o.box.min[k] + rng.Uniform(0, 2);
    }
    if (i % 2) o.obb = Obb<frame::World>{{}, {rng.Uniform(), 1, 2}};
    objects.push_back(o);
  }
  const auto back = ParseObjects(WriteObjects(objects), "o");
  ASSERT_TRUE(back) << back.error().Message();
  for (size_t i = 0; i < objects.size(); ++i) {
    EXPECT_EQ((*back)[i].box.min, objects[i].box.min);
    EXPECT_EQ((*back)[i].box.max, objects[i].box.max);
    EXPECT_EQ((*back)[i].obb.has_value(), objects[i].obb.has_value());
  }
}

TEST(Objects, FaultsSayWhere) {
  for (const char* text : {R"([{"id":1,"label":"a","box":[0,0,0,1,1]}])",
                           R"([{"id":1,"label":"a","box":[0,0,0,1,1,-1]}])",
                           R"([{"id":1,"label":"a","box":[0,0,0,1,1,NaN]}])",
                           R"([{"id":1.5,"label":"a","box":[0,0,0,1,1,1]}])",
                           R"([{"id":-1,"label":"a","box":[0,0,0,1,1,1]}])",
                           R"([{"id":1,"label":"","box":[0,0,0,1,1,1]}])",
                           R"([{"label":"a","box":[0,0,0,1,1,1]}])",
                           R"([{"id":1,"label":"a","box":[0,0,0,1,1,1]},
                               {"id":1,"label":"b","box":[0,0,0,1,1,1]}])",
                           R"({"id":1})",
                           "[1]",
                           "["}) {
    const auto objects = ParseObjects(text, "o.json");
    ASSERT_FALSE(objects) << text;
    EXPECT_TRUE(objects.error().where.starts_with("o.json")) << objects.error().Message();
  }
}

TEST(LabelTable, MapsRawLabelsAndReportsUnknownOnes) {
  const auto table = LabelTable::Parse(
      "id\traw_category\tcategory\tcount\n1\tCoffee Table\ttable\t3\n"
      "2\tdoors\tdoor\t2\n3\tthing\t\t1\n",
      "l.tsv");
  ASSERT_TRUE(table) << table.error().Message();
  std::vector<Object> objects(4);
  objects[0].label = "coffee table";
  objects[1].label = objects[2].label = "gizmos";
  objects[3].label = "thing";
  EXPECT_EQ(SetCategories(&*table, objects), (std::vector<std::string>{"gizmos", "thing"}));
  EXPECT_EQ(objects[0].category, "table");
  EXPECT_EQ(objects[1].category, "gizmo");
  EXPECT_FALSE(LabelTable::Parse("id\tname\n1\tx\n", "l.tsv"));
  const auto cut = LabelTable::Parse("id\traw_category\tcategory\n1\tx\n", "l.tsv");
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().where, "l.tsv:2");
}

TEST(ScanNetInfo, GivesAlignmentAndCameras) {
  const auto info = ScanNetInfo::Parse(
      "axisAlignment = 0 1 0 -2 -1 0 0 3 0 0 1 -0.5 0 0 0 1 \nfx_depth = 577.5\nfy_depth = 578\n"
      "mx_depth = 319.5\nmy_depth = 239.5\ndepthWidth = 640\ndepthHeight = 480\n",
      "s.txt");
  ASSERT_TRUE(info);
  const auto alignment = info->AxisAlignment();
  ASSERT_TRUE(alignment && *alignment);
  EXPECT_EQ((**alignment * Point<frame::World>{{1, 2, 3}}).v, Eigen::Vector3d(0, 2, 2.5));
  const auto camera = info->Camera("depth");
  ASSERT_TRUE(camera && *camera);
  EXPECT_EQ((*camera)->size, (ImageSize{640, 480}));
  EXPECT_FALSE(*info->Camera("color"));
  EXPECT_FALSE(ScanNetInfo::Parse("axisAlignment = 1 0 0\n", "s")->AxisAlignment());
  EXPECT_FALSE(ScanNetInfo::Parse("fx_depth = 5\n", "s")->Camera("depth"));
  EXPECT_FALSE(ScanNetInfo::Parse("no equals sign\n", "s"));
}

TEST(Cameras, FilesCountFromTheFirstPixelsCentre) {
  const auto numbers = ParseIntrinsicMatrix("500 0 319.5\n0 501 239.5\n0 0 1\n", "k");
  ASSERT_TRUE(numbers);
  const Pinhole camera = HousePinhole(*numbers, {640, 480});
  EXPECT_EQ(camera.cx, 320);  // the middle of 640 columns
  EXPECT_EQ(camera.cy, 240);
  EXPECT_EQ(FileNumbers(camera).cx, 319.5);
  // Half the size: the middle stays the middle.
  CameraNumbers sized = *numbers;
  sized.size = ImageSize{640, 480};
  EXPECT_EQ(HousePinhole(sized, {320, 240}).cx, 160);
  EXPECT_EQ(HousePinhole(sized, {320, 240}).fy, 250.5);
}

TEST(Cameras, OtherMatricesAreRefused) {
  for (const char* text : {"1 2 3 4",
                           "500 0 1 0 501 2 0 0",
                           "0 0 1 0 500 1 0 0 1",
                           "500 3 1 0 500 1 0 0 1",
                           "500 0 1 0 nan 1 0 0 1",
                           "1 0 0 5 0 1 0 5 0 0 1 5 0 0 x 1"})
    EXPECT_FALSE(ParseIntrinsicMatrix(text, "k")) << text;
  EXPECT_TRUE(ParseIntrinsicMatrix("5 0 2 0\n0 5 2 0\n0 0 1 0\n0 0 0 1\n", "k"));
  EXPECT_TRUE(ParseCameraFlag("525,525,319.5,239.5,640,480", "--intrinsics"));
  for (const char* text : {"525,525,319.5", "525,525,a,1", "0,1,2,3", "1,1,1,1,0,5", ""}) {
    const auto flag = ParseCameraFlag(text, "--intrinsics");
    ASSERT_FALSE(flag) << text;
    EXPECT_EQ(flag.error().code, ErrorCode::kUsage);
  }
}

TEST(FrameFiles, KeysAreTheDigits) {
  for (const auto& [name, key] : {std::pair{"00005.jpg", "00005"},
                                  {"0012_rgb_raw.jpg", "0012"},
                                  {"color3.png", "3"},
                                  {"1305031102.175304.png", "1305031102.175304"},
                                  {"41048190_3414.012.png", "41048190_3414.012"},
                                  {"frame_000123.txt", "000123"},
                                  {"hall.png", "hall"}})
    EXPECT_EQ(FrameKey(name), key);
}

}  // namespace
}  // namespace spatium
