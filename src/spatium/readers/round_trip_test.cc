// Scenes written in each format and read again; faults planted in the folders in between.
#include <gtest/gtest.h>

#include <cstring>

#include "spatium/base/text.h"
#include "spatium/readers/posed_write.h"
#include "spatium/readers/reader.h"
#include "spatium/readers/scannet_write.h"
#include "spatium/readers/sens.h"
#include "spatium/scene/ply.h"
#include "spatium/scene/test_room.h"

namespace spatium {
namespace {

using test::FreshFolder;

Result<SceneStore> Import(std::string_view reader,
                          const ImportOptions& options,
                          const Path& store,
                          ImportReport* report_out = nullptr) {
  for (const ReaderEntry& entry : Readers()) {
    if (entry.name != reader) continue;
    SPATIUM_TRY(SceneWriter writer, SceneWriter::Create(store));
    SPATIUM_TRY(ImportReport report, entry.info().import(options, writer));
    SPATIUM_TRY_DO(writer.Commit(report.scene));
    if (report_out) *report_out = std::move(report);
    return SceneStore::Open(store);
  }
  return Error{ErrorCode::kNotFound, std::string(reader), "a reader", "none"};
}
Result<SceneStore> Import(std::string_view reader, const Path& source, const Path& store) {
  ImportOptions options;
  options.source = source;
  return Import(reader, options, store);
}

ImageSource ImagesOfRoom(const test::TestRoom& room) {
  return [&room](size_t i) -> Result<FrameImages> {
    return FrameImages{EncodeJpeg(room.colors[i]), room.depths[i]};
  };
}

test::TestRoom RoomWithMesh() {
  auto room = test::MakeTestRoom();
  room.scene.dataset = "scannet";
  for (Frame& f : room.scene.frames) f.color_path = f.depth_path = "x";
  // Boxes that are exact in the mesh's floats, as those of a scan are.
  for (Object& o : room.scene.objects) {
    o.box.min = o.box.min.cast<float>().cast<double>();
    o.box.max = o.box.max.cast<float>().cast<double>();
  }
  room.scene.mesh = test::BoxMesh(room.scene);
  room.scene.outline = {{0, 0}, {5, 0}, {5, 4}, {0, 4}};
  return room;
}

// A turn about z and a shift, as axis alignments are; exact enough to undo to 1e-15.
Rigid<frame::World, frame::World> SomeAlignment() {
  Rigid<frame::World, frame::World> a;
  a.R << 0.6, 0.8, 0, -0.8, 0.6, 0, 0, 0, 1;
  a.t = {1, -2, 0.125};
  return a;
}

void ExpectSameScene(const SceneStore& store,
                     const test::TestRoom& room,
                     double pose_tolerance,
                     double box_tolerance) {
  const Scene &got = store.scene(), &want = room.scene;
  EXPECT_EQ(got.id, want.id);
  EXPECT_EQ(got.dataset, want.dataset);
  EXPECT_TRUE(got.aligned);
  EXPECT_EQ(got.depth_unit_m, want.depth_unit_m);
  EXPECT_EQ(got.outline, want.outline);
  ASSERT_EQ(got.frames.size(), want.frames.size());
  for (size_t i = 0; i < want.frames.size(); ++i) {
    const Frame &a = got.frames[i], &b = want.frames[i];
    EXPECT_EQ(a.name, b.name);
    EXPECT_LT((a.cam_from_world.R - b.cam_from_world.R).norm(), pose_tolerance);
    EXPECT_LT((a.cam_from_world.t - b.cam_from_world.t).norm(), pose_tolerance);
    EXPECT_EQ(a.color.size, b.color.size);
    EXPECT_NEAR(a.color.cx, b.color.cx, 1e-5);
    EXPECT_NEAR(a.depth.fy, b.depth.fy, 1e-5);
    EXPECT_EQ(*store.ReadColorBytes(a), EncodeJpeg(room.colors[i]));
    EXPECT_EQ(*store.ReadDepth(a), room.depths[i]);
  }
  ASSERT_EQ(got.objects.size(), want.objects.size());
  for (size_t i = 0; i < want.objects.size(); ++i) {
    EXPECT_EQ(got.objects[i].id, want.objects[i].id);
    EXPECT_EQ(got.objects[i].label, want.objects[i].label);
    EXPECT_EQ(got.objects[i].category, want.objects[i].category);
    EXPECT_LE((got.objects[i].box.min - want.objects[i].box.min).norm(), box_tolerance);
    EXPECT_LE((got.objects[i].box.max - want.objects[i].box.max).norm(), box_tolerance);
  }
  ASSERT_EQ(got.mesh.has_value(), want.mesh.has_value());
  if (!want.mesh) return;
  EXPECT_EQ(got.mesh->vertex_object, want.mesh->vertex_object);
  EXPECT_EQ(got.mesh->faces, want.mesh->faces);
  EXPECT_EQ(got.mesh->colors, want.mesh->colors);
}

TEST(RoundTrip, ScanNet) {
  const auto room = RoomWithMesh();
  const Path folder = FreshFolder("scannet");
  for (const bool turned : {false, true}) {
    ScanNetWriteOptions options;
    if (turned) options.world_from_source = SomeAlignment();
    const auto written = WriteScanNetFolder(folder / "in", room.scene, ImagesOfRoom(room), options);
    ASSERT_TRUE(written) << written.error().Message();
    const auto store = Import("scannet", folder / "in", folder / "store");
    ASSERT_TRUE(store) << store.error().Message();
    ExpectSameScene(*store, room, 1e-6, turned ? 1e-6 : 0);
    // What ScanNet itself ships, without our additions: names of frames are then numbers.
    std::filesystem::remove(folder / "in/spatium.json");
    const auto plain = Import("scannet", folder / "in", folder / "store");
    ASSERT_TRUE(plain) << plain.error().Message();
    EXPECT_EQ(plain->scene().frames[3].name, "000003");
    EXPECT_LT((plain->scene().objects[1].box.min - room.scene.objects[1].box.min).norm(), 1e-6);
    EXPECT_EQ(plain->scene().objects[1].category, "chair");  // of "chairs"
  }
}

TEST(RoundTrip, PosedRgbd) {
  auto room = RoomWithMesh();
  const Path folder = FreshFolder("posed");
  for (const bool turned : {false, true}) {
    PosedWriteOptions options;
    if (turned) options.world_from_source = SomeAlignment();
    const auto written = WritePosedFolder(folder / "in", room.scene, ImagesOfRoom(room), options);
    ASSERT_TRUE(written) << written.error().Message();
    const auto store = Import("posed_rgbd", folder / "in", folder / "store");
    ASSERT_TRUE(store) << store.error().Message();
    ExpectSameScene(*store, room, 1e-14, 0);
  }
}

// A mesh and its objects without a picture are a scene too.
TEST(RoundTrip, SceneWithoutFramesInBothFormats) {
  auto room = RoomWithMesh();
  room.scene.frames.clear();
  const Path folder = FreshFolder("no_frames");
  ASSERT_TRUE(WritePosedFolder(folder / "posed_rgbd", room.scene, ImagesOfRoom(room), {}));
  ASSERT_TRUE(WriteScanNetFolder(folder / "scannet", room.scene, ImagesOfRoom(room), {}));
  for (const std::string format : {"posed_rgbd", "scannet"}) {
    const auto store = Import(format, folder / format, folder / ("store_" + format));
    ASSERT_TRUE(store) << format << ": " << store.error().Message();
    ExpectSameScene(*store, room, 0, 1e-6);
  }
}

TEST(RoundTrip, ScanNetSceneWithoutMeshKeepsItsBoxes) {
  auto room = RoomWithMesh();
  room.scene.mesh.reset();
  const Path folder = FreshFolder("scannet_no_mesh");
  ASSERT_TRUE(WriteScanNetFolder(folder / "in", room.scene, ImagesOfRoom(room)));
  const auto store = Import("scannet", folder / "in", folder / "store");
  ASSERT_TRUE(store) << store.error().Message();
  ExpectSameScene(*store, room, 1e-6, 0);
}

TEST(ScanNetReader, AnyNumberOfThreadsGivesTheSameBytes) {
  const auto room = RoomWithMesh();
  const Path folder = FreshFolder("threads");
  ASSERT_TRUE(WriteScanNetFolder(folder / "in", room.scene, ImagesOfRoom(room)));
  std::string first;
  for (const unsigned threads : {1u, 2u, 5u}) {
    ImportOptions options;
    options.source = folder / "in";
    options.threads = threads;
    ASSERT_TRUE(Import("scannet", options, folder / "store"));
    const std::string text = *ReadFile(folder / "store/scene.json");
    if (first.empty()) first = text;
    EXPECT_EQ(text, first);
  }
}

// Changes a .sens frame by frame.
void EditSens(const Path& path, const std::function<void(uint64_t, SensFrame&)>& edit) {
  auto reader = SensReader::Open(path);
  ASSERT_TRUE(reader);
  auto writer = SensWriter::Create(path.string() + ".new", reader->header());
  for (uint64_t i = 0; i < reader->header().num_frames; ++i) {
    auto frame = **reader->Next();
    edit(i, frame);
    ASSERT_TRUE(writer->Add(frame));
  }
  ASSERT_TRUE(writer->Finish());
  std::filesystem::rename(path.string() + ".new", path);
}

TEST(ScanNetReader, LeavesOutAndNamesFramesThatCannotBeUsed) {
  const auto room = RoomWithMesh();
  const Path folder = FreshFolder("left_out");
  ASSERT_TRUE(WriteScanNetFolder(folder / "in", room.scene, ImagesOfRoom(room)));
  std::filesystem::remove(folder / "in/spatium.json");
  EditSens(folder / "in/room0001_00.sens", [](uint64_t i, SensFrame& frame) {
    if (i == 1) frame.world_from_cam.setConstant(-INFINITY);
    if (i == 3) frame.color.resize(frame.color.size() / 2);
    if (i == 4) frame.depth[frame.depth.size() / 2] ^= 0x55;
  });
  ImportReport report;
  ImportOptions options;
  options.source = folder / "in";
  const auto store = Import("scannet", options, folder / "store", &report);
  ASSERT_TRUE(store) << store.error().Message();
  EXPECT_EQ(store->scene().frames.size(), 3u);
  ASSERT_EQ(report.skipped.size(), 3u);
  EXPECT_EQ(report.skipped[0].frame, "000001");
  EXPECT_NE(report.skipped[0].reason.find("NaN or infinity"), std::string::npos);
  EXPECT_EQ(report.skipped[1].frame, "000003");
  EXPECT_TRUE(report.skipped[1].reason.starts_with("colour"));
  EXPECT_EQ(report.skipped[2].frame, "000004");
  EXPECT_TRUE(report.skipped[2].reason.starts_with("depth"));
  // Left-out frames leave no files.
  EXPECT_EQ(ListFolder(folder / "store/color")->size(), 3u);
}

TEST(ScanNetReader, DepthOfAnotherSizeThanDeclaredIsAnError) {
  const auto room = RoomWithMesh();
  const Path folder = FreshFolder("depth_size");
  ASSERT_TRUE(WriteScanNetFolder(folder / "in", room.scene, ImagesOfRoom(room)));
  EditSens(folder / "in/room0001_00.sens", [](uint64_t i, SensFrame& frame) {
    if (i == 2) frame.depth = EncodeSensDepth(DepthImage(32, 24, 5));
  });
  const auto store = Import("scannet", folder / "in", folder / "store");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kBadValue);
  EXPECT_NE(store.error().Message().find("64x48 as declared"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder / "store"));
}

TEST(ScanNetReader, FaultsInTheFolderSayTheFile) {
  const auto room = RoomWithMesh();
  const Path parent = FreshFolder("faults");
  const auto error_after = [&](const std::function<void(const Path&)>& damage) {
    EXPECT_TRUE(WriteScanNetFolder(parent / "in", room.scene, ImagesOfRoom(room)));
    damage(parent / "in");
    const auto store = Import("scannet", parent / "in", parent / "store");
    return store ? std::string() : store.error().Message();
  };
  const auto replace = [](const Path& path, std::string_view from, std::string_view to) {
    std::string text = *ReadFile(path);
    const size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos);
    ASSERT_TRUE(WriteFileDirect(path, text.replace(at, from.size(), to)));
  };
  EXPECT_EQ(error_after([](const Path&) {}), "");
  const std::string counts = error_after([&](const Path& in) {
    replace(in / "room0001_00_vh_clean_2.ply", "element vertex 24", "element vertex 23");
  });
  EXPECT_NE(counts.find("_vh_clean_2.ply"), std::string::npos) << counts;
  const std::string segments = error_after([&](const Path& in) {
    replace(
        in / "room0001_00_vh_clean_2.0.010000.segs.json", "\"segIndices\":[", "\"segIndices\":[0,");
  });
  EXPECT_NE(segments.find("24 segment numbers"), std::string::npos) << segments;
  const std::string matrix = error_after([&](const Path& in) {
    replace(in / "room0001_00.txt", "axisAlignment = 1 0 0 0 ", "axisAlignment = ");
  });
  EXPECT_NE(matrix.find("axisAlignment: expected 16 numbers"), std::string::npos) << matrix;
  const std::string twice = error_after([&](const Path& in) {
    replace(in / "room0001_00.aggregation.json", "\"objectId\":7", "\"objectId\":2");
  });
  EXPECT_NE(twice.find("segGroups[1]"), std::string::npos) << twice;
  const std::string cut = error_after([](const Path& in) {
    const Path sens = in / "room0001_00.sens";
    std::filesystem::resize_file(sens, std::filesystem::file_size(sens) - 1);
  });
  EXPECT_NE(cut.find("to the end of the file"), std::string::npos) << cut;
  const std::string two =
      error_after([](const Path& in) { ASSERT_TRUE(WriteFileDirect(in / "other.sens", "x")); });
  EXPECT_NE(two.find("the files of one scene"), std::string::npos) << two;
  EXPECT_FALSE(std::filesystem::exists(parent / "store.tmp"));
}

