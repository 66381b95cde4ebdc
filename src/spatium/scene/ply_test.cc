#include "spatium/scene/ply.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "spatium/base/text.h"
#include "spatium/scene/test_room.h"

namespace spatium {
namespace {

const std::string kAscii =
    "ply\nformat ascii 1.0\ncomment by hand\nelement vertex 4\nproperty float x\nproperty double "
    "y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\nproperty "
    "uchar alpha\nproperty ushort label\nelement face 1\nproperty list uchar int "
    "vertex_indices\nend_header\n0 0 0 255 0 0 255 3\n1 0 0.5 0 255 0 255 3\n1 1 0 0 0 255 255 "
    "4\n0 1 -1e-1 9 8 7 255 65535\n4 0 1 2 3\n";

// The same surface in binary, written here independently of the library's writer.
std::string Binary(bool big) {
  std::string out = kAscii.substr(0, kAscii.find("end_header\n") + 11);
  out.replace(out.find("ascii"), 5, big ? "binary_big_endian" : "binary_little_endian");
  const auto put = [&](auto value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    if (big) std::reverse(raw, raw + sizeof value);
    out.append(raw, sizeof value);
  };
  const double rows[4][8] = {{0, 0, 0, 255, 0, 0, 255, 3},
                             {1, 0, 0.5, 0, 255, 0, 255, 3},
                             {1, 1, 0, 0, 0, 255, 255, 4},
                             {0, 1, -0.1, 9, 8, 7, 255, 65535}};
  for (const auto& row : rows) {
    put(static_cast<float>(row[0]));
    put(row[1]);
    put(static_cast<float>(row[2]));
    for (int c = 3; c < 7; ++c) put(static_cast<uint8_t>(row[c]));
    put(static_cast<uint16_t>(row[7]));
  }
  put(uint8_t{4});
  for (int32_t i = 0; i < 4; ++i) put(i);
  return out;
}

TEST(Ply, TextAndBothByteOrdersReadAlike) {
  for (const std::string& bytes : {kAscii, Binary(false), Binary(true)}) {
    const auto mesh = ParsePly(bytes, "m.ply");
    ASSERT_TRUE(mesh) << mesh.error().Message();
    ASSERT_EQ(mesh->vertices.size(), 4u);
    EXPECT_EQ(mesh->vertices[1], Eigen::Vector3f(1, 0, 0.5f));
    EXPECT_EQ(mesh->vertices[3], Eigen::Vector3f(0, 1, -0.1f));
    EXPECT_EQ(mesh->colors[3], (std::array<uint8_t, 3>{9, 8, 7}));
    EXPECT_EQ(mesh->vertex_object, (std::vector<int32_t>{3, 3, 4, 65535}));
    ASSERT_EQ(mesh->faces.size(), 2u);  // the square as a fan
    EXPECT_EQ(mesh->faces[1], (std::array<uint32_t, 3>{0, 2, 3}));
  }
}

TEST(Ply, WhatIsWrittenReadsBackTheSame) {
  const Mesh mesh = test::BoxMesh(test::MakeTestRoom(1).scene);
  const auto back = ParsePly(WritePly(mesh), "m.ply");
  ASSERT_TRUE(back) << back.error().Message();
  EXPECT_EQ(back->vertices, mesh.vertices);
  EXPECT_EQ(back->colors, mesh.colors);
  EXPECT_EQ(back->faces, mesh.faces);
  EXPECT_EQ(back->vertex_object, mesh.vertex_object);
}

TEST(Ply, EveryTruncationIsAnError) {
  for (const std::string& bytes : {kAscii, Binary(false), Binary(true)}) {
    // The text's last newline alone may be missing.
    const size_t whole = bytes.size() - (bytes == kAscii ? 1 : 0);
    for (size_t n = 0; n < whole; ++n)
      EXPECT_FALSE(ParsePly(std::string_view(bytes).substr(0, n), "m.ply")) << n;
  }
}

TEST(Ply, WrongCountsAreErrorsThatSayTheElement) {
  for (const auto& [from, to] : {std::pair{"vertex 4", "vertex 5"},
                                 {"vertex 4", "vertex 3"},
                                 {"vertex 4", "vertex 4000000000000"},
                                 {"vertex 4", "vertex -1"},
                                 {"face 1", "face 2"},
                                 {"face 1", "face 0"},
                                 {"4 0 1 2 3", "4 0 1 2 4"},
                                 {"4 0 1 2 3", "4 0 1 2 -1"},
                                 {"4 0 1 2 3", "5 0 1 2 3"},
                                 {"0 1 -1e-1", "0 1 nan"},
                                 {"property float x", "property float w"},
                                 {"list uchar int", "list float int"}}) {
    std::string text = kAscii;
    text.replace(text.find(from), std::strlen(from), to);
    const auto mesh = ParsePly(text, "m.ply");
    ASSERT_FALSE(mesh) << from << " -> " << to;
    EXPECT_TRUE(mesh.error().where.starts_with("m.ply")) << mesh.error().Message();
    EXPECT_FALSE(mesh.error().expected.empty());
  }
}

TEST(Ply, RealScanNetMeshesRead) {
  const Path folder = Path(SPATIUM_SHARED_DIR) / "data/scannet_scene0470_00";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  const auto mesh = ReadPly(folder / "scene0470_00_vh_clean_2.ply");
  ASSERT_TRUE(mesh) << mesh.error().Message();
  EXPECT_EQ(mesh->vertices.size(), 67465u);
  EXPECT_EQ(mesh->faces.size(), 127003u);
  EXPECT_TRUE(mesh->vertex_object.empty());
  const auto labels = ReadPly(folder / "scene0470_00_vh_clean_2.labels.ply");
  ASSERT_TRUE(labels) << labels.error().Message();
  EXPECT_EQ(labels->vertices.size(), 67465u);
  // NYU40 classes.
  const auto [least, most] =
      std::minmax_element(labels->vertex_object.begin(), labels->vertex_object.end());
  EXPECT_GE(*least, 0);
  EXPECT_LE(*most, 40);
}

}  // namespace
}  // namespace spatium
