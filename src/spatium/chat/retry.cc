#include "spatium/chat/retry.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "spatium/base/interrupt.h"
#include "spatium/base/random.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

double NowSeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Sleeps in short steps, so that a stop request is seen.
void SleepUntil(double when_s) {
  constexpr double kStep = 0.05;
  for (double left = when_s - NowSeconds(); left > 0 && !StopRequested();
       left = when_s - NowSeconds())
    std::this_thread::sleep_for(std::chrono::duration<double>(std::min(left, kStep)));
}

}  // namespace

void RateLimit::Wait() {
  if (per_second_ <= 0) return;
  double turn = 0;
  {
    const std::scoped_lock lock(mutex_);
    turn = std::max(NowSeconds(), next_s_.value_or(0));
    next_s_ = turn + 1 / per_second_;
  }
  SleepUntil(turn);
}

Result<ChatReply> Retry(const ChatOptions& options,
                        std::string_view jitter_key,
                        RateLimit& rate,
                        const std::function<std::variant<ChatReply, AttemptError>()>& attempt) {
  const double start = NowSeconds();
  RandomStream jitter(options.seed, {"chat-retry", jitter_key});
  double wait_s = options.backoff_s;
  for (int n = 1;; ++n) {
    SPATIUM_TRY_DO(CheckStop("request"));
    rate.Wait();
    auto outcome = attempt();
    if (auto* reply = std::get_if<ChatReply>(&outcome)) {
      reply->attempts = n;
      reply->ms = static_cast<int64_t>((NowSeconds() - start) * 1000);
      return std::move(*reply);
    }
    auto& failure = std::get<AttemptError>(outcome);
    if (!failure.transient) return std::move(failure.error);
    if (n >= options.max_attempts)
      return std::move(failure.error).Within(StrCat("gave up after ", n, " attempts"));
    const double wished = failure.retry_after_s.value_or(0);
    const double jittered = wait_s * (1 + 0.25 * jitter.Uniform());
    SleepUntil(NowSeconds() + std::max(jittered, std::min(wished, 10 * options.backoff_max_s)));
    wait_s = std::min(2 * wait_s, options.backoff_max_s);
  }
}

}  // namespace spatium
