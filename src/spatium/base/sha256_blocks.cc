// SHA-256 with the SHA extensions of x86. Source: Intel 64 and IA-32 Architectures Software
// Developer's Manual, volume 2, SHA256RNDS2, SHA256MSG1, SHA256MSG2.
#include "spatium/base/sha256_blocks.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace spatium::internal {

#if defined(__x86_64__)
namespace {

__attribute__((target("sha,sse4.1"))) void Blocks(const uint8_t* blocks,
                                                  size_t num_blocks,
                                                  std::array<uint32_t, 8>& state) {
  const auto load = [](const void* from) {
    return _mm_loadu_si128(static_cast<const __m128i*>(from));
  };
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  // The instructions want the state as (a b e f) and (c d g h), a and c in the highest lane.
  const __m128i badc = _mm_shuffle_epi32(load(state.data()), 0xB1);
  const __m128i hgfe = _mm_shuffle_epi32(load(state.data() + 4), 0x1B);
  __m128i abef = _mm_alignr_epi8(badc, hgfe, 8);
  __m128i cdgh = _mm_blend_epi16(hgfe, badc, 0xF0);
  for (; num_blocks > 0; --num_blocks, blocks += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i w[4];  // the last 16 words of the schedule
    for (int k = 0; k < 4; ++k) w[k] = _mm_shuffle_epi8(load(blocks + 16 * k), swap);
    for (int k = 0; k < 16; ++k) {
      const __m128i words = w[k % 4];
      const __m128i sum = _mm_add_epi32(words, load(kSha256Constants.data() + 4 * k));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
      if (k >= 12) continue;
      const __m128i last = w[(k + 3) % 4];
      const __m128i middle = _mm_alignr_epi8(last, w[(k + 2) % 4], 4);
      const __m128i partial = _mm_add_epi32(_mm_sha256msg1_epu32(words, w[(k + 1) % 4]), middle);
      w[k % 4] = _mm_sha256msg2_epu32(partial, last);
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  const __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
  const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  auto* out = reinterpret_cast<__m128i*>(state.data());
  _mm_storeu_si128(out, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128(out + 1, _mm_alignr_epi8(dchg, feba, 8));
}

}  // namespace

bool Sha256BlocksByInstruction(const uint8_t* blocks,
                               size_t num_blocks,
                               std::array<uint32_t, 8>& state) {
  // CPUID leaf 7, EBX bit 29; SSE4.1 comes with it.
  static const bool present = [] {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b >> 29 & 1) != 0 &&
           __builtin_cpu_supports("sse4.1");
  }();
  if (!present) return false;
  Blocks(blocks, num_blocks, state);
  return true;
}
#else
bool Sha256BlocksByInstruction(const uint8_t*, size_t, std::array<uint32_t, 8>&) { return false; }
#endif

}  // namespace spatium::internal
