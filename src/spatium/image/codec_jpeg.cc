// JPEG through libjpeg-turbo's TurboJPEG interface.
#include <turbojpeg.h>

#include <memory>

#include "spatium/base/check.h"
#include "spatium/base/files.h"
#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/image/codec_formats.h"

namespace spatium {
namespace {

struct DestroyHandle {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<void, DestroyHandle>;

// The largest block that one coded bit can stand for is an MCU of 32 x 32 pixels: a file that
// declares more than its bytes can hold is refused before its pixels are allocated.
constexpr uint64_t kMaxPixelsPerByte = 8 * 32 * 32;

struct Header {
  int width = 0, height = 0, subsampling = 0, colorspace = 0;
};

Error Broken(tjhandle handle, std::string_view where) {
  return {ErrorCode::kParse, std::string(where), "a whole JPEG picture", tjGetErrorStr2(handle)};
}

Result<Header> ReadHeader(tjhandle handle, std::string_view bytes, std::string_view where) {
  Header header;
  if (tjDecompressHeader3(handle,
                          AsBytes(bytes).data(),
                          static_cast<unsigned long>(bytes.size()),
                          &header.width,
                          &header.height,
                          &header.subsampling,
                          &header.colorspace) != 0)
    return Broken(handle, where);
  // A file that ends before its frame header counts as tables without a picture.
  if (header.width <= 0 || header.height <= 0)
    return Error{ErrorCode::kParse, std::string(where), "a whole JPEG picture", "no frame header"};
  SPATIUM_TRY_DO(internal::CheckPixelCount(
      static_cast<uint64_t>(header.width), static_cast<uint64_t>(header.height), where));
  return header;
}

Handle MakeHandle(tjhandle raw) {
  SPATIUM_CHECK(raw != nullptr) << "TurboJPEG did not start: " << tjGetErrorStr2(nullptr);
  return Handle(raw);
}

}  // namespace

namespace internal {

Result<ImageSize> ReadJpegSize(std::string_view bytes, std::string_view where) {
  const Handle handle = MakeHandle(tjInitDecompress());
  SPATIUM_TRY(const Header header, ReadHeader(handle.get(), bytes, where));
  return ImageSize{header.width, header.height};
}

Result<RgbImage> DecodeJpegRgb(std::string_view bytes, std::string_view where, int reduce) {
  const Handle handle = MakeHandle(tjInitDecompress());
  SPATIUM_TRY(const Header header, ReadHeader(handle.get(), bytes, where));
  if (header.colorspace == TJCS_CMYK || header.colorspace == TJCS_YCCK)
    return Error{ErrorCode::kUnsupported, std::string(where), "a grey or RGB JPEG", "a CMYK JPEG"};
  if (static_cast<uint64_t>(header.width) * static_cast<uint64_t>(header.height) >
      bytes.size() * kMaxPixelsPerByte)
    return Error{ErrorCode::kParse,
                 std::string(where),
                 StrCat("the data of ", header.width, " x ", header.height, " pixels"),
                 StrCat(bytes.size(), " bytes")};
  const tjscalingfactor scale{1, reduce};
  RgbImage image(TJSCALED(header.width, scale), TJSCALED(header.height, scale));
  // A warning means that data is missing or wrong (premature end, bad Huffman code): an error
  // here. The accurate DCT has the same bits with and without SIMD, and is Pillow's.
  if (tjDecompress2(handle.get(),
                    AsBytes(bytes).data(),
                    static_cast<unsigned long>(bytes.size()),
                    image.data().data(),
                    image.width(),
                    0,
                    image.height(),
                    TJPF_RGB,
                    TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) != 0)
    return Broken(handle.get(), where);
  return image;
}

}  // namespace internal

std::string EncodeJpeg(const RgbImage& image, int quality) {
  SPATIUM_CHECK(!image.empty()) << "a picture without pixels";
  SPATIUM_CHECK(quality >= 1 && quality <= 100) << "quality=" << quality;
  const Handle handle = MakeHandle(tjInitCompress());
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  const int status = tjCompress2(handle.get(),
                                 image.data().data(),
                                 image.width(),
                                 0,
                                 image.height(),
                                 TJPF_RGB,
                                 &buffer,
                                 &size,
                                 TJSAMP_420,
                                 quality,
                                 TJFLAG_ACCURATEDCT);
  const std::unique_ptr<unsigned char, decltype(&tjFree)> owner(buffer, tjFree);
  SPATIUM_CHECK(status == 0) << tjGetErrorStr2(handle.get());
  return std::string(AsText({buffer, size}));
}

}  // namespace spatium
