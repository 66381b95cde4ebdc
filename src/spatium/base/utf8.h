#pragma once
#include <string_view>

namespace spatium {

// The first bytes of `text`, at most `max_bytes`, not cut inside of a UTF-8 letter.
std::string_view CutUtf8(std::string_view text, size_t max_bytes);

}  // namespace spatium
