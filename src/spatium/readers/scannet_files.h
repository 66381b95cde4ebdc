#pragma once
#include <optional>
#include <string>

#include "spatium/base/files.h"
#include "spatium/base/result.h"

namespace spatium {

// The files of one scene in a ScanNet folder; each may be missing.
struct ScanNetFiles {
  std::string scene_id;
  std::optional<Path> sens, mesh, segments, aggregation, info;
  bool has_frame_folders = false;  // color/, depth/ or pose/: exported frames
};

// By ScanNet's names: ID.sens, ID_vh_clean_2.ply (else ID_vh_clean_2.labels.ply),
// ID_vh_clean_2.0.010000.segs.json, ID.aggregation.json (else ID_vh_clean.aggregation.json),
// ID.txt. Errors: kNotFound for a folder that is missing or has none of them; kBadValue if they
// belong to more than one scene.
Result<ScanNetFiles> FindScanNetFiles(const Path& folder);

}  // namespace spatium
