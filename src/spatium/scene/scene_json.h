#pragma once
#include <string>
#include <string_view>

#include "spatium/base/json.h"
#include "spatium/base/result.h"
#include "spatium/scene/scene.h"

namespace spatium {

// The text of scene.json: everything of a scene but pixels and surfaces. Every double reads back
// the same; the same scene gives the same bytes. Format: docs/conventions.md.
//   images_key  a hash of the image files, so that a change of any of them changes the text
std::string SceneToJson(const Scene& scene, std::string_view images_key);

// The scene of such a text, without surfaces and unchecked (ValidateScene).
// Errors: kParse, kNotFound, kBadValue with `where` and the JSON path; kUnsupported for a newer
// version.
Result<Scene> SceneFromJson(std::string_view text, std::string_view where);

// What `scene info` prints. `full`: the lists of frames, objects and the outline; else counts.
Json SceneInfo(const Scene& scene, bool full);

}  // namespace spatium
