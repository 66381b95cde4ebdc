#pragma once
#include "spatium/base/json.h"
#include "spatium/visibility/visibility.h"

namespace spatium {

// A row of `spatium scene visibility` (CLI.md): frame by name, boxes and centre in colour pixels.
Json ViewRow(const Scene& scene, const ObjectView& view, VisibilityMethod method);

std::string_view Name(VisibilityMethod method);  // "ids", "depth"

// All views as one JSON value with `key`, and back. Reading fails (kBadValue, kParse) if the key is
// another one or anything is out of place.
Json VisibilityToJson(const Visibility& visibility, std::string_view key);
Result<Visibility> VisibilityFromJson(const JsonCursor& json, std::string_view key);

}  // namespace spatium
