#include "spatium/image/codec.h"

#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/image/codec_formats.h"

namespace spatium {

namespace internal {

Result<void> CheckPixelCount(uint64_t width, uint64_t height, std::string_view where) {
  constexpr auto kMax = static_cast<uint64_t>(kMaxPixels);
  if (width == 0 || height == 0 || width > kMax || height > kMax / width) {
    return Error{ErrorCode::kBadValue,
                 std::string(where),
                 StrCat("a picture of 1 to ", kMaxPixels, " pixels"),
                 StrCat(width, " x ", height)};
  }
  return {};
}

}  // namespace internal

Result<ImageFormat> DetectImageFormat(std::string_view bytes, std::string_view where) {
  if (bytes.starts_with("\xff\xd8")) return ImageFormat::kJpeg;
  if (bytes.starts_with("\x89PNG")) return ImageFormat::kPng;
  if (bytes.size() > 2 && bytes[0] == 'P' &&
      std::string_view("2356").find(bytes[1]) != std::string_view::npos)
    return ImageFormat::kPnm;
  return Error{ErrorCode::kParse,
               std::string(where),
               "a JPEG, PNG, PPM or PGM picture",
               bytes.empty() ? "an empty file" : Quote(bytes.substr(0, 8))};
}

Result<ImageSize> ReadImageSize(std::string_view bytes, std::string_view where) {
  SPATIUM_TRY(const ImageFormat format, DetectImageFormat(bytes, where));
  switch (format) {
    case ImageFormat::kJpeg:
      return internal::ReadJpegSize(bytes, where);
    case ImageFormat::kPng:
      return internal::ReadPngSize(bytes, where);
    case ImageFormat::kPnm:
      break;
  }
  return internal::ReadPnmSize(bytes, where);
}

Result<RgbImage> DecodeRgbReduced(std::string_view bytes, std::string_view where, int side_px) {
  SPATIUM_TRY(const ImageFormat format, DetectImageFormat(bytes, where));
  if (format != ImageFormat::kJpeg) return DecodeRgb(bytes, where);
  SPATIUM_TRY(const ImageSize size, internal::ReadJpegSize(bytes, where));
  int reduce = 8;
  while (reduce > 1 && std::max(size.width, size.height) / reduce < side_px) reduce /= 2;
  return internal::DecodeJpegRgb(bytes, where, reduce);
}

Result<RgbImage> DecodeRgb(std::string_view bytes, std::string_view where) {
  SPATIUM_TRY(const ImageFormat format, DetectImageFormat(bytes, where));
  switch (format) {
    case ImageFormat::kJpeg:
      return internal::DecodeJpegRgb(bytes, where);
    case ImageFormat::kPng:
      return internal::DecodePngRgb(bytes, where);
    case ImageFormat::kPnm:
      break;
  }
  return internal::DecodePnmRgb(bytes, where);
}

Result<DepthImage> DecodeDepth(std::string_view bytes, std::string_view where) {
  SPATIUM_TRY(const ImageFormat format, DetectImageFormat(bytes, where));
  switch (format) {
    case ImageFormat::kJpeg:
      return Error{ErrorCode::kUnsupported,
                   std::string(where),
                   "a depth map as 16-bit or 8-bit grey PNG or PGM",
                   "a JPEG"};
    case ImageFormat::kPng:
      return internal::DecodePngDepth(bytes, where);
    case ImageFormat::kPnm:
      break;
  }
  return internal::DecodePnmDepth(bytes, where);
}

}  // namespace spatium
