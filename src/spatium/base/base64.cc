#include "spatium/base/base64.h"

#include <array>
#include <cstdint>

namespace spatium {
namespace {

constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<int8_t, 256> ValuesOfLetters() {
  std::array<int8_t, 256> values{};
  values.fill(-1);
  for (int8_t i = 0; i < 64; ++i) values[static_cast<uint8_t>(kLetters[i])] = i;
  return values;
}

}  // namespace

std::optional<std::string> FromBase64(std::string_view text) {
  static constexpr std::array<int8_t, 256> kValues = ValuesOfLetters();
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 3);
  uint32_t group = 0;
  int letters = 0;
  bool padded = false;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    if (c == '=') {
      padded = true;
      continue;
    }
    const int8_t value = kValues[static_cast<uint8_t>(c)];
    if (value < 0 || padded) return std::nullopt;
    group = group << 6 | static_cast<uint32_t>(value);
    if (++letters < 4) continue;
    for (const int shift : {16, 8, 0}) bytes += static_cast<char>(group >> shift & 255);
    group = 0;
    letters = 0;
  }
  if (letters == 1) return std::nullopt;
  if (letters >= 2) bytes += static_cast<char>(group >> (letters == 2 ? 4 : 10) & 255);
  if (letters == 3) bytes += static_cast<char>(group >> 2 & 255);
  return bytes;
}

std::string Base64(std::string_view bytes) {
  std::string out;
  AppendBase64(bytes, out);
  return out;
}

void AppendBase64(std::string_view bytes, std::string& out) {
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  const size_t begin = out.size();
  out.resize(begin + (bytes.size() + 2) / 3 * 4, '=');
  char* to = out.data() + begin;
  size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3, to += 4) {
    const uint32_t group = static_cast<uint32_t>(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
    for (int k = 0; k < 4; ++k) to[k] = kLetters[(group >> (18 - 6 * k)) & 63];
  }
  if (i < bytes.size()) {
    const bool two = i + 1 < bytes.size();
    const uint32_t group = static_cast<uint32_t>(data[i] << 16 | (two ? data[i + 1] << 8 : 0));
    to[0] = kLetters[(group >> 18) & 63];
    to[1] = kLetters[(group >> 12) & 63];
    if (two) to[2] = kLetters[(group >> 6) & 63];
  }
}

}  // namespace spatium
