#include "spatium/readers/scannet_info.h"

#include "spatium/base/text.h"

namespace spatium {

bool ScanNetInfo::LooksLike(std::string_view text) {
  for (const auto line : Split(text, '\n'))
    if (!Trim(line).empty()) return line.find('=') != std::string_view::npos;
  return false;
}

Result<ScanNetInfo> ScanNetInfo::Parse(std::string_view text, std::string_view where) {
  ScanNetInfo info;
  info.where_ = where;
  int64_t number = 0;
  for (const auto line : Split(text, '\n')) {
    ++number;
    if (Trim(line).empty()) continue;
    const size_t equals = line.find('=');
    if (equals == std::string_view::npos)
      return Error{ErrorCode::kParse, StrCat(where, ":", number), "\"key = value\"", Quote(line)};
    info.values_[std::string(Trim(line.substr(0, equals)))] = Trim(line.substr(equals + 1));
  }
  return info;
}

const std::string* ScanNetInfo::Find(std::string_view key) const {
  const auto it = values_.find(key);
  return it == values_.end() ? nullptr : &it->second;
}

Result<std::optional<Rigid<frame::World, frame::World>>> ScanNetInfo::AxisAlignment() const {
  using Alignment = Rigid<frame::World, frame::World>;
  const std::string* text = Find("axisAlignment");
  if (!text) return std::optional<Alignment>();
  const std::string place = where_ + ": axisAlignment";
  SPATIUM_TRY(const auto matrix, ParseMatrix4(*text, place));
  SPATIUM_TRY(const auto alignment, (RigidFromMatrix<frame::World, frame::World>(matrix, place)));
  return std::optional<Alignment>(alignment);
}

Result<std::optional<double>> ScanNetInfo::Number(const std::string& key) const {
  const std::string* text = Find(key);
  if (!text) return std::optional<double>();
  const auto value = ParseDouble(*text);
  if (!value)
    return Error{ErrorCode::kBadValue, StrCat(where_, ": ", key), "a number", Quote(*text)};
  return value;
}

Result<std::optional<CameraNumbers>> ScanNetInfo::Camera(std::string_view which) const {
  const std::string suffix = StrCat("_", which);
  SPATIUM_TRY(const auto fx, Number("fx" + suffix));
  if (!fx) return std::optional<CameraNumbers>();
  SPATIUM_TRY(const auto fy, Number("fy" + suffix));
  SPATIUM_TRY(const auto mx, Number("mx" + suffix));
  SPATIUM_TRY(const auto my, Number("my" + suffix));
  SPATIUM_TRY(const auto width, Number(StrCat(which, "Width")));
  SPATIUM_TRY(const auto height, Number(StrCat(which, "Height")));
  if (!fy || !mx || !my)
    return Error{ErrorCode::kNotFound,
                 where_,
                 StrCat("fy", suffix, ", mx", suffix, " and my", suffix, " beside fx", suffix),
                 "not all of them"};
  CameraNumbers camera{*fx, *fy, *mx, *my, std::nullopt};
  if (width && height) {
    constexpr double kMaxSide = 1 << 16;
    if (!(*width >= 1 && *height >= 1 && *width <= kMaxSide && *height <= kMaxSide))
      return Error{ErrorCode::kBadValue,
                   StrCat(where_, ": ", which, "Width"),
                   "a size from 1 to 65536",
                   StrCat(*width, "x", *height)};
    camera.size = ImageSize{static_cast<int>(*width), static_cast<int>(*height)};
  }
  return std::optional<CameraNumbers>(camera);
}

Result<Rigid<frame::World, frame::World>> ReadAxisAlignment(const Path& path) {
  SPATIUM_TRY(const std::string text, ReadFile(path));
  if (!ScanNetInfo::LooksLike(text)) {
    SPATIUM_TRY(const auto matrix, ParseMatrix4(text, path.string()));
    return RigidFromMatrix<frame::World, frame::World>(matrix, path.string());
  }
  SPATIUM_TRY(const auto info, ScanNetInfo::Parse(text, path.string()));
  SPATIUM_TRY(const auto alignment, info.AxisAlignment());
  if (!alignment) return Error{ErrorCode::kNotFound, path.string(), "a line axisAlignment", "none"};
  return *alignment;
}

}  // namespace spatium
