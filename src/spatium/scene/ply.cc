#include "spatium/scene/ply.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "spatium/base/text.h"
#include "spatium/scene/ply_header.h"

namespace spatium {
namespace {

// Reads one number after the other from a PLY body, whatever its format.
class BodyReader {
 public:
  BodyReader(std::string_view bytes, const PlyHeader& header)
      : bytes_(bytes), at_(header.body_offset), format_(header.format) {}

  // False at the end of the bytes or at text that is no number of this type.
  bool Number(PlyType type, double& value) {
    return format_ == PlyFormat::kAscii ? Ascii(type, value) : Binary(type, value);
  }
  uint64_t left() const { return bytes_.size() - at_; }
  // Bytes after the last element: none, or only white space in text.
  bool AtEnd() {
    if (format_ == PlyFormat::kAscii) SkipSpace();
    return at_ == bytes_.size();
  }

 private:
  void SkipSpace() {
    while (at_ < bytes_.size() &&
           (bytes_[at_] == ' ' || (bytes_[at_] >= '\t' && bytes_[at_] <= '\r')))
      ++at_;
  }

  bool Ascii(PlyType type, double& value) {
    SkipSpace();
    const char* begin = bytes_.data() + at_;
    const char* end = bytes_.data() + bytes_.size();
    if (begin != end && *begin == '+') ++begin;
    const auto [stop, error] = std::from_chars(begin, end, value);
    if (error != std::errc() || stop == begin) return false;
    at_ = static_cast<size_t>(stop - bytes_.data());
    return type >= PlyType::kFloat32 || value == std::floor(value);
  }

  template <class T>
  bool Raw(double& value) {
    if (left() < sizeof(T)) return false;
    unsigned char raw[sizeof(T)];
    std::memcpy(raw, bytes_.data() + at_, sizeof(T));
    const bool little = std::endian::native == std::endian::little;
    if (little != (format_ == PlyFormat::kBinaryLittle)) std::reverse(raw, raw + sizeof(T));
    T typed;
    std::memcpy(&typed, raw, sizeof(T));
    at_ += sizeof(T);
    value = static_cast<double>(typed);
    return true;
  }

  bool Binary(PlyType type, double& value) {
    switch (type) {
      case PlyType::kInt8:
        return Raw<int8_t>(value);
      case PlyType::kUint8:
        return Raw<uint8_t>(value);
      case PlyType::kInt16:
        return Raw<int16_t>(value);
      case PlyType::kUint16:
        return Raw<uint16_t>(value);
      case PlyType::kInt32:
        return Raw<int32_t>(value);
      case PlyType::kUint32:
        return Raw<uint32_t>(value);
      case PlyType::kFloat32:
        return Raw<float>(value);
      case PlyType::kFloat64:
        return Raw<double>(value);
    }
    return false;
  }

  std::string_view bytes_;
  size_t at_;
  PlyFormat format_;
};

// Which columns of the vertex element mean what; -1: not there.
struct VertexColumns {
  int position[3], color[3], object;
  bool float_color = false;

  explicit VertexColumns(const PlyElement& e)
      : position{e.FindProperty("x"), e.FindProperty("y"), e.FindProperty("z")},
        color{e.FindProperty("red"), e.FindProperty("green"), e.FindProperty("blue")},
        object(e.FindProperty("object") >= 0 ? e.FindProperty("object") : e.FindProperty("label")) {
    if (has_color())
      float_color = e.properties[static_cast<size_t>(color[0])].type >= PlyType::kFloat32;
  }
  bool has_position() const { return position[0] >= 0 && position[1] >= 0 && position[2] >= 0; }
  bool has_color() const { return color[0] >= 0 && color[1] >= 0 && color[2] >= 0; }
};

class SurfaceParser {
 public:
  SurfaceParser(std::string_view bytes, std::string_view where) : bytes_(bytes), where_(where) {}

