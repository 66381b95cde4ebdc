#include "spatium/report/gallery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "spatium/report/browser_test_util.h"
#include "spatium/report/question_pictures.h"
#include "spatium/report/question_stats.h"
#include "spatium/report/report_test_tree.h"

namespace spatium {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(QuestionSet, ASampleIsSpreadOverFormatsAndRepeatable) {
  const Path out = testing_tree::Make("sample");
  const auto sample = SampleQuestions(out, 8, 1);
  ASSERT_TRUE(sample) << sample.error().Message();
  std::multiset<std::string> formats;
  std::set<std::string> ids;
  for (const auto& q : *sample) {
    formats.insert(q.place.format);
    ids.insert(q.place.format + q.id());
  }
  EXPECT_EQ(formats.count("fill"), 4U);
  EXPECT_EQ(formats.count("select"), 4U);
  EXPECT_EQ(ids.size(), 8U);
  const auto again = SampleQuestions(out / "spar", 8, 1);
  for (size_t i = 0; i < 8; ++i) EXPECT_EQ((*again)[i].record, (*sample)[i].record);
  EXPECT_EQ(SampleQuestions(out, 1000, 1)->size(), 30U);
}

TEST(QuestionSet, AreFoundByIdAndByKey) {
  const Path out = testing_tree::Make("find");
  EXPECT_EQ(FindQuestions(out, "room_3")->size(), 2U);  // fill and select
  EXPECT_EQ(FindQuestions(out, "room_1")->size(), 2U);  // not room_10 ... room_19
  EXPECT_EQ(FindQuestions(out, "k15")->size(), 1U);
  EXPECT_EQ(FindQuestions(out, "nobody").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(FindQuestions(out / "nowhere", "a").error().code, ErrorCode::kNotFound);
}

TEST(QuestionSet, ABrokenLineIsNamed) {
  const Path out = testing_tree::Make("broken");
  ASSERT_TRUE(WriteFileAtomic(
      out / "spar/synth/qa_jsonl/train/distance_prediction_oc/fill/fill_20.jsonl", "{}\n{\"id\":"));
  EXPECT_THAT(CollectQuestionStats(out).error().Message(), HasSubstr("fill_20.jsonl:2"));
}

TEST(QuestionPictures, MarkersAreDrawnAtEverySize) {
  const Path out = testing_tree::Make("pictures");
  const auto question = FindQuestions(out, "k15")->front();
  for (const int max_side : {0, 80}) {
    const auto pictures = DrawQuestion(question, MarkerStyle::kSpar, max_side);
    ASSERT_TRUE(pictures) << pictures.error().Message();
    const RgbImage& image = pictures->front().image;
    EXPECT_EQ(image.width(), max_side ? 80 : 160);
    EXPECT_EQ(image.at(image.width() / 4, image.height() / 2)[0], 255);
    EXPECT_EQ(image.at(image.width() / 4, image.height() / 2)[1], 0);
  }
}

TEST(QuestionPictures, PathsOutsideOfTheTreeAreRefused) {
  PlacedQuestion question = FindQuestions(testing_tree::Make("paths"), "k15")->front();
  for (const char* path : {"../../secret.png", "/etc/passwd", "a/../../b"}) {
    question.record.Set("image", Json(Json::Array{path}));
    EXPECT_EQ(DrawQuestion(question, MarkerStyle::kClear).error().code, ErrorCode::kBadValue);
  }
}

TEST(Gallery, ShowsQuestionsAsTextAndHidesAnswers) {
  const Path out = testing_tree::Make("gallery");
  const auto questions = *SampleQuestions(out, 30, 0);
  const std::string html = GalleryPage(questions, {.title = "G", .subtitle = "", .threads = 1});
  EXPECT_THAT(html, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(html, HasSubstr("&lt;/script&gt;&lt;script&gt;alert(&#39;&amp;&#39;)"));
  EXPECT_THAT(html, HasSubstr("<details class=\"answer\">"));
  EXPECT_THAT(html, HasSubstr("data:image/jpeg;base64,"));
  EXPECT_THAT(html, Not(HasSubstr("&lt;image&gt;")));
  EXPECT_EQ(html, GalleryPage(questions, {.title = "G", .subtitle = "", .threads = 2}));
}

TEST(Gallery, AMissingPictureIsShownAsAMessage) {
  const Path out = testing_tree::Make("missing");
  std::filesystem::remove(out / "spar/synth/images/room/a.jpg");
  const std::string html = GalleryPage(*SampleQuestions(out, 2, 0), {.subtitle = ""});
  EXPECT_THAT(html, HasSubstr("class=\"missing\""));
}

TEST(Gallery, FiltersInABrowserAndAsksTheNetworkForNothing) {
  const Path out = testing_tree::Make("browser");
  const Path page = out / "gallery.html";
  ASSERT_TRUE(WriteFileAtomic(page, GalleryPage(*SampleQuestions(out, 30, 0), {.subtitle = ""})));
  const auto visit = testing_browser::Open(page, "#format=select&q=which");
  if (!visit) GTEST_SKIP() << "no Chromium";
  EXPECT_EQ(visit->console, "");
  EXPECT_EQ(testing_browser::FirstNetworkAddress(visit->net_log), "");
  EXPECT_THAT(visit->dom, HasSubstr("10 of 30"));
}

TEST(QuestionStats, CountsFormatsFactsAnswersAndRefusals) {
  const auto stats = CollectQuestionStats(testing_tree::Make("stats"));
  ASSERT_TRUE(stats) << stats.error().Message();
  const Json json = StatsJson(*stats);
  EXPECT_EQ(json.Find("questions")->AsInt(), 30);
  EXPECT_EQ(json.Find("by_task")->Find("distance_prediction_oc")->Dump(),
            R"({"facts":20,"fill":20,"select":10,"sentence":0,"judge":0})");
  EXPECT_EQ(json.Find("answers")->Find("distance_prediction_oc")->Dump(),
            R"({"select":{"A":6,"B":4}})");
  EXPECT_EQ(json.Find("refused")->Dump(), R"({"distance_prediction_oc":{"too_far":7}})");
  EXPECT_EQ(json.Find("images")->AsInt(), 1);
  const Json& numbers = *json.Find("numbers")->Find("distance_prediction_oc")->Find("answer");
  EXPECT_EQ(numbers.Find("n")->AsInt(), 20);
  EXPECT_EQ(numbers.Find("max")->AsDouble(), 9.5);
  EXPECT_THAT(StatsPage(*stats, "s"), HasSubstr("too_far"));
}

}  // namespace
}  // namespace spatium
