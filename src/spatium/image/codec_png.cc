// PNG through libspng.
#include <spng.h>

#include <memory>
#include <optional>

#include "spatium/base/check.h"
#include "spatium/base/files.h"
#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/image/codec_formats.h"

namespace spatium {
namespace {

using Context = std::unique_ptr<spng_ctx, decltype(&spng_ctx_free)>;

// Text and colour profiles beyond this are refused, so that they cannot be used to fill memory.
constexpr size_t kMaxChunkBytes = size_t{1} << 24;
constexpr size_t kMaxAllChunksBytes = size_t{1} << 26;
// DEFLATE expands at most 1032 times: a file that declares more pixels than its bytes can hold is
// refused before they are allocated.
constexpr uint64_t kMaxExpansion = 1032;
constexpr std::string_view kEnd = "IEND\xae\x42\x60\x82";
// Against level 6 on a real frame: half the time and 9 % more bytes for depth, 0.4 of the time and
// 2 % more for colour (measured).
constexpr int kCompressionLevel = 4;

Error Broken(int status, std::string_view where) {
  return {ErrorCode::kParse, std::string(where), "a whole PNG picture", spng_strerror(status)};
}

struct Reader {
  Context context{nullptr, spng_ctx_free};
  spng_ihdr header{};
  ImageSize size() const {
    return {static_cast<int>(header.width), static_cast<int>(header.height)};
  }
  int channels() const {
    switch (header.color_type) {
      case SPNG_COLOR_TYPE_GRAYSCALE:
      case SPNG_COLOR_TYPE_INDEXED:
        return 1;
      case SPNG_COLOR_TYPE_GRAYSCALE_ALPHA:
        return 2;
      case SPNG_COLOR_TYPE_TRUECOLOR:
        return 3;
      default:
        return 4;
    }
  }
};

Result<Reader> Open(std::string_view bytes, std::string_view where) {
  Reader reader{Context(spng_ctx_new(0), spng_ctx_free), {}};
  spng_ctx* context = reader.context.get();
  SPATIUM_CHECK(context != nullptr) << "libspng did not start";
  spng_set_chunk_limits(context, kMaxChunkBytes, kMaxAllChunksBytes);
  if (const int status = spng_set_png_buffer(context, bytes.data(), bytes.size()))
    return Broken(status, where);
  if (const int status = spng_get_ihdr(context, &reader.header)) return Broken(status, where);
  SPATIUM_TRY_DO(internal::CheckPixelCount(reader.header.width, reader.header.height, where));
  return reader;
}

// Decodes all pixels into `out` and reads on to the end of the file.
Result<void> DecodeInto(Reader& reader,
                        spng_format format,
                        std::span<uint8_t> out,
                        std::string_view bytes,
                        std::string_view where) {
  spng_ctx* context = reader.context.get();
  size_t expected = 0;
  if (const int status = spng_decoded_image_size(context, format, &expected))
    return Broken(status, where);
  SPATIUM_CHECK(expected == out.size()) << expected << " bytes";
  if (const int status = spng_decode_image(context, out.data(), out.size(), format, 0))
    return Broken(status, where);
  if (const int status = spng_decode_chunks(context)) return Broken(status, where);
  // libspng stops before the last chunk's checksum.
  if (bytes.find(kEnd) == std::string_view::npos)
    return Error{ErrorCode::kParse, std::string(where), "an IEND chunk at the end", "none"};
  return {};
}

Result<void> CheckEnoughBytes(const Reader& reader, size_t num_bytes, std::string_view where) {
  const uint64_t num_bits = uint64_t{reader.header.width} * reader.header.height *
                            static_cast<uint64_t>(reader.channels()) * reader.header.bit_depth;
  if (num_bits / 8 <= num_bytes * kMaxExpansion) return {};
  return Error{ErrorCode::kParse,
               std::string(where),
               StrCat("the data of ", reader.header.width, " x ", reader.header.height, " pixels"),
               StrCat(num_bytes, " bytes")};
}

std::string Encode(ImageSize size,
                   uint8_t color_type,
                   uint8_t bit_depth,
                   std::span<const uint8_t> pixels) {
  SPATIUM_CHECK(!pixels.empty()) << "a picture without pixels";
  const Context context(spng_ctx_new(SPNG_CTX_ENCODER), spng_ctx_free);
  SPATIUM_CHECK(context != nullptr) << "libspng did not start";
  spng_ihdr header{};
  header.width = static_cast<uint32_t>(size.width);
  header.height = static_cast<uint32_t>(size.height);
  header.color_type = color_type;
  header.bit_depth = bit_depth;
  int status = spng_set_option(context.get(), SPNG_ENCODE_TO_BUFFER, 1);
  if (!status)
    status = spng_set_option(context.get(), SPNG_IMG_COMPRESSION_LEVEL, kCompressionLevel);
  if (!status) status = spng_set_ihdr(context.get(), &header);
  if (!status)
    status = spng_encode_image(
        context.get(), pixels.data(), pixels.size(), SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE);
  SPATIUM_CHECK(status == 0) << spng_strerror(status);
  size_t num_bytes = 0;
  // The caller owns this buffer; it comes from malloc.
  const std::unique_ptr<void, decltype(&free)> buffer(
      spng_get_png_buffer(context.get(), &num_bytes, &status), free);
  SPATIUM_CHECK(status == 0) << spng_strerror(status);
  return std::string(static_cast<const char*>(buffer.get()), num_bytes);
}

std::span<uint8_t> Bytes(std::span<uint16_t> values) {
  return {reinterpret_cast<uint8_t*>(values.data()), values.size_bytes()};
}

}  // namespace

namespace internal {

Result<ImageSize> ReadPngSize(std::string_view bytes, std::string_view where) {
  SPATIUM_TRY(const Reader reader, Open(bytes, where));
  return reader.size();
}

Result<RgbImage> DecodePngRgb(std::string_view bytes, std::string_view where) {
  SPATIUM_TRY(Reader reader, Open(bytes, where));
  SPATIUM_TRY_DO(CheckEnoughBytes(reader, bytes.size(), where));
  RgbImage image(reader.size().width, reader.size().height);
  SPATIUM_TRY_DO(DecodeInto(reader, SPNG_FMT_RGB8, image.data(), bytes, where));
  return image;
}

Result<DepthImage> DecodePngDepth(std::string_view bytes, std::string_view where) {
  SPATIUM_TRY(Reader reader, Open(bytes, where));
  const spng_ihdr& header = reader.header;
  if (header.color_type != SPNG_COLOR_TYPE_GRAYSCALE || header.bit_depth < 8)
    return Error{ErrorCode::kUnsupported,
                 std::string(where),
                 "a depth map as 16-bit or 8-bit grey PNG",
                 StrCat(header.bit_depth,
                        " bits in ",
                        reader.channels(),
                        header.color_type == SPNG_COLOR_TYPE_INDEXED ? " palette" : "",
                        " channels")};
  SPATIUM_TRY_DO(CheckEnoughBytes(reader, bytes.size(), where));
  DepthImage depth(reader.size().width, reader.size().height);
  if (header.bit_depth == 16) {
    SPATIUM_TRY_DO(DecodeInto(reader, SPNG_FMT_PNG, Bytes(depth.data()), bytes, where));
  } else {
    GrayImage narrow(reader.size().width, reader.size().height);
    SPATIUM_TRY_DO(DecodeInto(reader, SPNG_FMT_PNG, narrow.data(), bytes, where));
    std::copy(narrow.data().begin(), narrow.data().end(), depth.data().begin());
  }
  return depth;
}

}  // namespace internal

std::string EncodePng(const RgbImage& image) {
  return Encode(image.size(), SPNG_COLOR_TYPE_TRUECOLOR, 8, image.data());
}

std::string EncodePng(const GrayImage& image) {
  return Encode(image.size(), SPNG_COLOR_TYPE_GRAYSCALE, 8, image.data());
}

std::string EncodePng(const DepthImage& image) {
  const std::span<const uint16_t> values = image.data();
  return Encode(image.size(),
                SPNG_COLOR_TYPE_GRAYSCALE,
                16,
                {reinterpret_cast<const uint8_t*>(values.data()), values.size_bytes()});
}

}  // namespace spatium
