#include "spatium/base/work_claim.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "spatium/base/text.h"

namespace spatium {
namespace {

class WorkClaimTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = Path(::testing::TempDir()) / "work_claim_test";
    std::filesystem::remove_all(folder_);
  }
  Path folder_;
};

TEST_F(WorkClaimTest, ASecondOneIsRefusedAndToldWhoHoldsTheFolder) {
  const auto first = WorkClaim::OnFolder(folder_);
  ASSERT_TRUE(first) << first.error().Message();
  const auto second = WorkClaim::OnFolder(folder_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kIo);
  EXPECT_EQ(second.error().where, folder_.string());
  EXPECT_EQ(second.error().found, StrCat("process ", ::getpid()));
}

TEST_F(WorkClaimTest, GivenUpItIsFreeAndLeavesNoFile) {
  for (int i = 0; i < 2; ++i) {
    const auto claim = WorkClaim::OnFolder(folder_);
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->slot(), 0u);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
  {
    const auto claim = WorkClaim::OnFile(folder_ / "x.jsonl");
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(WorkClaimTest, ShardsOfOneJobHoldItTogetherEachWithASlotOfItsOwn) {
  std::vector<WorkClaim> claims;
  for (const size_t i : {2u, 0u, 3u})
    claims.push_back(*WorkClaim::OnFolder(folder_, {.index = i, .count = 4}));
  for (size_t k = 0; k < claims.size(); ++k) EXPECT_EQ(claims[k].slot(), k);
  // The same shard, the whole, and a shard of another count may do what a holder does.
  for (const Shard taken :
       {Shard{.index = 3, .count = 4}, Shard{}, Shard{.index = 1, .count = 5}}) {
    const auto refused = WorkClaim::OnFolder(folder_, taken);
    ASSERT_FALSE(refused) << taken.index << "/" << taken.count;
    EXPECT_NE(refused.error().found.find("/4"), std::string::npos) << refused.error().Message();
  }
  claims.erase(claims.begin());
  const auto in_the_gap = WorkClaim::OnFolder(folder_, {.index = 1, .count = 4});
  ASSERT_TRUE(in_the_gap);
  EXPECT_EQ(in_the_gap->slot(), 0u);
}

TEST_F(WorkClaimTest, ACheckSaysTheSameAndChangesNothing) {
  EXPECT_TRUE(WorkClaim::CheckFolder(folder_));
  EXPECT_FALSE(std::filesystem::exists(folder_));
  const auto claim = WorkClaim::OnFolder(folder_, {.index = 1, .count = 2});
  EXPECT_TRUE(WorkClaim::CheckFolder(folder_, {.index = 0, .count = 2}));
  const auto checked = WorkClaim::CheckFolder(folder_);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().Message(), WorkClaim::OnFolder(folder_).error().Message());
}

TEST_F(WorkClaimTest, FilesOfOneFolderAreClaimedApart) {
  const auto a = WorkClaim::OnFile(folder_ / "a.jsonl");
  EXPECT_TRUE(WorkClaim::OnFile(folder_ / "b.jsonl"));
  const auto again = WorkClaim::OnFile(folder_ / "a.jsonl");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().where, (folder_ / "a.jsonl").string());
}

TEST_F(WorkClaimTest, TheEndOfAKilledProcessIsTheEndOfItsClaim) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto claim = WorkClaim::OnFolder(folder_);
    (void)!::write(ready[1], claim ? "y" : "n", 1);
    while (true) ::pause();
  }
  char answer = 0;
  ASSERT_EQ(::read(ready[0], &answer, 1), 1);
  EXPECT_EQ(answer, 'y');
  const auto while_it_lives = WorkClaim::OnFolder(folder_);
  ASSERT_FALSE(while_it_lives);
  EXPECT_EQ(while_it_lives.error().found, StrCat("process ", child));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(std::filesystem::exists(folder_ / ".lock")) << "nothing was left to go on from";
  EXPECT_TRUE(WorkClaim::OnFolder(folder_));
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_F(WorkClaimTest, OfManyAtOnceOneHolds) {
  constexpr int kThreads = 8, kRounds = 300;
  std::atomic<int> holding{0}, most{0}, taken{0}, failed{0};
  std::vector<std::jthread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < kRounds; ++i) {
        const auto claim = WorkClaim::OnFolder(folder_);
        if (!claim) {
          failed += claim.error().where != folder_.string();
          continue;
        }
        ++taken;
        if (++holding > 1) most = 2;
        std::this_thread::yield();
        --holding;
      }
    });
  threads.clear();
  EXPECT_EQ(most, 0) << "two held it";
  EXPECT_EQ(failed, 0);
  EXPECT_GT(taken, kThreads);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(WorkClaimTest, TurnsOfShardsDoNotMeet) {
  constexpr size_t kThreads = 4;
  std::atomic<int> inside{0}, met{0};
  std::vector<std::jthread> threads;
  for (size_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      const auto claim = WorkClaim::OnFolder(folder_, {.index = t, .count = kThreads});
      ASSERT_TRUE(claim);
      for (int i = 0; i < 200; ++i) {
        const auto turn = claim->Alone();
        met += ++inside > 1;
        std::this_thread::yield();
        --inside;
      }
    });
  threads.clear();
  EXPECT_EQ(met, 0);
}

TEST_F(WorkClaimTest, ALockFileOfAnyBytesIsHeldByNoOne) {
  std::filesystem::create_directories(folder_);
  std::ofstream(folder_ / ".lock") << std::string(5000, '{');
  EXPECT_TRUE(WorkClaim::OnFolder(folder_));
}

}  // namespace
}  // namespace spatium