  Result<Mesh> Parse() {
    SPATIUM_TRY(const PlyHeader header, ParsePlyHeader(bytes_, where_));
    BodyReader body(bytes_, header);
    bool has_vertices = false;
    for (const PlyElement& element : header.elements) {
      if (element.name == "vertex") {
        has_vertices = true;
        SPATIUM_TRY_DO(Vertices(element, body));
      } else {
        SPATIUM_TRY_DO(Others(element, body));
      }
    }
    if (!has_vertices)
      return Error{ErrorCode::kParse, std::string(where_), "an element vertex", "none"};
    if (!body.AtEnd())
      return Error{ErrorCode::kParse,
                   std::string(where_),
                   "the end of the file after the last row that the header counts",
                   StrCat(body.left(), " more bytes")};
    return std::move(mesh_);
  }

 private:
  std::string Row(const PlyElement& element, uint64_t row) const {
    return StrCat(where_, ": element ", element.name, " row ", row);
  }
  Error Short(const PlyElement& element, uint64_t row, const BodyReader& body) const {
    return {ErrorCode::kParse,
            Row(element, row),
            StrCat("a row of ", element.properties.size(), " properties, ", element.count, " rows"),
            body.left() == 0 ? "the end of the file" : "something else"};
  }

  Result<void> Vertices(const PlyElement& element, BodyReader& body) {
    const VertexColumns columns(element);
    if (!columns.has_position())
      return Error{ErrorCode::kParse, std::string(where_), "vertex properties x, y, z", "others"};
    mesh_.vertices.resize(element.count);
    if (columns.has_color()) mesh_.colors.resize(element.count);
    if (columns.object >= 0) mesh_.vertex_object.resize(element.count);
    std::vector<double> row(element.properties.size());
    for (uint64_t i = 0; i < element.count; ++i) {
      for (size_t p = 0; p < row.size(); ++p) {
        if (element.properties[p].list) {
          SPATIUM_TRY_DO(List(element, i, element.properties[p], body));
        } else if (!body.Number(element.properties[p].type, row[p])) {
          return Short(element, i, body);
        }
      }
      SPATIUM_TRY_DO(StoreVertex(columns, row, element, i));
    }
    return {};
  }

  Result<void> StoreVertex(const VertexColumns& columns,
                           const std::vector<double>& row,
                           const PlyElement& element,
                           uint64_t i) {
    const auto value = [&](int column) { return row[static_cast<size_t>(column)]; };
    for (int axis = 0; axis < 3; ++axis)
      mesh_.vertices[i][axis] = static_cast<float>(value(columns.position[axis]));
    if (!mesh_.vertices[i].allFinite())
      return Error{
          ErrorCode::kBadValue, Row(element, i), "finite coordinates", "one that is not finite"};
    if (columns.has_color()) {
      for (size_t c = 0; c < 3; ++c) {
        const double scaled = value(columns.color[c]) * (columns.float_color ? 255.0 : 1.0);
        mesh_.colors[i][c] = static_cast<uint8_t>(std::clamp(std::round(scaled), 0.0, 255.0));
      }
    }
    if (columns.object < 0) return {};
    const double object = value(columns.object);
    if (!(object >= -1 && object <= std::numeric_limits<int32_t>::max()))
      return Error{ErrorCode::kBadValue,
                   Row(element, i),
                   "an object id from -1 to 2147483647",
                   StrCat(object)};
    mesh_.vertex_object[i] = static_cast<int32_t>(object);
    return {};
  }

  // Every element but vertex: of `face` its index list counts, the rest is read over.
  Result<void> Others(const PlyElement& element, BodyReader& body) {
    double ignored = 0;
    for (uint64_t i = 0; i < element.count; ++i) {
      for (const PlyProperty& p : element.properties) {
        if (p.list) {
          SPATIUM_TRY_DO(List(element, i, p, body));
          if (element.name == "face" && (p.name == "vertex_indices" || p.name == "vertex_index"))
            SPATIUM_TRY_DO(StoreFace(element, i));
        } else if (!body.Number(p.type, ignored)) {
          return Short(element, i, body);
        }
      }
    }
    return {};
  }

