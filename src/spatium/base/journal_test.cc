#include "spatium/base/journal.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <fstream>

namespace spatium {
namespace {

std::vector<int64_t> Numbers(const Path& path) {
  std::vector<int64_t> numbers;
  auto journal = Journal::Open(path, [&](const Json& record) -> Result<void> {
    numbers.push_back(record.Find("n")->AsInt());
    return {};
  });
  EXPECT_TRUE(journal) << journal.error().Message();
  return numbers;
}

class JournalTest : public ::testing::Test {
 protected:
  void SetUp() override {
    path_ = Path(::testing::TempDir()) / "journal_test.jsonl";
    std::filesystem::remove(path_);
    auto journal = Journal::Open(path_, [](const Json&) { return Result<void>(); });
    ASSERT_TRUE(journal);
    for (int n = 0; n < 3; ++n)
      ASSERT_TRUE(journal->Append(Json::MakeObject({{"n", n}, {"text", "line \n \"two\""}})));
  }
  Path path_;
};

TEST_F(JournalTest, ReadsBackWhatWasAppended) {
  EXPECT_EQ(Numbers(path_), (std::vector<int64_t>{0, 1, 2}));
}

TEST_F(JournalTest, EveryTruncationKeepsTheWholeRecordsAndCanBeContinued) {
  const std::string whole = *ReadFile(path_);
  std::vector<size_t> ends;
  for (size_t i = 0; i < whole.size(); ++i)
    if (whole[i] == '\n') ends.push_back(i + 1);
  for (size_t size = 0; size <= whole.size(); ++size) {
    std::ofstream(path_, std::ios::binary) << whole.substr(0, size);
    const size_t kept = static_cast<size_t>(
        std::count_if(ends.begin(), ends.end(), [&](size_t end) { return end <= size; }));
    {
      auto journal = Journal::Open(path_, [](const Json&) { return Result<void>(); });
      ASSERT_TRUE(journal->Append(Json::MakeObject({{"n", 7}})));
    }
    const auto numbers = Numbers(path_);
    ASSERT_EQ(numbers.size(), kept + 1) << "cut at " << size;
    EXPECT_EQ(numbers.back(), 7);
  }
}

TEST_F(JournalTest, AnAppendWithoutRoomLeavesNoPieceBeforeLaterRecords) {
  std::signal(SIGXFSZ, SIG_IGN);  // as commands do
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  {
    auto journal = Journal::Open(path_, [](const Json&) { return Result<void>(); });
    ASSERT_TRUE(journal);
    rlimit tight = before;
    tight.rlim_cur = std::filesystem::file_size(path_) + 10;
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
    const auto refused = journal->Append(Json::MakeObject({{"n", 3}}));
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kDiskFull);
    ASSERT_TRUE(journal->Append(Json::MakeObject({{"n", 4}})));
  }
  EXPECT_EQ(Numbers(path_), (std::vector<int64_t>{0, 1, 2, 4}));
}

TEST_F(JournalTest, DamageBeforeGoodRecordsIsAnError) {
  std::string bytes = *ReadFile(path_);
  bytes[2] = static_cast<char>(bytes[2] ^ 1);
  std::ofstream(path_, std::ios::binary) << bytes;
  const auto journal = Journal::Open(path_, [](const Json&) { return Result<void>(); });
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code, ErrorCode::kParse);
}

TEST_F(JournalTest, AFileOfSomethingElseIsRefusedAndStaysAsItIs) {
  const std::string lines = "{\"id\":1}\n{\"id\":2}\n";
  std::ofstream(path_, std::ios::binary) << lines;
  const auto journal = Journal::Open(path_, [](const Json&) { return Result<void>(); });
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code, ErrorCode::kParse);
  EXPECT_EQ(*ReadFile(path_), lines);
}

TEST_F(JournalTest, ASecondWriterIsRefusedAndTheFileStaysAsItIs) {
  const auto none = [](const Json&) { return Result<void>(); };
  const auto first = Journal::Open(path_, none);
  ASSERT_TRUE(first);
  const std::string before = *ReadFile(path_);
  const auto second = Journal::Open(path_, none);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kIo);
  EXPECT_EQ(*ReadFile(path_), before);
}

TEST(JournalInFolder, HoldersOfTheFolderHaveFilesOfTheirOwnAndReadAll) {
  const Path folder = Path(::testing::TempDir()) / "journal_folder";
  std::filesystem::remove_all(folder);
  std::vector<int64_t> seen;
  const auto remember = [&](const Json& record) -> Result<void> {
    seen.push_back(record.Find("n")->AsInt());
    return {};
  };
  {
    std::vector<WorkClaim> claims;
    for (size_t i = 0; i < 3; ++i) {
      claims.push_back(*WorkClaim::OnFolder(folder, {.index = i, .count = 3}));
      // The second of them keeps nothing: a gap in the numbers hides no file.
      if (i == 1) continue;
      auto journal = Journal::OpenIn(claims[i], "x.jsonl", remember);
      ASSERT_TRUE(journal) << journal.error().Message();
      ASSERT_TRUE(journal->Append(Json::MakeObject({{"n", i}})));
    }
  }
  EXPECT_EQ(seen, (std::vector<int64_t>{0}));
  EXPECT_EQ(Numbers(folder / "x.jsonl"), (std::vector<int64_t>{0}));
  EXPECT_EQ(Numbers(folder / "x-3.jsonl"), (std::vector<int64_t>{2}));
  // Files of other names are not read.
  for (const char* other : {"x-.jsonl", "x-1.jsonl", "x-02.jsonl", "x-2.json", "xx-2.jsonl"})
    ASSERT_TRUE(WriteFileAtomic(folder / other, "no journal\n"));
  seen.clear();
  ASSERT_TRUE(Journal::OpenIn(*WorkClaim::OnFolder(folder), "x.jsonl", remember));
  std::ranges::sort(seen);
  EXPECT_EQ(seen, (std::vector<int64_t>{0, 2}));
}

}  // namespace
}  // namespace spatium
