#include "spatium/base/random.h"

#include <gtest/gtest.h>

namespace spatium {
namespace {

// Numbers below the largest multiple of n, the rest of each by n.
TEST(RandomStream, IndicesAreTheRestsOfWhatHasNoBias) {
  constexpr uint64_t kHalf = uint64_t{1} << 63, kAll = ~uint64_t{0};
  for (const uint64_t n : {uint64_t{1},
                           uint64_t{2},
                           uint64_t{3},
                           uint64_t{5000},
                           kHalf - 1,
                           kHalf,
                           kHalf + 1,
                           kAll / 3 * 2,
                           kAll - 1,
                           kAll}) {
    RandomStream drawn(7, {"test"}), numbers(7, {"test"});
    for (int i = 0; i < 1000; ++i) {
      uint64_t x = numbers.Next();
      while (static_cast<unsigned __int128>(x / n + 1) * n >
             static_cast<unsigned __int128>(kAll) + 1)
        x = numbers.Next();
      ASSERT_EQ(drawn.Index(n), x % n) << n;
    }
  }
}

}  // namespace
}  // namespace spatium
