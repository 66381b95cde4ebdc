// .sens containers, through a file in memory, with each frame's depth.
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "spatium/readers/sens.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const int fd = ::memfd_create("fuzz.sens", 0);
  if (fd < 0 || ::write(fd, data, size) != static_cast<ssize_t>(size)) return 0;
  auto reader = spatium::SensReader::Open("/proc/self/fd/" + std::to_string(fd));
  while (reader) {
    const auto frame = reader->Next();
    if (!frame || !*frame) break;
    constexpr int64_t kMaxPixels = 1 << 20;  // of the target, for speed
    const auto& depth = reader->header().depth_size;
    if (int64_t{depth.width} * depth.height <= kMaxPixels)
      (void)spatium::DecodeSensDepth((*frame)->depth, reader->header(), "depth");
  }
  ::close(fd);
  return 0;
}
