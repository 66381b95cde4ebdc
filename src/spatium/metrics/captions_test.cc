#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <unordered_map>

#include "spatium/base/random.h"
#include "spatium/metrics/caption_metrics.h"
#include "spatium/metrics/key_set.h"
#include "spatium/metrics/porter2.h"

namespace spatium {
namespace {

TEST(Bleu, PerfectAndEmptyCaptions) {
  const std::vector<CaptionItem> same = {{"a b c d e", {"a b c d e"}}};
  for (const double score : Bleu(CaptionCounts(same)).corpus) EXPECT_NEAR(score, 1, 1e-8);
  const std::vector<CaptionItem> empty = {{"", {"a b"}}};
  EXPECT_LT(Bleu(CaptionCounts(empty)).corpus[0], 1e-6);
  const std::vector<CaptionItem> clipped = {{"the the the the", {"the cat"}}};
  EXPECT_NEAR(Bleu(CaptionCounts(clipped)).corpus[0], 0.25, 1e-8);
}

TEST(RougeL, CountsEmptyTokensBetweenTwoSpaces) {
  const std::vector<CaptionItem> items = {{"a  b", {"a b"}}};
  const double p = 2.0 / 3, r = 1;
  EXPECT_DOUBLE_EQ(RougeL(items).mean, (1 + 1.44) * p * r / (r + 1.44 * p));
}

TEST(Cider, OfOneItemIsZeroAndOfTwoDistinctIsFull) {
  const std::vector<CaptionItem> one = {{"a chair", {"a chair"}}};
  EXPECT_EQ(Cider(CaptionCounts(one))->mean, 0) << "the logarithm of one document";
  const std::vector<CaptionItem> two = {{"red big round chair", {"red big round chair"}},
                                        {"low blue old table", {"low blue old table"}}};
  EXPECT_NEAR(Cider(CaptionCounts(two))->mean, 10, 1e-9);
  EXPECT_FALSE(Cider(CaptionCounts(std::vector<CaptionItem>{{"", {""}}})));
}

TEST(Porter2, KnownStems) {
  const std::pair<py::View, py::View> stems[] = {{U"chairs", U"chair"},
                                                 {U"running", U"run"},
                                                 {U"happily", U"happili"},
                                                 {U"hopping", U"hop"},
                                                 {U"hoping", U"hope"},
                                                 {U"generously", U"generous"},
                                                 {U"cries", U"cri"},
                                                 {U"ties", U"tie"},
                                                 {U"gas", U"gas"},
                                                 {U"this", U"this"},
                                                 {U"relational", U"relat"},
                                                 {U"nationality", U"nation"},
                                                 {U"conditional", U"condit"},
                                                 {U"skies", U"sky"},
                                                 {U"proceed", U"proceed"},
                                                 {U"as", U"as"},
                                                 {U"controll", U"control"},
                                                 {U"youth's", U"youth"},
                                                 {U"agreed", U"agre"},
                                                 {U"luxuriated", U"luxuri"}};
  for (const auto& [word, stem] : stems) EXPECT_EQ(Porter2Stem(word), stem) << py::ToUtf8(word);
}

// The textbook's table.
int SlowLcs(const std::vector<int>& a, const std::vector<int>& b) {
  std::vector<std::vector<int>> best(a.size() + 1, std::vector<int>(b.size() + 1, 0));
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t j = 0; j < b.size(); ++j)
      best[i + 1][j + 1] = a[i] == b[j] ? best[i][j] + 1 : std::max(best[i][j + 1], best[i + 1][j]);
  return best[a.size()][b.size()];
}

TEST(RougeL, IsMadeOfTheLongestCommonSubsequence) {
  RandomStream rng(1, {"lcs"});
  for (int round = 0; round < 300; ++round) {
    std::vector<int> sides[2];
    std::string texts[2];
    for (size_t side = 0; side < 2; ++side) {
      sides[side].resize(1 + rng.Index(round % 3 == 0 ? 300 : 20));
      for (int& word : sides[side]) {
        word = static_cast<int>(rng.Index(round % 2 == 0 ? 4 : 40));
        texts[side] += (texts[side].empty() ? "w" : " w") + std::to_string(word);
      }
    }
    const double common = SlowLcs(sides[0], sides[1]);
    const double p = common / static_cast<double>(sides[0].size());
    const double r = common / static_cast<double>(sides[1].size());
    const double beta2 = 1.2 * 1.2;
    const double expected = common == 0 ? 0 : ((1 + beta2) * p * r) / (r + beta2 * p);
    EXPECT_EQ(RougeL(std::vector<CaptionItem>{{texts[0], {texts[1]}}}).mean, expected) << round;
  }
}

TEST(KeySet, HoldsWhatWasInsertedAndJoinsMarks) {
  RandomStream rng(1, {"keys"});
  KeySet set;
  std::unordered_map<uint64_t, uint64_t> expected;  // marks of hashes
  for (int round = 0; round < 20; ++round) {
    std::vector<uint64_t> keys(rng.Index(5000));
    for (uint64_t& key : keys) {
      // Many with the same low bits, which share a place.
      key = round % 2 == 0 ? rng.Next() : (1 + rng.Index(500)) << 40;
      key = (key & ~KeySet::kMarks) | (1 + rng.Index(3));
      expected[key & ~KeySet::kMarks] |= key & KeySet::kMarks;
    }
    set.Insert(keys);
  }
  EXPECT_EQ(set.size(), expected.size());
  for (const auto& [hash, marks] : expected) EXPECT_EQ(set.Marks(hash | 1), marks);
  for (int i = 0; i < 10'000; ++i) {
    const uint64_t key = rng.Next();
    const auto it = expected.find(key & ~KeySet::kMarks);
    EXPECT_EQ(set.Marks(key), it == expected.end() ? 0 : it->second);
  }
}

}  // namespace
}  // namespace spatium
