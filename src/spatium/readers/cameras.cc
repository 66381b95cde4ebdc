#include "spatium/readers/cameras.h"

#include <cmath>

#include "spatium/base/text.h"
#include "spatium/readers/matrix_text.h"

namespace spatium {

Result<CameraNumbers> ParseIntrinsicMatrix(std::string_view text, std::string_view where) {
  SPATIUM_TRY(const auto m, ParseNumberText(text, where));
  if (m.size() != 9 && m.size() != 16)
    return Error{ErrorCode::kBadValue,
                 std::string(where),
                 "9 or 16 numbers (a 3x3 or 4x4 intrinsic matrix)",
                 StrCat(m.size(), " numbers")};
  const size_t row = m.size() == 9 ? 3 : 4;
  const CameraNumbers camera{m[0], m[row + 1], m[2], m[row + 2], std::nullopt};
  if (!std::isfinite(camera.fx) || !std::isfinite(camera.fy) || !std::isfinite(camera.cx) ||
      !std::isfinite(camera.cy) || !(camera.fx > 0) || !(camera.fy > 0))
    return Error{ErrorCode::kBadValue,
                 std::string(where),
                 "finite intrinsics with fx and fy above 0",
                 StrCat("fx=", camera.fx, " fy=", camera.fy, " cx=", camera.cx, " cy=", camera.cy)};
  if (m[1] != 0 || m[row] != 0 || m[2 * row] != 0 || m[2 * row + 1] != 0 || m[2 * row + 2] != 1)
    return Error{ErrorCode::kBadValue,
                 std::string(where),
                 "fx 0 cx; 0 fy cy; 0 0 1 in the upper left 3x3",
                 "another matrix (skew, or not an intrinsic matrix)"};
  return camera;
}

Result<CameraNumbers> ReadIntrinsicMatrix(const Path& path) {
  SPATIUM_TRY(const std::string text, ReadFile(path));
  return ParseIntrinsicMatrix(text, path.string());
}

Result<CameraNumbers> ParseCameraFlag(std::string_view text, std::string_view flag) {
  constexpr double kMaxSide = 1 << 16;
  const auto wrong = [&] {
    return Error{
        ErrorCode::kUsage, std::string(flag), "fx,fy,cx,cy or fx,fy,cx,cy,w,h", Quote(text)};
  };
  const auto v = ParseNumberText(text, flag);
  if (!v || (v->size() != 4 && v->size() != 6)) return wrong();
  for (const double number : *v)
    if (!std::isfinite(number)) return wrong();
  if (!((*v)[0] > 0) || !((*v)[1] > 0)) return wrong();
  CameraNumbers camera{(*v)[0], (*v)[1], (*v)[2], (*v)[3], std::nullopt};
  if (v->size() == 4) return camera;
  for (const size_t i : {size_t{4}, size_t{5}})
    if (!((*v)[i] >= 1 && (*v)[i] <= kMaxSide)) return wrong();
  camera.size = ImageSize{static_cast<int>((*v)[4]), static_cast<int>((*v)[5])};
  return camera;
}

Pinhole HousePinhole(const CameraNumbers& numbers, ImageSize size) {
  Pinhole camera{size, numbers.fx, numbers.fy, numbers.cx + 0.5, numbers.cy + 0.5};
  if (!numbers.size || *numbers.size == size) return camera;
  const double sx = static_cast<double>(size.width) / numbers.size->width;
  const double sy = static_cast<double>(size.height) / numbers.size->height;
  camera.fx *= sx;
  camera.cx *= sx;
  camera.fy *= sy;
  camera.cy *= sy;
  return camera;
}

CameraNumbers FileNumbers(const Pinhole& camera) {
  return {camera.fx, camera.fy, camera.cx - 0.5, camera.cy - 0.5, camera.size};
}

std::string IntrinsicMatrixText(const CameraNumbers& c) {
  return StrCat(c.fx, " 0 ", c.cx, " 0\n0 ", c.fy, " ", c.cy, " 0\n0 0 1 0\n0 0 0 1\n");
}

}  // namespace spatium
