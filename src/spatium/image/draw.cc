#include "spatium/image/draw.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace spatium {
namespace {

// Pixel rows and columns that a shape can touch, cut to the picture.
struct PixelRange {
  int x0, y0, x1, y1;  // half open
};

bool Finite(const PixelBox& box) {
  return std::isfinite(box.x0) && std::isfinite(box.y0) && std::isfinite(box.x1) &&
         std::isfinite(box.y1);
}

PixelRange RangeOf(const RgbImage& image, const PixelBox& box) {
  if (!Finite(box)) return {0, 0, 0, 0};
  const auto clip = [](double v, int size) {
    return static_cast<int>(std::clamp(v, 0.0, static_cast<double>(size)));
  };
  return {clip(std::floor(box.x0), image.width()),
          clip(std::floor(box.y0), image.height()),
          clip(std::ceil(box.x1), image.width()),
          clip(std::ceil(box.y1), image.height())};
}

PixelBox Grown(const PixelBox& box, double by) {
  return {box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by};
}

// Fills where signed_distance(x, y) to the shape's edge, negative inside, says so: a pixel whose
// centre is half a pixel inside is covered.
template <class SignedDistance>
void FillByDistance(RgbImage& image,
                    const PixelBox& bounds,
                    const Paint& paint,
                    const SignedDistance& signed_distance) {
  const PixelRange range = RangeOf(image, Grown(bounds, 1));
  for (int y = range.y0; y < range.y1; ++y)
    for (int x = range.x0; x < range.x1; ++x)
      BlendPixel(image, x, y, paint, 0.5 - signed_distance(x + 0.5, y + 0.5));
}

double Length(double x, double y) { return std::sqrt(x * x + y * y); }

double SegmentDistance(Pixel a, Pixel b, double x, double y) {
  const double dx = b.u - a.u, dy = b.v - a.v;
  const double length2 = dx * dx + dy * dy;
  const double t =
      length2 > 0 ? std::clamp(((x - a.u) * dx + (y - a.v) * dy) / length2, 0.0, 1.0) : 0.0;
  return Length(x - (a.u + t * dx), y - (a.v + t * dy));
}

// The length of [a, b) that lies in the pixel [i, i + 1).
double Overlap(double a, double b, int i) {
  return std::max(0.0, std::min(b, i + 1.0) - std::max(a, static_cast<double>(i)));
}

}  // namespace

void BlendPixel(RgbImage& image, int x, int y, const Paint& paint, double coverage) {
  if (x < 0 || y < 0 || x >= image.width() || y >= image.height()) return;
  if (!(coverage > 0)) return;
  const int a = static_cast<int>(std::min(coverage, 1.0) * paint.alpha * 255 + 0.5);
  uint8_t* p = image.at(x, y);
  const std::array<int, 3> color = {paint.color.r, paint.color.g, paint.color.b};
  for (size_t c = 0; c < 3; ++c)
    p[c] = static_cast<uint8_t>((p[c] * (255 - a) + color[c] * a + 127) / 255);
}

void FillDisc(RgbImage& image, Pixel center, double radius_px, const Paint& paint) {
  const PixelBox bounds{center.u, center.v, center.u, center.v};
  FillByDistance(image, Grown(bounds, radius_px), paint, [&](double x, double y) {
    return Length(x - center.u, y - center.v) - radius_px;
  });
}

void StrokeCircle(
    RgbImage& image, Pixel center, double radius_px, double width_px, const Paint& paint) {
  const PixelBox bounds{center.u, center.v, center.u, center.v};
  FillByDistance(image, Grown(bounds, radius_px + width_px), paint, [&](double x, double y) {
    return std::abs(Length(x - center.u, y - center.v) - radius_px) - width_px / 2;
  });
}

void FillBox(RgbImage& image, const PixelBox& box, const Paint& paint) {
  const PixelRange range = RangeOf(image, box);
  for (int y = range.y0; y < range.y1; ++y)
    for (int x = range.x0; x < range.x1; ++x)
      BlendPixel(image, x, y, paint, Overlap(box.x0, box.x1, x) * Overlap(box.y0, box.y1, y));
}

