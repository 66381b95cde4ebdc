#pragma once
#include <string_view>

#include "spatium/image/image.h"

// Lines and labels with the pixels of OpenCV 4.6 (line type 8), for marker_spar.cc only: no
// anti-aliasing, integer positions, x and y of the first pixel 0.
namespace spatium::internal {

struct PixelAt {
  int x = 0, y = 0;
  friend bool operator==(PixelAt, PixelAt) = default;
};

// Pixels within `radius` of the centre: cv2.circle, filled.
void FillOpenCvDisc(RgbImage& image, PixelAt center, int radius, Rgb color);
// A line of even thickness 2 * half with round ends: cv2.line.
void DrawOpenCvLine(RgbImage& image, PixelAt from, PixelAt to, int half, Rgb color);
// The outline of a box, its stroke half inside and half outside: cv2.rectangle.
void DrawOpenCvBox(RgbImage& image, PixelAt min, PixelAt max, int half, Rgb color);

// Labels in Hershey Simplex at scale 2 and thickness 10; letters of "object", "A" and digits.
struct LabelSize {
  int width = 0, height = 0;
};
LabelSize OpenCvLabelSize(std::string_view text);  // cv2.getTextSize
void DrawOpenCvLabel(RgbImage& image, PixelAt left_bottom, std::string_view text, Rgb color);

}  // namespace spatium::internal
