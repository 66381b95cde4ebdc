// PNG as a colour picture and as a depth map.
#include "spatium/base/files.h"
#include "spatium/image/codec.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes =
      "\x89PNG" + std::string(spatium::AsText({data, size}).substr(size < 4 ? size : 4));
  (void)spatium::ReadImageSize(bytes, "fuzz");
  (void)spatium::DecodeRgb(bytes, "fuzz");
  (void)spatium::DecodeDepth(bytes, "fuzz");
  return 0;
}
