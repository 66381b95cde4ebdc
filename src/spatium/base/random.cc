#include "spatium/base/random.h"

#include <bit>

#include "spatium/base/check.h"
#include "spatium/base/hash.h"

namespace spatium {

RandomStream::RandomStream(uint64_t seed, std::initializer_list<std::string_view> key)
    : RandomStream([&] {
        uint64_t hash = seed;
        for (const std::string_view part : key) hash = Hash64(part, hash + 0x9e3779b97f4a7c15u);
        return hash;
      }()) {}

RandomStream::RandomStream(uint64_t key) : key_(key) {
  uint64_t x = key;
  for (uint64_t& s : s_) {
    x += 0x9e3779b97f4a7c15u;
    uint64_t z = x;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    s = z ^ (z >> 31);
  }
}

RandomStream RandomStream::Fork(std::string_view key) const {
  return RandomStream(Hash64(key, key_ + 0x9e3779b97f4a7c15u));
}

uint64_t RandomStream::Next() {
  const uint64_t result = std::rotl(s_[1] * 5, 7) * 9;
  const uint64_t t = s_[1] << 17;
  s_[2] ^= s_[0];
  s_[3] ^= s_[1];
  s_[1] ^= s_[2];
  s_[0] ^= s_[3];
  s_[2] ^= t;
  s_[3] = std::rotl(s_[3], 45);
  return result;
}

double RandomStream::Uniform() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }

double RandomStream::Uniform(double low, double high) { return low + (high - low) * Uniform(); }

int64_t RandomStream::Int(int64_t low, int64_t high) {
  SPATIUM_CHECK(low <= high) << low << " " << high;
  return low + static_cast<int64_t>(Index(static_cast<size_t>(high - low) + 1));
}

size_t RandomStream::Index(size_t n) {
  SPATIUM_CHECK(n > 0);
  constexpr uint64_t kMax = ~uint64_t{0};
  uint64_t x = Next();
  // Drawn again above the largest multiple of n, less one, which lies in the last n numbers: only
  // there is it worked out.
  if (x > kMax - n)
    while (x > kMax - (kMax % n + 1) % n) x = Next();
  return static_cast<size_t>(x % n);
}

bool RandomStream::Coin(double probability) { return Uniform() < probability; }

double RandomStream::Normal() {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += Uniform();
  return sum;
}

}  // namespace spatium
