// Hand-made cases of the scoring rules.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>

#include "spatium/metrics/answer_match.h"
#include "spatium/metrics/box_iou.h"
#include "spatium/metrics/choice.h"
#include "spatium/metrics/frames.h"
#include "spatium/metrics/mra.h"
#include "spatium/metrics/number_text.h"
#include "spatium/metrics/points.h"
#include "spatium/metrics/robospatial.h"
#include "spatium/metrics/sparbench.h"
#include "spatium/metrics/spatial457.h"
#include "spatium/metrics/spatialrgpt.h"
#include "spatium/metrics/vsibench.h"

namespace spatium {
namespace {

TEST(Mra, TiesFollowTheDoublesOfLinspace) {
  EXPECT_EQ(VsiMra(1.05, 1), 1.0);
  EXPECT_EQ(VsiMra(2.1, 1.5), 0.2);
  EXPECT_EQ(VsiMra(-5, -1), 1.0) << "the error is divided by the gold value, not by its size";
  EXPECT_EQ(VsiMra(1, 0), std::nullopt);
  EXPECT_EQ(VsiMra(NAN, 1), 0.0);
  EXPECT_EQ(SparMra(0.2, 0), 0.6);
}

TEST(Vsi, OfficialTokenEndsAtTheFirstSpace) {
  EXPECT_EQ(VsiFirstToken(U"A. chair"), U"A");
  EXPECT_EQ(VsiFirstToken(U" A"), U"");
  EXPECT_EQ(VsiFirstToken(U"A.\n"), U"A.") << "dots go before white space does";
  EXPECT_EQ(AfterLastAnswerTag(U"<answer>1</answer><answer>2</answer>"), U"2");
}

TEST(Vsi, LmmsEvalReadsTheFirstNumberInDigitsOrWords) {
  EXPECT_EQ(LmmsEvalNumber(U"about twenty-one or 3"), 21);
  EXPECT_EQ(LmmsEvalNumber(U"two hundred and five thousand"), 205000);
  EXPECT_EQ(LmmsEvalNumber(U"-2 chairs"), -2);
  EXPECT_EQ(LmmsEvalNumber(U".5"), 5);
  EXPECT_EQ(LmmsEvalNumber(U"none"), std::nullopt);
  EXPECT_EQ(LmmsEvalNumber(U"[FAILED after 5 retries]"), 5) << "why failures are never text";
}

TEST(Vsi, OverallIsTheMeanOfTaskMeans) {
  const std::vector<TypedScore> items = {{"object_counting", 1},
                                         {"object_counting", 0},
                                         {"object_rel_direction_easy", 1},
                                         {"object_rel_direction_medium", 0},
                                         {"object_rel_direction_hard", 0.5}};
  EXPECT_EQ(AggregateVsi(items, Profile::kOfficial).scores.back().second, 0.5);
  const std::vector<TypedScore> no_hard(items.begin(), items.begin() + 4);
  EXPECT_EQ(AggregateVsi(no_hard, Profile::kOfficial).error, "KeyError");
}

TEST(Spar, OfficialChoiceCreditsSubstringsAndFirstLetters) {
  EXPECT_EQ(SparChoiceScore(U"", U"A"), 1);
  EXPECT_EQ(SparChoiceScore(U"Answer: C", U"A"), 1);
  EXPECT_EQ(SparChoiceScore(U"(B)", U"B"), 0);
}

TEST(Spar, NumbersSkipPowersAndSigns) {
  EXPECT_EQ(ParseSparNumber(U"x^12", false).number.value, 2);
  EXPECT_EQ(ParseSparNumber(U"1.5 to 2", true).number.value, 2);
  EXPECT_EQ(ParseSparNumber(U"none", true).number.value, -1);
  EXPECT_EQ(ParseSparNumber(U"none", false).error, "IndexError");
}

TEST(Spar, ViewChangeIsRelativeToThePrediction) {
  EXPECT_EQ(SparViewChangeScore(U"move_right:2", U"move_right:1"), (0.1 + 4) / 5);
  EXPECT_EQ(SparViewChangeScore(U"move_right:1,", U"move_right:1"), 0) << "an empty piece";
  EXPECT_EQ(SparViewChangeScoreStrict(U" move_right: 1 , x", U"move_right:1"), 1);
}

TEST(Choice, ExtractorsDisagreeOnTheSameText) {
  const py::View text = U"The answer is B because A is wrong";
  EXPECT_EQ(FirstLetter(text), U"T");
  EXPECT_EQ(RankedLetter(text), U"A");
  EXPECT_EQ(ThreeDsrLetter(text), U"B");
  EXPECT_EQ(StandaloneLetter(U"a chair is left, so B"), U"A");
  EXPECT_EQ(MindCubeLetter(U"U.S.A. is big, answer is B"), U"A");
  EXPECT_EQ(RankedLetter(U"A or B? (C)"), U"A");
  EXPECT_EQ(MmsiVideoLetter(U"\\boxed{ C }"), U"C");
  EXPECT_EQ(StiLetter(U"Option d"), U"D");
  EXPECT_EQ(OmniSpatialLetter(U"no idea", OmniSpatialFormat::kRe), U"A");
  EXPECT_EQ(EasiLetter(U"<think>hm</think>\n**B**"), U"B");
  EXPECT_EQ(EasiLetter(U"A or B"), std::nullopt);
  EXPECT_EQ(BlinkChoice(U"it is (A)\n\nso (B)"), U"(B)");
  EXPECT_EQ(SpatialVizLetter(U"Final answer: B or B."), U"B");
  EXPECT_EQ(Spatial457Correct(U"Yes", U"true"), true);
  EXPECT_EQ(Spatial457Correct(U"03", U"3"), true);
  EXPECT_EQ(Spatial457Correct(U"1", U"\u2460"), std::nullopt) << "a digit that int() refuses";
}

TEST(Choice, VideoBenchmarksOwnScriptsGiveUpEarlier) {
  EXPECT_EQ(MmsiVideoOwnLetter(U"Answer: B"), U"B");
  EXPECT_EQ(MmsiVideoOwnLetter(U"I think the answer is clear. (B)"), std::nullopt);
  EXPECT_EQ(MmsiVideoLetter(U"I think the answer is clear. (B)"), U"B");
  EXPECT_EQ(StiOwnLetter(U"so it is C"), U"C") << "the last character";
  EXPECT_EQ(StiOwnLetter(U"(B) or C"), U"B");
  EXPECT_EQ(StiOwnLetter(U"none"), std::nullopt);
  EXPECT_EQ(SpatialVizLetter(U"the correct path is B"), U"B");
  EXPECT_EQ(SpatialVizLetter(U"the correct path is B", true), std::nullopt);
}

TEST(Choice, SatReadsAnOptionOfTheQuestionOrTheFirstWord) {
  const py::View listed = U"Which?\nA. turn left\nB. turn right";
  EXPECT_EQ(SatAnswer(U"It would turn right!", listed), U"B");
  EXPECT_EQ(SatAnswer(U"(B) because", U"Which?"), U"B");
  EXPECT_EQ(SatAnswer(U"b.", U"Which?"), U"b");
  EXPECT_EQ(SatAnswer(U"", listed), U"");
}

TEST(Spatial457, TheKitIsLenientWhereStrictIsNot) {
  EXPECT_EQ(Spatial457KitAnswer(U"{'Reasoning': 'x', 'Answer': 'red'}"), U"red");
  EXPECT_EQ(Spatial457KitAnswer(U"red"), U"red");
  EXPECT_TRUE(Spatial457KitCorrect(U"sedan", U"suv")) << "another car";
  EXPECT_FALSE(Spatial457KitCorrect(U"sedan", U"jet"));
  EXPECT_TRUE(Spatial457KitCorrect(U"Yes", U"3"));
  EXPECT_TRUE(Spatial457KitCorrect(U"No", U"none"));
  EXPECT_TRUE(Spatial457KitCorrect(U"3", U"Three"));
  EXPECT_FALSE(Spatial457KitCorrect(U"", U"truck"));
  EXPECT_FALSE(Spatial457StrictCorrect(U"sedan", U"{'Answer': 'suv'}"));
  EXPECT_FALSE(Spatial457StrictCorrect(U"Yes", U"3"));
  EXPECT_TRUE(Spatial457StrictCorrect(U"Yes", U"{\"Answer\": \"yes\"}"));
  EXPECT_TRUE(Spatial457StrictCorrect(U"3", U"three."));
}

TEST(Choice, SiteTakesTheLastOfSeveralLetters) {
  const std::vector<py::Str> letters = {U"A", U"B", U"C"};
  EXPECT_EQ(SiteLetter(U"A or B or A", letters), U"A");
  EXPECT_EQ(SiteLetter(U"(A) (B)", letters), U"A") << "none stands alone: the first";
  EXPECT_EQ(SiteLetter(U"?", letters), std::nullopt);
}

TEST(Choice, ReasoningBlocksGoWhereverTheyAre) {
  const std::vector<std::pair<py::Str, py::Str>> tags = {{U"<t>", U"</t>"}};
  EXPECT_EQ(StripReasoning(U"<t>x</t> A <t>y</t>", tags), U"A");
  EXPECT_EQ(StripReasoning(U"x</t> A", tags), U"A");
  EXPECT_EQ(StripReasoning(U"A <t>x", tags), U"A <t>x");
  EXPECT_EQ(StripReasoning(U"<<t>x</t>t>y</t>B", tags), U"B") << "tags made by a removal";
}

TEST(Points, TuplesAreScaledOnlyIfOneHasAPoint) {
  const auto first = [](py::View text, TupleRule rule) {
    return PointsFromTuples(text, 100, 50, rule).points.items.at(0);
  };
  EXPECT_EQ(first(U"(0.5, 0.5)", TupleRule::kRefSpatial).x, 50);
  EXPECT_EQ(first(U"(1, 0)", TupleRule::kRefSpatial).x, 1);
  EXPECT_EQ(first(U"(1, 0)", TupleRule::kLmmsEval).x, 100);
  EXPECT_EQ(PointsFromTuples(U"(0.4,0.4,0.2,0.2)", 100, 50, TupleRule::kRefSpatial).error,
            "ValueError");
  EXPECT_TRUE(
      PointsFromTuples(U"[0.5, 0.5] ( 0.5,0.5)", 100, 50, TupleRule::kRefSpatial).points.empty());
}

TEST(Points, BoxesCountAllTheirPixelsWithoutHoldingThem) {
  Mask mask{.width = 10, .height = 10, .values = std::vector<uint8_t>(100, 0)};
  for (size_t i = 0; i < 50; ++i) mask.values[i] = 255;
  const auto box = PointsFromTuples(U"(0.0,0.0,1.0,1.0)", 10, 10, TupleRule::kRefSpatial);
  EXPECT_EQ(FractionInMask(box.points, mask, MaskRule::kAboveZero), 0.5);
  py::Str many;
  for (int i = 0; i < 20000; ++i) many += U"(0,0,9000,9000)";
  const auto start = std::chrono::steady_clock::now();
  const auto boxes = PointsFromTuples(many, 1000, 1000, TupleRule::kRefSpatial);
  EXPECT_TRUE(FractionInMask(boxes.points, mask, MaskRule::kAboveZero).has_value());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(Points, NumpyCannotIndexWithFloatsOrHugeNumbers) {
  Mask mask{.width = 10, .height = 10, .values = std::vector<uint8_t>(100, 255)};
  const auto fraction = [&](py::View text, TupleRule rule) {
    return FractionInMask(PointsFromTuples(text, 10, 10, rule).points, mask, MaskRule::kAboveZero);
  };
  EXPECT_EQ(fraction(U"(0.5,1)", TupleRule::kRefSpatialAbsolute), std::nullopt);
  EXPECT_EQ(fraction(U"(99999999999999999999,1)", TupleRule::kRefSpatial), std::nullopt);
  EXPECT_EQ(fraction(U"(9,9)", TupleRule::kRefSpatial), 1.0);
  EXPECT_EQ(fraction(U"(10,9)", TupleRule::kRefSpatial), 0.0);
}

TEST(Mask, FormsAgree) {
  const auto parse = [](std::string_view text) {
    const Result<Json> json = Json::Parse(text, "mask");
    return MaskFromJson(JsonCursor(*json, "mask"));
  };
  const auto rects = parse(R"({"w":3,"h":2,"rects":[[1,0,2,2,255]]})");
  const auto runs = parse(R"({"w":3,"h":2,"runs":"0x1 255x1 0x2 255x1 0x1"})");
  const auto counts = parse(R"({"size":[2,3],"counts":[2,2,2]})");
  ASSERT_TRUE(rects && runs && counts);
  EXPECT_EQ(rects->values, runs->values);
  EXPECT_EQ(rects->values, counts->values);
  const auto text = MaskFromCocoText("222", 3, 2);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->values, counts->values);
  EXPECT_FALSE(parse(R"({"w":3,"h":2,"runs":"0x7"})"));
  EXPECT_FALSE(parse(R"({"w":99999999,"h":99999999,"rects":[]})"));
  EXPECT_FALSE(MaskFromCocoText("9999", 3, 2));
}

TEST(RoboSpatial, PolygonsAndYesNo) {
  const py::Str square = U"[(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)]";
  EXPECT_TRUE(ScoreRoboSpatialOfficial(square, U"at (0.5, 0.5)").correct);
  EXPECT_FALSE(ScoreRoboSpatialOfficial(square, U"(0.9, 0.5)").correct);
  EXPECT_TRUE(ScoreRoboSpatialOfficial(square, U"[(.5, +0.5)]").correct) << "read as Python";
  EXPECT_FALSE(ScoreRoboSpatialOfficial(square, U"here").parsable);
  EXPECT_TRUE(ScoreRoboSpatialOfficial(U"no", U"not sure").correct);
  EXPECT_TRUE(YesNoOnLastLine(U"yes", U"no\nAnswer: yes"));
  EXPECT_EQ(RemoveThinking(U"a</think><answer> b </answer>"), U"b");
}

TEST(BoxIou, ThreeArithmeticsDisagreeOnAThreshold) {
  const Box6 a = {0, 0, 0, 1, 1, 0.25}, b = {0, 0, 0, 1, 1, 1};
  EXPECT_EQ(PlainIou(a, b), 0.25);
  EXPECT_LT(ScanReferIou(CornersOf(a), CornersOf(b)), 0.25);
  EXPECT_LT(FloatIou({0, 0, 0, 1, 1, 0.25}, b), 0.25f);
  EXPECT_EQ(PlainIou({5, 0, 0, 1, 1, 1}, b), 0);
  EXPECT_EQ(TabIou(a, b), 0.25);
  EXPECT_EQ(Hundredths(0.495), 50);
  EXPECT_EQ(Hundredths(0.285), 29) << "of the decimal, not of the double below it";
  EXPECT_EQ(Hundredths(1e-5), 0);
  EXPECT_EQ(Hundredths(1), 100);
}

TEST(BoxIou, AnUnknownNumberIsZeroForSeeGroundAndUnknownForTab) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const Box6 box = {0, 0, 0, 1, 1, 1}, point = {0, 0, 0, 0, 0, 0};
  for (size_t k = 0; k < 6; ++k) {
    Box6 unknown = box;
    unknown[k] = kNan;
    EXPECT_EQ(PlainIou(box, unknown), 0) << k;
    EXPECT_EQ(PlainIou(unknown, box), 0) << k;
    EXPECT_TRUE(std::isnan(TabIou(box, unknown)) && std::isnan(TabIou(unknown, box))) << k;
  }
  EXPECT_EQ(TabIou(point, point), 0) << "no union";
  EXPECT_EQ(TabIou({5, 0, 0, 1, 1, 1}, box), 0);
}

TEST(Multi3dRefer, AMatrixWithoutNumbersIsRefusedAsByScipy) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const std::vector<Box6> unit = {{0, 0, 0, 1, 1, 1}};
  const std::vector<Box6> endless = {{0, 0, 0, kInfinity, 1, 1}}, far = {{1e300, 0, 0, 1, 1, 1}};
  EXPECT_EQ(Multi3dReferF1(endless, unit, F1Rule::kM3dRefClip)->first, 0)
      << "an endless union is a number: 0";
  EXPECT_EQ(Multi3dReferF1(far, unit, F1Rule::kVideo3dLlm)->first, 0);
  EXPECT_FALSE(Multi3dReferF1(far, unit, F1Rule::kM3dRefClip)) << "infinity as a float";
  EXPECT_FALSE(Multi3dReferF1(endless, endless, F1Rule::kVideo3dLlm));
}

