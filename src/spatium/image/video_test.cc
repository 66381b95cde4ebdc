#include "spatium/image/video.h"

#include <gtest/gtest.h>

namespace spatium {
namespace {

const Path kVideos = Path(SPATIUM_SOURCE_DIR) / "fuzz/corpus/video";

class Video : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!HasVideoPlugin()) GTEST_SKIP() << "built without FFmpeg's libraries";
  }
};

TEST_F(Video, FramesAreCountedAndTheSameHoweverTheyAreAskedFor) {
  for (const char* name : {"mjpg", "mp4v", "vp8"}) {
    const auto count = CountVideoFrames(kVideos / name);
    ASSERT_TRUE(count) << count.error().Message();
    ASSERT_GE(*count, 3) << name;
    std::vector<int> all;
    for (int i = 0; i < *count; ++i) all.push_back(i);
    const auto frames = DecodeVideoFrames(kVideos / name, all);
    ASSERT_TRUE(frames) << frames.error().Message();
    const auto some = DecodeVideoFrames(kVideos / name, {0, *count - 1, *count - 1});
    ASSERT_TRUE(some) << some.error().Message();
    EXPECT_EQ((*some)[0], frames->front()) << name;
    EXPECT_EQ((*some)[1], frames->back()) << name;
    EXPECT_EQ((*some)[2], frames->back()) << name;
  }
}

TEST_F(Video, WhatIsNotThereIsSaid) {
  const auto beyond = DecodeVideoFrames(kVideos / "mp4v", {0, 10000});
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().code, ErrorCode::kBadValue);
  EXPECT_EQ(CountVideoFrames(kVideos / "no_such").error().code, ErrorCode::kNotFound);
  const Path text = Path(::testing::TempDir()) / "video_test.mp4";
  ASSERT_TRUE(WriteFileAtomic(text, "no video"));
  EXPECT_EQ(CountVideoFrames(text).error().code, ErrorCode::kParse);
}

}  // namespace
}  // namespace spatium
