#include "spatium/benchmarks/predictions.h"

#include <gtest/gtest.h>

#include "spatium/base/text.h"
#include "spatium/benchmarks/prediction_row.h"
#include "spatium/benchmarks/score_file.h"

namespace spatium {
namespace {

// The errors of both ways to read a file, which are one.
std::string ErrorOf(const std::string& text, std::string_view format = "spatium") {
  const Path file = Path(::testing::TempDir()) / "predictions_test.jsonl";
  EXPECT_TRUE(WriteFileAtomic(file, text));
  const auto read = ReadPredictions(file, format, nullptr, 2);
  const Profile profiles[] = {Profile::kOfficial};
  const auto scored = ScoreFile((*FindBenchmark("vsi-bench"))->info(), file, format, profiles, 2);
  EXPECT_EQ(static_cast<bool>(read), static_cast<bool>(scored)) << text;
  if (read || scored) return "";
  EXPECT_EQ(read.error().Message(), scored.error().Message());
  return ReplaceAll(read.error().Message(), file.string(), "FILE");
}

std::string RowOf(std::string_view id, std::string_view task = "object_counting") {
  return Json::MakeObject({{"id", id}, {"task", task}, {"prediction", "3"}, {"answer", "3"}})
             .Dump() +
         "\n";
}

TEST(Predictions, AnItemTwiceIsAnErrorThatNamesBothRecords) {
  EXPECT_EQ(ErrorOf(RowOf("a") + RowOf("b")), "");
  EXPECT_EQ(ErrorOf(RowOf("a") + RowOf("a", "route_planning")), "") << "ids of another task";
  EXPECT_EQ(ErrorOf(RowOf("a") + "\n" + RowOf("b") + RowOf("a")),
            "FILE: record 3: expected one prediction for each item, found id \"a\" again, first in "
            "record 1");
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += RowOf(StrCat(i));
  EXPECT_EQ(ErrorOf(many), "");
  EXPECT_NE(ErrorOf(many + RowOf("777")).find("record 20001"), std::string::npos);
  // Logs of several tasks number their documents alike.
  const std::string log =
      R"({"doc_id":0,"target":"3","resps":[["3"]],"doc":{"question_type":"T"}})";
  EXPECT_EQ(ErrorOf(ReplaceAll(log, "T", "object_counting") + "\n" +
                        ReplaceAll(log, "T", "route_planning"),
                    "lmms-eval"),
            "");
  EXPECT_NE(ErrorOf(log + "\n" + log, "lmms-eval"), "");
}

TEST(Predictions, AFileWithoutRowsAndANumberThatIsNotFiniteAreErrors) {
  for (const char* text : {"", "\n", " \n\t\n"})
    EXPECT_EQ(ErrorOf(text), "FILE: expected at least one prediction, found none");
  for (const char* number : {"NaN", "Infinity", "-Infinity", "1e999"})
    EXPECT_NE(ErrorOf(StrCat(R"({"id":1,"prediction":)", number, "}")), "") << number;
  EXPECT_EQ(ErrorOf(R"({"id":1,"prediction":"nan","task":"object_counting"})"), "") << "a reply";
  EXPECT_EQ(ErrorOf(R"({"id":1,"prediction":null,"task":"object_counting"})"), "") << "a failure";
  EXPECT_EQ(ErrorOf("\xEF\xBB\xBF" + RowOf("a")), "") << "a file of a Windows editor";
}

TEST(Predictions, ItemsOfTheDataWithoutARowAreCounted) {
  std::vector<Item> items(5);
  for (size_t i = 0; i < items.size(); ++i) items[i].id = StrCat(i);
  const Path file = Path(::testing::TempDir()) / "predictions_missing.jsonl";
  ASSERT_TRUE(WriteFileAtomic(file, RowOf("1") + RowOf("3")));
  EXPECT_EQ(ReadPredictions(file, "spatium", &items, 1)->missing, 3u);
  ASSERT_TRUE(WriteFileAtomic(file, RowOf("1") + RowOf("1", "other")));
  EXPECT_FALSE(ReadPredictions(file, "spatium", &items, 1))
      << "one item, whatever its task is called";
  // A data set that has an id twice cannot say which one a row means.
  items[3].id = "1";
  EXPECT_TRUE(ReadPredictions(file, "spatium", &items, 1));
}

TEST(Predictions, TheFirstRepeatIsFoundAmongKeysOfEveryKind) {
  EXPECT_FALSE(FirstRepeat({}));
  const uint64_t none[] = {0, 0, 5, 0}, far[] = {7, 1, 2, 3, 7};
  EXPECT_FALSE(FirstRepeat(none)) << "0 names nothing";
  EXPECT_EQ(FirstRepeat(far), (std::pair<size_t, size_t>(0, 4)));
  std::vector<uint64_t> same_slot;  // all multiples of a table's size
  for (uint64_t i = 1; i <= 1000; ++i) same_slot.push_back(i << 20);
  EXPECT_FALSE(FirstRepeat(same_slot));
}

}  // namespace
}  // namespace spatium