TEST(Multi3dRefer, HungarianMatchesAndEmptySets) {
  const std::vector<Box6> two = {{0, 0, 0, 1, 1, 1}, {5, 0, 0, 1, 1, 1}}, none;
  const std::vector<Box6> swapped = {two[1], two[0]};
  EXPECT_EQ(Multi3dReferF1(two, swapped, F1Rule::kM3dRefClip)->second, 1);
  EXPECT_EQ(Multi3dReferF1(none, none, F1Rule::kM3dRefClip)->first, 1);
  EXPECT_EQ(Multi3dReferF1(two, none, F1Rule::kVideo3dLlm)->first, 0);
  EXPECT_EQ(DecodeStimulus("s-a_b-3-1-2-4").stimulus.label, "a b");
  EXPECT_EQ(DecodeStimulus("s-a-3-1-2").error, "AssertionError");
  EXPECT_EQ(DecodeStimulus("s-a-3").error, "ValueError");
}

TEST(Answers, CleanerMendsAndDropsArticles) {
  EXPECT_EQ(CleanAnswer(U"  The  TV!! "), U"TV") << "tv is written TV, then the article goes";
  EXPECT_EQ(CleanAnswer(U"a a chair2"), U"a chair");
  EXPECT_EQ(CleanAnswer(U"o'  clock 3 backwards"), U"o'clock three backward");
  const std::vector<py::Str> gold = {U"left side"};
  EXPECT_EQ(MatchLeo(U"", gold).refined, 1);
  EXPECT_EQ(MatchChatScene(U"", gold).refined, 0);
  EXPECT_EQ(MatchLeo(U"lefts", gold).refined, 1) << "blanks do not count";
  EXPECT_EQ(ScanQaPrepareAnswer(U"The Two, dont."), U"2 don't");
}

