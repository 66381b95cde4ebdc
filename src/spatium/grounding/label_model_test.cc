#include "spatium/grounding/label_model.h"

#include <gtest/gtest.h>

#include "spatium/base/random.h"
#include "spatium/grounding/clause_values.h"

namespace spatium {
namespace {

WorldBox BoxOf(double x, double y, double z, double dx, double dy, double dz) {
  return WorldBox::FromCenterSize({x, y, z}, {dx, dy, dz});
}

// Chairs are low, wardrobes high; a third of the desks are called tables.
LabelModel Counted(uint64_t seed, int n) {
  LabelModel model;
  RandomStream rng(seed, {"labels"});
  for (int i = 0; i < n; ++i) {
    const double s = rng.Uniform(0.9, 1.1);
    model.Add("chair", "chair", BoxOf(0, 0, 0.45 * s, 0.5 * s, 0.5 * s, 0.9 * s));
    model.Add("wardrobe", "wardrobe", BoxOf(0, 0, 1 * s, 1 * s, 0.6 * s, 2 * s));
    model.Add("desk", i % 3 == 0 ? "table" : "desk", BoxOf(0, 0, 0.4 * s, 1.4 * s, 0.7, 0.75));
    model.Add("table", "table", BoxOf(0, 0, 0.4 * s, 1.5 * s, 0.9, 0.75));
  }
  return model;
}

TEST(LabelModel, SizesTellClassesApart) {
  const LabelModel model = Counted(1, 30);
  const WorldBox tall = BoxOf(1, 2, 1, 1, 0.6, 2), low = BoxOf(3, 1, 0.45, 0.5, 0.5, 0.9);
  EXPECT_GT(model.SizeLogRatio("wardrobe", tall), 0.5);
  EXPECT_LT(model.SizeLogRatio("chair", tall), -1);
  EXPECT_GT(model.SizeLogRatio("chair", low), 0.5);
  EXPECT_EQ(model.SizeLogRatio("unheard of", low), 0);
}

TEST(LabelModel, KnowsWhichLabelsAreMistakenForWhich) {
  const LabelModel model = Counted(1, 30);
  EXPECT_GT(model.LabelLogRatio("desk", "desk"), 1);
  EXPECT_GT(model.LabelLogRatio("desk", "table"), model.LabelLogRatio("desk", "chair") + 1);
  EXPECT_EQ(model.LabelLogRatio("unheard of", "table"), 0);
}

TEST(LabelModel, TakingASceneOutIsNeverHavingSeenIt) {
  LabelModel both = Counted(1, 20);
  const LabelModel scene = Counted(2, 10), alone = Counted(1, 20);
  both.Add(scene, 1);
  both.Add(scene, -1);
  const WorldBox box = BoxOf(0, 0, 0.5, 0.6, 0.6, 0.8);
  for (const char* name : {"chair", "desk", "table"}) {
    EXPECT_NEAR(both.SizeLogRatio(name, box), alone.SizeLogRatio(name, box), 1e-9);
    EXPECT_NEAR(both.LabelLogRatio(name, "table"), alone.LabelLogRatio(name, "table"), 1e-9);
  }
}

TEST(LabelModel, TheFitFollowsTheData) {
  LabelModel model = Counted(1, 30);
  std::vector<std::array<double, LabelModel::kNumTerms>> rows;
  std::vector<char> is;
  RandomStream rng(3, {"rows"});
  for (int i = 0; i < 2000; ++i) {
    const double similarity = rng.Uniform();
    rows.push_back(LabelModel::Terms(similarity, 0, 0, 0.75));
    is.push_back(rng.Coin(similarity) ? 1 : 0);
  }
  model.FitProbability(rows, is);
  EXPECT_NEAR(model.Probability(LabelModel::Terms(0.5, 0, 0, 0.75)), 0.5, 0.06);
  EXPECT_LT(model.Probability(LabelModel::Terms(0.1, 0, 0, 0.75)), 0.25);
  EXPECT_GT(model.Probability(LabelModel::Terms(0.8, 0, 0, 0.75)), 0.7);
}

TEST(LabelModel, TheFileSaysTheSame) {
  LabelModel model = Counted(1, 30);
  const Json json = model.ToJson();
  const auto read = LabelModel::FromJson(JsonCursor(json, "test"));
  ASSERT_TRUE(read) << read.error().Message();
  const WorldBox box = BoxOf(0, 0, 0.5, 0.6, 0.6, 0.8);
  for (const char* name : {"chair", "desk", "table"}) {
    EXPECT_NEAR(read->SizeLogRatio(name, box), model.SizeLogRatio(name, box), 0.05);
    EXPECT_NEAR(read->LabelLogRatio(name, "table"), model.LabelLogRatio(name, "table"), 0.05);
  }
  const Json empty = Json::MakeObject({{"all", Json::Array{0, 0, 0, 0, 0, 0, 0, 0, 0}}});
  EXPECT_FALSE(LabelModel::FromJson(JsonCursor(empty, "test")));
}

// Values are of places relative to each other: moving all boxes changes nothing.
TEST(ClauseValues, StayInZeroToOneAndIgnoreWhereTheRoomIs) {
  RandomStream rng(4, {"boxes"});
  for (int trial = 0; trial < 20; ++trial) {
    BoxScene scene, moved;
    const Eigen::Vector3d by(rng.Uniform(-5, 5), rng.Uniform(-5, 5), 0);
    const int n = 1 + static_cast<int>(rng.Index(12));
    for (int i = 0; i < n; ++i) {
      const WorldBox box = BoxOf(rng.Uniform(-2, 2),
                                 rng.Uniform(-2, 2),
                                 rng.Uniform(0, 2),
                                 rng.Uniform(0, 1),
                                 rng.Uniform(0, 1),
                                 rng.Uniform(0, 1));
      scene.objects.push_back({.id = ObjectId{i}, .label = "x", .box = box});
      moved.objects.push_back(
          {.id = ObjectId{i}, .label = "x", .box = {box.min + by, box.max + by}});
    }
    scene.room = {{-3, -3, 0}, {3, 3, 3}};
    moved.room = {scene.room.min + by, scene.room.max + by};
    MeantObjects all, some;
    for (size_t i = 0; i < scene.objects.size(); ++i) {
      all.objects.push_back(i);
      all.fits.push_back(rng.Uniform(0.1, 1));
      if (i % 2 == 0) {
        some.objects.push_back(i);
        some.fits.push_back(1);
      }
    }
    if (trial % 3 == 0) some.count = 2;
    const ClauseValues values(scene, all), there(moved, all);
    for (size_t r = 0; r < kNumRelations; ++r) {
      Clause clause;
      clause.relation = static_cast<Relation>(r);
      if (TakesAnchor(clause.relation)) clause.anchors = {0};
      const auto a = values.Of(clause, some, some), b = there.Of(clause, some, some);
      ASSERT_EQ(a.size(), scene.objects.size());
      for (size_t i = 0; i < a.size(); ++i) {
        EXPECT_GE(a[i], 0) << Name(clause.relation);
        EXPECT_LE(a[i], 1 + 1e-9) << Name(clause.relation);
        EXPECT_NEAR(a[i], b[i], 1e-6) << Name(clause.relation);
      }
    }
  }
}

}  // namespace
}  // namespace spatium
