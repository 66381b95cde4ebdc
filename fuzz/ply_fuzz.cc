// PLY surfaces. What is read is written and read again: the same surface.
#include <cstdlib>
#include <string_view>

#include "spatium/scene/ply.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto mesh = spatium::ParsePly({reinterpret_cast<const char*>(data), size}, "fuzz.ply");
  if (!mesh) return 0;
  const auto again = spatium::ParsePly(spatium::WritePly(*mesh), "again.ply");
  if (!again || again->vertices.size() != mesh->vertices.size() || again->faces != mesh->faces ||
      again->colors != mesh->colors || again->vertex_object != mesh->vertex_object)
    std::abort();
  return 0;
}
