// PGM and PPM in text and binary, and detection of the format from any bytes.
#include "spatium/base/files.h"
#include "spatium/image/codec.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = spatium::AsText({data, size});
  (void)spatium::ReadImageSize(bytes, "fuzz");
  (void)spatium::DecodeRgb(bytes, "fuzz");
  (void)spatium::DecodeDepth(bytes, "fuzz");
  return 0;
}
