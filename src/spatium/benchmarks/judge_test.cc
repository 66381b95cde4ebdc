#include "spatium/benchmarks/judge.h"

#include <gtest/gtest.h>

#include "spatium/benchmarks/evaluate.h"
#include "support/test_server.h"

namespace spatium {
namespace {

// A benchmark in which "sure" is right, and any other reply is for a judge to mark: official and
// strict ask it the same, EASI something else.
ItemScore Score(const Item&, std::string_view reply, Profile) {
  return {.outcome = Outcome::kScored, .score = reply == "sure" ? 1.0 : 0.0};
}
std::optional<Prompt> AskMark(const Item& item, std::string_view reply, Profile profile) {
  if (reply == "sure") return std::nullopt;
  Prompt prompt;
  prompt.system = "You mark replies.";
  prompt.user.push_back({.text = std::string(profile == Profile::kEasi ? "easi" : "mark") + " [" +
                                 item.id + "] " + std::string(reply)});
  return prompt;
}
ItemScore Judged(const Item&, std::string_view, std::string_view verdict, Profile) {
  if (verdict != "1" && verdict != "0") return {.outcome = Outcome::kUnparsable};
  return {.outcome = Outcome::kScored, .score = verdict == "1" ? 1.0 : 0.0};
}
constexpr JudgeRule kRule{.prompt = "unconfirmed: a test's", .request = AskMark, .judged = Judged};

const BenchmarkInfo& JudgedInfo() {
  static const BenchmarkInfo kInfo{.summary = "a test's",
                                   .hub = "",
                                   .schema = "",
                                   .unit = "percent",
                                   .profiles = {},
                                   .chance = 0,
                                   .load = nullptr,
                                   .prompt = nullptr,
                                   .score = Score,
                                   .judge = &kRule};
  return kInfo;
}

constexpr size_t kNumItems = 40;
constexpr Profile kProfiles[] = {Profile::kOfficial, Profile::kStrict};

// Item 0 needs no judge, item 1's call to the model failed; the judge marks even ids 1, odd ones 0.
class Judge : public ::testing::Test {
 protected:
  Judge() {
    std::string answers;
    for (size_t i = 0; i < kNumItems; ++i) {
      const std::string id = std::to_string(i);
      items_.push_back({.id = id,
                        .task = "t",
                        .question = {},
                        .options = {},
                        .answer = {},
                        .gold = {},
                        .media = {},
                        .fields = {}});
      replies_.push_back({i == 0 ? "sure" : "hm"});
      answers += R"({"contains":"[)" + id + R"(]","reply":")" + (i % 2 == 0 ? "1" : "0") + "\"}\n";
    }
    replies_[1].text.reset();
    folder_ =
        Path(::testing::TempDir()) /
        (std::string("judge_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    answers_ = folder_ / "answers.jsonl";
    EXPECT_TRUE(WriteFileAtomic(answers_, answers));
    claim_.emplace(*WorkClaim::OnFolder(folder_));
  }

  ChatOptions Fast() const {
    ChatOptions chat;
    chat.backoff_s = 0.01;
    chat.backoff_max_s = 0.05;
    chat.max_attempts = 12;
    return chat;
  }

  std::vector<Item> items_;
  std::vector<ItemReply> replies_;
  Path folder_, answers_;
  std::optional<WorkClaim> claim_;
};

TEST_F(Judge, WithoutOneItsItemsAreSkippedCountedAndInNoMean) {
  const auto result = Evaluate(JudgedInfo(), items_, replies_, kProfiles, 2)[0];
  EXPECT_EQ(result.outcomes.at(Outcome::kScored), 1u);
  EXPECT_EQ(result.outcomes.at(Outcome::kFailed), 1u);
  EXPECT_EQ(result.outcomes.at(Outcome::kSkipped), kNumItems - 2);
  EXPECT_EQ(result.scores.overall.n, 1u);
  EXPECT_DOUBLE_EQ(result.scores.overall.value, 100);
}

TEST_F(Judge, FaultsAreRetriedProfilesShareACallAndASecondRunAsksNothing) {
  const Path log = folder_ / "requests.log";
  TestServer server("--faults 0.3 --kinds 429,500,hangup,malformed --answers '" +
                    answers_.string() + "'" + " --log '" + log.string() + "'");
  ASSERT_TRUE(server.ok());
  auto model = OpenChatModel(server.Uri(), Fast());
  const AskOptions options{
      .folder = &*claim_, .journal = "judge.jsonl", .concurrency = 8, .threads = 2, .max_cost = {}};
  const auto first = AskJudge(JudgedInfo(), items_, replies_, kProfiles, **model, options);
  ASSERT_TRUE(first) << first.error().Message();
  EXPECT_EQ(first->calls.asked, kNumItems - 2);
  EXPECT_EQ(first->calls.failed, 0u);
  for (const auto& result :
       Evaluate(JudgedInfo(), items_, replies_, kProfiles, 2, first->verdicts)) {
    EXPECT_EQ(result.outcomes.at(Outcome::kScored), kNumItems - 1);
    // Item 0 and the 19 further even ones, of 39.
    EXPECT_DOUBLE_EQ(result.scores.overall.value, 100.0 * 20 / 39);
  }
  const auto again = AskJudge(JudgedInfo(), items_, replies_, kProfiles, **model, options);
  EXPECT_EQ(again->calls.asked, 0u);
  EXPECT_EQ(again->calls.reused, kNumItems - 2);
  // The server gave each good answer once.
  std::map<std::string, int> good;
  ASSERT_TRUE(ForEachJsonLine(log, [&](int64_t, const JsonCursor& line) -> Result<void> {
    if (line.value().Find("fault")->IsNull()) ++good[line.value().Find("request")->AsString()];
    return {};
  }));
  EXPECT_EQ(good.size(), kNumItems - 2);
  for (const auto& [request, n] : good) EXPECT_EQ(n, 1) << request;
}

TEST_F(Judge, AProfileWithAnotherPromptAsksForItself) {
  TestServer server("--answers '" + answers_.string() + "'");
  auto model = OpenChatModel(server.Uri(), Fast());
  const Profile profiles[] = {Profile::kOfficial, Profile::kEasi};
  const auto result = AskJudge(JudgedInfo(),
                               items_,
                               replies_,
                               profiles,
                               **model,
                               {.folder = &*claim_,
                                .journal = "judge.jsonl",
                                .concurrency = 8,
                                .threads = 2,
                                .max_cost = {}});
  ASSERT_TRUE(result) << result.error().Message();
  EXPECT_EQ(result->calls.asked, 2 * (kNumItems - 2));
}

TEST_F(Judge, AFailedCallMakesTheItemFailedAndIsAskedAgain) {
  ChatOptions chat = Fast();
  chat.max_attempts = 1;
  const AskOptions options{
      .folder = &*claim_, .journal = "judge.jsonl", .concurrency = 4, .threads = 1, .max_cost = {}};
  TestServer broken("--faults 1 --kinds 500");
  auto model = OpenChatModel(broken.Uri(), chat);
  const auto failed = AskJudge(JudgedInfo(), items_, replies_, kProfiles, **model, options);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->calls.failed, kNumItems - 2);
  const auto result = Evaluate(JudgedInfo(), items_, replies_, kProfiles, 1, failed->verdicts)[0];
  EXPECT_EQ(result.outcomes.at(Outcome::kFailed), kNumItems - 1);
  EXPECT_EQ(result.scores.overall.n, 1u);
  TestServer mended("--answers '" + answers_.string() + "'");
  auto good = OpenChatModel(mended.Uri(), chat);
  EXPECT_EQ(AskJudge(JudgedInfo(), items_, replies_, kProfiles, **good, options)->calls.failed, 0u);
}

TEST_F(Judge, ARecordingJudgesAgainAndNeverGuesses) {
  TestServer server("--answers '" + answers_.string() + "'");
  ChatOptions chat = Fast();
  chat.record = folder_ / "record.jsonl";
  const AskOptions none{.concurrency = 4, .threads = 1, .max_cost = {}};
  Verdicts live;
  {
    auto model = OpenChatModel(server.Uri(), chat);
    live = AskJudge(JudgedInfo(), items_, replies_, kProfiles, **model, none)->verdicts;
  }
  auto replay = OpenChatModel("replay:" + chat.record->string(), {});
  ASSERT_TRUE(replay) << replay.error().Message();
  replies_[2].text = "something the recording never saw";
  const auto again = AskJudge(JudgedInfo(), items_, replies_, kProfiles, **replay, none);
  EXPECT_EQ(again->calls.failed, 1u);
  EXPECT_FALSE(again->verdicts[0][2].text);
  for (size_t i = 3; i < kNumItems; ++i) EXPECT_EQ(again->verdicts[1][i].text, live[1][i].text);
}

TEST_F(Judge, NothingIsAskedBeyondTheBudgetAndWhatIsRecordedStillCounts) {
  TestServer server("--answers '" + answers_.string() + "'");
  ChatOptions chat = Fast();
  chat.price_in = 1e6;
  auto model = OpenChatModel(server.Uri(), chat);
  AskOptions options{
      .folder = &*claim_, .journal = "judge.jsonl", .concurrency = 1, .threads = 1, .max_cost = 0};
  const auto broke = AskJudge(JudgedInfo(), items_, replies_, kProfiles, **model, options);
  EXPECT_EQ(broke->calls.asked, 0u);
  options.max_cost = 1;
  const auto one = AskJudge(JudgedInfo(), items_, replies_, kProfiles, **model, options);
  EXPECT_EQ(one->calls.asked, 1u);
  const auto kept = AskJudge(JudgedInfo(), items_, replies_, kProfiles, **model, options);
  EXPECT_EQ(kept->calls.asked, 0u);
  EXPECT_EQ(kept->calls.reused, 1u);
}

}  // namespace
}  // namespace spatium
