#pragma once
#include <string>
#include <string_view>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/scene/scene.h"

namespace spatium {

// A PLY file's surface as a Mesh: positions x y z; colours red green blue (0..255, or 0..1 where
// they are floats); the vertex property `object`, else `label`, as vertex_object; the faces' list
// vertex_indices or vertex_index, polygons cut into fans. A cloud is a mesh without faces. Other
// elements and properties are read over.
// Errors: kParse with the element, the row, what was expected and found: counts that do not fit
// the bytes, bytes left over, indices out of range; kBadValue for coordinates that are not finite.
Result<Mesh> ParsePly(std::string_view bytes, std::string_view where);
Result<Mesh> ReadPly(const Path& path);

// Binary little-endian: float x y z, uchar red green blue if there are colours, and vertex_object
// as a property of that name and type if it is known. Reads back the same.
struct PlyWriteOptions {
  std::string_view vertex_object_name = "object";  // int; "label" is written as ushort
};
std::string WritePly(const Mesh& mesh, const PlyWriteOptions& options = {});

}  // namespace spatium
