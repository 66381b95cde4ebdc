#include "spatium/benchmarks/ask.h"

#include <atomic>
#include <exception>
#include <system_error>
#include <thread>
#include <unordered_map>

#include "spatium/base/hash.h"
#include "spatium/base/interrupt.h"
#include "spatium/base/journal.h"
#include "spatium/base/log.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/bounded_queue.h"
#include "spatium/benchmarks/evaluate.h"
#include "spatium/benchmarks/interval.h"

namespace spatium {
namespace {

struct Work {
  size_t idx = 0;
  std::string key;
  ChatRequest request;
};

// The whole of one job: builders fill the queue, askers empty it.
class Asking {
 public:
  Asking(const AskJob& job, ChatModel& model, const AskOptions& options)
      : job_(job),
        model_(model),
        options_(options),
        queue_(2 * options.concurrency),
        progress_(job.what, job.size) {
    result_.replies.resize(job.size);
    keys_.resize(job.size);
  }

  Result<AskResult> Go() {
    if (options_.folder != nullptr) {
      SPATIUM_TRY(Journal journal,
                  Journal::OpenIn(*options_.folder, options_.journal, [&](const Json& line) {
                    return Remember(JsonCursor(line, options_.journal));
                  }));
      journal_.emplace(std::move(journal));
    }
    CheckBudget();
    {
      std::vector<std::jthread> askers, builders;
      Start(options_.concurrency, askers, [this] { AskQueued(); });
      Start(options_.threads > 0 ? options_.threads : NumCores(), builders, [this] { BuildAll(); });
      builders.clear();  // joins
      queue_.Close();
    }
    if (exception_) std::rethrow_exception(exception_);
    if (error_) return *std::move(error_);
    for (const ItemReply& reply : result_.replies) result_.failed += reply.text ? 0 : 1;
    SayFailures();
    result_.requests_hash = Sha256Hex(Join(keys_, "\n"));
    if (StopRequested())
      return Error{ErrorCode::kCancelled,
                   job_.what,
                   StrCat(job_.size, " replies"),
                   StrCat(job_.size - result_.failed,
                          " when SIGINT or SIGTERM came; run again to continue")};
    return std::move(result_);
  }

 private:
  // n threads that run `body`. A thread that the system does not give ends the job with an error,
  // and so does an exception in one.
  void Start(size_t n, std::vector<std::jthread>& threads, const std::function<void()>& body) {
    threads.reserve(n);
    try {
      for (size_t i = 0; i < n; ++i)
        threads.emplace_back([this, body] {
          try {
            body();
          } catch (...) {
            const std::scoped_lock lock(mutex_);
            if (!exception_) exception_ = std::current_exception();
            stop_ = true;
            queue_.Close();
          }
        });
    } catch (const std::system_error& refused) {
      Fail({ErrorCode::kOutOfMemory,
            job_.what,
            StrCat(n, " threads"),
            StrCat(threads.size(), ": ", refused.what())});
    }
  }

  // A person should not have to look for the reason in the journal.
  void SayFailures() const {
    if (failures_ > 1) LogWarn(StrCat(failures_, " of ", job_.size, " ", job_.what, " failed"));
    if (spent_ && result_.failed > failures_)
      LogWarn(StrCat("the budget is spent: ",
                     result_.failed - failures_,
                     " of ",
                     job_.size,
                     " ",
                     job_.what,
                     " were not asked"));
  }

  static std::string RecordName(std::string_view id, std::string_view key) {
    return StrCat(id, "\n", key);
  }

  Result<void> Remember(const JsonCursor& line) {
    SPATIUM_TRY(const auto id_field, line.At("id"));
    SPATIUM_TRY(const std::string id, id_field.String());
    SPATIUM_TRY(const auto key_field, line.At("key"));
    SPATIUM_TRY(const std::string key, key_field.String());
    SPATIUM_TRY(const auto reply, line.At("reply"));
    if (const Json* cost = line.value().Find("cost"); cost != nullptr && cost->IsNumber())
      result_.cost += cost->AsDouble();
    if (reply.value().IsNull()) return {};
    SPATIUM_TRY(std::string text, reply.String());
    recorded_.insert_or_assign(RecordName(id, key), std::move(text));
    return {};
  }

  void Fail(Error error) {
    const std::scoped_lock lock(mutex_);
    if (!error_) error_ = std::move(error);
    stop_ = true;
    queue_.Close();
  }

