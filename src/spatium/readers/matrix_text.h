#pragma once
#include <Eigen/Core>
#include <string_view>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/geometry/frames.h"

namespace spatium {

// Numbers between blanks, commas or line ends; "nan", "inf" and "-inf" in any case are numbers too,
// because data sets mark lost poses with them. Errors: kParse with `where:line`.
Result<std::vector<double>> ParseNumberText(std::string_view text, std::string_view where);

// A 4x4 matrix, row by row. Errors: kParse; kBadValue if there are not 16 numbers.
Result<Eigen::Matrix4d> ParseMatrix4(std::string_view text, std::string_view where);

// The rigid transform of a matrix, its rotation moved to the nearest exact one (files have six
// decimals). Errors: kBadValue: not finite, a last row other than 0 0 0 1, or an upper left part
// that is no rotation within 1e-3 (a scale, a mirror).
template <class To, class From>
Result<Rigid<To, From>> RigidFromMatrix(const Eigen::Matrix4d& matrix, std::string_view where);

namespace internal {
Result<Eigen::Matrix3d> CheckRigid(const Eigen::Matrix4d& matrix, std::string_view where);
}

template <class To, class From>
Result<Rigid<To, From>> RigidFromMatrix(const Eigen::Matrix4d& matrix, std::string_view where) {
  SPATIUM_TRY(const Eigen::Matrix3d rotation, internal::CheckRigid(matrix, where));
  return Rigid<To, From>{rotation, matrix.block<3, 1>(0, 3)};
}

using WorldFromCam = Rigid<frame::World, frame::Cam<>>;

// A pose as a file has it: camera to world, or why it is none.
using FilePose = Result<WorldFromCam>;

}  // namespace spatium
