#include "spatium/readers/sens.h"

#include <gtest/gtest.h>

#include <cstring>

#include "spatium/scene/test_room.h"

namespace spatium {
namespace {

Path WriteSmallSens(const Path& folder, SensHeader& header) {
  header.color_size = {8, 6};
  header.depth_size = {4, 3};
  header.sensor_name = "test";
  auto writer = SensWriter::Create(folder / "s.sens", header);
  for (int i = 0; i < 3; ++i) {
    SensFrame frame;
    frame.world_from_cam(0, 3) = static_cast<float>(i);
    frame.color_time_us = 1000u * static_cast<unsigned>(i);
    frame.color = EncodeJpeg(RgbImage(8, 6, static_cast<uint8_t>(i)));
    frame.depth = EncodeSensDepth(DepthImage(4, 3, static_cast<uint16_t>(100 + i)));
    EXPECT_TRUE(writer->Add(frame));
  }
  EXPECT_TRUE(writer->Finish());
  return folder / "s.sens";
}

Result<int> CountFrames(const Path& path) {
  SPATIUM_TRY(SensReader reader, SensReader::Open(path));
  for (int n = 0;; ++n) {
    SPATIUM_TRY(const auto frame, reader.Next());
    if (!frame) return n;
  }
}

TEST(Sens, GivesBackWhatWasWritten) {
  SensHeader header;
  header.color_intrinsic(0, 0) = 577.87f;
  header.depth_shift = 5000;
  const Path path = WriteSmallSens(test::FreshFolder("sens"), header);
  auto reader = SensReader::Open(path);
  ASSERT_TRUE(reader) << reader.error().Message();
  EXPECT_EQ(reader->header().sensor_name, "test");
  EXPECT_EQ(reader->header().color_intrinsic, header.color_intrinsic);
  EXPECT_EQ(reader->header().depth_shift, 5000);
  EXPECT_EQ(reader->header().num_frames, 3u);
  for (int i = 0; i < 3; ++i) {
    const auto frame = reader->Next(i != 1);
    ASSERT_TRUE(frame && *frame);
    EXPECT_EQ((*frame)->world_from_cam(0, 3), static_cast<float>(i));
    EXPECT_EQ((*frame)->color_time_us, 1000u * static_cast<unsigned>(i));
    if (i == 1) continue;
    const auto depth = DecodeSensDepth((*frame)->depth, reader->header(), "d");
    ASSERT_TRUE(depth) << depth.error().Message();
    EXPECT_EQ(*depth, DepthImage(4, 3, static_cast<uint16_t>(100 + i)));
  }
  EXPECT_FALSE(*reader->Next());
}

TEST(Sens, EveryTruncationSaysWhereTheFileEnds) {
  SensHeader header;
  const Path folder = test::FreshFolder("sens_cut");
  const std::string bytes = *ReadFile(WriteSmallSens(folder, header));
  ASSERT_EQ(*CountFrames(folder / "s.sens"), 3);
  ASSERT_TRUE(WriteFileDirect(folder / "cut.sens", bytes));
  for (size_t n = bytes.size(); n-- > 0;) {
    std::filesystem::resize_file(folder / "cut.sens", n);
    const auto frames = CountFrames(folder / "cut.sens");
    ASSERT_FALSE(frames) << n;
    EXPECT_EQ(frames.error().code, ErrorCode::kParse);
    EXPECT_NE(frames.error().where.find("cut.sens: byte "), std::string::npos);
    EXPECT_NE(frames.error().found.find("to the end of the file"), std::string::npos);
  }
}

TEST(Sens, AbsurdNumbersAreRefusedBeforeMemoryIsTaken) {
  SensHeader header;
  const Path folder = test::FreshFolder("sens_absurd");
  const std::string good = *ReadFile(WriteSmallSens(folder, header));
  const size_t sizes_at = 4 + 8 + 4 + 4 * 64 + 8;  // after version, name, cameras, compressions
  const size_t count_at = sizes_at + 4 * 4 + 4;    // after the sizes and the shift
  const size_t color_bytes_at = count_at + 8 + 64 + 16;  // of the first frame
  for (const auto& [at, what] : {std::pair<size_t, const char*>{4, "name length"},
                                 {sizes_at, "width"},
                                 {count_at, "frames"},
                                 {color_bytes_at, "colour bytes"}}) {
    std::string bytes = good;
    std::memset(bytes.data() + at, 0x7f, at == sizes_at ? 4 : 8);
    ASSERT_TRUE(WriteFileDirect(folder / "bad.sens", bytes));
    EXPECT_FALSE(CountFrames(folder / "bad.sens")) << what;
  }
  std::string version = good;
  version[0] = 5;
  ASSERT_TRUE(WriteFileDirect(folder / "bad.sens", version));
  EXPECT_EQ(CountFrames(folder / "bad.sens").error().code, ErrorCode::kUnsupported);
}

TEST(Sens, DepthOfAnotherSizeIsNotBrokenDepth) {
  SensHeader header;
  header.depth_size = {4, 3};
  const std::string good = EncodeSensDepth(DepthImage(4, 3, 7));
  EXPECT_TRUE(DecodeSensDepth(good, header, "d"));
  for (const auto& [w, h] : {std::pair{4, 4}, {4, 2}, {400, 300}})
    EXPECT_EQ(DecodeSensDepth(EncodeSensDepth(DepthImage(w, h, 7)), header, "d").error().code,
              ErrorCode::kBadValue)
        << w;
  for (size_t n = 0; n < good.size(); ++n)
    EXPECT_EQ(DecodeSensDepth(good.substr(0, n), header, "d").error().code, ErrorCode::kParse);
  header.depth_compression = SensDepth::kRaw;
  EXPECT_EQ(DecodeSensDepth(std::string(24, 'a'), header, "d")->at(0, 0)[0], 0x6161);
  EXPECT_FALSE(DecodeSensDepth(std::string(23, 'a'), header, "d"));
}

}  // namespace
}  // namespace spatium
