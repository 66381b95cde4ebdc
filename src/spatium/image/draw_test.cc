#include "spatium/image/draw.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "spatium/image/text.h"

namespace spatium {
namespace {

constexpr Paint kBlack{.color = {0, 0, 0}};

RgbImage White(int width, int height) { return RgbImage(width, height, 255); }

// The drawn area in pixels: black on white counts by its darkness.
double Ink(const RgbImage& image) {
  double ink = 0;
  for (const uint8_t v : image.data()) ink += (255 - v) / 255.0;
  return ink / 3;
}

TEST(Draw, AreasAreThoseOfTheShapes) {
  RgbImage disc = White(100, 100);
  FillDisc(disc, {50.3, 49.8}, 20, kBlack);
  EXPECT_NEAR(Ink(disc), std::numbers::pi * 400, 4);

  RgbImage ring = White(100, 100);
  StrokeCircle(ring, {50, 50}, 30, 4, kBlack);
  EXPECT_NEAR(Ink(ring), 2 * std::numbers::pi * 30 * 4, 8);

  RgbImage box = White(100, 100);
  FillBox(box, {10.25, 20.5, 30.75, 40.25}, kBlack);
  EXPECT_NEAR(Ink(box), 20.5 * 19.75, 0.5);

  RgbImage line = White(100, 100);
  DrawLine(line, {20, 30}, {70, 60}, 5, kBlack);
  EXPECT_NEAR(Ink(line), std::hypot(50, 30) * 5 + std::numbers::pi * 6.25, 4);

  RgbImage triangle = White(100, 100);
  FillPolygon(triangle, std::array{Pixel{10, 10}, Pixel{90, 20}, Pixel{30, 80}}, kBlack);
  EXPECT_NEAR(Ink(triangle), std::abs(80 * 70 - 10 * 20) / 2.0, 3);
}

TEST(Draw, ABoxStrokeLeavesItsInsideUntouched) {
  RgbImage image = White(40, 40);
  StrokeBoxOutside(image, {10, 12, 30, 28}, 3, kBlack);
  for (int y = 12; y < 28; ++y)
    for (int x = 10; x < 30; ++x) ASSERT_EQ(*image.at(x, y), 255);
  EXPECT_NEAR(Ink(image), 26 * 22 - 20 * 16, 1e-9);
}

TEST(Draw, AHalfTransparentPolylineIsEvenAtItsJoints) {
  RgbImage image = White(60, 60);
  DrawPolyline(image,
               std::array{Pixel{10, 30}, Pixel{30, 30}, Pixel{50, 30}},
               6,
               {.color = {0, 0, 0}, .alpha = 0.5});
  EXPECT_EQ(*image.at(30, 30), *image.at(20, 30));
}

TEST(Draw, WhatIsOutsideOrNotFiniteIsHarmless) {
  RgbImage image = White(20, 20);
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = HUGE_VAL;
  FillDisc(image, {nan, 3}, 5, kBlack);
  FillDisc(image, {3, 3}, inf, {.color = {1, 1, 1}, .alpha = 0});
  FillBox(image, {-1e18, 100, 1e18, 1e300}, kBlack);
  DrawLine(image, {nan, 0}, {10, 10}, 1, kBlack);
  FillPolygon(image, std::array{Pixel{nan, 0}, Pixel{10, 10}, Pixel{0, 10}}, kBlack);
  EXPECT_EQ(image, White(20, 20));
  DrawLine(image, {-50, 10}, {1e7, 10}, 2, kBlack);
  EXPECT_NEAR(Ink(image), 40, 0.5);
}

TEST(Text, IsMeasuredAsItIsDrawn) {
  const auto font = Font::Default(20);
  if (!font) GTEST_SKIP() << font.error().Message();
  RgbImage image = White(200, 40);
  font->Draw(image, {10, 30}, "Chair H", kBlack);
  int right = 0, top = 40, bottom = 0;
  for (int y = 0; y < 40; ++y)
    for (int x = 0; x < 200; ++x)
      if (*image.at(x, y) < 128) {
        right = std::max(right, x);
        top = std::min(top, y);
        bottom = std::max(bottom, y);
      }
  EXPECT_NEAR(right, 10 + font->Width("Chair H"), 4);
  EXPECT_EQ(bottom, 29);  // no letter goes below the baseline
  EXPECT_GE(top, 30 - font->ascent() - 1);
  EXPECT_NEAR(font->Width("ab"), font->Width("a") + font->Width("b"), 0.5);
}

TEST(Text, WrongUtf8AndFarPositionsAreHarmless) {
  const auto font = Font::Default(12);
  if (!font) GTEST_SKIP() << font.error().Message();
  RgbImage image = White(50, 20);
  font->Draw(image, {1e300, 5}, "far", kBlack);
  font->Draw(image, {-1000, 5}, "left of it", kBlack);
  EXPECT_EQ(image, White(50, 20));
  font->Draw(image, {2, 15}, "\xff\xc3", kBlack);
  EXPECT_GT(Ink(image), 0);
}

TEST(Text, LabelsStayInsideThePicture) {
  const auto font = Font::Default(12);
  if (!font) GTEST_SKIP() << font.error().Message();
  RgbImage image = White(120, 60);
  const PixelBox plate = DrawLabel(image, {500, -20}, "table 12", *font);
  EXPECT_GE(plate.y0, 0);
  EXPECT_LE(plate.x1, 120);
}

}  // namespace
}  // namespace spatium
