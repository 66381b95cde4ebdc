#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace spatium {

// XXH3, 64 bits: keys of caches, streams and journals. Not against an adversary.
uint64_t Hash64(std::string_view bytes, uint64_t seed = 0);
// 16 lower-case hexadecimal digits.
std::string Hex(uint64_t value);
// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits: the name of a picture that was sent.
std::string Sha256Hex(std::string_view bytes);

}  // namespace spatium
