#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace spatium::internal {

// The 64 constants of SHA-256 (FIPS 180-4, 4.2.2).
extern const std::array<uint32_t, 64> kSha256Constants;

// Feeds `num_blocks` blocks of 64 bytes into `state`, with the processor's own instructions for it
// where it has them, several times faster: the same result. False where it has none.
bool Sha256BlocksByInstruction(const uint8_t* blocks,
                               size_t num_blocks,
                               std::array<uint32_t, 8>& state);

}  // namespace spatium::internal