TEST(PosedReader, FaultsInTheFolderSayTheFile) {
  auto room = RoomWithMesh();
  const Path parent = FreshFolder("posed_faults");
  const auto error_after = [&](const std::function<void(const Path&)>& damage) {
    EXPECT_TRUE(WritePosedFolder(parent / "in", room.scene, ImagesOfRoom(room)));
    damage(parent / "in");
    const auto store = Import("posed_rgbd", parent / "in", parent / "store");
    return store ? std::string() : store.error().Message();
  };
  EXPECT_EQ(error_after([](const Path&) {}), "");
  const std::string pose = error_after([](const Path& in) {
    ASSERT_TRUE(WriteFileDirect(in / "pose/00015.txt", "1 0 0 0 1 0 0 0 1"));
  });
  EXPECT_NE(pose.find("00015.txt: expected 16 numbers (a 4x4 matrix), found 9"), std::string::npos)
      << pose;
  const std::string size = error_after([](const Path& in) {
    ASSERT_TRUE(WriteFileDirect(in / "depth/00015.png", EncodePng(DepthImage(32, 24, 9))));
  });
  EXPECT_NE(size.find("expected 64x48 as declared, found 32x24"), std::string::npos) << size;
  const std::string key = error_after([](const Path& in) {
    ASSERT_TRUE(WriteFileDirect(in / "posed_rgbd.json", "{\"depthscale\":1000}"));
  });
  EXPECT_NE(key.find("depth_scale"), std::string::npos) << key;
  const std::string none =
      error_after([](const Path& in) { std::filesystem::remove_all(in / "pose"); });
  EXPECT_NE(none.find("poses (one of pose"), std::string::npos) << none;
  const std::string all = error_after([&](const Path& in) {
    for (const Frame& f : room.scene.frames)
      ASSERT_TRUE(WriteFileDirect(in / "color" / (f.name + ".jpg"), "\xff\xd8 no picture"));
  });
  EXPECT_NE(all.find("expected at least one usable frame, found none of 6"), std::string::npos)
      << all;
}

