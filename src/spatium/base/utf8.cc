#include "spatium/base/utf8.h"

#include <simdjson.h>

#include <algorithm>
#include <cstdint>

namespace spatium {
namespace {

struct Letter {
  size_t bytes = 1;  // of it, or of the part that only began one
  bool whole = false;
};

// What `rest`, not empty, begins with.
Letter FirstLetter(std::string_view rest) {
  const auto at = [&](size_t i) { return static_cast<uint8_t>(rest[i]); };
  const uint8_t lead = at(0);
  if (lead < 0x80) return {.bytes = 1, .whole = true};
  if (lead < 0xc2 || lead > 0xf4) return {};
  const size_t size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  // The second byte also tells overlong forms, surrogates and what is too large.
  const uint8_t least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const uint8_t most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  size_t n = 1;
  while (n < std::min(size, rest.size()) && at(n) >= (n == 1 ? least : 0x80) &&
         at(n) <= (n == 1 ? most : 0xbf))
    ++n;
  return {.bytes = n, .whole = n == size};
}

}  // namespace

std::string_view CutUtf8(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<uint8_t>(text[max_bytes]) & 0xc0) == 0x80) --max_bytes;
  return text.substr(0, max_bytes);
}

bool IsUtf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }

std::string RepairUtf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const Letter letter = FirstLetter(bytes);
    out += letter.whole ? bytes.substr(0, letter.bytes) : std::string_view("\xEF\xBF\xBD");
    bytes.remove_prefix(letter.bytes);
  }
  return out;
}

}  // namespace spatium
