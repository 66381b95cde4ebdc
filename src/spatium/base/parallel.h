#pragma once
#include <cstddef>
#include <functional>

namespace spatium {

// Calls fn(i) for i in [0, n) on up to `num_threads` threads (0: one per core). Which thread runs
// which i is not fixed, so fn writes only to its own slot; the first exception is rethrown.
void ParallelFor(size_t n, unsigned num_threads, const std::function<void(size_t)>& fn);

// The same for work that waits (requests to a server): on `num_threads` threads of its own, however
// few the cores are, and never on the pool that computes.
void ParallelWaits(size_t n, size_t num_threads, const std::function<void(size_t)>& fn);

unsigned NumCores();

}  // namespace spatium
