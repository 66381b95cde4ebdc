#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "spatium/base/result.h"
#include "spatium/image/image.h"

namespace spatium {

// A mark on a picture that a question speaks of: "the red point", "the blue box". Markers are data
// (fields of a record, marker_fields.h) and are drawn as late as possible.
enum class MarkerColor { kRed, kBlue, kGreen, kYellow };
inline constexpr std::array kMarkerColors = {
    MarkerColor::kRed, MarkerColor::kBlue, MarkerColor::kGreen, MarkerColor::kYellow};
std::string_view Name(MarkerColor color);  // "red"
// Pillow's colours of these names; green is (0, 128, 0).
Rgb RgbOf(MarkerColor color);

enum class MarkerShape { kPoint, kBox };

// How the SPAR reference draws a marker; its own colours and labels where OpenCV draws it.
enum class SparLook {
  kPlain,        // Pillow: disc or box in the marker's colour
  kMapObject,    // OpenCV: blue box, lime label below it
  kCandidate,    // OpenCV: blue disc, lime label beside it
  kVideoObject,  // OpenCV: box and label plate in lime, blue, red or cyan, white label
};

struct Marker {
  MarkerShape shape = MarkerShape::kPoint;
  MarkerColor color = MarkerColor::kRed;
  // 0..1000 per axis of its picture, origin top left: x, y of a point; x0, y0, x1, y1 of a box.
  std::array<double, 4> at{};
  int image = 0;           // index into the question's pictures
  std::string label = {};  // text beside the marker; empty: none
  SparLook look = SparLook::kPlain;

  static Marker Point(MarkerColor color, double x, double y, int image = 0) {
    return {.shape = MarkerShape::kPoint, .color = color, .at = {x, y, 0, 0}, .image = image};
  }
  static Marker Box(MarkerColor color, const std::array<double, 4>& box, int image = 0) {
    return {.shape = MarkerShape::kBox, .color = color, .at = box, .image = image};
  }
  // Its place in a picture of `size`, in pixels; a point's box has no extent.
  PixelBox PixelsIn(ImageSize size) const;
};

enum class MarkerStyle {
  kClear,  // sized by the picture, outlined, boxes drawn outside of what they enclose
  kSpar    // the SPAR reference's, pixel for pixel: 41-pixel discs, boxes of 20-pixel stroke
};

// Draws the markers that belong to picture `image_idx`, in their order (later ones on top). What
// lies outside of the picture is cut off.
// Errors: kNotFound if a label has to be written and there is no font (text.h).
Result<void> DrawMarkers(RgbImage& image,
                         std::span<const Marker> markers,
                         int image_idx,
                         MarkerStyle style);

}  // namespace spatium
