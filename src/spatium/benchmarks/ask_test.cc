#include "spatium/benchmarks/ask.h"

#include <gtest/gtest.h>

#include <atomic>

namespace spatium {
namespace {

// Answers every request, and counts them.
class Counting final : public ChatModel {
 public:
  Result<ChatReply> Reply(const ChatRequest&) override {
    ++asked;
    return ChatReply{.text = "A", .tokens = {}, .finish_reason = "stop"};
  }
  std::string Identity() const override { return "counting"; }
  std::atomic<int> asked = 0;
};

AskJob Job(size_t n, std::function<Result<ChatRequest>(size_t)> build) {
  return {.size = n,
          .what = "questions",
          .id = [](size_t i) { return std::to_string(i); },
          .build = std::move(build),
          .score = [](size_t, const std::string&) { return ItemScore{.score = 1}; }};
}

TEST(Ask, AnExceptionInAThreadReachesTheCallerAndEndsTheJob) {
  Counting model;
  const AskJob job = Job(1000, [](size_t i) -> Result<ChatRequest> {
    if (i == 10) throw std::runtime_error("a bug");
    return ChatRequest{};
  });
  EXPECT_THROW((void)AskAll(job, model, {.concurrency = 4, .threads = 2}), std::runtime_error);
  EXPECT_LT(model.asked, 1000);
}

TEST(Ask, RequestsThatCannotBeBuiltFailAndTheOthersAreAsked) {
  Counting model;
  const AskJob job = Job(20, [](size_t i) -> Result<ChatRequest> {
    if (i % 4 == 0) return Error{ErrorCode::kNotFound, "x.png", "a picture", "nothing"};
    return ChatRequest{};
  });
  const auto result = AskAll(job, model, {.concurrency = 4, .threads = 2});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->failed, 5U);
  EXPECT_EQ(model.asked, 15);
}

}  // namespace
}  // namespace spatium
