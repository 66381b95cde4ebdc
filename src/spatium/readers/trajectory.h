#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/readers/matrix_text.h"

namespace spatium {

struct TrajectoryPose {
  std::optional<double> time_s;
  int64_t line = 0;  // where it begins in its file, from 1
  FilePose world_from_cam = Error{ErrorCode::kNotFound, "", "a pose", "none"};
};

// One pose per frame in a single text file, camera to world. By the first line that is neither
// empty nor a comment (#):
//   3 numbers   Redwood's .log: a line of three counters, then a 4x4 matrix in four lines
//   7 numbers   tx ty tz qx qy qz qw
//   8 numbers   time tx ty tz qx qy qz qw (TUM)
//   12 or 16    a 3x4 or 4x4 matrix per line, row by row (KITTI)
// A pose that is not finite or no rotation is kept as its error. Errors: kParse, kBadValue with
// `where:line` when the text itself does not follow the form.
Result<std::vector<TrajectoryPose>> ParseTrajectory(std::string_view text, std::string_view where);

}  // namespace spatium
