#pragma once
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace spatium {

// Progress of one long job on stderr: done/total, rate and time left. On a terminal one line is
// rewritten five times a second; otherwise a plain line appears every ten seconds. Nothing is
// printed for jobs under two seconds. Thread-safe.
class Progress {
 public:
  Progress(std::string what, uint64_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void Add(uint64_t n = 1);
  void SetNote(std::string note);  // shown at the end of the line: failures, a running score

 private:
  using Clock = std::chrono::steady_clock;
  void Print(Clock::time_point now, bool last);

  std::mutex mutex_;
  std::string what_, note_;
  uint64_t total_, done_ = 0;
  Clock::time_point start_, next_;
  bool terminal_, printed_ = false;
};

// Nothing is printed by any Progress while quiet (--quiet).
void SetProgressQuiet(bool quiet);

}  // namespace spatium
