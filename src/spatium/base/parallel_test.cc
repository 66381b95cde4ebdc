#include "spatium/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace spatium {
namespace {

TEST(ParallelFor, CallsEachIndexOnceOnAnyNumberOfThreads) {
  for (const unsigned threads : {0u, 1u, 2u, 7u, 1000u})
    for (const size_t n : {size_t{0}, size_t{1}, size_t{2}, size_t{1000}}) {
      std::vector<int> calls(n, 0);  // each slot has one writer
      ParallelFor(n, threads, [&](size_t i) { ++calls[i]; });
      EXPECT_EQ(calls, std::vector<int>(n, 1)) << threads << " threads";
    }
}

TEST(ParallelFor, LoopsMayStandInLoops) {
  std::atomic<int> calls = 0;
  ParallelFor(8, 0, [&](size_t) { ParallelFor(8, 0, [&](size_t) { ++calls; }); });
  EXPECT_EQ(calls, 64);
}

TEST(ParallelFor, AnExceptionReachesTheCaller) {
  for (const unsigned threads : {1u, 4u}) {
    const auto run = [&] {
      ParallelFor(100, threads, [](size_t i) {
        if (i == 37) throw std::runtime_error("37");
      });
    };
    EXPECT_THROW(run(), std::runtime_error) << threads << " threads";
  }
}

}  // namespace
}  // namespace spatium
