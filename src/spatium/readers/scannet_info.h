#pragma once
#include <Eigen/Core>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/readers/cameras.h"
#include "spatium/readers/matrix_text.h"

namespace spatium {

// ScanNet's SCENE.txt: lines "key = value".
class ScanNetInfo {
 public:
  // Errors: kParse with `where:line` for a line without " = ".
  static Result<ScanNetInfo> Parse(std::string_view text, std::string_view where);
  // Whether a text looks like one: its first line that is not empty is "key = value".
  static bool LooksLike(std::string_view text);

  // axisAlignment as a transform into World; nothing if the file has none. Errors: kBadValue.
  Result<std::optional<Rigid<frame::World, frame::World>>> AxisAlignment() const;
  // The camera "color" or "depth": fx_color, fy_color, mx_color, my_color, colorWidth, colorHeight.
  // Nothing if the file has no fx of it. Errors: kNotFound, kBadValue.
  Result<std::optional<CameraNumbers>> Camera(std::string_view which) const;
  const std::string* Find(std::string_view key) const;

 private:
  Result<std::optional<double>> Number(const std::string& key) const;
  std::string where_;
  std::map<std::string, std::string, std::less<>> values_;
};

// The transform of an axis-alignment file: 16 numbers, or a ScanNet SCENE.txt with axisAlignment.
Result<Rigid<frame::World, frame::World>> ReadAxisAlignment(const Path& path);

}  // namespace spatium
