#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "spatium/benchmarks/benchmark.h"
#include "spatium/benchmarks/video_cache.h"
#include "spatium/dataset/archive.h"
#include "spatium/dataset/cell_reader.h"

namespace spatium {

// Turns an item's prompt into a request: reads its media from table, file or archive, samples
// videos, resizes where the prompt says so. A JPEG or PNG that needs no resizing is passed on byte
// for byte. Thread-safe; archives stay open between items, and the frames of some videos are kept.
class MediaLoader {
 public:
  Result<ChatRequest> BuildRequest(const Item& item, const Prompt& prompt);
  // The bytes of a file, an archive's member or an embedded picture, as they are.
  Result<std::string> ReadBytes(const MediaRef& media);

 private:
  Result<std::vector<ContentPart>> Load(const MediaRef& media, const Prompt& prompt);
  Result<std::vector<ContentPart>> LoadVideo(const MediaRef& media, const Prompt& prompt);

  CellReader cells_;
  VideoCache videos_;
  std::mutex mutex_;
  std::map<Path, std::shared_ptr<Archive>> archives_;
};

// min(k, n) frame numbers spread over [0, n - 1], both ends included, truncated to integers as
// numpy's linspace(..., dtype=int) does.
std::vector<int> UniformFrames(int n, int k);

}  // namespace spatium