TEST(PosedReader, LeavesOutAndNamesFramesThatCannotBeUsed) {
  auto room = RoomWithMesh();
  const Path folder = FreshFolder("posed_left_out");
  ASSERT_TRUE(WritePosedFolder(folder / "in", room.scene, ImagesOfRoom(room)));
  ASSERT_TRUE(WriteFileDirect(folder / "in/pose/00010.txt",
                              "nan nan nan nan nan nan nan nan nan nan nan nan 0 0 0 1"));
  ASSERT_TRUE(WriteFileDirect(folder / "in/depth/00015.png", "no picture"));
  std::filesystem::remove(folder / "in/pose/00020.txt");
  std::filesystem::remove(folder / "in/depth/00025.png");
  ImportOptions options;
  options.source = folder / "in";
  ImportReport report;
  const auto store = Import("posed_rgbd", options, folder / "store", &report);
  ASSERT_TRUE(store) << store.error().Message();
  EXPECT_EQ(store->scene().frames.size(), 2u);
  ASSERT_EQ(report.skipped.size(), 4u);
  const char* names[] = {"00010", "00015", "00020", "00025"};
  const char* reasons[] = {"pose: 00010.txt", "depth: image", "no pose file", "no depth image"};
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(report.skipped[i].frame, names[i]);
    EXPECT_TRUE(report.skipped[i].reason.starts_with(reasons[i])) << report.skipped[i].reason;
  }
}

