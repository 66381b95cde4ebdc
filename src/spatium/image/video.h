#pragma once
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/image/image.h"

namespace spatium {

// The first video stream of a file, by FFmpeg's libraries, through the plug-in libspatium_video.so,
// which is opened when first needed.
// Errors: kUnsupported with how to get the plug-in, kNotFound, kParse.
Result<int> CountVideoFrames(const Path& file);
// The frames with these numbers (from 0, ascending, repeats allowed), decoded in order: exact,
// never by seeking to a timestamp. Errors also kBadValue for a number beyond the last frame.
Result<std::vector<RgbImage>> DecodeVideoFrames(const Path& file, const std::vector<int>& numbers);

// Whether the plug-in is there, for `spatium doctor`.
bool HasVideoPlugin();

// What the plug-in's one entry point, spatium_video_plugin(), returns. No exception crosses it.
struct VideoPlugin {
  int version;  // kVideoPluginVersion of the library that it was built for
  Result<int> (*count_frames)(const Path& file);
  Result<std::vector<RgbImage>> (*decode_frames)(const Path& file, const std::vector<int>& numbers);
};
inline constexpr int kVideoPluginVersion = 1;

}  // namespace spatium
