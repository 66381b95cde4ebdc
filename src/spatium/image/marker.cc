#include "spatium/image/marker.h"

#include <algorithm>
#include <cmath>

#include "spatium/image/draw.h"
#include "spatium/image/marker_spar.h"
#include "spatium/image/text.h"

namespace spatium {
namespace {

constexpr double kScale = 1000;
constexpr Rgb kWhite{255, 255, 255};
constexpr Rgb kInk{20, 20, 20};

// The vivid colours of the clear style: as easy to name as the pure ones, easier to see on dark and
// light ground.
Rgb ClearColor(MarkerColor color) {
  switch (color) {
    case MarkerColor::kRed:
      return {230, 25, 30};
    case MarkerColor::kBlue:
      return {20, 80, 245};
    case MarkerColor::kGreen:
      return {10, 160, 50};
    case MarkerColor::kYellow:
      break;
  }
  return {255, 215, 0};
}

// Sizes in pixels for one picture: a disc of 1.1 % of the diagonal reads at any resolution (18 px
// of 1296 x 968 where the reference has 41) and stays smaller than a cup at 3 m. Chosen.
struct ClearSizes {
  double radius, outline, stroke, font;
  explicit ClearSizes(ImageSize size) {
    const double diagonal = std::sqrt(static_cast<double>(size.width) * size.width +
                                      static_cast<double>(size.height) * size.height);
    radius = std::max(2.5, 0.0055 * diagonal);
    outline = std::max(1.0, 0.0015 * diagonal);
    stroke = std::max(1.5, 0.0025 * diagonal);
    font = std::max(9.0, 0.014 * diagonal);
  }
};

void DrawClear(RgbImage& image, const Marker& marker, const ClearSizes& sizes) {
  const PixelBox place = marker.PixelsIn(image.size());
  const Paint fill{.color = ClearColor(marker.color)};
  const Paint white{.color = kWhite}, dark{.color = kInk, .alpha = 0.75};
  if (marker.shape == MarkerShape::kPoint) {
    const Pixel center{place.x0, place.y0};
    FillDisc(image, center, sizes.radius + 1.5 * sizes.outline, dark);
    FillDisc(image, center, sizes.radius + sizes.outline, white);
    FillDisc(image, center, sizes.radius, fill);
    return;
  }
  // From the box outwards: colour, white, dark; nothing inside of it is hidden, except where it
  // meets the picture's edge: there the stroke moves in, so that the box stays closed.
  const double w = sizes.stroke, o = sizes.outline, edge = w + o;
  const PixelBox box{std::max(place.x0, edge),
                     std::max(place.y0, edge),
                     std::min(place.x1, image.width() - edge),
                     std::min(place.y1, image.height() - edge)};
  const auto grown = [&](double by) {
    return PixelBox{box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by};
  };
  StrokeBoxOutside(image, grown(w + o), o / 2, dark);
  StrokeBoxOutside(image, grown(w), o, white);
  StrokeBoxOutside(image, box, w, fill);
}

void DrawClearLabel(RgbImage& image,
                    const Marker& marker,
                    const ClearSizes& sizes,
                    const Font& font) {
  const PixelBox place = marker.PixelsIn(image.size());
  const double gap = sizes.radius + 2 * sizes.outline;
  LabelStyle style;
  style.plate.color = ClearColor(marker.color);
  style.text.color = marker.color == MarkerColor::kYellow ? kInk : kWhite;
  style.padding_px = std::max(2.0, sizes.font / 4);
  const Pixel corner = marker.shape == MarkerShape::kPoint
                           ? Pixel{place.x0 + gap, place.y0 - font.line_height() - gap / 2}
                           : Pixel{place.x0, place.y0 - gap - font.line_height()};
  DrawLabel(image, corner, marker.label, font, style);
}

}  // namespace

std::string_view Name(MarkerColor color) {
  switch (color) {
    case MarkerColor::kRed:
      return "red";
    case MarkerColor::kBlue:
      return "blue";
    case MarkerColor::kGreen:
      return "green";
    case MarkerColor::kYellow:
      break;
  }
  return "yellow";
}

Rgb RgbOf(MarkerColor color) {
  switch (color) {
    case MarkerColor::kRed:
      return {255, 0, 0};
    case MarkerColor::kBlue:
      return {0, 0, 255};
    case MarkerColor::kGreen:
      return {0, 128, 0};
    case MarkerColor::kYellow:
      break;
  }
  return {255, 255, 0};
}

PixelBox Marker::PixelsIn(ImageSize size) const {
  // Divided before multiplied, as the reference does: its truncation depends on it.
  const auto x = [&](double v) { return v / kScale * size.width; };
  const auto y = [&](double v) { return v / kScale * size.height; };
  if (shape == MarkerShape::kPoint) return {x(at[0]), y(at[1]), x(at[0]), y(at[1])};
  return {x(at[0]), y(at[1]), x(at[2]), y(at[3])};
}

Result<void> DrawMarkers(RgbImage& image,
                         std::span<const Marker> markers,
                         int image_idx,
                         MarkerStyle style) {
  if (image.empty()) return {};
  if (style == MarkerStyle::kSpar) {
    for (const Marker& marker : markers)
      if (marker.image == image_idx) internal::DrawSparMarker(image, marker);
    return {};
  }
  const ClearSizes sizes(image.size());
  // Labels after all marks, so that no mark covers one.
  for (const Marker& marker : markers)
    if (marker.image == image_idx) DrawClear(image, marker, sizes);
  for (const Marker& marker : markers) {
    if (marker.image != image_idx || marker.label.empty()) continue;
    SPATIUM_TRY(const Font font, Font::Default(sizes.font, Font::Weight::kBold));
    DrawClearLabel(image, marker, sizes, font);
  }
  return {};
}

}  // namespace spatium
