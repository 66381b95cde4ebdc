#include "spatium/base/journal.h"

#include <gtest/gtest.h>

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

TEST_F(JournalTest, ASecondWriterIsRefusedOrGetsAFileOfItsOwn) {
  std::vector<int64_t> seen;
  const auto remember = [&](const Json& record) -> Result<void> {
    seen.push_back(record.Find("n")->AsInt());
    return {};
  };
  const Path second_file = path_.parent_path() / (path_.stem().string() + "-2.jsonl");
  std::filesystem::remove(second_file);
  {
    auto first = Journal::OpenShared(path_, remember);
    ASSERT_TRUE(first);
    EXPECT_EQ(Journal::Open(path_, remember).error().code, ErrorCode::kIo);
    auto second = Journal::OpenShared(path_, remember);
    ASSERT_TRUE(second) << second.error().Message();
    ASSERT_TRUE(second->Append(Json::MakeObject({{"n", 8}})));
    ASSERT_TRUE(first->Append(Json::MakeObject({{"n", 9}})));
  }
  EXPECT_EQ(Numbers(path_), (std::vector<int64_t>{0, 1, 2, 9}));
  EXPECT_EQ(Numbers(second_file), (std::vector<int64_t>{8}));
  seen.clear();
  ASSERT_TRUE(Journal::OpenShared(path_, remember));
  EXPECT_EQ(seen, (std::vector<int64_t>{0, 1, 2, 9, 8}));
}

}  // namespace
}  // namespace spatium
