#include "spatium/metrics/meteor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "spatium/base/hash.h"
#include "spatium/base/random.h"
#include "spatium/base/text.h"
#include "spatium/metrics/meteor_aligner.h"

namespace spatium {
namespace {

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
  EXPECT_EQ(text(U"x.-a x...-a"), "x.|a|x|...|-a|");
}

// "ref>test" of the matches of an alignment of words. Equal words match, and "pX" of the reference
// "qX" of the test, as paraphrases do.
std::string Aligned(std::string_view ref, std::string_view test) {
  const auto refs = SplitWhitespace(ref), tests = SplitWhitespace(test);
  std::vector<MeteorMatch> candidates;
  for (size_t r = 0; r < refs.size(); ++r) {
    const auto add = [&](int module, auto matches) {
      for (size_t t = 0; t < tests.size(); ++t)
        if (matches(tests[t], refs[r]))
          candidates.push_back(
              {.test = static_cast<int>(t), .ref = static_cast<int>(r), .module = module});
    };
    add(MeteorStats::kExact, [](std::string_view a, std::string_view b) { return a == b; });
    add(MeteorStats::kParaphrase, [](std::string_view a, std::string_view b) {
      return a[0] == 'q' && b[0] == 'p' && a.substr(1) == b.substr(1);
    });
  }
  std::string out;
  for (const MeteorMatch& m :
       AlignMeteor(candidates, static_cast<int>(tests.size()), static_cast<int>(refs.size())))
    out += (out.empty() ? "" : " ") + std::to_string(m.ref) + ">" + std::to_string(m.test);
  return out;
}

TEST(MeteorAligner, ChoosesAsTheJarDoes) {
  // The alignments that meteor-1.5.jar writes with -writeAlignments.
  EXPECT_EQ(Aligned("pa", "qa"), "0>0") << "alone: taken";
  EXPECT_EQ(Aligned("pa", "qa qa"), "") << "worth nothing, and a chunk";
  EXPECT_EQ(Aligned("pa xa", "qa xa qa"), "0>0 1>1") << "in the chunk of another";
  // Not what is nearest: displacement counts where it was passed over.
  EXPECT_EQ(Aligned("xa xa", "xa"), "1>0");
  EXPECT_EQ(Aligned("z xa z xa z", "xa"), "1>0");
  EXPECT_EQ(Aligned("xa xb xa", "xb xa xb"), "1>0 2>1");
  EXPECT_EQ(Aligned("z xa xb xa", "xb xa xb"), "2>0 3>1");
  EXPECT_EQ(Aligned("xa xb xa", "y xb xa xb"), "0>2 1>3");
  EXPECT_EQ(Aligned("xa xa pa", "qa xa qa"), "0>1") << "more words are not better";
  EXPECT_EQ(Aligned("xs xt xt xo xt xs", "xt xo y xt xt xs"), "1>3 2>0 3>1 4>4 5>5");
  // A beam of 2,000 goes on from "1>3 2>4".
  EXPECT_EQ(Aligned("xa xb xa xb xa xb xa xb xa", "xb xa xb xb xa xa xb"),
            "0>4 1>0 2>1 3>2 4>5 5>6 7>3");
}

// METEOR's statistics line of made-up words under a made-up table.
std::string StatisticsUnder(std::string_view table, const std::string& ref, std::string_view test) {
  const Path path =
      Path(testing::TempDir()) / "spatium_paraphrases" / std::to_string(Hash64(table));
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << table;  // gzip's reader takes plain text too
  const auto paraphrases = Paraphrases::Open(path);
  EXPECT_TRUE(paraphrases);
  Meteor meteor(MeteorTables::Default(), *paraphrases);
  return meteor.Segment(test, {&ref, 1}).Line();
}

TEST(Meteor, ParaphrasesAreTriedInTheOrderOfTheTable) {
  // Lines as meteor-1.5.jar gives them with -a.
  const std::string both = "0.5\npa\nqa\n0.5\nqa\npa\n0.5\npb\nqb\n";
  EXPECT_EQ(StatisticsUnder(both, "pb", "qb"),
            "1.0 1.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 1.0 1.0 0.0 0.0 1.0 "
            "1.0 1.0");
  EXPECT_EQ(StatisticsUnder(both, "pa", "qa"),
            "1.0 1.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 "
            "0.0 0.0")
      << "a pair listed in both orders is two candidates, of which none is alone";
  const std::string zeros = " 0.0 0.0 0.0 0.0 0.0 0.0 ";
  EXPECT_EQ(StatisticsUnder("0.5\nxb\nxc\n0.5\nxb\nxd\n", "xa xa xb", "xd xd xa xc xa"),
            "5.0 3.0 0.0 0.0 2.0 2.0 0.0 0.0" + zeros + "0.0 0.0 1.0 1.0 0.0 0.0 2.0 3.0 3.0")
      << "first the reference's phrases, in the table's order";
  EXPECT_EQ(StatisticsUnder("0.5\nxc\nxb\n0.5\nxd\nxb xb\n", "xa xb xb", "xd xc xb"),
            "3.0 3.0 0.0 0.0 1.0 1.0 0.0 0.0" + zeros + "0.0 0.0 0.0 0.0 0.0 0.0 1.0 1.0 1.0")
      << "then the test's, by their place";
  EXPECT_EQ(StatisticsUnder("0.5\nxd\nxa\n0.5\nxd xa\nxd xb\n", "xd xb", "xd xa"),
            "2.0 2.0 0.0 0.0 1.0 1.0 0.0 0.0" + zeros + "0.0 0.0 0.0 0.0 0.0 0.0 1.0 1.0 1.0")
      << "after exact matches";
}

TEST(Meteor, WordsOfOneJavaHashAreTheSame) {
  Meteor meteor(MeteorTables::Default());
  EXPECT_EQ(meteor.Segment("zv1", {{"zto"}}).test.matched, 1);
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

}  // namespace
}  // namespace spatium
