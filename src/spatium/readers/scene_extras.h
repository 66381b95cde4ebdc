#pragma once
#include <optional>
#include <string>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/scene/scene.h"

namespace spatium {

// spatium.json in a ScanNet folder: what that format has no place for.
struct SceneExtras {
  std::string dataset;
  std::vector<std::string> frame_names;  // in the order of the .sens; empty: numbers
  std::vector<Eigen::Vector2d> outline;
  std::vector<Object> objects;  // exact boxes and categories
};
inline constexpr std::string_view kExtrasFile = "spatium.json";

// Nothing if the folder has no such file. Errors: kParse, kNotFound, kBadValue.
Result<std::optional<SceneExtras>> ReadSceneExtras(const Path& folder);
std::string SceneExtrasText(const SceneExtras& extras);

}  // namespace spatium
