#include "spatium/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
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

TEST(ParallelWaits, AsManyWaitAtATimeAsWereAskedFor) {
  // Each waits until all are there; on fewer threads nobody would ever see all of them.
  constexpr int kWaiting = 64;
  std::mutex mutex;
  std::condition_variable arrived;
  int here = 0, met = 0;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  ParallelWaits(kWaiting, kWaiting, [&](size_t) {
    std::unique_lock lock(mutex);
    ++here;
    arrived.notify_all();
    met += arrived.wait_until(lock, deadline, [&] { return here == kWaiting; });
  });
  EXPECT_EQ(met, kWaiting);
}

TEST(ParallelWaits, CallsEachIndexOnceAndGivesBackTheFirstException) {
  std::vector<std::atomic<int>> calls(1000);
  ParallelWaits(calls.size(), 7, [&](size_t i) { ++calls[i]; });
  for (const auto& n : calls) EXPECT_EQ(n, 1);
  ParallelWaits(0, 7, [&](size_t) { ADD_FAILURE(); });
  EXPECT_THROW(ParallelWaits(100,
                             7,
                             [](size_t i) {
                               if (i == 5) throw std::runtime_error("5");
                             }),
               std::runtime_error);
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
