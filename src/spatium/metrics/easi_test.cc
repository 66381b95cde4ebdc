// What EASI's own Python says of these replies (VLMEvalKit's can_infer and Point2DParser), which
// was run for the expectations.
#include <gtest/gtest.h>

#include "spatium/metrics/choice.h"
#include "spatium/metrics/points_kit.h"

namespace spatium {
namespace {

TEST(KitLetter, OneLetterNearTheEndElseOneOptionsText) {
  const std::vector<py::Str> options = {U"the sofa", U"a chair", U"table", U"left"};
  const std::pair<py::View, py::View> cases[] = {{U"A", U"A"},
                                                 {U"The answer is B.", U"B"},
                                                 {U"(C)", U"C"},
                                                 {U"I see a chair", U"B"},
                                                 {U"answer: **D**", U"D"},
                                                 {U"Z", U"Z"},
                                                 {U"Cannot determine the answer", U"Z"}};
  for (const auto& [reply, letter] : cases)
    EXPECT_EQ(KitLetter(reply, options), Letter(letter)) << py::ToUtf8(reply);
  for (const py::View reply : {U"A or B",
                               U"B because it is far from here now",
                               U"the sofa and the table",
                               U"Failed to obtain answer via API. A",
                               U"a",
                               U""})
    EXPECT_EQ(KitLetter(reply, options), std::nullopt) << py::ToUtf8(reply);
  py::Str repeated;
  for (int i = 0; i < 20; ++i) repeated += U"the table ";
  EXPECT_EQ(KitLetter(repeated, options), std::nullopt) << "longer than twice the options";
}

TEST(EasiLetter, IsTheOnlyOneThatStandsOutsideLinesOfOptions) {
  const std::pair<py::View, Letter> cases[] = {{U"B+ x\nOption A: y\n(B/", U"B"},
                                               {U"Option A: A+\r\n* option C: z\nB+", U"B"},
                                               {U"B+\nOption A: y", U"B"},
                                               {U"(\nOption A: y\r\n C+", U"C"},
                                               {U"B+ x\nA+ y", std::nullopt},
                                               {U"Option A: y", std::nullopt},
                                               {U"optional A+\nB+", std::nullopt}};
  for (const auto& [reply, letter] : cases)
    EXPECT_EQ(EasiLetter(reply), letter) << py::ToUtf8(reply);
}

TEST(KitPoints, SharesGridPixelsAndBoxesAsEasiReadsThem) {
  Mask mask{.width = 8, .height = 6, .values = std::vector<uint8_t>(48, 0)};
  for (size_t y = 2; y < 4; ++y)
    for (size_t x = 3; x < 6; ++x) mask.values[y * 8 + x] = 255;
  const std::pair<py::View, double> cases[] = {
      {U"[{\"point_2d\": [500, 500]}]", 1},
      {U"```json\n{\"point\": [0.5, 0.5]}\n```", 1},
      {U"(4, 3)", 1},
      {U"(0.5,0.5), (0,0)", 0.5},
      {U"(3,2,6,4)", 1},
      {U"(-5,2,6,4)", 0.2727272727272727},  // what lies outside counts on the border
      {U"(0,0,100,100)", 0.0006},
      {U"(0.375,0.33,0.75,0.66)", 1},
      {U"[{\"point_2d\":[],\"point\":[400,400]}]", 1},
      {U"[{\"point_2d\":[\"500\",\"500\"]}]", 1},
      {U"(1.5, 1.2)", 0},
      {U"[{\"point_2d\":[NaN,5]}]", 0},
      {U"nothing", 0},
      {U"[{\"point_2d\":[4000,3]}]", 0},
      {U"(7.5, 5.5)", 0}};
  for (const auto& [reply, share] : cases) {
    const auto regions = KitRegions(reply, mask.width, mask.height);
    ASSERT_TRUE(regions) << py::ToUtf8(reply);
    EXPECT_DOUBLE_EQ(KitShareInMask(*regions, mask), share) << py::ToUtf8(reply);
  }
  EXPECT_FALSE(KitRegions(U"(0,0,999999999999,999999999999)", 8, 6)) << "MemoryError";
}

TEST(KitPoints, VerticalEdgesOfAPolygonCountFromBothSides) {
  const std::vector<std::pair<double, double>> slanted = {{0, 0}, {1, 0.1}, {0.9, 1}, {0.1, 0.9}};
  EXPECT_TRUE(KitInPolygon(0.5, 0.5, slanted));
  EXPECT_FALSE(KitInPolygon(0.5, 1, slanted));
  EXPECT_FALSE(KitInPolygon(1.5, 0.5, slanted));
  EXPECT_FALSE(KitInPolygon(-0.5, 0.5, slanted));
  const std::vector<std::pair<double, double>> square = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
  EXPECT_FALSE(KitInPolygon(0.5, 0.5, square)) << "as in EASI's script";
}

}  // namespace
}  // namespace spatium
