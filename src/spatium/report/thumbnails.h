#pragma once
#include <span>
#include <string>
#include <vector>

#include "spatium/benchmarks/item.h"

namespace spatium {

// Small pictures of what the items of a run show, for a page that holds them all.
struct Thumbnails {
  std::vector<std::string> jpegs;         // each medium once, however many items show it
  std::vector<std::vector<int>> of_item;  // item -> indices into jpegs; -1: no picture
  int side_px = 0;                        // of the pictures
  size_t left_out = 0;                    // media beyond the budget
  size_t missing = 0;                     // media that cannot be read or decoded
};
struct ThumbnailOptions {
  // All JPEGs together. The pictures of few items are large, those of many small (120 px at least):
  // 12,000 media fill it with 140 px each. What is beyond it is left out, the last items first.
  size_t budget_bytes = size_t{32} << 20;
  size_t max_per_item = 6;
  size_t max_pictures = 20'000;
  unsigned threads = 0;  // 0: one per core
};
// Pictures, depth maps (nearer is brighter) and videos (a sheet of six frames), read from wherever
// the items say they are; the same bytes for any number of threads.
Thumbnails MakeThumbnails(std::span<const Item> items, const ThumbnailOptions& options);

}  // namespace spatium
