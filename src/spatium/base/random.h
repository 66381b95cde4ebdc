#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace spatium {

// A stream of random numbers named by what it is for, never by when it is drawn from:
//   RandomStream rng(seed, {"qa", scene_id, task, format});
// The same name gives the same numbers on every machine and thread. Generator: xoshiro256**
// (Blackman, Vigna 2018) seeded through SplitMix64; the distributions are our own, because the
// standard library's differ between implementations.
class RandomStream {
 public:
  RandomStream(uint64_t seed, std::initializer_list<std::string_view> key);
  // An independent stream for a part of this one's work; does not advance this one.
  RandomStream Fork(std::string_view key) const;

  uint64_t Next();
  double Uniform();                         // [0, 1), 53 bits
  double Uniform(double low, double high);  // [low, high)
  int64_t Int(int64_t low, int64_t high);   // [low, high], unbiased
  size_t Index(size_t n);                   // [0, n), n > 0
  bool Coin(double probability = 0.5);
  double
  Normal();  // mean 0, deviation 1: twelve uniforms less six (no libm, so the same bits everywhere)

  template <class T>
  void Shuffle(std::span<T> items) {
    for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[Index(i)]);
  }
  template <class T>
  void Shuffle(std::vector<T>& items) {
    Shuffle(std::span<T>(items));
  }
  template <class T>
  const T& Choice(const std::vector<T>& items) {
    return items[Index(items.size())];
  }

 private:
  explicit RandomStream(uint64_t key);
  uint64_t key_;
  std::array<uint64_t, 4> s_;
};

}  // namespace spatium
