#include "spatium/benchmarks/video_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "spatium/benchmarks/media_order.h"

namespace spatium {
namespace {

VideoCache::Frames Frames(size_t num_bytes) {
  return {ImagePart{std::string(num_bytes, 'x'), "image/jpeg", {}, "v.mp4", 0}};
}

TEST(VideoCache, ManyThreadsDecodeAVideoOnce) {
  VideoCache cache;
  std::atomic<int> decoded = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < 50; ++i) {
          const auto frames =
              cache.Get(std::to_string((i + t) % 5), [&]() -> Result<VideoCache::Frames> {
                ++decoded;
                return Frames(10);
              });
          EXPECT_EQ(frames->get()->size(), 1U);
        }
      });
  }
  EXPECT_EQ(decoded, 5);
}

TEST(VideoCache, ForgetsTheVideosUsedLongestAgo) {
  VideoCache cache(250);
  std::string decoded;
  const auto get = [&](const std::string& key) {
    ASSERT_TRUE(cache.Get(key, [&]() -> Result<VideoCache::Frames> {
      decoded += key;
      return Frames(100);
    }));
  };
  for (const char* key : {"a", "b", "a", "c", "a", "b", "c"}) get(key);
  // c pushes b out, then b pushes c out, and c a.
  EXPECT_EQ(decoded, "abcbc");
}

TEST(VideoCache, KeepsAnError) {
  VideoCache cache;
  int tried = 0;
  for (int i = 0; i < 3; ++i) {
    const auto frames = cache.Get("a", [&]() -> Result<VideoCache::Frames> {
      ++tried;
      return Error{ErrorCode::kParse, "a", "a video", "text"};
    });
    ASSERT_FALSE(frames);
    EXPECT_EQ(frames.error().code, ErrorCode::kParse);
  }
  EXPECT_EQ(tried, 1);
}

std::vector<Item> Items(const std::vector<std::string>& videos) {
  std::vector<Item> items;
  for (const std::string& video : videos) {
    Item& item = items.emplace_back();
    if (!video.empty()) item.media.push_back({.kind = MediaRef::Kind::kVideo, .file = video});
  }
  return items;
}

TEST(OrderByVideo, TakesVideosInTurnsAndFinishesThemBeforeOthers) {
  EXPECT_EQ(OrderByVideo(Items({"a", "b", "c", "a", "b", "c", "a"}), 2),
            (std::vector<size_t>{0, 1, 3, 4, 6, 2, 5}));
  EXPECT_EQ(OrderByVideo(Items({"a", "b", "a"}), 1), (std::vector<size_t>{0, 2, 1}));
  EXPECT_EQ(OrderByVideo(Items({"a", "", "a", ""}), 2), (std::vector<size_t>{0, 1, 2, 3}));
}

TEST(OrderByVideo, LeavesItemsWithoutVideosAsTheyAre) {
  EXPECT_EQ(OrderByVideo(Items({"", "", ""}), 4), (std::vector<size_t>{0, 1, 2}));
  EXPECT_TRUE(OrderByVideo({}, 4).empty());
}

}  // namespace
}  // namespace spatium