  // Reads a list into list_.
  Result<void> List(const PlyElement& element,
                    uint64_t row,
                    const PlyProperty& property,
                    BodyReader& body) {
    double count = 0;
    if (!body.Number(property.count_type, count)) return Short(element, row, body);
    if (!(count >= 0 && count <= static_cast<double>(body.left())))
      return Error{ErrorCode::kParse,
                   Row(element, row),
                   StrCat("a list that fits the ", body.left(), " bytes left"),
                   StrCat(count, " entries")};
    list_.clear();
    for (double k = 0; k < count; ++k) {
      double value = 0;
      if (!body.Number(property.type, value)) return Short(element, row, body);
      list_.push_back(value);
    }
    return {};
  }

  Result<void> StoreFace(const PlyElement& element, uint64_t row) {
    const auto n = static_cast<double>(mesh_.vertices.size());
    for (const double index : list_)
      if (!(index >= 0 && index < n))
        return Error{ErrorCode::kParse,
                     Row(element, row),
                     StrCat("vertex indices from 0 to below ", n),
                     StrCat(index)};
    for (size_t k = 2; k < list_.size(); ++k)
      mesh_.faces.push_back({static_cast<uint32_t>(list_[0]),
                             static_cast<uint32_t>(list_[k - 1]),
                             static_cast<uint32_t>(list_[k])});
    return {};
  }

  std::string_view bytes_, where_;
  Mesh mesh_;
  std::vector<double> list_;
};

template <class T>
void AppendRaw(std::string& out, T value) {
  static_assert(std::endian::native == std::endian::little);
  char raw[sizeof(T)];
  std::memcpy(raw, &value, sizeof(T));
  out.append(raw, sizeof(T));
}

}  // namespace

Result<Mesh> ParsePly(std::string_view bytes, std::string_view where) {
  return SurfaceParser(bytes, where).Parse();
}

Result<Mesh> ReadPly(const Path& path) {
  SPATIUM_TRY(const std::string bytes, ReadFile(path));
  return ParsePly(bytes, path.string());
}

std::string WritePly(const Mesh& mesh, const PlyWriteOptions& options) {
  const bool as_label = options.vertex_object_name == "label";
  std::string out = StrCat("ply\nformat binary_little_endian 1.0\nelement vertex ",
                           mesh.vertices.size(),
                           "\nproperty float x\nproperty float y\nproperty float z\n");
  if (!mesh.colors.empty())
    out += "property uchar red\nproperty uchar green\nproperty uchar blue\n";
  if (!mesh.vertex_object.empty())
    out += StrCat("property ", as_label ? "ushort " : "int ", options.vertex_object_name, "\n");
  if (!mesh.faces.empty())
    out += StrCat("element face ", mesh.faces.size(), "\nproperty list uchar int vertex_indices\n");
  out += "end_header\n";
  for (size_t i = 0; i < mesh.vertices.size(); ++i) {
    for (int axis = 0; axis < 3; ++axis) AppendRaw(out, mesh.vertices[i][axis]);
    if (!mesh.colors.empty())
      for (const uint8_t c : mesh.colors[i]) AppendRaw(out, c);
    if (mesh.vertex_object.empty()) continue;
    if (as_label)
      AppendRaw(out, static_cast<uint16_t>(std::clamp(mesh.vertex_object[i], 0, 65535)));
    else
      AppendRaw(out, mesh.vertex_object[i]);
  }
  for (const auto& face : mesh.faces) {
    AppendRaw(out, uint8_t{3});
    for (const uint32_t v : face) AppendRaw(out, static_cast<int32_t>(v));
  }
  return out;
}

}  // namespace spatium
