#include "spatium/synth/model.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <set>

#include "spatium/synth/furniture.h"

namespace spatium::synth {
namespace {

double SignedVolume(const Triangles& t) {
  double six = 0;
  for (const auto& f : t.faces)
    six += t.positions[f[0]].dot(t.positions[f[1]].cross(t.positions[f[2]]));
  return six / 6;
}

TEST(ModelBuilder, BodiesAreClosedAndFaceOutward) {
  const auto volume = [](ModelBuilder& b) { return SignedVolume(b.Take().parts[0].surface); };
  ModelBuilder box("a"), soft("b"), puff("c"), rod("d"), lathe("e"), leaf("f"), prism("g");
  EXPECT_NEAR(volume(box.Box({1, 2, 3}, {2, 4, 6})), 6, 1e-12);
  EXPECT_NEAR(volume(soft.Soft({1, 2, 3}, {2, 4, 6}, 0.001)), 6, 0.02);
  EXPECT_NEAR(volume(puff.Puff({0, 0, 0}, {2, 2, 2}, 1)), 4.19, 0.15);  // a ball
  EXPECT_NEAR(volume(rod.Rod({0, 0, 1}, {0, 3, 1}, 1, 1, 64)), 3 * 3.1416, 0.05);
  EXPECT_NEAR(volume(lathe.Lathe({5, 5, 5}, {{1, 0}, {1, 2}}, 64)), 2 * 3.1416, 0.05);
  EXPECT_GT(volume(leaf.Leaf({0, 0, 0}, {1, 0, 0}, 0.2, V3::UnitZ())), 0);
  const V2 triangle[] = {{0, 0}, {1, 0}, {0, 1}};
  EXPECT_NEAR(volume(prism.Prism(triangle, 0, 2)), 1, 1e-12);
}

TEST(ModelBuilder, ABowlIsHollowWithItsInsideFacingIn) {
  ModelBuilder b("bowl");
  const Model m = b.Lathe({0, 0, 0}, {{0.5, 0}, {1, 1}, {0.9, 1}, {0.4, 0.1}}, 48).Take();
  const double cone = 3.14159 / 3 * (1 + 0.5 + 0.25),
               hole = 3.14159 / 3 * 0.9 * (0.81 + 0.36 + 0.16);
  EXPECT_NEAR(SignedVolume(m.parts[0].surface), cone - hole, 0.03);
  EXPECT_EQ(m.parts[0].solids.size(), 1u);
}

// Every item of the catalogue, several times over.
TEST(Catalogue, EveryItemIsWellMade) {
  std::set<std::string> labels;
  std::set<std::string_view> names;
  for (const FurnitureEntry& family : Furnitures())
    for (const FurnitureItem& item : family.info().items) {
      EXPECT_TRUE(names.insert(item.name).second) << item.name << " is there twice";
      for (int draw = 0; draw < 12; ++draw) {
        RandomStream rng(static_cast<uint64_t>(draw), {"catalogue", item.name});
        const Model m = item.build(MakeStyle(rng.Fork("style")), rng);
        labels.insert(m.label);
        SCOPED_TRACE(std::string(item.name) + " " + std::to_string(draw));
        EXPECT_LT(m.size().maxCoeff(), 3.2);
        EXPECT_GT(m.size().minCoeff(), 0.001);
        const bool hangs = m.label == "ceiling light" || item.name == "kitchen sink" ||
                           m.label == "toilet paper" || m.label == "radiator";
        EXPECT_TRUE(hangs || std::abs(m.min.z()) < 1e-9 || item.name == "curtain")
            << "stands at " << m.min.z();
        for (const Part& part : m.parts) {
          ASSERT_FALSE(part.solids.empty());
          for (const V3& p : part.surface.positions) {
            bool covered = false;
            for (const Solid& s : part.solids) covered |= Contains(s, p, 1e-6);
            ASSERT_TRUE(covered) << "drawn outside its solids: " << p.transpose();
          }
          for (const auto& f : part.surface.faces) {
            const V3 &a = part.surface.positions[f[0]], &b = part.surface.positions[f[1]],
                     &c = part.surface.positions[f[2]];
            const V3 normal = (b - a).cross(c - a);
            if (normal.norm() < 1e-9) continue;
            V3 shading = V3::Zero();
            for (const uint32_t v : f) shading += part.surface.normals[v];
            ASSERT_GT(normal.normalized().dot(shading.normalized()), 0)
                << "a face is turned against its normals";
          }
        }
        for (const Support& s : m.supports) {
          EXPECT_LE(s.min.x(), s.max.x());
          EXPECT_LE(s.min.y(), s.max.y());
          // Something carries it: a solid whose top is at that height under its middle.
          bool carried = false;
          for (const Part& part : m.parts)
            for (const Solid& solid : part.solids)
              carried |= std::abs(solid.max.z() - s.z) < 1e-6 && solid.min.x() < s.max.x() &&
                         solid.max.x() > s.min.x() && solid.min.y() < s.max.y() &&
                         solid.max.y() > s.min.y();
          EXPECT_TRUE(carried) << "a support in the air at " << s.z;
        }
      }
    }
  EXPECT_GE(labels.size(), 70u);
}

}  // namespace
}  // namespace spatium::synth
