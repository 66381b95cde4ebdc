#pragma once
#include <string_view>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/image/image.h"

namespace spatium {

// The first video stream of a file, through FFmpeg's libraries where the build has them.
// Errors: kUnsupported (a build without them), kNotFound, kParse.
Result<int> CountVideoFrames(const Path& file);
// The frames with these numbers (from 0, ascending, repeats allowed), decoded in order: exact,
// never by seeking to a timestamp. Errors also kBadValue for a number beyond the last frame.
Result<std::vector<RgbImage>> DecodeVideoFrames(const Path& file, const std::vector<int>& numbers);

}  // namespace spatium
