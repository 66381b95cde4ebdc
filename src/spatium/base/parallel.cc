#include "spatium/base/parallel.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <thread>

namespace spatium {

unsigned NumCores() { return std::max(1u, std::thread::hardware_concurrency()); }

void ParallelFor(size_t n, unsigned num_threads, const std::function<void(size_t)>& fn) {
  if (num_threads == 1 || n <= 1) {
    for (size_t i = 0; i < n; ++i) fn(i);
    return;
  }
  tbb::task_arena arena(num_threads == 0 ? tbb::task_arena::automatic
                                         : static_cast<int>(std::min(num_threads, NumCores())));
  arena.execute([&] { tbb::parallel_for(size_t{0}, n, [&](size_t i) { fn(i); }); });
}

}  // namespace spatium
