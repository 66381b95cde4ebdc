#include "spatium/qa/verify/text.h"

#include <gtest/gtest.h>

namespace spatium::verify {
namespace {

const std::vector<Mentionable> kChairAndTable{{.color = "red", .labels = {"chair"}},
                                              {.color = "blue", .labels = {"table"}}};
const std::vector<Mentionable> kTwoChairs{{.color = "red", .labels = {"office chair", "chair"}},
                                          {.color = "blue", .labels = {"chair"}}};

TEST(NumberAnswer, IsANumberAndNothingElse) {
  EXPECT_EQ(ReadNumberAnswer("0.9"), 0.9);
  EXPECT_EQ(ReadNumberAnswer(" 2.0 m. "), 2.0);
  EXPECT_EQ(ReadNumberAnswer("3 meters"), 3.0);
  for (const char* text : {"", "m", ".", ".5", "1e3", "0.9 or 1.0", "nan", "-", "1,2"})
    EXPECT_FALSE(ReadNumberAnswer(text)) << text;
}

TEST(OtherAnswers, HaveTheirForm) {
  EXPECT_EQ(ReadLetterAnswer("C"), 2);
  EXPECT_FALSE(ReadLetterAnswer("c"));
  EXPECT_FALSE(ReadLetterAnswer("A, B"));
  EXPECT_EQ(ReadYesNo("No, it is not."), false);
  EXPECT_EQ(ReadYesNo("Yes"), true);
  EXPECT_FALSE(ReadYesNo("Northwards"));
  ASSERT_TRUE(ReadBoxAnswer("[0, 490, 1000, 999]"));
  EXPECT_EQ(ReadBoxAnswer("[0, 490, 1000, 999]")->y0, 490);
  EXPECT_FALSE(ReadBoxAnswer("[0, 490, 1001, 999]"));
  EXPECT_FALSE(ReadBoxAnswer("[0, 490, 999]"));
  EXPECT_EQ(ReadSlots("right, , closer", 3), (std::vector<std::string>{"right", "", "closer"}));
  EXPECT_FALSE(ReadSlots("right, closer", 3));
}

TEST(ForeignUnit, IsAnyUnitButMetersAndDegrees) {
  const auto unit = [](std::string_view text) {
    return ForeignUnit(Tokens(text, {{.color = "red", .labels = {"inch worm"}}}));
  };
  for (const char* text : {"Answer in meters.",
                           "It turned 5 degrees.",
                           "The foot of the bed is 2.0 m away.",
                           "The inch worm (red point) is near."})
    EXPECT_EQ(unit(text), "") << text;
  for (const char* text : {"Answer in centimeters.", "It is 12cm away.", "3 feet", "1.5 radians"})
    EXPECT_NE(unit(text), "") << text;
}

TEST(SpeaksOfDepth, IsTrueOfTheOpticalAxisAlone) {
  const auto depth = [](std::string_view text) { return SpeaksOfDepth(Tokens(text, {})); };
  EXPECT_TRUE(depth("How deep is it? Say its z."));
  EXPECT_FALSE(depth("How far is it from the camera?"));
}

TEST(PicturesNamed, AreInTheOrderOfTheWords) {
  const auto named = [](std::string_view text) { return PicturesNamed(Tokens(text, {})); };
  EXPECT_EQ(named("From the first view to the second"), (std::vector<int>{1, 2}));
  EXPECT_EQ(named("Box in image two the one of picture 1"), (std::vector<int>{2, 1}));
  EXPECT_EQ(named("Compare the two images; the first three values"), std::vector<int>{});
}

TEST(Motion, IsReadFromTheFormat) {
  const auto m =
      ReadMotionAnswer("move_right:1.6,move_down:0,move_backward:0.3,rotate_up:15,rotate_left:75");
  ASSERT_TRUE(m);
  EXPECT_EQ(m->right_m, 1.6);
  EXPECT_EQ(m->forward_m, -0.3);
  EXPECT_EQ(m->pitch_up_deg, 15);
  EXPECT_EQ(m->yaw_right_deg, -75);
  EXPECT_FALSE(ReadMotionAnswer("move_right:1.6,move_down:0"));
  EXPECT_FALSE(
      ReadMotionAnswer("move_right:1.6,move_left:0,move_backward:0.3,rotate_up:15,rotate_left:75"));
}

TEST(Motion, IsReadFromProse) {
  const auto m = ReadMotionProse(
      "The camera moves 1.6 meters to the right and 0.3 m backward, then turns down 5 degrees and "
      "left by 75 degrees.");
  ASSERT_TRUE(m);
  EXPECT_EQ(m->right_m, 1.6);
  EXPECT_EQ(m->forward_m, -0.3);
  EXPECT_EQ(m->pitch_up_deg, -5);
  EXPECT_EQ(m->yaw_right_deg, -75);
  EXPECT_FALSE(ReadMotionProse("It moves 1 meter left and 2 meters right."));
  EXPECT_FALSE(ReadMotionProse("It moves 1 meter."));
}

TEST(Tokens, KeepNamesApartFromDirectionsAndNumbers) {
  const auto tokens = Tokens("The right door (red point) is 1.5m from the 3D center.",
                             {{.color = "red", .labels = {"right door"}}});
  int numbers = 0;
  for (const Token& token : tokens) {
    EXPECT_NE(token.text, "right");
    if (token.kind != TokenKind::kNumber) continue;
    ++numbers;
    EXPECT_EQ(token.number, 1.5);
    EXPECT_EQ(token.unit, "m");
  }
  EXPECT_EQ(numbers, 1);
}

TEST(Tokens, TellOneObjectFromAnotherOfItsName) {
  std::vector<uint32_t> mentions;
  for (const Token& token :
       Tokens("Is the chair (blue point) or the office chair (red point) here?", kTwoChairs))
    if (token.kind == TokenKind::kObject) mentions.push_back(token.objects);
  EXPECT_EQ(mentions, (std::vector<uint32_t>{2, 1}));
}

TEST(WrongNames, AreThoseThatTheMarkedObjectDoesNotHave) {
  EXPECT_TRUE(
      WrongNames("the chair (red point) and the table (blue point)", kChairAndTable).empty());
  EXPECT_EQ(WrongNames("the table (red point) and the chair (blue point)", kChairAndTable).size(),
            2u);
  EXPECT_EQ(WrongNames("the armchair (red point)", kChairAndTable).size(), 1u);
}

int SignOfRed(std::string_view text) {
  const auto claims = Claims(Tokens(text, kChairAndTable));
  if (claims.size() != 1) return 99;
  return claims[0].subject == 0 ? claims[0].sign : -claims[0].sign;
}

TEST(Claims, KnowTheSubject) {
  EXPECT_EQ(SignOfRed("The chair (red bbox) is to the left of the table (blue bbox)."), -1);
  EXPECT_EQ(SignOfRed("The table (blue bbox) is to the left of the chair (red bbox)."), 1);
  EXPECT_EQ(SignOfRed("Relative to the table (blue bbox), the chair (red bbox) is on the left."),
            -1);
  EXPECT_EQ(SignOfRed("Compared with the chair (red bbox), the table (blue bbox) is higher."), -1);
  EXPECT_EQ(SignOfRed("Is the table (blue bbox) farther away than the chair (red bbox)?"), -1);
  EXPECT_EQ(SignOfRed("To the right of the table (blue bbox) stands the chair (red bbox)."), 1);
  EXPECT_EQ(SignOfRed("It is above."), 1);
}

TEST(Claims, AreAllThatASentenceLists) {
  for (const char* text :
       {"The position of the chair (red bbox) is to the left of, above and closer to the observer "
        "than the table (blue bbox).",
        "Seen from the camera, the chair (red bbox) is to the left of, above and closer to the "
        "observer than the table (blue bbox).",
        "The table (blue bbox) lies to the right of, below and farther from the observer than the "
        "chair (red bbox)."}) {
    const auto claims = Claims(Tokens(text, kChairAndTable));
    ASSERT_EQ(claims.size(), 3u) << text;
    for (const Claim& claim : claims) {
      const int of_red = claim.subject == 0 ? claim.sign : -claim.sign;
      EXPECT_EQ(of_red, claim.axis == Axis::kHeight ? 1 : -1) << text;
    }
  }
}

TEST(Claims, AreNotMisledByALabelThatIsACommonWord) {
  const std::vector<Mentionable> plant_and_picture{{.color = "red", .labels = {"plant"}},
                                                   {.color = "blue", .labels = {"picture"}}};
  const auto claims = Claims(Tokens(
      "Judging by this picture, does the plant (red bbox) lie above the picture (blue bbox)?",
      plant_and_picture));
  ASSERT_EQ(claims.size(), 1u);
  EXPECT_EQ(claims[0].subject, 0);
}

TEST(Tokens, KnowPlurals) {
  for (const auto& [label, text] : {std::pair{"shelf", "two shelves"},
                                    {"box", "two boxes"},
                                    {"pantry", "two pantries"},
                                    {"person", "two people"},
                                    {"trash_can", "two trash cans"}}) {
    const auto tokens = Tokens(text, {{.color = "", .labels = {label}}});
    ASSERT_EQ(tokens.size(), 2u) << text;
    EXPECT_EQ(tokens[1].kind, TokenKind::kObject) << text;
  }
}

TEST(Claims, OfNeitherSideAreZero) {
  const auto claims = Claims(Tokens(
      "The chair (red bbox) is neither left nor right of the table (blue bbox).", kChairAndTable));
  ASSERT_EQ(claims.size(), 1u);
  EXPECT_EQ(claims[0].sign, 0);
  EXPECT_EQ(claims[0].axis, Axis::kSide);
}

TEST(Options, AreTheLetteredLines) {
  EXPECT_EQ(OptionLines("Which?\nA. right, , closer\nB. left\nAnswer A or B."),
            (std::vector<std::string>{"right, , closer", "left"}));
}

}  // namespace
}  // namespace spatium::verify
