#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"

namespace spatium {

// The files of one kind, by the frame that they belong to.
struct FrameFiles {
  Path folder;
  std::vector<std::string> keys;      // in natural order of the file names
  std::map<std::string, Path> files;  // by key
  bool empty() const { return keys.empty(); }
};

// The frame of a file name: its runs of digits joined ("0012_rgb_raw.jpg" -> "0012", "color3.png"
// -> "3", "1305031102.175304.png" -> "1305031102.175304"); its stem if it has no digit.
std::string FrameKey(std::string_view file_name);

// The files of `folder` whose name begins with one of `prefixes` (none: any) and ends in one of
// `extensions`, keyed by FrameKey; by whole stems if two share a key.
Result<FrameFiles> ListFrameFiles(const Path& folder,
                                  const std::vector<std::string_view>& extensions,
                                  const std::vector<std::string_view>& prefixes = {});

// Where a posed RGB-D folder keeps things. Names are those that data sets in the field use.
struct PosedLayout {
  FrameFiles color, depth;  // either may be empty; both only where frames may be missing
  FrameFiles pose;          // one text file per frame; or
  std::optional<Path> trajectory;
  std::optional<Path> color_intrinsics, depth_intrinsics;  // matrix files
  std::optional<Path> scannet_info;                        // SCENE.txt
};

// Errors: kNotFound for a missing folder, or one without images or poses, naming what was looked
// for. With `images_optional` a folder without images is a layout without frames.
Result<PosedLayout> FindPosedLayout(const Path& folder, bool images_optional = false);

}  // namespace spatium
