#include "spatium/dataset/npz.h"

#include <bit>
#include <cmath>
#include <cstring>

#include "spatium/base/text.h"
#include "spatium/dataset/archive.h"

namespace spatium {
namespace {

constexpr size_t kMaxDims = 32;  // numpy's limit

// Elements of a shape; nothing on overflow or too many dimensions.
std::optional<size_t> NumElements(const std::vector<size_t>& shape) {
  if (shape.size() > kMaxDims) return std::nullopt;
  size_t n = 1;
  for (const size_t d : shape) {
    if (d != 0 && n > (size_t{1} << 40) / d) return std::nullopt;
    n *= d;
  }
  return n;
}

// An element of `size` bytes as an unsigned number.
uint64_t Raw(const char* p, size_t size, bool big_endian) {
  uint64_t value = 0;
  for (size_t k = 0; k < size; ++k)
    value |= uint64_t{static_cast<unsigned char>(p[big_endian ? size - 1 - k : k])} << (8 * k);
  return value;
}

double HalfToDouble(uint64_t bits) {
  const int exponent = static_cast<int>(bits >> 10 & 31);
  const auto mantissa = static_cast<double>(bits & 1023);
  const double sign = (bits & 0x8000) != 0 ? -1 : 1;
  if (exponent == 0) return sign * std::ldexp(mantissa, -24);
  if (exponent == 31) return mantissa == 0 ? sign * INFINITY : NAN;
  return sign * std::ldexp(1024 + mantissa, exponent - 25);
}

double ToNumber(char kind, size_t size, uint64_t raw) {
  switch (kind) {
    case 'f':
      return size == 8   ? std::bit_cast<double>(raw)
             : size == 4 ? static_cast<double>(std::bit_cast<float>(static_cast<uint32_t>(raw)))
                         : HalfToDouble(raw);
    case 'i': {
      const int unused = static_cast<int>(64 - 8 * size);
      return static_cast<double>(static_cast<int64_t>(raw << unused) >> unused);
    }
    default:  // u, b
      return static_cast<double>(raw);
  }
}

void AppendUtf8(uint64_t code, std::string& out) {
  if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD;
  const auto byte = [&](uint64_t b) { out += static_cast<char>(b); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6);
    byte(0x80 | (code & 63));
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12);
    byte(0x80 | (code >> 6 & 63));
    byte(0x80 | (code & 63));
  } else {
    byte(0xF0 | code >> 18);
    byte(0x80 | (code >> 12 & 63));
    byte(0x80 | (code >> 6 & 63));
    byte(0x80 | (code & 63));
  }
}

std::string ToText(char kind, const char* p, size_t size, bool big_endian) {
  std::string text;
  if (kind == 'S') {
    text.assign(p, size);
    while (!text.empty() && text.back() == '\0') text.pop_back();
    return text;
  }
  for (size_t k = 0; k + 4 <= size; k += 4) {
    const uint64_t code = Raw(p + k, 4, big_endian);
    if (code == 0) break;
    AppendUtf8(code, text);
  }
  return text;
}

// Where element i of C order lies in Fortran order.
size_t FortranIndex(size_t i, const std::vector<size_t>& shape) {
  size_t index = 0;
  for (size_t d = shape.size(); d > 0; --d) {
    size_t stride = 1;
    for (size_t k = 0; k + 1 < d; ++k) stride *= shape[k];
    index += i % shape[d - 1] * stride;
    i /= shape[d - 1];
  }
  return index;
}

// The text between `key` and the next ',' outside of brackets, of the header's Python dictionary.
std::optional<std::string_view> HeaderField(std::string_view header, std::string_view key) {
  const size_t at = header.find(StrCat("'", key, "':"));
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view rest = Trim(header.substr(at + key.size() + 3));
  const size_t end = rest.starts_with('(') ? rest.find(')') : rest.find_first_of(",}");
  if (end == std::string_view::npos) return std::nullopt;
  return Trim(rest.substr(0, rest.starts_with('(') ? end + 1 : end));
}

}  // namespace

