#pragma once
#include "spatium/image/marker.h"

// The SPAR reference's drawing of one marker, pixel for pixel. For marker.cc only.
namespace spatium::internal {

void DrawSparMarker(RgbImage& image, const Marker& marker);

}  // namespace spatium::internal
