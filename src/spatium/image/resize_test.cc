#include "spatium/image/resize.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "spatium/base/files.h"
#include "spatium/base/random.h"
#include "spatium/base/text.h"
#include "spatium/image/codec.h"

namespace spatium {
namespace {

constexpr PillowFilter kPillowFilters[] = {PillowFilter::kNearest,
                                           PillowFilter::kBox,
                                           PillowFilter::kBilinear,
                                           PillowFilter::kHamming,
                                           PillowFilter::kBicubic,
                                           PillowFilter::kLanczos};
constexpr const char* kPillowNames[] = {
    "nearest", "box", "bilinear", "hamming", "bicubic", "lanczos"};
constexpr OpenCvFilter kOpenCvFilters[] = {
    OpenCvFilter::kNearest, OpenCvFilter::kLinear, OpenCvFilter::kArea};
constexpr const char* kOpenCvNames[] = {"nearest", "linear", "area"};

// Smooth parts, edges and noise: what shows rounding, clipping and overshoot.
RgbImage TestPicture(int width, int height) {
  RandomStream rng(3, {"resize_test"});
  RgbImage image(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      uint8_t* p = image.at(x, y);
      p[0] = static_cast<uint8_t>(rng.Int(0, 255));
      p[1] = static_cast<uint8_t>((x / 7 + y / 5) % 2 * 255);
      p[2] = static_cast<uint8_t>(255 * x / width);
    }
  return image;
}

size_t NumDifferent(const RgbImage& a, const RgbImage& b) {
  if (a.size() != b.size()) return a.data().size();
  size_t n = 0;
  for (size_t i = 0; i < a.data().size(); ++i) n += a.data()[i] != b.data()[i];
  return n;
}

TEST(Resize, EqualsPillowAndOpenCvInEveryByte) {
  const Path folder = Path(testing::TempDir()) / "spatium_resize_test";
  std::filesystem::create_directories(folder);
  const RgbImage image = TestPicture(97, 61);
  ASSERT_TRUE(WriteFileAtomic(folder / "in.png", EncodePng(image)));
  const std::vector<ImageSize> sizes = {{97, 61},
                                        {48, 30},
                                        {50, 31},
                                        {13, 7},
                                        {1, 1},
                                        {200, 61},
                                        {97, 128},
                                        {194, 122},
                                        {33, 90},
                                        {336, 336}};
  const char* python = std::getenv("SPATIUM_ORACLE_PYTHON");
  std::string command = StrCat(python ? python : "python3",
                               " '" SPATIUM_SOURCE_DIR "/src/spatium/image/resize_oracle.py' ",
                               (folder / "in.png").string(),
                               " ",
                               folder.string());
  for (const ImageSize s : sizes) command += StrCat(" ", s.width, "x", s.height);
  if (std::system((command + " >/dev/null 2>&1").c_str()) != 0)
    GTEST_SKIP() << "no Python with Pillow and OpenCV (SPATIUM_ORACLE_PYTHON names one)";
  const auto expected = [&](const std::string& name, ImageSize s) {
    const Path file = folder / StrCat(name, "_", s.width, "x", s.height, ".png");
    return *DecodeRgb(*ReadFile(file), file.string());
  };
  for (const ImageSize s : sizes) {
    for (size_t i = 0; i < std::size(kPillowFilters); ++i)
      EXPECT_EQ(NumDifferent(ResizeAsPillow(image, s, kPillowFilters[i]),
                             expected(StrCat("pillow_", kPillowNames[i]), s)),
                0U)
          << kPillowNames[i] << " " << s.width << "x" << s.height;
    for (size_t i = 0; i < std::size(kOpenCvFilters); ++i)
      EXPECT_EQ(NumDifferent(ResizeAsOpenCv(image, s, kOpenCvFilters[i]),
                             expected(StrCat("opencv_", kOpenCvNames[i]), s)),
                0U)
          << "OpenCV " << kOpenCvNames[i] << " " << s.width << "x" << s.height;
  }
}

TEST(Resize, KeepsAFlatPictureFlat) {
  const RgbImage flat(37, 23, 137);
  for (const ImageSize s : {ImageSize{5, 90}, {74, 46}, {36, 22}, {1, 1}}) {
    const RgbImage want(s.width, s.height, 137);
    for (const PillowFilter f : kPillowFilters) EXPECT_EQ(ResizeAsPillow(flat, s, f), want);
    for (const OpenCvFilter f : kOpenCvFilters) EXPECT_EQ(ResizeAsOpenCv(flat, s, f), want);
  }
}

TEST(Resize, GreyAndColourAgree) {
  const RgbImage image = TestPicture(40, 30);
  GrayImage red(40, 30);
  for (int y = 0; y < 30; ++y)
    for (int x = 0; x < 40; ++x) *red.at(x, y) = *image.at(x, y);
  const RgbImage big = ResizeAsPillow(image, {17, 45}, PillowFilter::kBicubic);
  const GrayImage big_red = ResizeAsPillow(red, {17, 45}, PillowFilter::kBicubic);
  for (int y = 0; y < 45; ++y)
    for (int x = 0; x < 17; ++x) ASSERT_EQ(*big.at(x, y), *big_red.at(x, y));
}

TEST(Resize, NearestDepthMixesNothing) {
  DepthImage depth(4, 1);
  for (int x = 0; x < 4; ++x) *depth.at(x, 0) = static_cast<uint16_t>(1000 * x);
  const DepthImage wide = ResizeNearest(depth, {8, 2});
  for (int x = 0; x < 8; ++x) EXPECT_EQ(*wide.at(x, 1), 1000 * (x / 2));
}

TEST(Resize, FitInsideKeepsTheShape) {
  EXPECT_EQ(FitInside({1296, 968}, 640), (ImageSize{640, 478}));
  EXPECT_EQ(FitInside({100, 50}, 640), (ImageSize{100, 50}));
  EXPECT_EQ(FitInside({5000, 2}, 100), (ImageSize{100, 1}));
}

}  // namespace
}  // namespace spatium
