#pragma once
#include <string>
#include <string_view>

#include "spatium/base/result.h"
#include "spatium/image/image.h"

namespace spatium {

// Decoders take the bytes of a file and its name for messages. At most kMaxPixels pixels; a file
// that is truncated, lies about its size or is no known format is kParse; nothing is guessed.
inline constexpr int64_t kMaxPixels = int64_t{1} << 28;

enum class ImageFormat { kJpeg, kPng, kPnm };
// By the file's first bytes, never by its name.
Result<ImageFormat> DetectImageFormat(std::string_view bytes, std::string_view where);
// Size without decoding the pixels.
Result<ImageSize> ReadImageSize(std::string_view bytes, std::string_view where);

// JPEG (grey, YCbCr; CMYK is kUnsupported; EXIF orientation is not applied), PNG (grey, palette,
// colour; alpha is dropped as Pillow's convert("RGB") does; of 16 bits the high byte), PPM and PGM.
Result<RgbImage> DecodeRgb(std::string_view bytes, std::string_view where);
// The same for small pictures of large files: a JPEG is decoded at a half, quarter or eighth as
// long as its longer side keeps at least `side_px`, in a fraction of the time; other formats whole.
Result<RgbImage> DecodeRgbReduced(std::string_view bytes, std::string_view where, int side_px);
// 16-bit grey PNG or PGM (8-bit files are widened unchanged); anything else is
// kUnsupported.
Result<DepthImage> DecodeDepth(std::string_view bytes, std::string_view where);

std::string EncodePng(const RgbImage& image);
std::string EncodePng(const GrayImage& image);
std::string EncodePng(const DepthImage& image);
// quality 1..100, 4:2:0 as cameras write; the same bytes for the same picture and library version.
std::string EncodeJpeg(const RgbImage& image, int quality = 92);

}  // namespace spatium
