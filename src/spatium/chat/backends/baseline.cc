// Models that see no picture: what a score has to be compared with.
//   random      one of the options, evenly; without options, the answer of another item of the task
//   frequency   the task's most frequent answer (for numbers: the median answer)
//   oracle      the gold answer
//   blind:URI   any model, with all pictures and depth maps taken out of the request
#include <algorithm>
#include <functional>
#include <map>
#include <mutex>

#include "spatium/base/random.h"
#include "spatium/base/text.h"
#include "spatium/chat/backend.h"

namespace spatium {
namespace {

using Pick = std::function<Result<std::string>(const ItemFacts& facts, uint64_t seed)>;

Error NoFacts(const ItemFacts& facts, std::string_view what) {
  return {ErrorCode::kUnsupported, "item " + facts.id, std::string(what), "none"};
}

const std::vector<std::string>& AnswersOf(const ItemFacts& facts) {
  static const std::vector<std::string> kNone;
  return facts.task_answers ? *facts.task_answers : kNone;
}

Result<std::string> Random(const ItemFacts& facts, uint64_t seed) {
  const auto& pool = facts.options.empty() ? AnswersOf(facts) : facts.options;
  if (pool.empty()) return NoFacts(facts, "options, or answers of its task, to draw from");
  RandomStream rng(seed, {"baseline-random", facts.task, facts.id});
  return rng.Choice(pool);
}

Result<std::string> MostFrequent(const ItemFacts& facts) {
  const auto& answers = AnswersOf(facts);
  if (answers.empty()) return NoFacts(facts, "answers of its task");
  std::vector<std::pair<double, std::string>> numbers;
  for (const std::string& answer : answers)
    if (const auto value = ParseDouble(Trim(answer))) numbers.emplace_back(*value, answer);
  if (numbers.size() == answers.size()) {
    std::sort(numbers.begin(), numbers.end());
    return numbers[numbers.size() / 2].second;
  }
  std::map<std::string, int> counts;
  for (const std::string& answer : answers)
    if (facts.options.empty() ||
        std::find(facts.options.begin(), facts.options.end(), answer) != facts.options.end())
      ++counts[answer];
  if (counts.empty()) return NoFacts(facts, "answers of its task among its options");
  return std::max_element(counts.begin(),
                          counts.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

// The same for all items of a task with the same options: counted once.
Pick Frequency() {
  struct Known {
    std::mutex mutex;
    // Keeps the answers that its keys point to.
    std::map<std::pair<std::shared_ptr<const std::vector<std::string>>, std::string>,
             Result<std::string>>
        answers;
  };
  return
      [known = std::make_shared<Known>()](const ItemFacts& facts, uint64_t) -> Result<std::string> {
        const std::pair key(facts.task_answers, Join(facts.options, "\n"));
        const std::scoped_lock lock(known->mutex);
        const auto it = known->answers.find(key);
        if (it != known->answers.end()) return it->second;
        return known->answers.emplace(key, MostFrequent(facts)).first->second;
      };
}

Result<std::string> Oracle(const ItemFacts& facts, uint64_t) { return facts.answer; }

class Baseline final : public ChatModel {
 public:
  Baseline(std::string name, Pick pick, uint64_t seed)
      : name_(std::move(name)), pick_(std::move(pick)), seed_(seed) {}
  std::string Identity() const override { return StrCat("baseline:", name_, "/", seed_); }
  Result<ChatReply> Reply(const ChatRequest& request) override {
    if (request.facts == nullptr)
      return Error{
          ErrorCode::kUnsupported, "baseline:" + name_, "a benchmark's item", "a bare request"};
    ChatReply reply;
    SPATIUM_TRY(reply.text, pick_(*request.facts, seed_));
    reply.finish_reason = "stop";
    return reply;
  }

 private:
  std::string name_;
  Pick pick_;
  uint64_t seed_;
};

class Blind final : public ChatModel {
 public:
  explicit Blind(std::unique_ptr<ChatModel> model) : model_(std::move(model)) {}
  std::string Identity() const override { return "blind:" + model_->Identity(); }
  bool SeesMedia() const override { return false; }
  Result<ChatReply> Reply(const ChatRequest& request) override {
    ChatRequest text_only = request;
    for (Message& message : text_only.messages)
      std::erase_if(message.parts, [](const ContentPart& part) {
        return !std::holds_alternative<TextPart>(part);
      });
    return model_->Reply(text_only);
  }

 private:
  std::unique_ptr<ChatModel> model_;
};

Result<std::unique_ptr<ChatModel>> Open(std::string_view rest, const ChatOptions& options) {
  if (rest.starts_with("blind:")) {
    ChatOptions inner = options;
    inner.record.reset();  // the outer model records
    SPATIUM_TRY(auto model, OpenChatModel(rest.substr(6), inner));
    return std::unique_ptr<ChatModel>(std::make_unique<Blind>(std::move(model)));
  }
  const std::pair<std::string_view, Pick> picks[] = {
      {"random", Random}, {"frequency", Frequency()}, {"oracle", Oracle}};
  for (const auto& [name, pick] : picks)
    if (rest == name)
      return std::unique_ptr<ChatModel>(
          std::make_unique<Baseline>(std::string(name), pick, options.seed));
  return Error{
      ErrorCode::kUsage, "model", "baseline:random | frequency | oracle | blind:URI", Quote(rest)};
}

}  // namespace

const BackendInfo& BackendInfo_baseline() {
  static constexpr BackendInfo kInfo{
      .summary = "random, frequency, oracle, or any model made blind",
      .uri = "baseline:random | frequency | oracle | blind:URI",
      .open = Open};
  return kInfo;
}

}  // namespace spatium