void StrokeBoxOutside(RgbImage& image, const PixelBox& box, double width_px, const Paint& paint) {
  const PixelBox outer = Grown(box, width_px);
  FillBox(image, {outer.x0, outer.y0, outer.x1, box.y0}, paint);
  FillBox(image, {outer.x0, box.y1, outer.x1, outer.y1}, paint);
  FillBox(image, {outer.x0, box.y0, box.x0, box.y1}, paint);
  FillBox(image, {box.x1, box.y0, outer.x1, box.y1}, paint);
}

void FillRoundedBox(RgbImage& image, const PixelBox& box, double radius_px, const Paint& paint) {
  const double cx = (box.x0 + box.x1) / 2, cy = (box.y0 + box.y1) / 2;
  const double r = std::min({radius_px, box.width() / 2, box.height() / 2});
  FillByDistance(image, box, paint, [&](double x, double y) {
    const double dx = std::abs(x - cx) - box.width() / 2 + r;
    const double dy = std::abs(y - cy) - box.height() / 2 + r;
    return Length(std::max(dx, 0.0), std::max(dy, 0.0)) + std::min(std::max(dx, dy), 0.0) - r;
  });
}

void DrawLine(RgbImage& image, Pixel from, Pixel to, double width_px, const Paint& paint) {
  DrawPolyline(image, std::array{from, to}, width_px, paint);
}

void DrawPolyline(RgbImage& image,
                  std::span<const Pixel> points,
                  double width_px,
                  const Paint& paint) {
  if (points.empty()) return;
  PixelBox bounds{points[0].u, points[0].v, points[0].u, points[0].v};
  for (const Pixel& p : points)
    bounds = {std::min(bounds.x0, p.u),
              std::min(bounds.y0, p.v),
              std::max(bounds.x1, p.u),
              std::max(bounds.y1, p.v)};
  // One distance to all segments, so that a half-transparent line is not darker at its joints.
  FillByDistance(image, Grown(bounds, width_px), paint, [&](double x, double y) {
    double nearest = Length(x - points[0].u, y - points[0].v);
    for (size_t i = 1; i < points.size(); ++i)
      nearest = std::min(nearest, SegmentDistance(points[i - 1], points[i], x, y));
    return nearest - width_px / 2;
  });
}

void FillPolygon(RgbImage& image, std::span<const Pixel> corners, const Paint& paint) {
  // Each pixel row is the mean of kLines scan lines, whose crossings are exact along x.
  constexpr int kLines = 5;
  if (corners.size() < 3) return;
  PixelBox bounds{corners[0].u, corners[0].v, corners[0].u, corners[0].v};
  for (const Pixel& p : corners) {
    if (!std::isfinite(p.u) || !std::isfinite(p.v)) return;
    bounds = {std::min(bounds.x0, p.u),
              std::min(bounds.y0, p.v),
              std::max(bounds.x1, p.u),
              std::max(bounds.y1, p.v)};
  }
  const PixelRange range = RangeOf(image, bounds);
  std::vector<double> coverage(static_cast<size_t>(image.width())), crossings;
  for (int y = range.y0; y < range.y1; ++y) {
    std::ranges::fill(coverage, 0.0);
    for (int line = 0; line < kLines; ++line) {
      const double v = y + (line + 0.5) / kLines;
      crossings.clear();
      for (size_t i = 0; i < corners.size(); ++i) {
        const Pixel a = corners[i], b = corners[(i + 1) % corners.size()];
        if ((a.v <= v) == (b.v <= v)) continue;
        crossings.push_back(a.u + (v - a.v) / (b.v - a.v) * (b.u - a.u));
      }
      std::ranges::sort(crossings);
      for (size_t i = 0; i + 1 < crossings.size(); i += 2)
        for (int x = range.x0; x < range.x1; ++x)
          coverage[static_cast<size_t>(x)] += Overlap(crossings[i], crossings[i + 1], x) / kLines;
    }
    for (int x = range.x0; x < range.x1; ++x)
      BlendPixel(image, x, y, paint, coverage[static_cast<size_t>(x)]);
  }
}

}  // namespace spatium
