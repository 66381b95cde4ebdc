#include <gtest/gtest.h>

#include <cmath>

#include "spatium/base/text.h"
#include "spatium/benchmarks/evaluate.h"
#include "spatium/benchmarks/mask_family.h"

namespace spatium {
namespace {

const BenchmarkInfo& Info(std::string_view name) { return (*FindBenchmark(name))->info(); }

Item Make(std::string task, std::string answer, Json gold = {}, Json fields = {}) {
  return {.id = "0",
          .task = std::move(task),
          .question = "q",
          .options = {},
          .answer = std::move(answer),
          .gold = std::move(gold),
          .media = {},
          .fields = std::move(fields)};
}

// A 10 x 10 mask whose left half is white.
Json LeftHalf(int white = 255) {
  return Json::MakeObject(
      {{"w", 10}, {"h", 10}, {"rects", Json::Array{Json(std::vector<int>{0, 0, 5, 10, white})}}});
}

ItemScore Score(std::string_view name, const Item& item, std::string_view reply, Profile profile) {
  return Info(name).score(item, reply, profile);
}

std::vector<ProfileResult> All(std::string_view name,
                               const std::vector<Item>& items,
                               const std::vector<std::string>& texts,
                               const Verdicts& verdicts = {}) {
  static constexpr Profile kProfiles[] = {Profile::kOfficial, Profile::kStrict};
  std::vector<ItemReply> replies;
  for (const std::string& text : texts) replies.push_back({text});
  return Evaluate(Info(name), items, replies, kProfiles, 2, verdicts);
}

double By(const ProfileResult& result, std::string_view grouping, std::string_view key) {
  for (const auto& [name, scores] : result.scores.by)
    if (name == grouping)
      for (const auto& [k, score] : scores)
        if (k == key) return score.value;
  ADD_FAILURE() << "no " << grouping << " / " << key;
  return std::nan("");
}

TEST(StrictPoints, AreReadInEveryDialectOfTheModels) {
  const Item item = Make("location", "", LeftHalf());
  const auto strict = [&](std::string_view reply) { return ScoreStrictPoints(item, reply); };
  for (const std::string_view left :
       {"(0.2, 0.5)",
        "[0.2,0.5]",
        "the mug is at ( .2 , .5 ).",
        "(2, 5)",
        "(0, 1)",
        "<think>(0.9, 0.9)</think>(0.2, 0.5)",
        "<points x1=\"20\" y1=\"50\">mug</points>",
        "<point x=\"20.0\" y=\"50.0\">mug</point>",
        "```json\n[{\"point_2d\": [200, 500], \"label\": \"a\"}]\n```",
        "[{\"point_2d\": [200, 500]}]",
        "```json\n[{\"point\": [500, 200]}]\n```",
        "(0.0, 0.0, 0.4, 0.9)"}) {
    EXPECT_EQ(strict(left).score, 1) << left;
    EXPECT_EQ(strict(left).outcome, Outcome::kScored) << left;
  }
  EXPECT_EQ(strict("(1.0, 1.0)").score, 0);  // the last pixel, not beyond it
  EXPECT_EQ(strict("(1.0, 1.0)").outcome, Outcome::kScored);
  EXPECT_DOUBLE_EQ(strict("[(0.2, 0.5), (0.9, 0.5)]").score, 0.5);
  EXPECT_DOUBLE_EQ(strict("(0.8, 0.9, 0.0, 0.1)").score, 5.0 / 8);  // corners in any order
  EXPECT_EQ(strict("(1e9, 3)").outcome, Outcome::kUnparsable);
  EXPECT_EQ(strict("(99999999999999999999, 3)").score, 0);
  EXPECT_EQ(strict("nothing there").outcome, Outcome::kUnparsable);
}

TEST(RefSpatial, OfficialDropsWhatItsParserThrowsOnAndStrictCountsIt) {
  const std::vector<Item> items(3, Make("location", "", LeftHalf()));
  const auto results =
      All("refspatial-bench", items, {"(0.2, 0.5)", "(0.4,0.4,0.2,0.2)", "(0.9, 0.5)"});
  EXPECT_EQ(results[0].outcomes.at(Outcome::kSkipped), 1u);
  EXPECT_DOUBLE_EQ(results[0].scores.overall.value, 50);
  EXPECT_EQ(results[1].outcomes.at(Outcome::kSkipped), 0u);
  EXPECT_DOUBLE_EQ(results[1].scores.overall.value, 100.0 * 2 / 3);
}

TEST(RefSpatial, ModelsNameChoosesTheOfficialParserAndPrompt) {
  Item item = Make("location", "", LeftHalf(), Json::MakeObject({{"object", "the mug"}}));
  const std::string xml = "<points x1=\"20\" y1=\"50\">mug</points>";
  EXPECT_EQ(Score("refspatial-bench", item, xml, Profile::kOfficial).score, 0);
  item.fields.Set("model", "openai:http://h/v1#allenai/Molmo-72B");
  EXPECT_EQ(Score("refspatial-bench", item, xml, Profile::kOfficial).score, 1);
  EXPECT_EQ(Info("refspatial-bench").prompt(item, Profile::kOfficial).user.back().text,
            "Locate several points of the mug.");
  item.fields.Set("model", "Gemini-2.5-Pro");
  EXPECT_EQ(
      Score("refspatial-bench", item, "```json\n[{\"point\": [500, 200]}]\n```", Profile::kOfficial)
          .score,
      1);
}

TEST(RefSpatial, MaskRulesDifferOnGreyPixels) {
  const Item item = Make("location", "", LeftHalf(40));
  EXPECT_EQ(Score("refspatial-bench", item, "(0.2, 0.5)", Profile::kOfficial).score, 1);
  EXPECT_EQ(Score("refspatial-bench", item, "(0.2, 0.5)", Profile::kLmmsEval).score, 0);
  EXPECT_EQ(Score("refspatial-bench", item, "(0.2, 0.5)", Profile::kStrict).score, 0);
}

TEST(Where2Place, OfficialScalesToItsFixedSizeAndGivesPartialCredit) {
  // On a 10 x 10 picture (0.01, 0.01) is pixel (6, 4) of 640 x 480.
  const Item item = Make("t", "", LeftHalf(51));
  EXPECT_EQ(Score("where2place", item, "(0.01, 0.01)", Profile::kOfficial).score, 0);
  EXPECT_DOUBLE_EQ(Score("where2place", item, "(0.005, 0.01)", Profile::kOfficial).score, 0.2);
  EXPECT_EQ(Score("where2place", item, "(0.01, 0.01)", Profile::kLmmsEval).score, 0);
}

TEST(PointRules, OtherOfficialSettingsStandBesideTheScore) {
  const std::vector<Item> items(2, Make("location", "", LeftHalf()));
  std::vector<ItemReply> replies = {{"(200, 500)"}, {"[[200, 500]]"}};
  const Profile profiles[] = {Profile::kLmmsEval};
  const auto result = Evaluate(Info("refspatial-bench"), items, replies, profiles, 1)[0];
  EXPECT_EQ(result.scores.overall.value, 0);
  EXPECT_EQ(By(result, "variant", "0_999"), 50);
  EXPECT_EQ(By(result, "variant", "json"), 100);
  // RoboRefer's evaluator of Where2Place takes the picture's size and drops what it cannot parse.
  const auto placed = All("where2place", items, {"(0.2, 0.5)", "(0.4,0.4,0.2,0.2)"})[0];
  EXPECT_EQ(placed.scores.overall.value, 0);
  EXPECT_EQ(By(placed, "variant", "RoboRefer's evaluator"), 100);
}

TEST(PointBench, CountsPointsAndReadsEachPromptsForm) {
  Item item = Make("counting", "", LeftHalf(), Json::MakeObject({{"count", 2}}));
  const std::string two = R"(Here: [{"point": [1, 2]}, {"point": [3, 4]}])";
  EXPECT_EQ(Score("pointbench", item, two, Profile::kOfficial).score, 1);
  EXPECT_EQ(Score("pointbench", item, two, Profile::kStrict).score, 1);
  item.fields.Set("count", 3);
  EXPECT_EQ(Score("pointbench", item, two, Profile::kOfficial).score, 0);
  const std::string tuples = "[(100, 200), (900, 400)]";
  EXPECT_DOUBLE_EQ(Score("pointbench", item, tuples, Profile::kLmmsEval).score, 0.5);
  EXPECT_EQ(Score("pointbench", item, tuples, Profile::kOfficial).outcome, Outcome::kUnparsable);
  item.task = "spatial";  // only the first point counts
  EXPECT_EQ(Score("pointbench", item, tuples, Profile::kStrict).score, 1);
  EXPECT_EQ(
      Score("pointbench", item, R"([{"point": [1, 2]}, {"point": [9, 4]}])", Profile::kOfficial)
          .score,
      1);
}

TEST(RoboSpatial, YesNoAndPolygonsUnderThreeRules) {
  const Item no = Make("compatibility", "No");
  EXPECT_EQ(Score("robospatial", no, "Not sure.", Profile::kOfficial).score, 1);
  EXPECT_EQ(Score("robospatial", no, "Not sure.", Profile::kStrict).outcome, Outcome::kUnparsable);
  EXPECT_EQ(Score("robospatial", no, "It may be.\nAnswer: no", Profile::kLmmsEval).score, 1);
  EXPECT_EQ(Score("robospatial", no, "It may be.\nAnswer: no", Profile::kOfficial).score, 0);
  EXPECT_EQ(Score("robospatial", no, "The answer is no.", Profile::kStrict).score, 1);
  const Item free = Make("context", "[(0.1, 0.1), (0.5, 0.1), (0.5, 0.5), (0.1, 0.5)]", LeftHalf());
  EXPECT_EQ(Score("robospatial", free, "(0.3, 0.3)", Profile::kOfficial).score, 1);
  EXPECT_EQ(Score("robospatial", free, "(3, 3)", Profile::kStrict).score, 1);  // pixels
  EXPECT_EQ(
      Score("robospatial", free, "```json\n[{\"point_2d\": [300, 300]}]\n```", Profile::kStrict)
          .score,
      1);
  EXPECT_EQ(
      Score("robospatial", free, "```json\n[{\"point_2d\": [300, 300]}]\n```", Profile::kLmmsEval)
          .score,
      1);
  // A concave polygon, whose centre is outside: the oracle finds an inside.
  const Item cup = Make(
      "context", "[(0, 0), (1, 0), (1, 1), (0.9, 1), (0.9, 0.02), (0.1, 0.02), (0.1, 1), (0, 1)]");
  const std::string reply = Info("robospatial").oracle(cup);
  EXPECT_EQ(Score("robospatial", cup, reply, Profile::kStrict).score, 1) << reply;
}

TEST(SpatialRgpt, UnreadableVerdictTakesTheMarkBeforeOfficiallyOnly) {
  std::vector<Item> items;
  for (int i = 0; i < 3; ++i) {
    items.push_back(
        Make("left_predicate", "Yes.", {}, Json::MakeObject({{"type", "qualitative"}})));
    items.back().id = std::to_string(i);
  }
  const std::vector<Verdict> verdicts = {
      {true, R"({"your_mark": 1})"}, {true, "I cannot say."}, {true, R"({"your_mark": 0})"}};
  const auto results = All("spatialrgpt-bench", items, {"a", "b", "c"}, {verdicts, verdicts});
  EXPECT_DOUBLE_EQ(results[0].scores.overall.value, 100.0 * 2 / 3);
  EXPECT_DOUBLE_EQ(results[1].scores.overall.value, 100.0 / 3);
  EXPECT_EQ(results[1].outcomes.at(Outcome::kUnparsable), 1u);
  EXPECT_DOUBLE_EQ(By(results[0], "official table", "Qual_left/right_acc"), 100.0 * 2 / 3);
}

TEST(SpatialRgpt, GoldSentenceNeedsNoJudgeUnderStrict) {
  const Item item =
      Make("width_data", "It is 2 m.", {}, Json::MakeObject({{"type", "quantitative"}}));
  const JudgeRule& judge = *Info("spatialrgpt-bench").judge;
  EXPECT_FALSE(judge.request(item, "It is 2 m.", Profile::kStrict));
  ASSERT_TRUE(judge.request(item, "It is 2 m.", Profile::kOfficial));
  EXPECT_TRUE(judge.request(item, "It is 2 m.", Profile::kOfficial)->sampling.json_object);
  const ItemScore within = judge.judged(
      item, "x", R"({"answer_in_meters": 2.0, "response_in_meters": 2.5})", Profile::kOfficial);
  EXPECT_EQ(within.score, 1);
  EXPECT_NEAR(within.parsed.Find("error")->AsDouble(), 0.25, 1e-4);
}

TEST(SpatialScore, Version1AveragesRuleAndJudgeAndStrictNeedsNone) {
  const auto item = [](std::string type, std::string answer) {
    return Make("Object Distance",
                std::move(answer),
                {},
                Json::MakeObject({{"version", "1"}, {"question_type", std::move(type)}}));
  };
  const BenchmarkInfo& info = Info("spatialscore");
  const Item length = item("open-ended", "2 meters");
  ASSERT_TRUE(info.judge->request(length, "200 cm", Profile::kOfficial));
  EXPECT_FALSE(info.judge->request(length, "200 cm", Profile::kStrict));
  EXPECT_FALSE(info.judge->request(item("multi-choice", "(B)"), "B", Profile::kOfficial));
  EXPECT_DOUBLE_EQ(
      info.judge->judged(length, "200 cm", "so:\noutput: 0.5", Profile::kOfficial).score, 0.75);
  for (const auto& [reply, score] : std::initializer_list<std::pair<const char*, double>>{
           {"200 cm", 1},
           {"1-2 m", 1},
           {"about **2.0 m**", 1},
           {"\\scalar{2} \\distance_unit{m}", 1},
           {"2", 1},
           {"3 m", 0.1},
           {"I am unable to tell the distance", 0},
           {"6.5616798 ft", 1}})
    EXPECT_DOUBLE_EQ(info.score(length, reply, Profile::kStrict).score, score) << reply;
  EXPECT_DOUBLE_EQ(info.score(item("open-ended", "4"), "I see 1, no, 4", Profile::kStrict).score,
                   1);
  EXPECT_EQ(info.score(item("judgement", "Yes"), "not right", Profile::kOfficial).score, 1);
  EXPECT_EQ(info.score(item("judgement", "Yes"), "not right", Profile::kStrict).outcome,
            Outcome::kUnparsable);
  EXPECT_EQ(info.score(length, "", Profile::kOfficial).outcome, Outcome::kSkipped);
}

TEST(Multi3dRefer, TypesRepliesAndArithmetics) {
  const Json box = Json(std::vector<double>{0, 0, 0, 1, 1, 1});
  const Item one =
      Make("st_w_d", "", Json::MakeObject({{"boxes", Json::Array{box}}, {"ids", Json::Array{7}}}));
  const Item none = Make(
      "zt_w_d", "", Json::MakeObject({{"boxes", Json::MakeArray()}, {"ids", Json::MakeArray()}}));
  const auto score = [](const Item& item, std::string_view reply, Profile p = Profile::kOfficial) {
    return Score("multi3drefer", item, reply, p);
  };
  EXPECT_EQ(score(one, "[[0,0,0,1,1,1]]").score, 1);
  EXPECT_EQ(score(one, "[0,0,0,1,1,1]").score, 1);
  EXPECT_EQ(score(one, R"({"ids":[7]})").score, 1);
  EXPECT_DOUBLE_EQ(score(one, "[[0,0,0,1,1,1],[5,5,5,1,1,1]]").score, 2.0 / 3);
  EXPECT_EQ(score(one, "[]").score, 0);
  EXPECT_EQ(score(none, "[]").score, 1);
  EXPECT_EQ(score(none, "[[0,0,0,1,1,1]]").score, 0);
  // Probabilities of 0.07: the first object alone passes 0.4; "none" wins in the second.
  const std::string objects = R"("objects":[[0,0,0,1,1,1],[5,5,5,1,1,1]]})";
  EXPECT_EQ(score(one, R"({"scores":[0.9,0.1,0.2],)" + objects).score, 1);
  EXPECT_EQ(score(none, R"({"scores":[0.1,0.1,0.9],)" + objects).score, 1);
  EXPECT_EQ(score(one, "It is at [0, 0, 0, 1, 1, 1].").outcome, Outcome::kUnparsable);
  EXPECT_EQ(score(one, "It is at [0, 0, 0, 1, 1, 1].", Profile::kStrict).score, 1);
  EXPECT_EQ(score(none, "None.", Profile::kStrict).score, 1);
  EXPECT_EQ(score(one, std::string("[") + std::string(5000, '1') + "]").score, 0);
  EXPECT_EQ(score(one, "[[1e300,0,0,1,1,1]]").outcome, Outcome::kUnparsable)
      << "beyond a float, where the scripts raise";
}

TEST(Multi3dRefer, MeansAreOfFloatsForTheAuthorsAndOfDoublesForVideo3dLlm) {
  const Json box = Json(std::vector<double>{0, 0, 0, 1, 1, 1});
  std::vector<Item> items(3, Make("st_w_d", "", Json::MakeObject({{"boxes", Json::Array{box}}})));
  for (size_t i = 0; i < items.size(); ++i) items[i].id = std::to_string(i);
  const auto result = All("multi3drefer", items, {"[[0,0,0,1,1,1]]", "[]", "[]"})[0];
  EXPECT_EQ(result.scores.overall.value, 100.0 * static_cast<double>(1.0f / 3));
  EXPECT_EQ(By(result, "Video-3D-LLM's arithmetic", "F1@0.5"), 100 * (1.0 / 3));
}

TEST(Multi3dRefer, AQueryOfATypeWithoutATargetIsRightIfNothingIsNamed) {
  const Json boxes = Json::Array{Json(std::vector<double>{0, 0, 0, 1, 1, 1})};
  for (const char* type : {"zt_w_d", "zt_wo_d"}) {
    const Item item = Make(type, "", Json::MakeObject({{"boxes", boxes}}));
    EXPECT_EQ(Score("multi3drefer", item, "[]", Profile::kOfficial).score, 1) << type;
    EXPECT_EQ(Score("multi3drefer", item, "[[0,0,0,1,1,1]]", Profile::kOfficial).score, 0) << type;
  }
}

TEST(Sqa3d, TheLooseRuleTakesTheAnswerAsTheDataSetHasIt) {
  const auto metric = [](std::string gold, std::string reply, std::string_view name) {
    return By(All("sqa3d", {Make("what", std::move(gold))}, {std::move(reply)})[0], "metric", name);
  };
  constexpr std::string_view kLoose = "loose (the authors' rule for language models)";
  EXPECT_EQ(metric("the lamp", "the", kLoose), 100);
  EXPECT_EQ(metric("lamp", "the", kLoose), 0);
}

TEST(RoboSpatial, TheLeaderboardAveragesCategoriesNotQuestions) {
  std::vector<Item> items = {Make("configuration", "yes"),
                             Make("compatibility", "yes"),
                             Make("compatibility", "yes"),
                             Make("context", "[(0, 0), (1, 0), (1, 1), (0, 1)]")};
  for (size_t i = 0; i < items.size(); ++i) items[i].id = std::to_string(i);
  const auto result = All("robospatial", items, {"yes", "no", "no", "(0.5, 0.5)"})[0];
  EXPECT_DOUBLE_EQ(result.scores.overall.value, 50);
  EXPECT_DOUBLE_EQ(By(result, "leaderboard", "VQA average"), 50);
  EXPECT_DOUBLE_EQ(By(result, "leaderboard", "total"), 200.0 / 3);
}

TEST(RoboSpatial, YesOrNoIsRightByChanceHalfTheTimeAndAPointUnknown) {
  const std::vector<Item> questions = {Make("configuration", "yes")};
  const std::vector<Item> points = {Make("context", "[(0, 0), (1, 0), (1, 1), (0, 1)]")};
  EXPECT_EQ(All("robospatial", questions, {"no"})[0].chance, 50);
  EXPECT_TRUE(std::isnan(All("robospatial", points, {"no"})[0].chance));
}

TEST(RoboSpatial, StrictTakesPixelsAsSharesOfThePicture) {
  const Item item = Make("context", "[(0, 0), (0.5, 0), (0.5, 1), (0, 1)]", LeftHalf());
  for (const std::string_view inside : {"(2, 5)", "(0.2, 0.5)"})
    EXPECT_EQ(Score("robospatial", item, inside, Profile::kStrict).score, 1) << inside;
  for (const std::string_view outside : {"(7, 5)", "(0.7, 0.5)"})
    EXPECT_EQ(Score("robospatial", item, outside, Profile::kStrict).score, 0) << outside;
}

TEST(VsiBench, FormsAskForNumbersInTheirOwnWords) {
  Item item = Make("object_counting", "4");
  const auto ending = [&](std::string_view form, std::string_view words) {
    item.fields = Json::MakeObject({{"prompt_form", form}});
    return Info("vsi-bench").prompt(item, Profile::kOfficial).user.back().text.ends_with(words);
  };
  EXPECT_TRUE(ending("", "Please answer the question using a single word or phrase."));
  EXPECT_TRUE(ending("gemini_api", "Do not response anything other than a single number!"));
  EXPECT_TRUE(ending("neo_ov", "Answer briefly and directly in one float number."));
}

TEST(PointBench, OfficialCountsOneWhereTheRecordHasNoCount) {
  const Item item = Make("counting", "", LeftHalf());
  const auto score = [&](std::string_view reply) {
    return Score("pointbench", item, reply, Profile::kOfficial).score;
  };
  EXPECT_EQ(score(R"([{"point": [2, 5]}])"), 1);
  EXPECT_EQ(score(R"([{"point": [2, 5]}, {"point": [3, 5]}])"), 0);
}

TEST(Spatial457, EasiReadsAsTheKitDoesAndStrictReadsNumberWords) {
  const Item item = Make("L1_single", "2");
  EXPECT_EQ(Score("spatial457", item, "Answer: two", Profile::kEasi).score, 0);
  EXPECT_EQ(Score("spatial457", item, "Answer: two", Profile::kStrict).score, 1);
}

TEST(SpatialScore, Version0TakesLengthsWithinLessThanAFactorOfTwo) {
  const Item item = Make("Distance", "2 meters", {}, Json::MakeObject({{"source", "VGBench"}}));
  for (const Profile profile : {Profile::kOfficial, Profile::kStrict}) {
    EXPECT_EQ(Score("spatialscore", item, "390 cm", profile).score, 1);
    EXPECT_EQ(Score("spatialscore", item, "4 meters", profile).score, 0) << "not included";
    EXPECT_EQ(Score("spatialscore", item, "1 meters", profile).score, 0);
  }
}

TEST(SpatialScore, PicturesStandInTheTextOnlyIfThereIsAPlaceForEach) {
  Item item = Make("Counting", "2", {}, Json::MakeObject({{"version", "1"}}));
  item.question = "<image>See <image>?";
  const auto layout = [&](size_t n) {
    item.media.resize(n);
    std::string out;
    for (const PromptPart& part : Info("spatialscore").prompt(item, Profile::kOfficial).user)
      out += part.media_idx < 0 ? part.text : StrCat("[", part.media_idx, "]");
    return out;
  };
  EXPECT_TRUE(layout(2).starts_with("[0]See [1]?")) << layout(2);
  EXPECT_TRUE(layout(3).starts_with("[0][1][2]See ?")) << layout(3);
}

TEST(ScanQa, TopTenAnswersAndOtherCodeBases) {
  const std::vector<Item> items(
      2, Make("Color", "brown", Json(std::vector<std::string>{"brown", "dark brown"})));
  const auto results = All("scanqa", items, {R"({"answer_top10":["red","brown"]})", "Brown"});
  EXPECT_DOUBLE_EQ(results[0].scores.overall.value, 0);
  EXPECT_DOUBLE_EQ(By(results[0], "metric", "EM@10"), 50);
  EXPECT_DOUBLE_EQ(By(results[0], "convention", "LEO EM"), 50);
  EXPECT_DOUBLE_EQ(results[1].scores.overall.value, 50);
  ASSERT_FALSE(results[0].scores.notes.empty());
  EXPECT_NE(results[0].scores.notes.back().find("METEOR"), std::string::npos);
}

TEST(Scan2Cap, CaptionsCountOnlyWithTheirBox) {
  const std::vector<std::string> texts = {"A brown chair.", "a chair by the wall"};
  std::vector<Item> items;
  for (const std::string thing : {"chair", "table"}) {
    items.push_back(
        Make("scan2cap",
             "a brown " + thing,
             Json::MakeObject({{"descriptions", Json::Array{"a brown " + thing}},
                               {"gt_box", Json(std::vector<double>{0, 0, 0, 1, 1, 1})}})));
    items.back().id = thing;
  }
  // Half of the box: exactly 0.5, which official does not count and strict does.
  const std::string half = R"(,"box":[0,0,0,1,1,0.5]})";
  const auto results = All("scan2cap",
                           items,
                           {R"({"caption":"a brown chair")" + half,
                            R"({"caption":"a brown table","box":[9,9,9,1,1,1]})"});
  EXPECT_DOUBLE_EQ(results[1].scores.overall.value, 50);
  EXPECT_GT(By(results[0], "metric@0.25IoU", "CIDEr"), By(results[0], "metric@0.5IoU", "CIDEr"));
  EXPECT_GT(By(results[0], "metric", "CIDEr"), By(results[0], "metric@0.25IoU", "CIDEr"));
  EXPECT_GT(By(results[1], "metric", "ROUGE-L"), By(results[1], "metric@0.5IoU", "ROUGE-L"));
  const auto given = All("scan2cap", items, {"a brown chair", "a brown table"});
  EXPECT_DOUBLE_EQ(given[1].scores.overall.value, 100);
}

TEST(Grounding, AReplyNamesABoxOrAnObjectAndNeverTheGold) {
  const Item item =
      Make("scene0011_00", "3", Json::MakeObject({{"gt_box", Json::Array{0, 0, 0, 1, 1, 1}}}));
  const BenchmarkInfo& info = Info("scanrefer");
  for (const Profile profile : info.profiles) {
    const auto score = [&](std::string_view reply) { return info.score(item, reply, profile); };
    EXPECT_EQ(score("[0, 0, 0, 1, 1, 1]").score, 1);
    EXPECT_EQ(score("It is at [0.0, 0.0, 0.0, 1.0, 1.0, 1.0].").score, 1);
    EXPECT_EQ(score("It is <OBJ003>, left of <OBJ007>.").score, 1);
    EXPECT_EQ(score("<OBJ007>").score, 0);
    EXPECT_EQ(score("the chair").outcome, Outcome::kUnparsable);
    EXPECT_EQ(score(R"({"pred_bbox":[5,5,5,1,1,1],"gt_bbox":[5,5,5,1,1,1]})").score, 0);
    EXPECT_EQ(score(R"({"predicted_id":9,"gt_id":9})").score, 0);
    // Nor where the data have no box of their own.
    EXPECT_EQ(info.score(Make("scene0011_00", "3"),
                         R"({"pred_bbox":[5,5,5,1,1,1],"gt_bbox":[5,5,5,1,1,1]})",
                         profile)
                  .score,
              0);
  }
}

TEST(Replies, HostileOnesCostBoundedTimeInEveryBenchmark) {
  const Json box = Json(std::vector<double>{0, 0, 0, 1, 1, 1});
  std::vector<Item> items = {
      Make("location", "", LeftHalf(), Json::MakeObject({{"count", 2}})),
      Make("context", "[(0.1, 0.1), (0.5, 0.1), (0.5, 0.5)]", LeftHalf()),
      Make("object_counting", "4"),
      Make("counting",
           "4",
           LeftHalf(),
           Json::MakeObject({{"version", "1"}, {"question_type", "open-ended"}})),
      Make("st_w_d", "", Json::MakeObject({{"boxes", Json::Array{box}}})),
      Make("left_predicate", "Yes", {}, Json::MakeObject({{"type", "qualitative"}})),
      Make("Color", "brown", Json(std::vector<std::string>{"brown"})),
      Make("x", "A", Json("?"), Json("?"))};
  items[2].options = {"A", "B"};
  const auto repeat = [](std::string_view piece, size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    return text;
  };
  constexpr size_t kBytes = size_t{1} << 16;  // what is quadratic shows
  for (const std::string& reply : {repeat("(0.1, 0.2) ", kBytes),
                                   repeat("(0.0,0.0,1.0,1.0)(0.0,0.0,1.0,0.9)", kBytes),
                                   repeat("(0,0,999999999,999999999)", kBytes),
                                   repeat("[", kBytes),
                                   repeat("{\"a\":", kBytes),
                                   repeat("1-2-", kBytes),
                                   repeat("```\n", kBytes),
                                   repeat("<answer>", kBytes),
                                   repeat("<points x1=\"", kBytes),
                                   repeat("A or ", kBytes),
                                   repeat("9", kBytes),
                                   "[" + repeat("[0,0,0,1,1,1],", kBytes) + "[0,0,0,1,1,1]]",
                                   std::string("\0\xff\xfe nan", 7),
                                   std::string("nan"),
                                   std::string()}) {
    for (const BenchmarkEntry& entry : Benchmarks()) {
      const BenchmarkInfo& info = entry.info();
      for (const Item& item : items)
        for (const Profile profile : info.profiles) {
          const ItemScore score = info.score(item, reply, profile);
          EXPECT_TRUE(std::isfinite(score.score)) << entry.name << ": " << Quote(reply);
          if (info.judge != nullptr && info.judge->request(item, "x", profile))
            EXPECT_TRUE(std::isfinite(info.judge->judged(item, "x", reply, profile).score));
        }
    }
  }
}

}  // namespace
}  // namespace spatium
