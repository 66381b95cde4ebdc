#include "spatium/report/answer_overlay.h"

#include <gtest/gtest.h>

#include "spatium/base/text.h"
#include "spatium/benchmarks/mask_family.h"

namespace spatium {
namespace {

Item WithMask(int width, int height, std::string runs) {
  Item item;
  item.gold = Json::MakeObject({{"w", width}, {"h", height}, {"runs", std::move(runs)}});
  return item;
}

std::vector<ProfileResult> Read(std::vector<Json> parsed) {
  std::vector<ProfileResult> results;
  for (Json& one : parsed) {
    ItemScore score;
    score.parsed = std::move(one);
    results.emplace_back().items = {std::move(score)};
  }
  return results;
}

TEST(AnswerOverlay, HasTheMasksRunsAndThePointsOfTheFirstRuleThatReadAny) {
  PointSet points;
  points.items = {{.x = 2, .y = 1}, {.x = 0, .y = 0, .width = 3, .height = 2}};
  const auto results = Read({Json("nothing"), PointsRead({}), PointsRead(points)});
  // Of 4 x 3 pixels the middle two of the second row; 127 is not right.
  const Json overlay = AnswerOverlay(WithMask(4, 3, "0x5 255x1 128x1 127x1 0x4"), results, 0);
  EXPECT_EQ(overlay.Find("mask")->AsString(), "M1 1.5h2");
  EXPECT_EQ(overlay.Find("points")->Dump(), "[[2,1]]");
  EXPECT_EQ(overlay.Find("boxes")->Dump(), "[[0,0,3,2]]");
  EXPECT_TRUE(AnswerOverlay({}, results, 0).IsNull());
}

// Dots far enough apart to stay apart in all but the coarsest grid.
TEST(AnswerOverlay, StaysSmallForAMaskOfSingleDots) {
  std::string runs;
  for (int i = 0; i < 600 * 75; ++i) runs += i == 0 ? "255x1 0x7" : " 255x1 0x7";
  const Json overlay = AnswerOverlay(WithMask(600, 600, std::move(runs)), {}, 0);
  EXPECT_LT(overlay.Find("mask")->AsString().size(), 6000U);
}

TEST(AnswerOverlay, AHugeReplyShowsItsFirstPoints) {
  PointSet points;
  points.items.resize(100'000, {.x = 1, .y = 1});
  const Json read = PointsRead(points);
  EXPECT_EQ(read.Find("points")->AsDouble(), 100'000);
  EXPECT_EQ(read.Find("at")->AsArray().size(), 64U);
}

TEST(MaskText, SaysItsSizeAndShare) {
  EXPECT_EQ(MaskText(WithMask(4, 3, "0x5 255x1 128x1 127x1 0x4")),
            "a mask of 4 × 3 pixels, 16.7 % of them right");
  EXPECT_EQ(MaskText({}), "");
}

}  // namespace
}  // namespace spatium
