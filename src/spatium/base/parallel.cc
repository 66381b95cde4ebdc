#include "spatium/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

// ThreadSanitizer does not see how the distribution's TBB, which is built without it, orders its
// tasks. Under it the same loops run on plain threads.
#if defined(__SANITIZE_THREAD__)
#define SPATIUM_PLAIN_THREADS
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SPATIUM_PLAIN_THREADS
#endif
#endif

#ifndef SPATIUM_PLAIN_THREADS
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#endif

namespace spatium {
namespace {

#ifdef SPATIUM_PLAIN_THREADS
void RunLoop(size_t n, unsigned num_threads, const std::function<void(size_t)>& fn) {
  ParallelWaits(n, std::max(2u, num_threads), fn);
}
#else
void RunLoop(size_t n, unsigned num_threads, const std::function<void(size_t)>& fn) {
  tbb::task_arena arena(num_threads == 0 ? tbb::task_arena::automatic
                                         : static_cast<int>(num_threads));
  arena.execute([&] { tbb::parallel_for(size_t{0}, n, [&](size_t i) { fn(i); }); });
}
#endif

}  // namespace

unsigned NumCores() { return std::max(1u, std::thread::hardware_concurrency()); }

void ParallelFor(size_t n, unsigned num_threads, const std::function<void(size_t)>& fn) {
  if (num_threads == 1 || n <= 1) {
    for (size_t i = 0; i < n; ++i) fn(i);
    return;
  }
  RunLoop(n, std::min(num_threads, NumCores()), fn);
}

void ParallelWaits(size_t n, size_t num_threads, const std::function<void(size_t)>& fn) {
  std::atomic<size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failed;
  const auto work = [&] {
    try {
      for (size_t i = next++; i < n; i = next++) fn(i);
    } catch (...) {
      const std::scoped_lock lock(mutex);
      if (!failed) failed = std::current_exception();
      next = n;
    }
  };
  {
    std::vector<std::jthread> threads;
    threads.reserve(std::min(num_threads, n));
    try {
      while (threads.size() < std::min(num_threads, n)) threads.emplace_back(work);
    } catch (const std::system_error&) {
      // Fewer threads do the same work; without any, this one does.
      if (threads.empty()) work();
    }
  }
  if (failed) std::rethrow_exception(failed);
}

}  // namespace spatium
