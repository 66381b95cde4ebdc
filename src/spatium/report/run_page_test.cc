#include "spatium/report/run_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spatium/base/random.h"
#include "spatium/image/codec.h"
#include "spatium/report/browser_test_util.h"
#include "spatium/report/interval_chart.h"

namespace spatium {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHostile =
    "A</script><script>document.title='stolen'</script><!-- <b onload=x> &amp; \xF0\x9F\x98\x80";

// A run of VSI-Bench with pictures for videos: enough for a page.
struct Made {
  std::vector<Item> items;
  std::vector<ItemReply> replies;
  std::vector<ProfileResult> results;
  Json report;
  const BenchmarkInfo& info = (*FindBenchmark("vsi-bench"))->info();

  explicit Made(int n) {
    const Path folder = Path(::testing::TempDir()) / "run_page_pictures";
    for (int i = 0; i < 8; ++i) {
      RgbImage image(320, 200, static_cast<uint8_t>(30 * i));
      EXPECT_TRUE(WriteFileAtomic(folder / StrCat(i, ".jpg"), EncodeJpeg(image)));
    }
    for (int i = 0; i < n; ++i) {
      Item item;
      item.id = StrCat("item-", i);
      item.task = i % 2 == 0 ? "object_counting" : "route_planning";
      item.question = StrCat("Question ", i, " about <things> & rooms?");
      if (i % 2 == 1) item.options = {"A. x", "B. y", "C. z", "D. w"};
      item.answer = i % 2 == 0 ? "4" : "A";
      item.media.push_back({.file = folder / StrCat(i % 8, ".jpg"), .source = "picture"});
      items.push_back(item);
      replies.push_back({i % 7 == 3   ? std::optional<std::string>()
                         : i % 5 == 1 ? kHostile
                         : i % 2 == 0 ? "4"
                                      : "B"});
    }
    const Profile profiles[] = {Profile::kOfficial, Profile::kStrict};
    results = Evaluate(info, items, replies, profiles, 2);
    report = ReportJson("vsi-bench", info, results);
  }
  RunView view() const {
    return {"vsi-bench", info, items, replies, results, report, "a<b>model", {}};
  }
};

TEST(RunPage, AReplyIsNeverMarkup) {
  const Made run(40);
  const std::string html = RunPage(run.view(), {});
  EXPECT_THAT(html, Not(HasSubstr("</script><script>document.title")));
  EXPECT_THAT(html, Not(HasSubstr("<!-- <b")));
  EXPECT_THAT(html, Not(HasSubstr("a<b>model")));
  EXPECT_THAT(html, HasSubstr("\\u003c/script\\u003e"));
  for (const char* outside : {"http://", "https://", "@import", "url("})
    EXPECT_THAT(html, Not(HasSubstr(outside)));
  EXPECT_EQ(html, RunPage(run.view(), {.pictures = {.threads = 1}}));
}

TEST(RunPage, FiltersInABrowserAndAsksTheNetworkForNothing) {
  const Made run(40);
  const Path page = Path(::testing::TempDir()) / "run_page.html";
  ASSERT_TRUE(WriteFileAtomic(page, RunPage(run.view(), {})));
  const auto all = testing_browser::Open(page);
  if (!all) GTEST_SKIP() << "no Chromium";
  EXPECT_EQ(all->console, "");
  EXPECT_EQ(testing_browser::FirstNetworkAddress(all->net_log), "");
  EXPECT_THAT(all->dom, HasSubstr("40 of 40"));
  EXPECT_THAT(all->dom, HasSubstr("<title>vsi-bench</title>"));  // no reply ran
  EXPECT_THAT(all->dom, HasSubstr("&lt;/script&gt;&lt;script&gt;document.title"));
  EXPECT_THAT(all->dom, HasSubstr("data:image/jpeg;base64,"));
  const auto failed = testing_browser::Open(page, "#outcome=failed&task=route_planning");
  EXPECT_THAT(failed->dom, HasSubstr("3 of 40"));
  const auto found = testing_browser::Open(page, "#q=item-17");
  EXPECT_THAT(found->dom, HasSubstr("1 of 40"));
}

TEST(RunPage, DrawsTheGoldMaskAndThePointsOverThePicture) {
  Made run(2);
  run.items[0].answer = "";
  run.items[0].gold = Json::MakeObject({{"w", 4}, {"h", 3}, {"runs", "0x5 255x2 0x5"}});
  run.results[0].items[0].parsed =
      Json::MakeObject({{"points", 1}, {"at", Json(Json::Array{Json(Json::Array{2, 1})})}});
  const Path page = Path(::testing::TempDir()) / "run_page_mask.html";
  ASSERT_TRUE(WriteFileAtomic(page, RunPage(run.view(), {})));
  const auto visit = testing_browser::Open(page);
  if (!visit) GTEST_SKIP() << "no Chromium";
  EXPECT_EQ(visit->console, "");
  EXPECT_THAT(visit->dom, HasSubstr("d=\"M1 1.5h2\""));
  EXPECT_THAT(visit->dom, HasSubstr("<circle class=\"said point\" cx=\"2.5\" cy=\"1.5\""));
  EXPECT_THAT(visit->dom, HasSubstr("a mask of 4 × 3 pixels"));
  // Of the picture's shape, not the mask's.
  EXPECT_THAT(visit->dom, HasSubstr("viewBox=\"0 0 320 200\""));
}

TEST(RunPage, OfTooManyItemsItShowsTheFailedAndSaysSo) {
  const Made run(400);
  const std::string html = RunPage(run.view(), {.pictures = {}, .max_samples = 150});
  EXPECT_THAT(html, HasSubstr("150 of 400 items are on this page"));
  size_t failed = 0;
  for (size_t i = 0; i < run.items.size(); ++i)
    if (!run.replies[i].text &&
        html.find("\"item-" + std::to_string(i) + "\"") != std::string::npos)
      ++failed;
  EXPECT_GE(failed, 50U);
}

TEST(Thumbnails, AMediumIsEncodedOnceAndTheBudgetHolds) {
  const Made run(100);
  const Thumbnails all = MakeThumbnails(run.items, {});
  EXPECT_EQ(all.jpegs.size(), 8U);
  EXPECT_EQ(all.of_item[3], all.of_item[11]);
  EXPECT_EQ(all.left_out + all.missing, 0U);
  const Thumbnails few = MakeThumbnails(run.items, {.budget_bytes = 3000});
  EXPECT_LT(few.jpegs.size(), 8U);
  EXPECT_GT(few.jpegs.size(), 0U);
  EXPECT_EQ(few.jpegs.size() + few.left_out, 8U);
  size_t bytes = 0;
  for (const std::string& jpeg : few.jpegs) bytes += jpeg.size();
  EXPECT_LE(bytes, 3000U);
}

TEST(Thumbnails, AMissingFileIsCounted) {
  Made run(2);
  run.items[0].media[0].file = "/nowhere/x.jpg";
  const Thumbnails some = MakeThumbnails(run.items, {});
  EXPECT_EQ(some.missing, 1U);
  EXPECT_EQ(some.of_item[0], std::vector<int>{-1});
}

TEST(IntervalChart, PutsMarksWhereTheirValuesAre) {
  const std::string html =
      IntervalChart({{.label = "a<b",
                      .marks = {{.value = 25, .interval95 = {{20, 30}}, .series = 0}},
                      .note = ""}},
                    {.reference = 50, .reference_label = "chance"});
  EXPECT_THAT(html, HasSubstr("a&lt;b"));
  EXPECT_THAT(html, HasSubstr("left:25.00%"));
  EXPECT_THAT(html, HasSubstr("left:20.00%;width:10.00%"));
  EXPECT_THAT(html, HasSubstr("left:50.00%"));
  EXPECT_EQ(IntervalChart({}, {}), "");
}

}  // namespace
}  // namespace spatium
