#include "spatium/image/codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spatium/base/files.h"
#include "spatium/base/random.h"

namespace spatium {
namespace {

using ::testing::HasSubstr;

// fuzz/corpus/FOLDER/NAME, made by scripts/make_image_corpus.py: 5 x 3, pixel (50 x, 100 y, 7).
std::string Sample(const char* name) {
  auto bytes = ReadFile(Path(SPATIUM_SOURCE_DIR) / "fuzz/corpus" / name);
  EXPECT_TRUE(bytes) << name;
  return *std::move(bytes);
}

RgbImage ExpectedRgb() {
  RgbImage image(5, 3, 7);
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 5; ++x) {
      image.at(x, y)[0] = static_cast<uint8_t>(50 * x);
      image.at(x, y)[1] = static_cast<uint8_t>(100 * y);
    }
  return image;
}

RgbImage RandomRgb(int width, int height) {
  RandomStream rng(1, {"codec_test"});
  RgbImage image(width, height);
  for (uint8_t& v : image.data()) v = static_cast<uint8_t>(rng.Int(0, 255));
  return image;
}

int MaxDifference(const RgbImage& a, const RgbImage& b) {
  EXPECT_EQ(a.size(), b.size());
  int most = 0;
  for (size_t i = 0; i < a.data().size(); ++i)
    most = std::max(most, std::abs(int{a.data()[i]} - int{b.data()[i]}));
  return most;
}

TEST(Codec, LosslessFormatsGiveTheWrittenPixels) {
  for (const char* name : {"png/rgb8.png",
                           "png/rgba8.png",
                           "png/palette4.png",
                           "png/rgb16.png",
                           "pnm/rgb_binary.ppm",
                           "pnm/rgb_text.ppm"}) {
    const auto image = DecodeRgb(Sample(name), name);
    ASSERT_TRUE(image) << image.error().Message();
    EXPECT_EQ(*image, ExpectedRgb()) << name;
    EXPECT_EQ(*ReadImageSize(Sample(name), name), (ImageSize{5, 3}));
  }
}

TEST(Codec, GreyPicturesBecomeEqualChannels) {
  for (const char* name : {"png/grey8.png", "png/grey_alpha8.png"}) {
    const auto image = DecodeRgb(Sample(name), name);
    ASSERT_TRUE(image) << image.error().Message();
    for (int x = 0; x < 5; ++x)
      for (int c = 0; c < 3; ++c) EXPECT_EQ(image->at(x, 2)[c], 50 * x) << name;
  }
  EXPECT_EQ(DecodeRgb(Sample("png/grey1.png"), "")->at(4, 1)[1], 255);
  // Maximum 200: 255 of full scale.
  EXPECT_EQ(DecodeRgb(Sample("pnm/grey_text.pgm"), "")->at(4, 1)[1], 255);
  EXPECT_EQ(DecodeRgb(Sample("pnm/grey16.pgm"), "")->at(4, 0)[0], 16000 * 255 / 65535);
}

TEST(Codec, JpegIsCloseForEverySampling) {
  for (const char* name : {"jpeg/rgb_444.jpg", "jpeg/rgb_420.jpg", "jpeg/progressive.jpg"}) {
    const auto image = DecodeRgb(Sample(name), name);
    ASSERT_TRUE(image) << image.error().Message();
    // Chroma at half resolution on five columns of steps of 50: far from exact.
    EXPECT_LT(MaxDifference(*image, ExpectedRgb()), 80) << name;
  }
  EXPECT_LT(MaxDifference(*DecodeRgb(Sample("jpeg/rgb_444.jpg"), ""), ExpectedRgb()), 12);
}

TEST(Codec, CmykJpegIsRefusedByName) {
  const auto image = DecodeRgb(Sample("jpeg/cmyk.jpg"), "a.jpg");
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().code, ErrorCode::kUnsupported);
  EXPECT_THAT(image.error().Message(), HasSubstr("CMYK"));
}

TEST(Codec, DepthKeepsSixteenBitsAndWidensEight) {
  for (const char* name : {"png/grey16.png", "pnm/grey16.pgm"}) {
    const auto depth = DecodeDepth(Sample(name), name);
    ASSERT_TRUE(depth) << depth.error().Message();
    EXPECT_EQ(*depth->at(4, 2), 17400) << name;
  }
  EXPECT_EQ(*DecodeDepth(Sample("png/grey8.png"), "")->at(3, 0), 150);
}

TEST(Codec, DepthFromColourIsRefused) {
  for (const char* name : {"png/rgb8.png",
                           "png/palette4.png",
                           "png/grey1.png",
                           "jpeg/grey.jpg",
                           "pnm/rgb_binary.ppm"}) {
    const auto depth = DecodeDepth(Sample(name), name);
    ASSERT_FALSE(depth) << name;
    EXPECT_EQ(depth.error().code, ErrorCode::kUnsupported);
  }
}

