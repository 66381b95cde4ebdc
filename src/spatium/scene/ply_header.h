#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/result.h"

namespace spatium {

enum class PlyFormat { kAscii, kBinaryLittle, kBinaryBig };
enum class PlyType { kInt8, kUint8, kInt16, kUint16, kInt32, kUint32, kFloat32, kFloat64 };
size_t PlyTypeSize(PlyType type);  // bytes

struct PlyProperty {
  std::string name;
  PlyType type;
  bool list = false;
  PlyType count_type = PlyType::kUint8;  // of a list's length
};

struct PlyElement {
  std::string name;
  uint64_t count = 0;
  std::vector<PlyProperty> properties;
  // Least bytes that one row can take in this format.
  uint64_t MinRowBytes(PlyFormat format) const;
  int FindProperty(std::string_view name) const;  // index, or -1
};

struct PlyHeader {
  PlyFormat format = PlyFormat::kAscii;
  std::vector<PlyElement> elements;
  size_t body_offset = 0;  // the first byte after "end_header"
};

// The header of a PLY file's bytes. Counts that the rest of the bytes cannot hold are refused here,
// so that nobody allocates by them. Errors: kParse with `where:line`.
// Source: Turk, "The PLY Polygon File Format", 1994, and the types' later names (uint8, float32).
Result<PlyHeader> ParsePlyHeader(std::string_view bytes, std::string_view where);

}  // namespace spatium
