#include "spatium/benchmarks/prediction_row.h"

#include <gtest/gtest.h>

#include <unordered_map>

#include "spatium/base/random.h"

namespace spatium {
namespace {

TEST(FirstRepeat, IsThatOfLookingAtOneAfterTheOther) {
  RandomStream rng(1, {"repeat"});
  for (int round = 0; round < 12; ++round) {
    // In small lists many repeat; in the large one, which is looked at in parts, three.
    const bool large = round % 4 == 0;
    std::vector<uint64_t> keys(large ? 200'000 : rng.Index(20));
    for (uint64_t& key : keys) key = large ? rng.Next() | 1 : rng.Index(30);
    if (large)
      for (int k = 0; k < 3; ++k) keys[100'000 + rng.Index(100'000)] = keys[rng.Index(100'000)];
    std::optional<std::pair<size_t, size_t>> expected;
    std::unordered_map<uint64_t, size_t> seen;
    for (size_t i = 0; i < keys.size() && !expected; ++i)
      if (const auto [it, added] = seen.emplace(keys[i], i); !added && keys[i] != 0)
        expected = std::pair(it->second, i);
    EXPECT_EQ(FirstRepeat(keys), expected);
  }
  EXPECT_EQ(FirstRepeat(std::vector<uint64_t>{0, 5, 0}), std::nullopt);  // no id, no repeat
}

std::string TextOf(const Result<void>& read, const PredictionRow& row) {
  if (!read) return read.error().Message();
  return Json::MakeObject({{"id", row.item.id},
                           {"task", row.item.task},
                           {"question", row.item.question + row.known_question},
                           {"options", row.item.options},
                           {"answer", row.item.answer},
                           {"gold", row.item.gold},
                           {"fields", row.item.fields},
                           {"reply", row.reply.text ? Json(*row.reply.text) : Json()}})
      .Dump();
}

TEST(PredictionRow, IsTheSameInMemoryThatHeldAnother) {
  constexpr std::string_view kRecords[] = {
      R"({"id":"a","task":"t","prediction":"A long reply, longer than a short text.","answer":"B",
          "options":["A. x","B. y"],"meta":{"question":"Why?","gold":3}})",
      R"({"id":7,"prediction":null})",
      R"({"id":"b","prediction":"","answer":[1,2],"options":["A. x",null,2]})",
      R"({"prediction":2.5,"id":"c","options":"none"})",
      R"({"id":"c","prediction":NaN})",
      R"({"id":"d","prediction":"x","answer":NaN,"options":[NaN,"B"]})"};
  const ReadPredictionRow read = FindPredictionFormat("spatium");
  for (const std::string_view first : kRecords) {
    for (const std::string_view second : kRecords) {
      PredictionRow used, fresh;
      (void)read(first, used);
      EXPECT_EQ(TextOf(read(second, used), used), TextOf(read(second, fresh), fresh)) << first;
    }
  }
  PredictionRow row;
  EXPECT_EQ(TextOf(read(kRecords[2], row), row),
            R"({"id":"b","task":"","question":"","options":["A. x","","2"],"answer":"[1,2]",)"
            R"("gold":[1,2],"fields":null,"reply":""})");
}

}  // namespace
}  // namespace spatium
