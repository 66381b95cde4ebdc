// Reference: datasets/draw_marker.py of the SPAR repository with Pillow 9.4 and OpenCV 4.6.
#include "spatium/image/marker_spar.h"

#include <algorithm>
#include <string>

#include "spatium/image/opencv_draw.h"

namespace spatium::internal {
namespace {

constexpr int kDiscRadius = 20;
// Pillow's ellipse in a box of 41 x 41 pixels: the pixels within this squared distance.
constexpr int kDiscRadius2 = kDiscRadius * kDiscRadius + kDiscRadius;
constexpr int kBoxStroke = 20;
constexpr double kBoxGrowth = kBoxStroke * 7.0 / 8.0;

// Truncates towards zero; far outside of any picture all values are the same.
int Truncate(double v) { return static_cast<int>(std::clamp(v, -1e8, 1e8)); }

void SetPixel(RgbImage& image, int x, int y, Rgb color) {
  if (x < 0 || y < 0 || x >= image.width() || y >= image.height()) return;
  uint8_t* p = image.at(x, y);
  p[0] = color.r;
  p[1] = color.g;
  p[2] = color.b;
}

void FillPixels(RgbImage& image, int x0, int y0, int x1, int y1, Rgb color) {
  x0 = std::max(x0, 0);
  y0 = std::max(y0, 0);
  x1 = std::min(x1, image.width() - 1);
  y1 = std::min(y1, image.height() - 1);
  for (int y = y0; y <= y1; ++y)
    for (int x = x0; x <= x1; ++x) SetPixel(image, x, y, color);
}

void DrawPillowDisc(RgbImage& image, const PixelBox& place, Rgb color) {
  const int cx = Truncate(place.x0), cy = Truncate(place.y0);
  for (int dy = -kDiscRadius; dy <= kDiscRadius; ++dy)
    for (int dx = -kDiscRadius; dx <= kDiscRadius; ++dx)
      if (dx * dx + dy * dy <= kDiscRadius2) SetPixel(image, cx + dx, cy + dy, color);
}

// The stroke lies inside of the grown box, both ends inclusive.
void DrawPillowBox(RgbImage& image, const PixelBox& place, Rgb color) {
  const int x0 = Truncate(place.x0 - kBoxGrowth), y0 = Truncate(place.y0 - kBoxGrowth);
  const int x1 = Truncate(place.x1 + kBoxGrowth), y1 = Truncate(place.y1 + kBoxGrowth);
  FillPixels(image, x0, y0, x1, y0 + kBoxStroke - 1, color);
  FillPixels(image, x0, y1 - kBoxStroke + 1, x1, y1, color);
  FillPixels(image, x0, y0, x0 + kBoxStroke - 1, y1, color);
  FillPixels(image, x1 - kBoxStroke + 1, y0, x1, y1, color);
}

PixelAt Corner(double x, double y) { return {Truncate(x), Truncate(y)}; }

constexpr Rgb kBlue{0, 0, 255}, kLime{0, 255, 0}, kWhite{255, 255, 255};
constexpr int kOpenCvGrowth = 20;
constexpr int kOpenCvHalfStroke = 10;

void DrawGrownBox(RgbImage& image, PixelAt min, PixelAt max, Rgb color) {
  DrawOpenCvBox(image,
                {min.x - kOpenCvGrowth, min.y - kOpenCvGrowth},
                {max.x + kOpenCvGrowth, max.y + kOpenCvGrowth},
                kOpenCvHalfStroke,
                color);
}

// Blue box; the lime label ends at the box's lower right, below it or, if it would leave the
// picture, above.
void DrawMapObject(RgbImage& image, const PixelBox& place, const std::string& label) {
  const PixelAt min = Corner(place.x0, place.y0), max = Corner(place.x1, place.y1);
  DrawGrownBox(image, min, max, kBlue);
  const LabelSize size = OpenCvLabelSize(label);
  const int below = max.y + size.height;
  const int y = below > image.height() ? max.y - size.height : below;
  DrawOpenCvLabel(image, {max.x - size.width, y}, label, kLime);
}

void DrawCandidate(RgbImage& image, const PixelBox& place, const std::string& label) {
  const PixelAt center = Corner(place.x0, place.y0);
  FillOpenCvDisc(image, center, kDiscRadius, kBlue);
  DrawOpenCvLabel(image, {center.x + kDiscRadius, center.y + kDiscRadius}, label, kLime);
}

// The source's colours, one of which comes out as another: its yellow is cyan.
Rgb VideoColor(MarkerColor color) {
  switch (color) {
    case MarkerColor::kGreen:
      return kLime;
    case MarkerColor::kBlue:
      return kBlue;
    case MarkerColor::kRed:
      return {255, 0, 0};
    case MarkerColor::kYellow:
      break;
  }
  return {0, 225, 225};
}

// The reference smooths this label's edges; here they are hard: the one difference in pixels.
void DrawVideoObject(RgbImage& image, const PixelBox& place, const Marker& marker) {
  constexpr int kPlateBelow = 5;
  const PixelAt min = Corner(place.x0, place.y0), max = Corner(place.x1, place.y1);
  const Rgb color = VideoColor(marker.color);
  DrawGrownBox(image, min, max, color);
  const LabelSize size = OpenCvLabelSize(marker.label);
  const int below = max.y + size.height;
  const int y = below > image.height() ? max.y - kPlateBelow : below;
  const int x = max.x - size.width;
  FillPixels(image, x, y - size.height, x + size.width, y + kPlateBelow, color);
  DrawOpenCvLabel(image, {x, y}, marker.label, kWhite);
}

}  // namespace

void DrawSparMarker(RgbImage& image, const Marker& marker) {
  const PixelBox place = marker.PixelsIn(image.size());
  switch (marker.look) {
    case SparLook::kMapObject:
      return DrawMapObject(image, place, marker.label);
    case SparLook::kCandidate:
      return DrawCandidate(image, place, marker.label);
    case SparLook::kVideoObject:
      return DrawVideoObject(image, place, marker);
    case SparLook::kPlain:
      break;
  }
  if (marker.shape == MarkerShape::kPoint) {
    DrawPillowDisc(image, place, RgbOf(marker.color));
  } else {
    DrawPillowBox(image, place, RgbOf(marker.color));
  }
}

}  // namespace spatium::internal