TEST(Codec, PngRoundTripsAtOddSizes) {
  for (const auto [width, height] : {std::pair{1, 1}, {1, 37}, {65, 1}, {123, 45}}) {
    const RgbImage image = RandomRgb(width, height);
    EXPECT_EQ(*DecodeRgb(EncodePng(image), ""), image);
    DepthImage depth(width, height);
    RandomStream rng(2, {"depth"});
    for (uint16_t& v : depth.data()) v = static_cast<uint16_t>(rng.Int(0, 65535));
    EXPECT_EQ(*DecodeDepth(EncodePng(depth), ""), depth);
  }
  GrayImage grey(3, 2, 9);
  *grey.at(2, 1) = 200;
  EXPECT_EQ(*DecodeDepth(EncodePng(grey), "")->at(2, 1), 200);
}

TEST(Codec, JpegRoundTripIsCloseAndRepeatable) {
  RgbImage image(201, 77);
  for (int y = 0; y < 77; ++y)
    for (int x = 0; x < 201; ++x) {
      image.at(x, y)[0] = static_cast<uint8_t>(x);
      image.at(x, y)[1] = static_cast<uint8_t>(3 * y);
    }
  const std::string bytes = EncodeJpeg(image, 95);
  EXPECT_EQ(bytes, EncodeJpeg(image, 95));
  EXPECT_LT(MaxDifference(*DecodeRgb(bytes, ""), image), 8);
  EXPECT_LT(EncodeJpeg(image, 30).size(), bytes.size());
}

// A file cut anywhere is an error, never a picture with a grey part. Only bytes after the last
// pixel's may be missing: the newline of a text file.
TEST(Codec, ReducedJpegsKeepTheAskedSideAndLookTheSame) {
  RgbImage image(400, 240);
  for (int y = 0; y < 240; ++y)
    for (int x = 0; x < 400; ++x) image.at(x, y)[0] = static_cast<uint8_t>(x < 200 ? 30 : 200);
  const std::string bytes = EncodeJpeg(image);
  const std::pair<int, int> sides[] = {{400, 400}, {201, 400}, {200, 200}, {100, 100}, {1, 50}};
  for (const auto& [asked, got] : sides) {
    const auto small = DecodeRgbReduced(bytes, "x.jpg", asked);
    ASSERT_TRUE(small) << small.error().Message();
    EXPECT_EQ(small->width(), got) << asked;
    const int quarter = got / 4, middle = small->height() / 2;
    EXPECT_NEAR(small->at(quarter, middle)[0], 30, 3);
    EXPECT_NEAR(small->at(3 * quarter, middle)[0], 200, 3);
  }
  EXPECT_EQ(DecodeRgbReduced(EncodePng(image), "x.png", 10)->width(), 400);
}

TEST(Codec, EveryTruncationIsAnError) {
  for (const char* name : {"png/rgb8.png",
                           "png/palette4.png",
                           "png/grey16.png",
                           "jpeg/rgb_420.jpg",
                           "jpeg/progressive.jpg",
                           "jpeg/grey.jpg",
                           "pnm/rgb_binary.ppm"}) {
    const std::string whole = Sample(name);
    for (size_t n = 0; n < whole.size(); ++n) {
      const auto image = DecodeRgb(std::string_view(whole).substr(0, n), name);
      ASSERT_FALSE(image) << name << " cut to " << n << " of " << whole.size();
      EXPECT_EQ(image.error().code, ErrorCode::kParse) << image.error().Message();
    }
  }
}

TEST(Codec, SizesThatTheBytesCannotHoldAreRefusedBeforeAllocation) {
  std::string jpeg = Sample("jpeg/rgb_420.jpg");
  const size_t sof = jpeg.find("\xff\xc0");
  ASSERT_NE(sof, std::string::npos);
  jpeg.replace(sof + 5, 4, "\x3f\xff\x3f\xff");  // 16383 x 16383: below kMaxPixels
  EXPECT_THAT(DecodeRgb(jpeg, "a.jpg").error().Message(), HasSubstr("16383 x 16383"));
  jpeg.replace(sof + 5, 4, "\xff\xff\xff\xff");
  EXPECT_EQ(DecodeRgb(jpeg, "a.jpg").error().code, ErrorCode::kParse);
  EXPECT_EQ(DecodeRgb("P5 99999 99999 255\n", "a").error().code, ErrorCode::kBadValue);
  EXPECT_EQ(DecodeRgb("P6 16000 16000 255\nabc", "a").error().code, ErrorCode::kParse);
  EXPECT_EQ(DecodeRgb("P5 0 4 255\n", "a").error().code, ErrorCode::kBadValue);
}

TEST(Codec, WrongPnmIsNamed) {
  EXPECT_THAT(DecodeRgb("P3 1 1 255 1 2 256", "a").error().Message(), HasSubstr("at most 255"));
  EXPECT_THAT(DecodeRgb("P3 1 1 255 1 2", "a").error().Message(), HasSubstr("6 bytes"));
  EXPECT_THAT(DecodeRgb("P5 1 1 255\nab", "a").error().Message(), HasSubstr("1 more bytes"));
  EXPECT_THAT(DecodeRgb("P5 1 1 0\na", "a").error().Message(), HasSubstr("maximum"));
}

TEST(Codec, UnknownBytesAreNamed) {
  EXPECT_THAT(DecodeRgb("GIF89a", "x.gif").error().Message(), HasSubstr("GIF89a"));
  EXPECT_THAT(DecodeRgb("", "x").error().Message(), HasSubstr("empty file"));
}

}  // namespace
}  // namespace spatium
