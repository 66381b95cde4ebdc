// JPEG: sizes, and pixels that equal themselves when the same bytes are decoded again.
#include <cstdlib>

#include "spatium/base/files.h"
#include "spatium/image/codec.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes =
      "\xff\xd8" + std::string(spatium::AsText({data, size}).substr(size < 2 ? size : 2));
  const auto image_size = spatium::ReadImageSize(bytes, "fuzz");
  const auto image = spatium::DecodeRgb(bytes, "fuzz");
  if (!image) return 0;
  if (!image_size || *image_size != image->size()) std::abort();
  if (*image != *spatium::DecodeRgb(bytes, "fuzz")) std::abort();
  return 0;
}
