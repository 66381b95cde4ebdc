#pragma once
#include <string>
#include <string_view>

namespace spatium {

// The first bytes of `text`, at most `max_bytes`, not cut inside of a UTF-8 letter.
std::string_view CutUtf8(std::string_view text, size_t max_bytes);

// Well-formed (RFC 3629): no overlong forms, surrogates or code points above 10FFFF.
bool IsUtf8(std::string_view bytes);
// `bytes` with U+FFFD for each part that is not UTF-8, the longest that begins a letter, as Unicode
// recommends and Python does.
std::string RepairUtf8(std::string_view bytes);

}  // namespace spatium
