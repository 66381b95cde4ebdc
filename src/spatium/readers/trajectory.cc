#include "spatium/readers/trajectory.h"

#include <cmath>

#include "spatium/base/text.h"

namespace spatium {
namespace {

struct Row {
  int64_t line;
  std::vector<double> numbers;
};

Result<std::vector<Row>> ReadRows(std::string_view text, std::string_view where) {
  std::vector<Row> rows;
  int64_t line = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const auto content = Trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++line;
    if (content.empty() || content.starts_with('#')) continue;
    auto numbers = ParseNumberText(content, "");
    if (!numbers)
      return Error{ErrorCode::kParse,
                   StrCat(where, ":", line),
                   numbers.error().expected,
                   numbers.error().found};
    rows.push_back({line, *std::move(numbers)});
  }
  return rows;
}

// q: x y z w.
FilePose FromQuaternion(const double* t, const double* q, const std::string& where) {
  constexpr double kNormTolerance = 1e-2;  // files have four decimals
  const double norm = std::sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
  if (!std::isfinite(norm) || !std::isfinite(t[0]) || !std::isfinite(t[1]) || !std::isfinite(t[2]))
    return Error{ErrorCode::kBadValue, where, "a finite pose", "NaN or infinity"};
  if (!(std::abs(norm - 1) <= kNormTolerance))
    return Error{ErrorCode::kBadValue, where, "a quaternion of length 1", StrCat("length ", norm)};
  const double x = q[0] / norm, y = q[1] / norm, z = q[2] / norm, w = q[3] / norm;
  WorldFromCam pose;
  pose.R << 1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w), 2 * (x * y + z * w),
      1 - 2 * (x * x + z * z), 2 * (y * z - x * w), 2 * (x * z - y * w), 2 * (y * z + x * w),
      1 - 2 * (x * x + y * y);
  pose.t = {t[0], t[1], t[2]};
  return pose;
}

FilePose FromRows(const std::vector<const double*>& rows, const std::string& where) {
  Eigen::Matrix4d m = Eigen::Matrix4d::Identity();
  for (size_t r = 0; r < rows.size(); ++r)
    for (int c = 0; c < 4; ++c) m(static_cast<int>(r), c) = rows[r][c];
  return RigidFromMatrix<frame::World, frame::Cam<>>(m, where);
}

Error WrongCount(std::string_view where, const Row& row, std::string expected) {
  return {ErrorCode::kBadValue,
          StrCat(where, ":", row.line),
          std::move(expected),
          StrCat(row.numbers.size(), " numbers")};
}

Result<std::vector<TrajectoryPose>> ParseLog(const std::vector<Row>& rows, std::string_view where) {
  constexpr size_t kBlock = 5;
  std::vector<TrajectoryPose> poses;
  for (size_t i = 0; i < rows.size(); i += kBlock) {
    if (rows[i].numbers.size() != 3)
      return WrongCount(where, rows[i], "a line of 3 numbers before each 4x4 matrix");
    if (i + kBlock > rows.size())
      return Error{ErrorCode::kBadValue,
                   StrCat(where, ":", rows[i].line),
                   "a 4x4 matrix after it",
                   StrCat(rows.size() - i - 1, " lines and the end of the file")};
    std::vector<const double*> matrix;
    for (size_t r = 1; r < kBlock; ++r) {
      if (rows[i + r].numbers.size() != 4)
        return WrongCount(where, rows[i + r], "4 numbers (a row of a 4x4 matrix)");
      matrix.push_back(rows[i + r].numbers.data());
    }
    const std::string place = StrCat(where, ":", rows[i].line);
    poses.push_back({std::nullopt, rows[i].line, FromRows(matrix, place)});
  }
  return poses;
}

}  // namespace

Result<std::vector<TrajectoryPose>> ParseTrajectory(std::string_view text, std::string_view where) {
  SPATIUM_TRY(const auto rows, ReadRows(text, where));
  if (rows.empty())
    return Error{ErrorCode::kParse, std::string(where), "at least one pose", "none"};
  const size_t width = rows[0].numbers.size();
  if (width == 3) return ParseLog(rows, where);
  if (width != 7 && width != 8 && width != 12 && width != 16)
    return WrongCount(
        where, rows[0], "3 numbers (Redwood log), 7 (t q), 8 (time t q), 12 or 16 (a matrix)");
  std::vector<TrajectoryPose> poses;
  for (const Row& row : rows) {
    if (row.numbers.size() != width)
      return WrongCount(where, row, StrCat(width, " numbers, as in the first line"));
    const std::string place = StrCat(where, ":", row.line);
    const double* v = row.numbers.data();
    TrajectoryPose pose;
    pose.line = row.line;
    if (width == 8) pose.time_s = *v++;
    if (pose.time_s && !std::isfinite(*pose.time_s))
      return Error{ErrorCode::kBadValue, place, "a finite time", "NaN or infinity"};
    if (width <= 8)
      pose.world_from_cam = FromQuaternion(v, v + 3, place);
    else if (width == 12)
      pose.world_from_cam = FromRows({v, v + 4, v + 8}, place);
    else
      pose.world_from_cam = FromRows({v, v + 4, v + 8, v + 12}, place);
    poses.push_back(std::move(pose));
  }
  return poses;
}

}  // namespace spatium
