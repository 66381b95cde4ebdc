#pragma once
#include <span>

#include "spatium/geometry/camera.h"
#include "spatium/image/image.h"

namespace spatium {

// Anti-aliased drawing into a picture. Positions are house pixels: the first pixel covers [0, 1)
// and has its centre at 0.5. What lies outside is cut off; positions need not be inside, and
// anything that is not finite draws nothing. The same bits on every machine: only + - * / and sqrt.

struct Paint {
  Rgb color;
  double alpha = 1;  // 0 invisible, 1 opaque
};

// Mixes `paint` into one pixel by `coverage` in [0, 1]; outside of the picture nothing happens.
void BlendPixel(RgbImage& image, int x, int y, const Paint& paint, double coverage);

void FillDisc(RgbImage& image, Pixel center, double radius_px, const Paint& paint);
// A circle of `width_px`, half of it on each side of the radius.
void StrokeCircle(
    RgbImage& image, Pixel center, double radius_px, double width_px, const Paint& paint);

void FillBox(RgbImage& image, const PixelBox& box, const Paint& paint);
// The outline of a box; its stroke lies outside of the box, so that it hides nothing in it.
void StrokeBoxOutside(RgbImage& image, const PixelBox& box, double width_px, const Paint& paint);
// A box with round corners: the plate behind a label.
void FillRoundedBox(RgbImage& image, const PixelBox& box, double radius_px, const Paint& paint);

// A line with round ends.
void DrawLine(RgbImage& image, Pixel from, Pixel to, double width_px, const Paint& paint);
void DrawPolyline(RgbImage& image,
                  std::span<const Pixel> points,
                  double width_px,
                  const Paint& paint);

// The inside of a polygon, by the even-odd rule; any number of corners, any order.
void FillPolygon(RgbImage& image, std::span<const Pixel> corners, const Paint& paint);

}  // namespace spatium
