// What tests/benchmarks_end_to_end.py cannot tell of the multiple-choice benchmarks.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "spatium/base/text.h"
#include "spatium/benchmarks/evaluate.h"
#include "spatium/benchmarks/predictions.h"
#include "spatium/benchmarks/prompt_layout.h"
#include "spatium/metrics/choice_aggregate.h"

namespace spatium {
namespace {

const BenchmarkInfo& Info(std::string_view name) { return (*FindBenchmark(name))->info(); }

Item Question(std::string id, std::string task, std::string answer, size_t options = 4) {
  return {.id = std::move(id),
          .task = std::move(task),
          .question = "q",
          .options = std::vector<std::string>(options, "x"),
          .answer = std::move(answer),
          .gold = {},
          .media = {},
          .fields = Json::MakeObject({})};
}

ProfileResult Score(std::string_view name,
                    const std::vector<Item>& items,
                    const std::vector<std::string>& texts,
                    Profile profile) {
  std::vector<ItemReply> replies;
  for (const std::string& text : texts) replies.push_back({text});
  const Profile profiles[] = {profile};
  return Evaluate(Info(name), items, replies, profiles, 1)[0];
}

// The number under a grouping and key; NaN if there is none.
double By(const ProfileResult& result, std::string_view grouping, std::string_view key) {
  for (const auto& [name, list] : result.scores.by)
    for (const auto& [k, score] : list)
      if (name == grouping && k == key) return score.value;
  return std::nan("");
}

// "[0]text[1]": the parts of a prompt.
std::string Layout(const Prompt& prompt) {
  std::string out;
  for (const PromptPart& part : prompt.user)
    out += part.media_idx < 0 ? part.text : StrCat("[", part.media_idx, "]");
  return out;
}

Item WithMedia(std::string question, size_t n) {
  Item item = Question("1", "t", "A");
  item.question = std::move(question);
  item.media.resize(n);
  return item;
}

TEST(Interleaved, PutsPicturesWhereTheTextSaysSo) {
  const auto layout = [](std::string_view text, size_t n, bool strip) {
    return Layout(Interleaved(WithMedia("", n), text, strip, 1));
  };
  EXPECT_EQ(layout("a <image> b <image> c", 2, false), "a [0] b [1] c");
  EXPECT_EQ(layout("a <image>\n b", 1, true), "a[0]b");
  EXPECT_EQ(layout("a <image> b", 3, false), "a [0][1][2] b") << "more pictures than places";
  EXPECT_EQ(layout("a <image>b<image>c", 1, false), "a [0]bc") << "more places than pictures";
  EXPECT_EQ(layout("a", 2, false), "[0][1]a");
}

TEST(MmsiVideo, OfficialHandsPicturesOutInOrderOthersWhereTheyBelong) {
  Item item = WithMedia("", 3);  // two frames, one reference picture
  item.fields = Json::MakeObject({{"frames", Json::Array{Json(2)}},
                                  {"prompt", "Map <image>, film <video>."},
                                  {"system_prompt", "s"}});
  const auto prompt = Info("mmsi-video").prompt;
  EXPECT_EQ(Layout(prompt(item, Profile::kStrict)), "Map [2], film [0][1].");
  EXPECT_EQ(Layout(prompt(item, Profile::kOfficial)), "Map [0], film [1][2].");
  EXPECT_EQ(prompt(item, Profile::kOfficial).system, "s");
  EXPECT_EQ(Layout(prompt(item, Profile::kLmmsEval)), "sMap [2], film [0][1].");
}

TEST(Erqa, PicturesStandAtTheirCharacterEvenInOtherScripts) {
  Item item = WithMedia("äöü?", 2);
  item.fields = Json::MakeObject({{"visual_indices", Json::Array{Json(3), Json(1)}}});
  EXPECT_EQ(Layout(Info("erqa").prompt(item, Profile::kOfficial)), "ä[1]öü[0]?");
  EXPECT_EQ(Layout(Info("erqa").prompt(item, Profile::kLmmsEval)), "[0][1]äöü?");
  item.fields = Json::MakeObject({{"visual_indices", Json::Array{Json(99), Json(-4)}}});
  EXPECT_EQ(Layout(Info("erqa").prompt(item, Profile::kOfficial)), "[1]äöü?[0]");
}

TEST(Erqa, TheOlderRuleOfTheHarnessStandsBesideItsScoreAlone) {
  const std::vector<Item> items = {Question("1", "t", "A")};
  const auto variant = [&](Profile profile) {
    return By(Score("erqa", items, {"The answer is A"}, profile), "variant", "lmms-eval 0.7.2");
  };
  EXPECT_DOUBLE_EQ(variant(Profile::kLmmsEval), 0) << "T is the first letter";
  EXPECT_TRUE(std::isnan(variant(Profile::kOfficial)));
}

TEST(CvBench, SourcesWeighAsTheAuthorsSayAndMissingOnesDoNot) {
  std::vector<Item> items;
  for (const char* source : {"ADE20K", "COCO", "COCO", "Omni3D"}) {
    items.push_back(Question(std::to_string(items.size()), "Count", "A"));
    items.back().fields = Json::MakeObject({{"source", source}, {"type", "2D"}});
  }
  const std::vector<std::string> replies = {"A", "A", "B", "B"};
  EXPECT_DOUBLE_EQ(Score("cv-bench", items, replies, Profile::kOfficial).scores.overall.value,
                   100 * ((1 + 0.5) / 2 + 0) / 2);
  EXPECT_DOUBLE_EQ(Score("cv-bench", items, replies, Profile::kLmmsEval).scores.overall.value, 50);
  items.pop_back();
  EXPECT_DOUBLE_EQ(
      Score("cv-bench", items, {"A", "A", "B"}, Profile::kOfficial).scores.overall.value, 75)
      << "2D alone";
}

TEST(Site, HarnessesStripTheTextAroundPictures) {
  Item item = WithMedia("Is <image> left?", 1);
  const auto layout = [&](Profile profile) { return Layout(Info("site").prompt(item, profile)); };
  EXPECT_TRUE(layout(Profile::kOfficial).starts_with("Question: Is [0] left?\n"));
  EXPECT_TRUE(layout(Profile::kLmmsEval).starts_with("Question: Is[0]left?\n"));
  EXPECT_EQ(layout(Profile::kEasi), layout(Profile::kLmmsEval));
}
TEST(Site, ADrawnLetterIsTheSameEveryTimeAndCounted) {
  std::vector<Item> items;
  std::vector<std::string> replies;
  for (int i = 0; i < 1000; ++i) {
    items.push_back(Question(std::to_string(i), "counting & existence", i < 500 ? "A" : "B"));
    replies.push_back("no idea");
  }
  const auto result = Score("site", items, replies, Profile::kOfficial);
  EXPECT_NEAR(result.scores.overall.value, 0, 6) << "chance-adjusted";
  EXPECT_NEAR(By(result, "reading", "drawn"), 25, 4.5);
  std::reverse(items.begin(), items.end());
  EXPECT_EQ(Score("site", items, replies, Profile::kOfficial).scores.overall.value,
            result.scores.overall.value)
      << "whatever the order";
  EXPECT_EQ(Score("site", items, replies, Profile::kStrict).outcomes.at(Outcome::kUnparsable),
            1000u);
}

TEST(Site, ItemsOfUnknownOptionsAreSkippedAndTheScoreStaysANumber) {
  const std::vector<Item> items = {Question("1", "counting & existence", "A", 0),
                                   Question("2", "counting & existence", "A", 2),
                                   Question("3", "counting & existence", "A", 1)};
  const auto result = Score("site", items, {"A", "A", "A"}, Profile::kOfficial);
  EXPECT_EQ(result.outcomes.at(Outcome::kSkipped), 2u) << "one option is no choice either";
  EXPECT_DOUBLE_EQ(result.scores.overall.value, 100);
}
TEST(Site, AccuraciesStandBesideTheAdjustedScoreByCategoryAndByDataSet) {
  std::vector<Item> items = {Question("1", "counting & existence", "A"),
                             Question("2", "counting & existence", "B"),
                             Question("3", "3d information understanding", "C")};
  for (size_t i = 0; i < items.size(); ++i)
    items[i].fields = Json::MakeObject({{"dataset", i == 0 ? "VSIBench" : "MMMU"}});
  const auto result = Score("site", items, {"A", "C", "C"}, Profile::kOfficial);
  EXPECT_DOUBLE_EQ(By(result, "category_accuracy", "counting & existence"), 50);
  EXPECT_DOUBLE_EQ(By(result, "category_accuracy", "3d information understanding"), 100);
  EXPECT_DOUBLE_EQ(By(result, "dataset_accuracy", "VSIBench"), 100);
  EXPECT_DOUBLE_EQ(By(result, "dataset_accuracy", "MMMU"), 50);
  EXPECT_NEAR(By(result, "category", "counting & existence"), 100.0 / 3, 1e-4)
      << "(3/4 - 1/4) / (3/4 + 3/4)";
}

TEST(ThreeDsr, EachProfileHasItsHeadline) {
  std::vector<Item> items;
  for (const char* id : {"Q0000001", "Q0000001-1", "Q0000001-flip", "Q0000001-flip-1", "Q0000002"})
    items.push_back(Question(id, "height_higher", "A"));
  const std::vector<std::string> replies = {"A", "A", "A", "B", "A"};
  const auto overall = [&](Profile profile) {
    return Score("3dsrbench", items, replies, profile).scores.overall.value;
  };
  EXPECT_DOUBLE_EQ(overall(Profile::kLmmsEval), 80);
  EXPECT_DOUBLE_EQ(overall(Profile::kOfficial), 50);
  EXPECT_DOUBLE_EQ(overall(Profile::kStrict), 50);
  EXPECT_NEAR(overall(Profile::kEasi), 200.0 / 3, 1e-9);
  // Both orders of one turn wrong: a pair of flips, and both circles.
  EXPECT_NEAR(
      Score("3dsrbench", items, {"A", "B", "A", "B", "A"}, Profile::kEasi).scores.overall.value,
      100.0 / 3,
      1e-9);
  const auto result = Score("3dsrbench", items, replies, Profile::kOfficial);
  EXPECT_NEAR(By(result, "rule", "flip"), 200.0 / 3, 1e-9);
  EXPECT_DOUBLE_EQ(By(result, "category", "height"), 80);
  for (const auto& [grouping, scores] : result.scores.by)
    if (grouping == "category") EXPECT_EQ(scores[0].second.n, items.size());
  // Right in all four by chance: 4^-4; the lone one 1/4.
  EXPECT_NEAR(result.chance, 100 * (std::pow(4.0, -4) + 0.25) / 2, 1e-9);
}

TEST(MindCube, OfficialLeavesTranslationsOut) {
  std::vector<Item> items = {Question("around_1", "around", "A"),
                             Question("translation_1", "translation", "A")};
  const auto official = Score("mindcube", items, {"A", "B"}, Profile::kOfficial);
  EXPECT_DOUBLE_EQ(official.scores.overall.value, 100);
  EXPECT_EQ(official.outcomes.at(Outcome::kSkipped), 1u);
  EXPECT_DOUBLE_EQ(Score("mindcube", items, {"A", "B"}, Profile::kStrict).scores.overall.value, 50);
}

TEST(OmniSpatial, OfficialTakesAnyOtherAnswerForA) {
  const std::vector<Item> items = {Question("1", "Egocentric", "A"),
                                   Question("2", "Egocentric", "A")};
  EXPECT_DOUBLE_EQ(
      Score("omnispatial", items, {"no idea", "B"}, Profile::kOfficial).scores.overall.value, 100);
  const auto strict = Score("omnispatial", items, {"no idea", "B"}, Profile::kStrict);
  EXPECT_DOUBLE_EQ(strict.scores.overall.value, 0);
  EXPECT_EQ(strict.outcomes.at(Outcome::kUnparsable), 1u);
}

TEST(Blink, AJudgesWordIsComparedAsItStands) {
  Item item = Question("val_Jigsaw_1", "Jigsaw", "B", 0);
  item.options = {"left", "right"};
  const JudgeRule& judge = *Info("blink").judge;
  EXPECT_FALSE(judge.request(item, "(B)", Profile::kOfficial));
  EXPECT_FALSE(judge.request(item, "the right one", Profile::kStrict));
  const auto asked = judge.request(item, "the right one", Profile::kOfficial);
  ASSERT_TRUE(asked);
  EXPECT_NE(
      asked->user[0].text.find(
          "Question: q\nSelect from the following choices?\nOptions: (A) left\n(B) right\n(Z) "
          "Failed\nAnswer: the right one\nYour output: "),
      std::string::npos);
  const auto score = [&](std::string_view verdict) {
    return judge.judged(item, "the right one", verdict, Profile::kOfficial);
  };
  EXPECT_EQ(score("(B)").score, 1);
  EXPECT_EQ(score("(B) right").score, 0);
  EXPECT_EQ(score("(Z)").outcome, Outcome::kUnparsable);
}

TEST(Blink, OnlyTheLettersOfTheOptionsAreChoices) {
  const std::string_view reply = "(A) and not (C)";
  const JudgeRule& judge = *Info("blink").judge;
  EXPECT_FALSE(judge.request(Question("1", "Jigsaw", "A", 2), reply, Profile::kOfficial));
  EXPECT_TRUE(judge.request(Question("1", "Jigsaw", "A", 4), reply, Profile::kOfficial));
}

TEST(Blink, WithoutAJudgeUndecidedRepliesAreSkippedAndCounted) {
  const std::vector<Item> items = {Question("val_Jigsaw_1", "Jigsaw", "A", 2),
                                   Question("val_Jigsaw_2", "Jigsaw", "B", 2),
                                   Question("val_Counting_1", "Counting", "B", 4)};
  const auto result =
      Score("blink", items, {"The first one fits.", "(B)", "it is (A)"}, Profile::kOfficial);
  EXPECT_EQ(result.outcomes.at(Outcome::kSkipped), 1u);
  EXPECT_DOUBLE_EQ(result.scores.overall.value, 50) << "mean of the two tasks' means";
}

TEST(Choice, ItemsWithoutAGoldAnswerAreSkipped) {
  const std::vector<Item> items = {Question("test_Jigsaw_1", "Jigsaw", "hidden", 2)};
  for (const Profile profile : {Profile::kOfficial, Profile::kLmmsEval, Profile::kStrict})
    EXPECT_EQ(Score("blink", items, {"(A)"}, profile).outcomes.at(Outcome::kSkipped), 1u);
}

// Published runs on all 1,901 validation questions and samples of raw replies; not part of the
// project.
Path Golden(std::string_view name) {
  const char* golden = std::getenv("SPATIUM_GOLDEN");
  return (golden != nullptr ? Path(golden) : Path(SPATIUM_SHARED_DIR) / "golden") / name;
}

TEST(Blink, PublishedRunsGetTheirLoggedScores) {
  const Path file = Golden("blink_predictions.jsonl");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no golden rows: set SPATIUM_GOLDEN";
  const std::vector<std::string> ids = BlinkValidationIds();
  const Path saved = Path(::testing::TempDir()) / "saved_val_predictions.json";
  size_t rows = 0;
  const auto read = ForEachJsonLine(file, [&](int64_t line, const JsonCursor& row) -> Result<void> {
    SPATIUM_TRY(const auto replies, row.At("pred"));
    SPATIUM_TRY(const auto golds, row.At("gt"));
    EXPECT_EQ(replies.value().AsArray().size(), ids.size());
    std::vector<Item> data;
    Json predictions = Json::MakeObject({});
    for (size_t i = 0; i < ids.size(); ++i) {
      data.push_back(Question(ids[i],
                              ids[i].substr(4, ids[i].rfind('_') - 4),
                              golds.value().AsArray()[i].AsString(),
                              0));
      predictions.Set(ids[i], replies.value().AsArray()[i]);
    }
    SPATIUM_TRY_DO(WriteFileAtomic(saved, predictions.Dump()));
    SPATIUM_TRY(const Predictions said, ReadPredictions(saved, "blink", &data, 1));
    const Profile profiles[] = {Profile::kOfficial};
    const auto result = Evaluate(Info("blink"), said.items, said.replies, profiles, 1)[0];
    const Json& expected = *row.value().Find("expected");
    EXPECT_NEAR(result.scores.overall.value, 100 * expected.Find("Total")->AsDouble(), 1e-9)
        << "line " << line;
    for (const auto& [task, score] : expected.AsObject())
      if (task != "Total")
        EXPECT_NEAR(By(result, "task", task), 100 * score.AsDouble(), 1e-9) << task;
    ++rows;
    return {};
  });
  ASSERT_TRUE(read) << read.error().Message();
  EXPECT_GT(rows, 0u);
}

TEST(Blink, RawRepliesAreReadAsEachHarnessReadsThem) {
  const Path file = Golden("blink_samples.jsonl");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no golden rows: set SPATIUM_GOLDEN";
  const auto read = ForEachJsonLine(file, [&](int64_t line, const JsonCursor& row) -> Result<void> {
    SPATIUM_TRY(const auto reply_field, row.At("pred"));
    SPATIUM_TRY(const std::string reply, reply_field.String());
    SPATIUM_TRY(const auto gold_field, row.At("gt"));
    SPATIUM_TRY(const std::string gold, gold_field.String());
    const Json& expected = *row.value().Find("expected");
    const Item item = Question("val_Jigsaw_1", "Jigsaw", gold, 0);
    const std::string rule = expected.Find("official_rule")->AsString();
    const ItemScore official = Info("blink").score(item, reply, Profile::kOfficial);
    EXPECT_EQ(official.outcome == Outcome::kSkipped, rule.starts_with("(Z)")) << "line " << line;
    EXPECT_EQ(official.score, rule == gold ? 1 : 0) << "line " << line;
    EXPECT_EQ(Info("blink").score(item, reply, Profile::kLmmsEval).score,
              expected.Find("correct_lmmseval")->AsBool() ? 1 : 0)
        << "line " << line;
    return {};
  });
  ASSERT_TRUE(read) << read.error().Message();
}

TEST(Predictions, LogsThatNumberDocumentsFindTheirItemsByTheQuestion) {
  std::vector<Item> data = {Question("T_1_0", "t", "A"), Question("T_2_0", "t", "B")};
  data[1].question = "second?";
  const Path file = Path(::testing::TempDir()) / "numbered.jsonl";
  const auto read = [&](std::string_view question) {
    EXPECT_TRUE(WriteFileAtomic(file,
                                StrCat("{\"doc_id\":1,\"doc\":{\"id\":\"2_0\",\"question\":\"",
                                       question,
                                       "\"},\"filtered_resps\":[\"B\"]}\n")));
    return ReadPredictions(file, "lmms-eval", &data, 1);
  };
  const auto found = read("second?");
  ASSERT_TRUE(found) << found.error().Message();
  EXPECT_EQ(found->items[0].id, "T_2_0");
  EXPECT_FALSE(read("another?"));
}

}  // namespace
}  // namespace spatium
