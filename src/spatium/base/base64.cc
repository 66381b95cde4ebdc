#include "spatium/base/base64.h"

#include <cstdint>

namespace spatium {

void AppendBase64(std::string_view bytes, std::string& out) {
  static constexpr char kLetters[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
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