  bool Stopping() {
    if (!stop_ && !StopRequested()) return false;
    stop_ = true;
    queue_.Close();
    return true;
  }

  // What is recorded is still read once the budget is spent; nothing more is asked.
  void CheckBudget() {
    if (options_.max_cost && result_.cost >= *options_.max_cost) spent_ = true;
  }

  void BuildAll() {
    for (size_t k = next_++; k < job_.size && !Stopping(); k = next_++) {
      const size_t i = job_.order.empty() ? k : job_.order[k];
      auto request = job_.build(i);
      if (!request) {
        Finish(i, "", std::move(request).error());
        continue;
      }
      std::string key = RequestKey(*request, model_.Identity());
      keys_[i] = key;
      const auto it = recorded_.find(RecordName(job_.id(i), key));
      if (it != recorded_.end()) {
        const ItemScore score = job_.score(i, it->second);
        const std::scoped_lock lock(mutex_);
        result_.replies[i].text = it->second;
        ++result_.reused;
        Count(score);
      } else if (!spent_) {
        queue_.Push({.idx = i, .key = std::move(key), .request = *std::move(request)});
      }
    }
  }

  void AskQueued() {
    while (auto work = queue_.Pop()) {
      if (Stopping() || spent_) continue;
      auto reply = model_.Reply(work->request);
      if (!reply && reply.error().code == ErrorCode::kCancelled) continue;
      Finish(work->idx, work->key, std::move(reply));
    }
  }

  // Records one answer or failure.
  void Finish(size_t i, const std::string& key, Result<ChatReply> reply) {
    ItemScore score{.outcome = Outcome::kFailed};
    Json line = Json::MakeObject({{"id", job_.id(i)}, {"key", key}});
    if (reply) {
      score = job_.score(i, reply->text);
      line.Set("reply", reply->text)
          .Set("outcome", Name(score.outcome))
          .Set("attempts", reply->attempts);
      line.Set("ms", reply->ms);
      line.Set("tokens", Json::MakeObject({{"in", reply->tokens.in}, {"out", reply->tokens.out}}));
      line.Set("cost", reply->cost);
    } else {
      line.Set("reply", Json()).Set("outcome", Name(score.outcome)).Set("attempts", 0).Set("ms", 0);
      line.Set("tokens", Json::MakeObject({{"in", 0}, {"out", 0}}));
      line.Set("cost", 0.0).Set("error", reply.error().Message());
    }
    if (journal_)
      if (auto written = journal_->Append(line); !written) return Fail(std::move(written).error());
    const std::scoped_lock lock(mutex_);
    ++result_.asked;
    if (reply) {
      result_.replies[i].text = std::move(reply->text);
      result_.cost += reply->cost;
      result_.tokens.in += reply->tokens.in;
      result_.tokens.out += reply->tokens.out;
      CheckBudget();
    } else {
      if (failures_++ == 0)
        LogWarn(StrCat("item ", job_.id(i), " failed: ", reply.error().Message()));
    }
    Count(score);
  }

  // Progress with the running mean over items and its interval: for benchmarks that average over
  // tasks or aggregate otherwise it is near the score, not equal to it. Holds mutex_.
  void Count(const ItemScore& score) {
    if (Counts(score)) {
      sum_ += score.score;
      ++scored_;
    }
    const auto [low, high] = Wilson95(sum_, scored_);
    progress_.SetNote(StrCat(failures_,
                             " failed, mean ",
                             FormatFixed(scored_ > 0 ? 100 * sum_ / scored_ : 0, 1),
                             " [",
                             FormatFixed(100 * low, 1),
                             ", ",
                             FormatFixed(100 * high, 1),
                             "]"));
    progress_.Add();
  }

  const AskJob& job_;
  ChatModel& model_;
  const AskOptions& options_;
  std::unordered_map<std::string, std::string> recorded_;  // by RecordName
  std::vector<std::string> keys_;                          // each slot written by one builder
  std::optional<Journal> journal_;
  BoundedQueue<Work> queue_;
  std::atomic<size_t> next_{0};
  std::atomic<bool> stop_{false}, spent_{false};
  std::mutex mutex_;  // guards what follows
  AskResult result_;
  std::optional<Error> error_;
  std::exception_ptr exception_;
  Progress progress_;
  size_t failures_ = 0;
  double sum_ = 0, scored_ = 0;
};

}  // namespace

Result<AskResult> AskAll(const AskJob& job, ChatModel& model, const AskOptions& options) {
  return Asking(job, model, options).Go();
}

}  // namespace spatium
