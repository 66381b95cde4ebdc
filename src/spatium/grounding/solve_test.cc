#include "spatium/grounding/solve.h"

#include <gtest/gtest.h>

namespace spatium {
namespace {

BoxObject Thing(
    int id, std::string label, double x, double y, double z, double dx, double dy, double dz) {
  return {.id = ObjectId{id},
          .label = std::move(label),
          .box = Aabb<frame::World>::FromCenterSize({x, y, z}, {dx, dy, dz})};
}

// A room of 6 x 4 m: a window in the north wall, a desk below it, three chairs, a lamp in a corner.
TextSolver Room(const std::string& weights = "none") {
  BoxScene scene{.id = "room", .objects = {}, .room = {}};
  scene.objects = {Thing(1, "window", 0, 2, 1.6, 1.5, 0.1, 1.2),
                   Thing(2, "desk", 0, 1.5, 0.37, 1.4, 0.7, 0.74),
                   Thing(3, "chair", 0, 0.9, 0.45, 0.5, 0.5, 0.9),
                   Thing(4, "chair", -2.5, -1.5, 0.45, 0.5, 0.5, 0.9),
                   Thing(5, "chair", 2.5, 0.9, 0.5, 0.8, 0.8, 1.0),
                   Thing(6, "lamp", 2.8, -1.8, 0.8, 0.3, 0.3, 1.6),
                   Thing(7, "book", 0.3, 1.5, 0.76, 0.2, 0.15, 0.04),
                   Thing(8, "door", -3, 0, 1, 0.1, 0.9, 2)};
  scene.room = {{-3, -2, 0}, {3, 2, 2.5}};
  return TextSolver(std::move(scene), *LoadGroundingWeights(weights));
}

int Best(const TextSolver& solver, const std::string& sentence) {
  const GroundResult result = solver.Solve(sentence, 5);
  return result.id ? result.id->value : -1;
}

TEST(TextSolver, FollowsRelationsWithAnchors) {
  for (const std::string weights : {"none", "default"}) {
    const TextSolver room = Room(weights);
    EXPECT_EQ(Best(room, "the chair next to the desk"), 3) << weights;
    EXPECT_EQ(Best(room, "the chair farthest from the window"), 4) << weights;
    EXPECT_EQ(Best(room, "the book on the desk"), 7) << weights;
    EXPECT_EQ(Best(room, "the chair by the door"), 4) << weights;
  }
}

TEST(TextSolver, FacingTurnsLeftAndRight) {
  const TextSolver room = Room();
  EXPECT_EQ(Best(room, "facing the window, the chair on the right"), 5);
  EXPECT_EQ(Best(room, "facing the window, the chair on the left"), 4);
}

TEST(TextSolver, ComparesSizes) { EXPECT_EQ(Best(Room(), "the biggest chair"), 5); }

TEST(TextSolver, InvertsARelationToldOfTheTarget) {
  EXPECT_EQ(Best(Room(), "this is a chair . a desk is right next to it ."), 3);
}

TEST(TextSolver, MovingAndTurningTheRoomByQuarterTurnsKeepsTheAnswer) {
  BoxScene turned{.id = "turned", .objects = {}, .room = {}};
  const TextSolver room = Room();
  const auto turn = [](const WorldBox& b) {
    const Eigen::Vector3d c = b.center().v, s = b.size();
    return WorldBox::FromCenterSize({-c.y() + 7, c.x() - 3, c.z()}, {s.y(), s.x(), s.z()});
  };
  for (BoxObject object : room.scene().objects) {
    object.box = turn(object.box);
    turned.objects.push_back(object);
  }
  turned.room = turn(room.scene().room);
  const TextSolver other(std::move(turned), *LoadGroundingWeights("none"));
  for (const char* sentence : {"the chair next to the desk",
                               "the chair farthest from the window",
                               "facing the window, the chair on the right",
                               "the lamp in the corner"})
    EXPECT_EQ(Best(room, sentence), Best(other, sentence)) << sentence;
}

TEST(TextSolver, OddInputsGiveAnswersNotCrashes) {
  const TextSolver room = Room();
  std::string long_text;
  for (int i = 0; i < 2000; ++i) long_text += "chair next to the window of ";
  EXPECT_EQ(room.Solve("", 5).outcome, GroundOutcome::kUnknown);
  EXPECT_EQ(room.Solve("   \n\t . , ;", 5).outcome, GroundOutcome::kUnknown);
  EXPECT_EQ(room.Solve("der Stuhl am Fenster", 5).outcome, GroundOutcome::kUnknown);
  EXPECT_EQ(room.Solve("窓の隣の椅子", 5).outcome, GroundOutcome::kUnknown);
  EXPECT_EQ(room.Solve("the piano", 5).outcome, GroundOutcome::kNone);
  for (const std::string& text :
       {long_text,
        std::string("\xff\xfe\x00 chair", 9),
        std::string("the chair that is not a chair and left of the right of it"),
        std::string("second third fourth chair from the left right"),
        std::string(100000, 'a'),
        std::string("{\"a\": [1,2"),
        std::string("chair chair chair"),
        std::string("1 2 3 4"),
        std::string("it it it of it"),
        std::string("between between the and the")}) {
    const GroundResult result = room.Solve(text, 5);
    double sum = 0;
    for (const RankedObject& ranked : room.Solve(text, 100).ranking) sum += ranked.p;
    EXPECT_NEAR(sum, 1, 1e-6);
    EXPECT_LE(result.ranking.size(), 5u);
  }
  EXPECT_EQ(TextSolver(BoxScene{}, *LoadGroundingWeights("none")).Solve("the chair", 5).outcome,
            GroundOutcome::kNone);
}

TEST(Lexicon, KnowsAliasesPluralsAndCompounds) {
  const Lexicon& lexicon = Lexicon::Default();
  EXPECT_EQ(Lexicon::Normalize("Office Chairs"), "office chair");
  EXPECT_GE(lexicon.Similarity("sofa", "couch"), 0.9);
  EXPECT_GE(lexicon.Similarity("garbage can", "trash can"), 0.9);
  EXPECT_GE(lexicon.Similarity("chair", "office chair"), 0.8);
  EXPECT_LT(lexicon.Similarity("chair", "window"), 0.3);
}

TEST(Parse, FindsTargetAnchorsObserverAndOrdinals) {
  const Parse parse = ParseSentence(
      "when facing the desks, it is the second monitor from the left above the keyboard",
      Lexicon::Default());
  ASSERT_GE(parse.target, 0);
  EXPECT_EQ(parse.mentions[static_cast<size_t>(parse.target)].name, "monitor");
  ASSERT_GE(parse.facing, 0);
  EXPECT_EQ(parse.mentions[static_cast<size_t>(parse.facing)].name, "desk");
  ASSERT_EQ(parse.clauses.size(), 2u);
  EXPECT_EQ(parse.clauses[0].ordinal, 2);
  EXPECT_EQ(parse.clauses[1].relation, Relation::kAbove);
}

Parse Parsed(std::string_view sentence) { return ParseSentence(sentence, Lexicon::Default()); }
std::string NameOf(const Parse& parse, int m) {
  return m < 0 ? "" : parse.mentions[static_cast<size_t>(m)].name;
}

TEST(Parse, FindsTheTargetAfterACueAndLeavesTheObserversWordsToTheObserver) {
  const Parse parse = Parsed("facing the picture with the blue sky choose the computer tower");
  EXPECT_EQ(NameOf(parse, parse.target), "computer tower");
  EXPECT_EQ(NameOf(parse, parse.facing), "picture");
  const Parse two = Parsed("there are two lamps by the bed choose the pillow on the left");
  EXPECT_EQ(NameOf(two, two.target), "pillow");
  const Parse rug = Parsed("when looking at the rug you want the couch on the left");
  EXPECT_EQ(NameOf(rug, rug.target), "couch");
  ASSERT_EQ(rug.clauses.size(), 1u);  // not "at the rug"
  EXPECT_EQ(rug.clauses[0].relation, Relation::kLeft);
  const Parse looking = Parsed("you are looking for the pillow on the bed");
  EXPECT_EQ(NameOf(looking, looking.target), "pillow");
  EXPECT_EQ(looking.facing, -1);
  const Parse door = Parsed("from the door its the trash can on the left");
  EXPECT_EQ(NameOf(door, door.target), "trash can");
  EXPECT_EQ(NameOf(door, door.standing_at), "door");
}

TEST(Parse, AdjectivesAndNumbersOfAnchorsAreTheAnchors) {
  const Parse tall = Parsed("the chair next to the tall cabinet");
  ASSERT_EQ(tall.clauses.size(), 1u);
  const Mention& cabinet = tall.mentions[static_cast<size_t>(tall.clauses[0].anchors[0])];
  EXPECT_EQ(cabinet.attributes, std::vector<Relation>{Relation::kTall});
  const Parse three = Parsed("the desk with three black monitors");
  ASSERT_EQ(three.clauses.size(), 1u);
  EXPECT_EQ(three.mentions[static_cast<size_t>(three.clauses[0].anchors[0])].count, 3);
}

TEST(Parse, ASceneTeachesItsOwnNames) {
  const NameSet names = {"zither", "ceiling", "bar"};
  const auto target = [&](std::string_view sentence) {
    const Parse parse = ParseSentence(sentence, Lexicon::Default(), &names);
    return NameOf(parse, parse.target);
  };
  EXPECT_EQ(target("the zither on the left"), "zither");
  EXPECT_EQ(target("the bar over the toilet"), "bar");
  EXPECT_EQ(target("the ceiling"), "ceiling");
  EXPECT_EQ(target("the lamp on the ceiling"), "lamp");
  EXPECT_EQ(Parsed("the zither on the left").target, -1);
}

TEST(TextSolver, AnchorsAreToldApartByTheirAdjectives) {
  BoxScene scene{.id = "room", .objects = {}, .room = {{-3, -2, 0}, {3, 2, 2.5}}};
  scene.objects = {Thing(1, "cabinet", -2, 1, 0.4, 0.6, 0.5, 0.8),
                   Thing(2, "cabinet", 2, 1, 1, 0.6, 0.5, 2),
                   Thing(3, "chair", -2, 0.3, 0.45, 0.5, 0.5, 0.9),
                   Thing(4, "chair", 2, 0.3, 0.45, 0.5, 0.5, 0.9)};
  for (const std::string weights : {"none", "default"}) {
    const TextSolver solver(scene, *LoadGroundingWeights(weights));
    EXPECT_EQ(Best(solver, "the chair next to the tall cabinet"), 4) << weights;
    EXPECT_EQ(Best(solver, "the chair next to the short cabinet"), 3) << weights;
  }
}

TEST(Weights, TheShippedFileIsSmallAndReadsBack) {
  const auto weights = *LoadGroundingWeights("default");
  const std::string text = weights->ToJson().Dump();
  EXPECT_LE(text.size(), size_t{64} * 1024);
  const auto json = Json::Parse(text, "again");
  const auto again = GroundingWeights::FromJson(JsonCursor(*json, "again"));
  ASSERT_TRUE(again) << again.error().Message();
  EXPECT_EQ(again->ToJson().Dump(), text);
}

}  // namespace
}  // namespace spatium
