#include "spatium/readers/matrix_text.h"

#include <Eigen/LU>
#include <cmath>
#include <limits>

#include "spatium/base/text.h"

namespace spatium {
namespace {

bool IsSeparator(char c) { return c == ' ' || c == ',' || (c >= '\t' && c <= '\r'); }

std::optional<double> ParseAnyNumber(std::string_view token) {
  if (token.starts_with('+')) token.remove_prefix(1);
  if (const auto finite = ParseDouble(token)) return finite;
  std::string word = ToLower(token);
  const bool negative = word.starts_with('-');
  if (negative) word.erase(0, 1);
  constexpr double kInf = std::numeric_limits<double>::infinity();
  if (word == "nan" || word == "1.#ind" || word == "1.#qnan")
    return std::numeric_limits<double>::quiet_NaN();
  if (word == "inf" || word == "infinity" || word == "1.#inf") return negative ? -kInf : kInf;
  return std::nullopt;
}

// Nearest rotation of a nearly orthonormal matrix. Newton's iteration of the polar decomposition:
// Higham, "Computing the polar decomposition", 1986; three steps take 1e-3 to the last bits.
Eigen::Matrix3d NearestRotation(Eigen::Matrix3d m) {
  constexpr int kSteps = 4;
  for (int i = 0; i < kSteps; ++i) m = (m + m.inverse().transpose()) / 2;
  return m;
}

}  // namespace

Result<std::vector<double>> ParseNumberText(std::string_view text, std::string_view where) {
  std::vector<double> numbers;
  int64_t line = 1;
  for (size_t i = 0; i < text.size();) {
    if (IsSeparator(text[i])) {
      line += text[i] == '\n';
      ++i;
      continue;
    }
    size_t end = i;
    while (end < text.size() && !IsSeparator(text[end])) ++end;
    const auto number = ParseAnyNumber(text.substr(i, end - i));
    if (!number)
      return Error{
          ErrorCode::kParse, StrCat(where, ":", line), "a number", Quote(text.substr(i, end - i))};
    numbers.push_back(*number);
    i = end;
  }
  return numbers;
}

Result<Eigen::Matrix4d> ParseMatrix4(std::string_view text, std::string_view where) {
  SPATIUM_TRY(const auto numbers, ParseNumberText(text, where));
  if (numbers.size() != 16)
    return Error{ErrorCode::kBadValue,
                 std::string(where),
                 "16 numbers (a 4x4 matrix)",
                 StrCat(numbers.size(), " numbers", numbers.size() == 9 ? " (a 3x3 matrix)" : "")};
  return Eigen::Matrix4d(
      Eigen::Map<const Eigen::Matrix<double, 4, 4, Eigen::RowMajor>>(numbers.data()));
}

namespace internal {

Result<Eigen::Matrix3d> CheckRigid(const Eigen::Matrix4d& matrix, std::string_view where) {
  constexpr double kTolerance = 1e-3;
  if (!matrix.allFinite())
    return Error{ErrorCode::kBadValue, std::string(where), "a finite pose", "NaN or infinity"};
  const Eigen::RowVector4d last = matrix.row(3);
  if ((last - Eigen::RowVector4d(0, 0, 0, 1)).cwiseAbs().maxCoeff() > kTolerance)
    return Error{ErrorCode::kBadValue,
                 std::string(where),
                 "a last row 0 0 0 1",
                 StrCat(last[0], " ", last[1], " ", last[2], " ", last[3])};
  const Eigen::Matrix3d R = matrix.topLeftCorner<3, 3>();
  const double error = (R.transpose() * R - Eigen::Matrix3d::Identity()).cwiseAbs().maxCoeff();
  if (!(error <= kTolerance) || !(R.determinant() > 0))
    return Error{ErrorCode::kBadValue,
                 std::string(where),
                 "a rotation in the upper left 3x3",
                 error <= kTolerance
                     ? std::string("a mirrored one")
                     : StrCat("one that is ", FormatFixed(error, 4), " from orthonormal")};
  return NearestRotation(R);
}

}  // namespace internal
}  // namespace spatium