Result<NpyArray> internal::DecodeElements(std::string_view type,
                                          std::vector<size_t> shape,
                                          bool fortran_order,
                                          std::string_view bytes,
                                          std::string_view where) {
  const Error unsupported{ErrorCode::kUnsupported,
                          std::string(where),
                          "elements of type b1, i1-8, u1-8, f2-8, S or U",
                          std::string(type.substr(0, 40))};
  if (type.size() < 2) return unsupported;
  const bool order_given = std::string_view("<>|=").find(type[0]) != std::string_view::npos;
  const bool big_endian = type[0] == '>';
  const char kind = type[order_given ? 1 : 0];
  const auto count = ParseInt(type.substr(order_given ? 2 : 1));
  if (!count || *count < 0 || *count > (1 << 20)) return unsupported;
  const bool text = kind == 'S' || kind == 'U';
  const size_t size = static_cast<size_t>(*count) * (kind == 'U' ? 4 : 1);
  const bool known = text || (kind == 'b' && size == 1) ||
                     ((kind == 'i' || kind == 'u') && std::has_single_bit(size) && size <= 8) ||
                     (kind == 'f' && (size == 2 || size == 4 || size == 8));
  if (!known) return unsupported;
  const auto n = NumElements(shape);
  if (!n || bytes.size() != *n * size)
    return Error{ErrorCode::kParse,
                 std::string(where),
                 n ? StrCat(*n * size, " bytes of elements") : "a shape that fits in memory",
                 StrCat(bytes.size(), " bytes")};
  // Empty strings take no bytes: their number is bounded by nothing in the file.
  if (size == 0 && *n > (1 << 24)) return unsupported;
  NpyArray array{.shape = std::move(shape), .numbers = {}, .texts = {}, .objects = {}};
  for (size_t i = 0; i < *n; ++i) {
    const char* p = bytes.data() + (fortran_order ? FortranIndex(i, array.shape) : i) * size;
    if (text)
      array.texts.push_back(ToText(kind, p, size, big_endian));
    else
      array.numbers.push_back(ToNumber(kind, size, Raw(p, size, big_endian)));
  }
  return array;
}

Result<NpyArray> ParseNpy(std::string_view bytes, std::string_view where) {
  const auto bad = [&](std::string expected) {
    return Error{
        ErrorCode::kParse, std::string(where), std::move(expected), StrCat(bytes.size(), " bytes")};
  };
  constexpr std::string_view kMagic = "\x93NUMPY";
  if (!bytes.starts_with(kMagic) || bytes.size() < 10) return bad("a .npy file");
  const size_t length_bytes = bytes[6] == 1 ? 2 : 4;
  if (bytes.size() < 8 + length_bytes) return bad("a whole .npy header");
  const uint64_t length = Raw(bytes.data() + 8, length_bytes, false);
  if (length > bytes.size() - 8 - length_bytes) return bad("a whole .npy header");
  const std::string_view header = bytes.substr(8 + length_bytes, static_cast<size_t>(length));
  const std::string_view body = bytes.substr(8 + length_bytes + static_cast<size_t>(length));
  const auto descr = HeaderField(header, "descr"), order = HeaderField(header, "fortran_order"),
             dims = HeaderField(header, "shape");
  if (!descr || !order || !dims || descr->size() < 3 || !dims->starts_with('('))
    return bad("a header with descr, fortran_order and shape");
  std::vector<size_t> shape;
  for (const std::string_view piece : Split(dims->substr(1, dims->size() - 2), ',')) {
    if (Trim(piece).empty()) continue;
    const auto d = ParseInt(Trim(piece));
    if (!d || *d < 0) return bad("a shape of whole numbers");
    shape.push_back(static_cast<size_t>(*d));
  }
  const std::string_view type = descr->substr(1, descr->size() - 2);  // without its quotes
  if (type == "|O" || type == "O") return internal::ParseNumpyPickle(body, where);
  return internal::DecodeElements(type, std::move(shape), *order == "True", body, where);
}

Result<NpyArray> ReadNpzMember(const Path& file, std::string_view name) {
  SPATIUM_TRY(const auto archive, Archive::Open(file));
  SPATIUM_TRY(const std::string bytes, archive->Read(StrCat(name, ".npy")));
  return ParseNpy(bytes, StrCat(file.string(), ": ", name));
}

}  // namespace spatium
