#pragma once
#include <vector>

#include "spatium/readers/frame_files.h"
#include "spatium/readers/frame_import.h"
#include "spatium/readers/reader.h"

namespace spatium {

// The wanted frames of a posed RGB-D folder: colour images (or depth images, where there is no
// colour), each with the depth image and the pose that belong to it.
//   depth and pose files  by FrameKey; by the nearest time within 20 ms where keys are times
//   a trajectory          by the nearest time within 20 ms if it and the keys have times, else in
//                         order, one pose per image
// Frames that lack one are kept in the list with the reason in `lacks`.
// Errors: kBadValue if a trajectory fits neither way, kParse of the files.
Result<std::vector<RawFrame>> MatchPosedFrames(const PosedLayout& layout,
                                               const ImportOptions& options);

}  // namespace spatium
