#include "spatium/qa/options.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "spatium/qa/fact_rules.h"
#include "spatium/qa/limits.h"

namespace spatium {
namespace {

TEST(NumericOptions, TheRightOneHasEveryRankAsOften) {
  std::array<int, 4> ranks{};
  int made = 0;
  for (int i = 0; i < 4000; ++i) {
    RandomStream rng(1, {"numeric", std::to_string(i)});
    const auto values = NumericOptions(40, rng);  // 4.0 m: room on both sides
    if (!values) continue;
    ++made;
    EXPECT_TRUE(std::ranges::is_sorted(*values));
    for (size_t k = 1; k < 4; ++k) {
      EXPECT_GE((*values)[k] - (*values)[k - 1], 2);  // 0.2 m
      EXPECT_GE(static_cast<double>((*values)[k]), 1.15 * static_cast<double>((*values)[k - 1]));
    }
    ++ranks[static_cast<size_t>(std::ranges::find(*values, 40) - values->begin())];
  }
  EXPECT_EQ(made, 4000);
  for (const int n : ranks) EXPECT_NEAR(n, 1000, 120);
}

TEST(NumericOptions, NoRoomBelowGivesNothingInsteadOfATellingRank) {
  int made = 0;
  for (int i = 0; i < 1000; ++i) {
    RandomStream rng(1, {"small", std::to_string(i)});
    if (const auto values = NumericOptions(3, rng)) {
      ++made;
      EXPECT_GT((*values)[0], 0);
    }
  }
  EXPECT_NEAR(made, 500, 60);  // ranks 0 and 1 have room
}

TEST(SlotOptions, NoMajorityOnAnyAxis) {
  const SlotWords truths[] = {
      {"left", "above", "farther"}, {"right", "", "closer"}, {"", "below", ""}};
  for (const SlotWords& truth : truths) {
    for (int i = 0; i < 200; ++i) {
      RandomStream rng(2, {"slots", std::to_string(i)});
      const auto options = SlotOptions(truth, rng);
      ASSERT_TRUE(options);
      EXPECT_EQ(std::set<SlotWords>(options->begin(), options->end()).size(), 4u);
      EXPECT_EQ((*options)[0], truth);
      for (size_t axis = 0; axis < 3; ++axis) {
        const auto same = std::ranges::count_if(
            *options, [&](const SlotWords& words) { return words[axis] == truth[axis]; });
        EXPECT_EQ(same, 2);
      }
    }
  }
}

TEST(BoxDistractors, AreOfLikeSizeAndOverlapNeitherTheTruthNorEachOther) {
  RandomStream boxes(3, {"boxes"});
  std::vector<std::array<int, 4>> candidates;
  for (int i = 0; i < 30; ++i) {
    const int x = static_cast<int>(boxes.Int(0, 700)), y = static_cast<int>(boxes.Int(0, 700));
    candidates.push_back(
        {x, y, x + static_cast<int>(boxes.Int(60, 300)), y + static_cast<int>(boxes.Int(60, 300))});
  }
  candidates.push_back({400, 400, 600, 600});  // the truth's own place
  const std::array<int, 4> truth{400, 400, 600, 600};
  const auto area = [](const std::array<int, 4>& b) { return double(b[2] - b[0]) * (b[3] - b[1]); };
  int made = 0;
  for (int i = 0; i < 200; ++i) {
    RandomStream rng(3, {"draw", std::to_string(i)});
    const auto wrong = BoxDistractors(truth, candidates, rng);
    if (!wrong) continue;
    ++made;
    for (size_t a = 0; a < 3; ++a) {
      EXPECT_LE(BoxIou((*wrong)[a], truth), limits::kMaxOptionIou);
      EXPECT_LE(area((*wrong)[a]) / area(truth), limits::kMaxOptionAreaRatio);
      EXPECT_GE(area((*wrong)[a]) / area(truth), 1 / limits::kMaxOptionAreaRatio);
      for (size_t b = a + 1; b < 3; ++b)
        EXPECT_LE(BoxIou((*wrong)[a], (*wrong)[b]), limits::kMaxOptionIou);
      for (const int v : (*wrong)[a]) EXPECT_TRUE(v >= 0 && v <= 1000);
    }
  }
  EXPECT_GT(made, 150);
}

TEST(ShuffleOptions, KeepsTheRightOneMarkedAndUsesEveryLetter) {
  std::array<int, 4> letters{};
  for (int i = 0; i < 2000; ++i) {
    Question question;
    for (const char* text : {"right", "b", "c", "d"}) question.AddOption().text = text;
    question.correct = 0;
    RandomStream rng(4, {"shuffle", std::to_string(i)});
    ShuffleOptions(question, rng);
    EXPECT_EQ(question.options[static_cast<size_t>(question.correct)].text, "right");
    ++letters[static_cast<size_t>(question.correct)];
  }
  for (const int n : letters) EXPECT_NEAR(n, 500, 80);
}

}  // namespace
}  // namespace spatium
