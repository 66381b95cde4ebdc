#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/scene/store.h"

namespace spatium {

struct ImportOptions {
  Path source;                         // a scene's folder
  std::optional<Path> axis_alignment;  // text file with 16 numbers or a ScanNet .txt
  std::optional<Path> objects;         // JSON list of boxes, either published shape
  std::optional<Path> labels;          // scannetv2-labels.combined.tsv
  std::optional<double> depth_scale;   // steps per metre
  int every = 1;                       // keep each n-th frame
  unsigned threads = 0;
};

struct ImportReport {
  Scene scene;  // as written; without surfaces' data if the reader streamed them
  std::vector<SkippedFrame> skipped;
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
