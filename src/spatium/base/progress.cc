#include "spatium/base/progress.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>

#include "spatium/base/text.h"

namespace spatium {
namespace {

using namespace std::chrono_literals;
constexpr auto kFirst = 2s;
constexpr auto kTerminalEvery = 200ms;
constexpr auto kPlainEvery = 10s;
std::atomic<bool> quiet{false};

std::string Duration(double seconds) {
  const auto s = static_cast<int64_t>(seconds + 0.5);
  if (s < 60) return StrCat(s, " s");
  if (s < 3600) return StrCat(s / 60, " min ", s % 60, " s");
  return StrCat(s / 3600, " h ", s / 60 % 60, " min");
}

}  // namespace

void SetProgressQuiet(bool value) { quiet = value; }

Progress::Progress(std::string what, uint64_t total)
    : what_(std::move(what)),
      total_(total),
      start_(Clock::now()),
      next_(start_ + kFirst),
      terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  const std::scoped_lock lock(mutex_);
  if (printed_) Print(Clock::now(), true);
}

void Progress::Add(uint64_t n) {
  const std::scoped_lock lock(mutex_);
  done_ += n;
  const auto now = Clock::now();
  if (now < next_ || quiet) return;
  next_ =
      now + (terminal_ ? std::chrono::duration_cast<Clock::duration>(kTerminalEvery) : kPlainEvery);
  Print(now, false);
}

void Progress::SetNote(std::string note) {
  const std::scoped_lock lock(mutex_);
  note_ = std::move(note);
}

void Progress::Print(Clock::time_point now, bool last) {
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(done_) / seconds;
  std::string line =
      StrCat(what_, ": ", done_, "/", total_, ", ", FormatFixed(rate, rate < 10 ? 2 : 0), "/s");
  if (!last && rate > 0 && total_ > done_)
    line += StrCat(", ", Duration(static_cast<double>(total_ - done_) / rate), " left");
  if (last) line += StrCat(", ", Duration(seconds));
  if (!note_.empty()) line += ", " + note_;
  printed_ = true;
  std::fprintf(
      stderr, terminal_ ? "\r\x1b[K%s%s" : "%s%s", line.c_str(), terminal_ && !last ? "" : "\n");
}

}  // namespace spatium
