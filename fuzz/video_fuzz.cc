// Videos: frames counted, and some decoded.
#include "fuzz_file.h"
#include "spatium/base/files.h"
#include "spatium/image/video.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  const Path file = FuzzFile(AsText({data, size}), ".mp4");
  const auto count = CountVideoFrames(file);
  const auto frames = DecodeVideoFrames(file, {0, 0, 2});
  if (frames && (frames->size() != 3 || (*frames)[0] != (*frames)[1])) __builtin_trap();
  if (frames && !count) __builtin_trap();
  return 0;
}