TEST(SpatialRgpt, FailedMarksReuseTheOneBefore) {
  const std::vector<SpatialRgptItem> items = {
      {"qualitative", "left_predicate", U"{\"your_mark\": 1}"},
      {"qualitative", "left_predicate", U"broken"},
      {"quantitative",
       "width_data",
       U"{\"answer_in_meters\": 1, \"response_in_meters\": \"1.25\"}"}};
  const auto official = ScoreSpatialRgpt(items, false), strict = ScoreSpatialRgpt(items, true);
  EXPECT_EQ(official.qualitative[0].second, (std::vector<double>{1, 1}));
  EXPECT_EQ(strict.qualitative[0].second, (std::vector<double>{1, 0}));
  EXPECT_EQ(official.match_failures, 1);
  EXPECT_EQ(official.success[0].second, (std::vector<double>{1}));
}

TEST(Frames, RulesOfTheHarnesses) {
  EXPECT_EQ(SampleFrames(FrameRule::kUniform, 3, 10), (std::vector<int64_t>{0, 4, 9}));
  EXPECT_EQ(SampleFrames(FrameRule::kUniformMin, 5, 2), (std::vector<int64_t>{0, 1}));
  EXPECT_EQ(SampleFrames(FrameRule::kUniformTail, 1, 5), (std::vector<int64_t>{0, 4}));
  EXPECT_EQ(SampleFrames(FrameRule::kChunkCenter, 2, 10), (std::vector<int64_t>{2, 7}));
  EXPECT_TRUE(SampleFramesByRate(1, 10, 24).empty());
}

}  // namespace
}  // namespace spatium
