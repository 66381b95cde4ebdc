#include "spatium/scene/ply_header.h"

#include <array>
#include <optional>
#include <utility>

#include "spatium/base/text.h"

namespace spatium {
namespace {

constexpr std::array<std::pair<std::string_view, PlyType>, 16> kTypes = {{
    {"char", PlyType::kInt8},
    {"int8", PlyType::kInt8},
    {"uchar", PlyType::kUint8},
    {"uint8", PlyType::kUint8},
    {"short", PlyType::kInt16},
    {"int16", PlyType::kInt16},
    {"ushort", PlyType::kUint16},
    {"uint16", PlyType::kUint16},
    {"int", PlyType::kInt32},
    {"int32", PlyType::kInt32},
    {"uint", PlyType::kUint32},
    {"uint32", PlyType::kUint32},
    {"float", PlyType::kFloat32},
    {"float32", PlyType::kFloat32},
    {"double", PlyType::kFloat64},
    {"float64", PlyType::kFloat64},
}};

std::optional<PlyType> FindType(std::string_view name) {
  for (const auto& [known, type] : kTypes)
    if (known == name) return type;
  return std::nullopt;
}

class HeaderParser {
 public:
  HeaderParser(std::string_view bytes, std::string_view where) : bytes_(bytes), where_(where) {}

  Result<PlyHeader> Parse() {
    SPATIUM_TRY(const auto magic, NextLine());
    if (Trim(magic) != "ply") return Wrong("\"ply\"", magic);
    bool has_format = false;
    while (true) {
      SPATIUM_TRY(const auto line, NextLine());
      const auto words = SplitWhitespace(line);
      if (words.empty() || words[0] == "comment" || words[0] == "obj_info") continue;
      if (words[0] == "end_header") break;
      if (words[0] == "format") {
        SPATIUM_TRY_DO(Format(words, line));
        has_format = true;
      } else if (words[0] == "element") {
        SPATIUM_TRY_DO(Element(words, line));
      } else if (words[0] == "property") {
        SPATIUM_TRY_DO(Property(words, line));
      } else {
        return Wrong("format, element, property, comment or end_header", line);
      }
    }
    if (!has_format) return Wrong("a format line before end_header", "none");
    header_.body_offset = at_;
    SPATIUM_TRY_DO(CheckCounts());
    return header_;
  }

 private:
  Error Wrong(std::string_view expected, std::string_view found) const {
    return {
        ErrorCode::kParse, StrCat(where_, ":", line_), std::string(expected), Quote(Trim(found))};
  }

  Result<std::string_view> NextLine() {
    constexpr size_t kMaxLine = 4096;
    ++line_;
    const size_t end = bytes_.find('\n', at_);
    if (end == std::string_view::npos || end - at_ > kMaxLine)
      return Error{ErrorCode::kParse,
                   StrCat(where_, ":", line_),
                   "a PLY header that ends with end_header",
                   end == std::string_view::npos ? "the end of the file" : "a very long line"};
    const auto line = bytes_.substr(at_, end - at_);
    at_ = end + 1;
    return line;
  }

  Result<void> Format(const std::vector<std::string_view>& words, std::string_view line) {
    if (words.size() != 3 || words[2] != "1.0") return Wrong("\"format FORMAT 1.0\"", line);
    if (words[1] == "ascii")
      header_.format = PlyFormat::kAscii;
    else if (words[1] == "binary_little_endian")
      header_.format = PlyFormat::kBinaryLittle;
    else if (words[1] == "binary_big_endian")
      header_.format = PlyFormat::kBinaryBig;
    else
      return Wrong("ascii, binary_little_endian or binary_big_endian", words[1]);
    return {};
  }

  Result<void> Element(const std::vector<std::string_view>& words, std::string_view line) {
    const auto count = words.size() == 3 ? ParseInt(words[2]) : std::nullopt;
    if (!count || *count < 0) return Wrong("\"element NAME COUNT\"", line);
    header_.elements.push_back({std::string(words[1]), static_cast<uint64_t>(*count), {}});
    return {};
  }

  Result<void> Property(const std::vector<std::string_view>& words, std::string_view line) {
    if (header_.elements.empty()) return Wrong("an element before its properties", line);
    const bool list = words.size() == 5 && words[1] == "list";
    if (!list && words.size() != 3)
      return Wrong("\"property TYPE NAME\" or \"property list TYPE TYPE NAME\"", line);
    PlyProperty property;
    property.list = list;
    property.name = std::string(words.back());
    const auto type = FindType(words[list ? 3 : 1]);
    if (!type) return Wrong("a PLY type (float, uchar, int, ...)", words[list ? 3 : 1]);
    property.type = *type;
    if (list) {
      const auto count_type = FindType(words[2]);
      if (!count_type || *count_type >= PlyType::kFloat32)
        return Wrong("a whole-number type of a list's length", words[2]);
      property.count_type = *count_type;
    }
    header_.elements.back().properties.push_back(std::move(property));
    return {};
  }

  Result<void> CheckCounts() const {
    uint64_t left = bytes_.size() - at_;
    if (header_.format == PlyFormat::kAscii) ++left;  // the last line may lack its newline
    for (const PlyElement& element : header_.elements) {
      if (element.count == 0) continue;
      const uint64_t row = element.MinRowBytes(header_.format);
      if (row == 0)
        return Error{ErrorCode::kParse,
                     std::string(where_),
                     StrCat("properties of element ", element.name),
                     "none"};
      if (element.count > left / row)
        return Error{ErrorCode::kParse,
                     StrCat(where_, ": element ", element.name),
                     StrCat(element.count, " rows of at least ", row, " bytes, as the header says"),
                     StrCat(left, " bytes left in the file")};
      left -= element.count * row;
    }
    return {};
  }

  std::string_view bytes_, where_;
  size_t at_ = 0;
  int64_t line_ = 0;
  PlyHeader header_;
};

}  // namespace

size_t PlyTypeSize(PlyType type) {
  switch (type) {
    case PlyType::kInt8:
    case PlyType::kUint8:
      return 1;
    case PlyType::kInt16:
    case PlyType::kUint16:
      return 2;
    case PlyType::kInt32:
    case PlyType::kUint32:
    case PlyType::kFloat32:
      return 4;
    case PlyType::kFloat64:
      return 8;
  }
  return 0;
}

uint64_t PlyElement::MinRowBytes(PlyFormat format) const {
  uint64_t bytes = 0;
  for (const PlyProperty& p : properties)
    bytes += format == PlyFormat::kAscii ? 2 : PlyTypeSize(p.list ? p.count_type : p.type);
  return bytes;
}

int PlyElement::FindProperty(std::string_view wanted) const {
  for (size_t i = 0; i < properties.size(); ++i)
    if (properties[i].name == wanted) return static_cast<int>(i);
  return -1;
}

Result<PlyHeader> ParsePlyHeader(std::string_view bytes, std::string_view where) {
  return HeaderParser(bytes, where).Parse();
}

}  // namespace spatium
