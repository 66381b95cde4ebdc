#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/readers/cameras.h"
#include "spatium/scene/store.h"

namespace spatium {

struct ImportOptions {
  Path source;                                    // a scene's folder
  std::optional<Path> axis_alignment;             // text file with 16 numbers or a ScanNet .txt
  std::optional<Path> objects;                    // JSON list of boxes, either published shape
  std::optional<Path> labels;                     // scannetv2-labels.combined.tsv
  std::optional<double> depth_scale;              // steps per metre
  std::optional<CameraNumbers> intrinsics;        // of the colour camera
  std::optional<CameraNumbers> depth_intrinsics;  // of the depth camera
  std::string scene_id;      // empty: from the data set, else the folder's name
  bool align_floor = false;  // find the floor and turn it level where no axis alignment is known
  int every = 1;             // keep each n-th frame
  std::optional<uint64_t> limit = std::nullopt;  // and of those the first so many
  unsigned threads = 0;

  // Whether the source's frame `index` is wanted.
  bool Wants(uint64_t index) const {
    const auto step = static_cast<uint64_t>(every);
    return index % step == 0 && (!limit || index / step < *limit);
  }
};

struct ImportReport {
  Scene scene;  // as written; without surfaces' data if the reader streamed them
  std::vector<SkippedFrame> skipped;
  std::string intrinsics_from;     // "option", a file's name, "known layout ...", "default ..."
  std::vector<std::string> notes;  // what was done otherwise than a caller might expect
};

// A data set's format: reads a folder, writes its images into `out` and returns the scene. The
// caller commits. Errors name the file, the place, what was expected and found.
struct ReaderInfo {
  std::string_view summary;
  std::string_view example;
  Result<ImportReport> (*import)(const ImportOptions& options, const SceneWriter& out);
};
struct ReaderEntry {
  std::string_view name;
  const ReaderInfo& (*info)();
};
std::span<const ReaderEntry> Readers();

}  // namespace spatium
