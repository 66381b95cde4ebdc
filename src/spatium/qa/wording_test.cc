#include <gtest/gtest.h>

#include <set>
#include <string>

#include "spatium/qa/task.h"
#include "spatium/qa/wording/language.h"
#include "spatium/qa/wording/phrase.h"

namespace spatium {
namespace {

// A template without its names: what is left says whether two are alike.
std::string WithoutSlots(std::string_view text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    if (c == '{' && depth++ == 0) out += '_';
    if (depth == 0 && c != ' ' && c != ',' && c != '.' && c != '?')
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (c == '}') --depth;
  }
  EXPECT_EQ(depth, 0) << text;
  return out;
}

void ExpectManyAndDistinct(std::span<const std::string_view> templates, const std::string& what) {
  EXPECT_GE(templates.size(), 12u) << what;
  std::set<std::string> seen;
  for (const std::string_view text : templates) {
    EXPECT_TRUE(seen.insert(WithoutSlots(text)).second) << what << ": " << text;
    EXPECT_EQ(text.find("  "), std::string_view::npos) << text;
  }
}

TEST(Wording, EveryTaskAndFormatHasTwelveTemplatesNoTwoAlike) {
  ASSERT_EQ(Tasks().size(), 9u);
  for (const TaskEntry& task : Tasks()) {
    EXPECT_FALSE(task.info().summary.empty());
    EXPECT_FALSE(task.info().modalities.empty());
    for (const TaskFormat& format : task.info().formats) {
      const std::string what = std::string(task.name) + "/" + std::string(Name(format.format));
      ExpectManyAndDistinct(format.questions, what);
      if (format.format == AnswerFormat::kSentence) ExpectManyAndDistinct(format.answers, what);
    }
  }
}

TEST(Language, Plurals) {
  EXPECT_EQ(Pluralize("chair"), "chairs");
  EXPECT_EQ(Pluralize("shelf"), "shelves");
  EXPECT_EQ(Pluralize("bookshelf"), "bookshelves");
  EXPECT_EQ(Pluralize("tissue box"), "tissue boxes");
  EXPECT_EQ(Pluralize("couch"), "couches");
  EXPECT_EQ(Pluralize("piano bench"), "piano benches");
  EXPECT_EQ(Pluralize("trash can"), "trash cans");
  EXPECT_EQ(Pluralize("tray"), "trays");
  EXPECT_EQ(Pluralize("battery"), "batteries");
  EXPECT_EQ(Pluralize("piano"), "pianos");
  EXPECT_EQ(Pluralize("mouse"), "mice");
  EXPECT_EQ(Pluralize("ottoman"), "ottomans");
  EXPECT_EQ(Pluralize("snowman"), "snowmen");
  EXPECT_EQ(Pluralize("glass"), "glasses");
  EXPECT_EQ(Pluralize("knife"), "knives");
  EXPECT_TRUE(IsPlural("doors"));
  EXPECT_TRUE(IsPlural("kitchen cabinets"));
  EXPECT_TRUE(IsPlural("people"));
  EXPECT_FALSE(IsPlural("glass"));
  EXPECT_FALSE(IsPlural("bus"));
  EXPECT_FALSE(IsPlural("piano bench"));
}

TEST(Language, Articles) {
  for (const char* an :
       {"armchair", "oven", "umbrella", "hour glass", "X-ray", "LCD screen", "ironing board"})
    EXPECT_EQ(IndefiniteArticle(an), "an") << an;
  for (const char* a : {"chair", "unicycle", "urinal", "TV", "USB cable", "one-way sign", "horse"})
    EXPECT_EQ(IndefiniteArticle(a), "a") << a;
}

TEST(Language, Labels) {
  EXPECT_EQ(CleanLabel("  Office_Chair "), "office chair");
  EXPECT_EQ(CleanLabel("TV stand"), "TV stand");
  EXPECT_EQ(CleanLabel(""), "object");
  EXPECT_TRUE(IsGenericLabel("object"));
  EXPECT_TRUE(IsStructureLabel("floor"));
}

TEST(Phrase, SlotsArticlesAndNumber) {
  const Slot slots[] = {{"red", "oven (red point)"}, {"blue", "doors (blue point)", true}};
  std::string out;
  Expand(
      out, "{The red} {red?is|are} near {a red} and {the blue}, {A blue} {blue?is|are} not", slots);
  EXPECT_EQ(out,
            "The oven (red point) is near an oven (red point) and the doors (blue point), "
            "doors (blue point) are not");
}

TEST(Phrase, Numbers) {
  const auto fixed = [](double value, int decimals) {
    std::string out;
    AppendFixed(out, value, decimals);
    return out;
  };
  EXPECT_EQ(fixed(1.25, 1), "1.3");
  EXPECT_EQ(fixed(-0.04, 1), "0.0");
  EXPECT_EQ(fixed(-1.5, 2), "-1.50");
  EXPECT_EQ(fixed(7, 0), "7");
  std::string out;
  AppendNumber(out, 2.5000, 4);
  EXPECT_EQ(out, "2.5");
}

}  // namespace
}  // namespace spatium
