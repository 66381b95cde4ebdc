#include "spatium/benchmarks/run.h"

#include <atomic>
#include <thread>
#include <unordered_map>

#include "spatium/base/interrupt.h"
#include "spatium/base/journal.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/bounded_queue.h"
#include "spatium/benchmarks/facts.h"
#include "spatium/benchmarks/media.h"

namespace spatium {
namespace {

struct Recorded {
  std::string key;
  std::optional<std::string> reply;
};
struct Work {
  size_t item_idx = 0;
  std::string key;
  ChatRequest request;
};

// The whole of one run: builders fill the queue, askers empty it.
class Run {
 public:
  Run(const BenchmarkInfo& info,
      std::span<const Item> items,
      ChatModel& model,
      const RunOptions& options)
      : info_(info),
        items_(items),
        model_(model),
        options_(options),
        facts_(FactsOf(info, items)),
        queue_(2 * options.concurrency),
        progress_("questions", items.size()) {
    result_.replies.resize(items.size());
  }

  Result<RunResult> Go() {
    SPATIUM_TRY(Journal journal,
                Journal::Open(options_.folder / "replies.jsonl", [&](const Json& line) {
                  return Remember(JsonCursor(line, (options_.folder / "replies.jsonl").string()));
                }));
    journal_.emplace(std::move(journal));
    {
      std::vector<std::jthread> askers;
      for (size_t i = 0; i < options_.concurrency; ++i) askers.emplace_back([this] { AskAll(); });
      std::vector<std::jthread> builders;
      const unsigned n = options_.threads > 0 ? options_.threads : NumCores();
      for (unsigned i = 0; i < n; ++i) builders.emplace_back([this] { BuildAll(); });
      builders.clear();  // joins
      queue_.Close();
    }
    if (error_) return *std::move(error_);
    for (const ItemReply& reply : result_.replies) result_.failed += reply.text ? 0 : 1;
    return std::move(result_);
  }

 private:
  Result<void> Remember(const JsonCursor& line) {
    SPATIUM_TRY(const auto id_field, line.At("id"));
    SPATIUM_TRY(const std::string id, id_field.String());
    SPATIUM_TRY(const auto key_field, line.At("key"));
    SPATIUM_TRY(std::string key, key_field.String());
    SPATIUM_TRY(const auto reply, line.At("reply"));
    Recorded recorded{.key = std::move(key), .reply = {}};
    if (!reply.value().IsNull()) {
      SPATIUM_TRY(recorded.reply, reply.String());
    }
    if (const Json* cost = line.value().Find("cost"); cost != nullptr && cost->IsNumber())
      result_.cost += cost->AsDouble();
    recorded_.insert_or_assign(id, std::move(recorded));
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

  void BuildAll() {
    for (size_t i = next_++; i < items_.size() && !Stopping(); i = next_++) {
      auto request = loader_.BuildRequest(items_[i], info_.prompt(items_[i], options_.profile));
      if (!request) {
        Finish(i, "", std::move(request).error());
        continue;
      }
      request->facts = &facts_[i];
      std::string key = RequestKey(*request, model_.Identity());
      const auto it = recorded_.find(items_[i].id);
      if (it != recorded_.end() && it->second.key == key && it->second.reply) {
        result_.replies[i].text = it->second.reply;
        const std::scoped_lock lock(mutex_);
        ++result_.reused;
        Count(i);
        continue;
      }
      queue_.Push({.item_idx = i, .key = std::move(key), .request = *std::move(request)});
    }
  }

  void AskAll() {
    while (auto work = queue_.Pop()) {
      if (Stopping()) continue;
      auto reply = model_.Reply(work->request);
      if (!reply && reply.error().code == ErrorCode::kCancelled) continue;
      Finish(work->item_idx, work->key, std::move(reply));
    }
  }

  // Records one answer or failure.
  void Finish(size_t i, const std::string& key, Result<ChatReply> reply) {
    Json line = Json::MakeObject({{"id", items_[i].id}, {"key", key}});
    if (reply) {
      const ItemScore score = info_.score(items_[i], reply->text, options_.profile);
      line.Set("reply", reply->text)
          .Set("outcome", Name(score.outcome))
          .Set("attempts", reply->attempts);
      line.Set("ms", reply->ms);
      line.Set("tokens", Json::MakeObject({{"in", reply->tokens.in}, {"out", reply->tokens.out}}));
      line.Set("cost", reply->cost);
    } else {
      line.Set("reply", Json())
          .Set("outcome", Name(Outcome::kFailed))
          .Set("attempts", 0)
          .Set("ms", 0);
      line.Set("tokens", Json::MakeObject({{"in", 0}, {"out", 0}}));
      line.Set("cost", 0.0).Set("error", reply.error().Message());
    }
    if (auto written = journal_->Append(line); !written) return Fail(std::move(written).error());
    const std::scoped_lock lock(mutex_);
    ++result_.asked;
    if (reply) {
      result_.replies[i].text = std::move(reply->text);
      result_.cost += reply->cost;
      result_.tokens.in += reply->tokens.in;
      result_.tokens.out += reply->tokens.out;
      if (options_.max_cost > 0 && result_.cost >= options_.max_cost) stop_ = true;
    } else {
      ++failures_;
    }
    Count(i);
  }

  // Progress with the running mean of the scored items and its interval. Holds mutex_.
  void Count(size_t i) {
    if (result_.replies[i].text) {
      const ItemScore score = info_.score(items_[i], *result_.replies[i].text, options_.profile);
      if (score.outcome == Outcome::kScored || score.outcome == Outcome::kUnparsable) {
        sum_ += score.score;
        ++scored_;
      }
    }
    const auto [low, high] = Wilson95(sum_, scored_);
    progress_.SetNote(StrCat(failures_,
                             " failed, score ",
                             FormatFixed(scored_ > 0 ? 100 * sum_ / scored_ : 0, 1),
                             " [",
                             FormatFixed(100 * low, 1),
                             ", ",
                             FormatFixed(100 * high, 1),
                             "]"));
    progress_.Add();
  }

  const BenchmarkInfo& info_;
  std::span<const Item> items_;
  ChatModel& model_;
  const RunOptions& options_;
  std::vector<ItemFacts> facts_;
  std::unordered_map<std::string, Recorded> recorded_;
  MediaLoader loader_;
  std::optional<Journal> journal_;
  BoundedQueue<Work> queue_;
  std::atomic<size_t> next_{0};
  std::atomic<bool> stop_{false};
  std::mutex mutex_;  // guards what follows
  RunResult result_;
  std::optional<Error> error_;
  Progress progress_;
  size_t failures_ = 0;
  double sum_ = 0, scored_ = 0;
};

}  // namespace

Result<RunResult> RunItems(const BenchmarkInfo& info,
                           std::span<const Item> items,
                           ChatModel& model,
                           const RunOptions& options) {
  return Run(info, items, model, options).Go();
}

}  // namespace spatium