TEST(PosedReader, KeepsEachNthFrameAndScalesBorrowedIntrinsics) {
  auto room = RoomWithMesh();
  const Path folder = FreshFolder("posed_every");
  ASSERT_TRUE(WritePosedFolder(folder / "in", room.scene, ImagesOfRoom(room)));
  std::filesystem::remove(folder / "in/posed_rgbd.json");
  std::filesystem::remove(folder / "in/intrinsic_depth.txt");
  ImportOptions options;
  options.source = folder / "in";
  options.every = 4;
  options.depth_scale = 1000;
  ImportReport report;
  const auto store = Import("posed_rgbd", options, folder / "store", &report);
  ASSERT_TRUE(store) << store.error().Message();
  ASSERT_EQ(store->scene().frames.size(), 2u);
  EXPECT_EQ(store->scene().frames[1].name, room.scene.frames[4].name);
  EXPECT_FALSE(store->scene().aligned);
  EXPECT_TRUE(store->scene().objects.empty());
  EXPECT_EQ(store->scene().depth_unit_from, "option");
  const Pinhole &color = room.scene.frames[0].color, &depth = store->scene().frames[0].depth;
  EXPECT_DOUBLE_EQ(depth.fx, color.fx * 64 / 96);
  EXPECT_DOUBLE_EQ(depth.cy, color.cy * 48 / 72);
  bool said = false;
  for (const std::string& note : report.notes) said |= note.find("scaled") != std::string::npos;
  EXPECT_TRUE(said);
}

}  // namespace
}  // namespace spatium
