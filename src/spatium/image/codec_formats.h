#pragma once
#include <string_view>

#include "spatium/base/result.h"
#include "spatium/image/image.h"

// The formats behind codec.h, one .cc each. For codec.cc only.
namespace spatium::internal {

Result<ImageSize> ReadJpegSize(std::string_view bytes, std::string_view where);
// reduce: 1, 2, 4 or 8; both sides are divided by it and rounded up.
Result<RgbImage> DecodeJpegRgb(std::string_view bytes, std::string_view where, int reduce = 1);

Result<ImageSize> ReadPngSize(std::string_view bytes, std::string_view where);
Result<RgbImage> DecodePngRgb(std::string_view bytes, std::string_view where);
Result<DepthImage> DecodePngDepth(std::string_view bytes, std::string_view where);

Result<ImageSize> ReadPnmSize(std::string_view bytes, std::string_view where);
Result<RgbImage> DecodePnmRgb(std::string_view bytes, std::string_view where);
Result<DepthImage> DecodePnmDepth(std::string_view bytes, std::string_view where);

// kBadValue unless both sides are positive and their product is at most kMaxPixels.
Result<void> CheckPixelCount(uint64_t width, uint64_t height, std::string_view where);

}  // namespace spatium::internal
