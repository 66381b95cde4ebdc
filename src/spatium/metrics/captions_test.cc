#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unordered_set>

#include "spatium/base/random.h"
#include "spatium/metrics/caption_metrics.h"
#include "spatium/metrics/key_set.h"
#include "spatium/metrics/meteor.h"
#include "spatium/metrics/meteor_aligner.h"
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

TEST(MeteorStats, TheReleasedJarLeavesChunksOfWholeSegmentsOutOfACorpus) {
  MeteorStats whole, part;
  whole.test.words = whole.reference.words = whole.test.matched = whole.reference.matched = 7;
  whole.test.function_words = whole.reference.function_words = 3;
  whole.test.content_matches[MeteorStats::kExact] = 4;
  whole.reference.content_matches[MeteorStats::kExact] = 4;
  whole.test.function_matches[MeteorStats::kExact] = 3;
  whole.reference.function_matches[MeteorStats::kExact] = 3;
  whole.chunks = 1;
  part.test.words = part.reference.words = 6;
  part.test.matched = part.reference.matched = 4;
  part.test.content_matches[MeteorStats::kExact] = 4;
  part.reference.content_matches[MeteorStats::kExact] = 4;
  part.chunks = 2;
  MeteorStats released, source;
  for (const MeteorStats& segment : {whole, part}) {
    released.AddAsReleased(segment);
    source.Add(segment);
  }
  EXPECT_NEAR(released.Score(), 0.4690989490775981, 1e-15) << "as `EVAL` of meteor-1.5.jar";
  EXPECT_LT(source.Score(), released.Score());
}

TEST(MeteorText, JoinsAcronymsAndSplitsContractions) {
  NonbreakingPrefixes prefixes;
  prefixes.any = {"Mr"};
  prefixes.before_number = {"No"};
  const auto text = [&](py::View line) {
    std::string out;
    for (const py::Str& word : MeteorNormalize(line, prefixes)) out += py::ToUtf8(word) + "|";
    return out;
  };
  EXPECT_EQ(text(U"The U.S. room. It's Mr. X"), "the|us|room|.|it|'s|mr.|x|");
  EXPECT_EQ(text(U"the room. it is"), "the|room.|it|is|");
  EXPECT_EQ(text(U"No. 5 No. X 5,300 a,b"), "no.|5|no|.|x|5,300|a|,|b|");
  EXPECT_EQ(text(U"left-hand a--b - 3/4"), "left|hand|a|b|-|3|/|4|");
  EXPECT_EQ(text(U"x... \u201cy\u201d"), "x|...|\"|y|\"|");
}

TEST(MeteorAligner, PrefersExactThenFewChunks) {
  // Reference "a b a", test "a b": the pair in one chunk.
  const std::vector<MeteorMatch> candidates = {
      {.test = 0, .ref = 0}, {.test = 1, .ref = 1}, {.test = 0, .ref = 2}};
  const auto matches = AlignMeteor(candidates, 2, 3);
  ASSERT_EQ(matches.size(), 2u);
  EXPECT_EQ(CountChunks(matches), 1);
  // A stem match that would be a chunk of its own is not worth one, unless nothing else can be.
  const std::vector<MeteorMatch> stem = {{.test = 0, .ref = 0, .module = 1},
                                         {.test = 0, .ref = 1, .module = 1}};
  EXPECT_TRUE(AlignMeteor(stem, 1, 2).empty());
  EXPECT_EQ(AlignMeteor({stem.data(), 1}, 1, 2).size(), 1u);
}

TEST(Meteor, ScoresFollowTheFormula) {
  Meteor meteor(MeteorTables::Default());
  const std::vector<std::string> reference = {"a chair stands here"};
  EXPECT_EQ(meteor.Segment("a chair stands here", reference).Score(), 1);
  EXPECT_EQ(meteor.Segment("zebra", reference).Score(), 0);
  EXPECT_EQ(meteor.Segment("", reference).Score(), 0);
  const MeteorStats one = meteor.Segment("chair", {{"chair"}});
  EXPECT_EQ(one.Line().substr(0, 12), "1.0 1.0 0.0 ");
}

TEST(MeteorTables, JarIsTheEnvironmentsElseTheUserCaches) {
  const char* const set_before = std::getenv("SPATIUM_METEOR_JAR");
  const std::optional<std::string> before =
      set_before != nullptr ? std::optional<std::string>(set_before) : std::nullopt;
  const Path cache = Path(testing::TempDir()) / "meteor cache";
  const Path linked = cache / "meteor/meteor-1.5.jar";
  std::filesystem::create_directories(linked.parent_path());
  setenv("SPATIUM_CACHE", cache.c_str(), 1);
  unsetenv("SPATIUM_METEOR_JAR");
  EXPECT_EQ(MeteorTables::Jar(), std::nullopt);
  std::ofstream(linked) << "not a jar";
  EXPECT_EQ(MeteorTables::Jar(), linked);
  const MeteorTables unreadable = MeteorTables::FromEnvironment();
  EXPECT_FALSE(unreadable.is_official());
  EXPECT_EQ(unreadable.source().find(linked.string()), 0u) << unreadable.source();
  setenv("SPATIUM_METEOR_JAR", "/elsewhere.jar", 1);
  EXPECT_EQ(MeteorTables::Jar(), Path("/elsewhere.jar"));
  setenv("SPATIUM_METEOR_JAR", "", 1);
  EXPECT_EQ(MeteorTables::Jar(), std::nullopt);
  unsetenv("SPATIUM_CACHE");
  before ? setenv("SPATIUM_METEOR_JAR", before->c_str(), 1) : unsetenv("SPATIUM_METEOR_JAR");
  std::filesystem::remove_all(cache);
}

TEST(Meteor, SameForAnyNumberOfThreads) {
  std::vector<MeteorItem> items;
  RandomStream rng(1, {"meteor test"});
  const std::vector<std::string> words = {
      "the", "a", "chair", "chairs", "is", "near", "sofa", "couch", "table", "left", "of", "."};
  for (int i = 0; i < 5000; ++i) {
    const auto sentence = [&] {
      std::string text;
      for (int64_t n = rng.Int(0, 12); n > 0; --n) text += rng.Choice(words) + " ";
      return text;
    };
    items.push_back({sentence(), {sentence(), sentence()}});
  }
  const auto a = ScoreMeteor(items, false, 1), b = ScoreMeteor(items, false, 3);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->corpus, b->corpus);
  for (const MeteorStats& stats : a->items) {
    const double score = stats.Score();
    EXPECT_TRUE(score >= 0 && score <= 1);
    EXPECT_LE(stats.chunks, std::max(stats.test.matched, stats.reference.matched));
  }
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

TEST(KeySet, HoldsWhatWasInserted) {
  RandomStream rng(1, {"keys"});
  KeySet set;
  std::unordered_set<uint64_t> expected;
  for (int round = 0; round < 20; ++round) {
    std::vector<uint64_t> keys(rng.Index(5000));
    // Many with the same low bits, which share a place.
    for (uint64_t& key : keys) key = round % 2 == 0 ? rng.Next() : (1 + rng.Index(500)) << 40;
    set.Insert(keys);
    expected.insert(keys.begin(), keys.end());
  }
  EXPECT_EQ(set.size(), expected.size());
  for (const uint64_t key : expected) EXPECT_TRUE(set.Contains(key));
  for (int i = 0; i < 10'000; ++i) {
    const uint64_t key = rng.Next() | 1;
    EXPECT_EQ(set.Contains(key), expected.contains(key));
  }
}

}  // namespace
}  // namespace spatium
