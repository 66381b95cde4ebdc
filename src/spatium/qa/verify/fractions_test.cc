#include "spatium/qa/verify/fractions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "spatium/base/text.h"
#include "spatium/qa/verify/surface.h"

namespace spatium::verify {
namespace {

// An upright plate that faces the camera, by its sides in pixels and its distance.
struct Plate {
  double u0, v0, u1, v1, y_m;
};

// Camera: 160 x 120, f = 120, the principal point in the middle; it stands at the origin and looks
// along +y, right is x, up is z.
constexpr double kFocal = 120, kCx = 80, kCy = 60;

// Plates as a scene: with the mesh of them, with the depth map of them, or both.
class Plates {
 public:
  Plates(std::vector<Plate> plates, bool with_mesh, bool with_depth) : plates_(std::move(plates)) {
    Scene scene;
    scene.id = "plates";
    scene.dataset = "synth";
    scene.aligned = true;
    scene.depth_unit_from = "format";
    Mesh mesh;
    for (size_t i = 0; i < plates_.size(); ++i) Add(plates_[i], static_cast<int>(i), scene, mesh);
    Frame frame;
    frame.name = "a";
    frame.color =
        frame.depth = {.size = {160, 120}, .fx = kFocal, .fy = kFocal, .cx = kCx, .cy = kCy};
    frame.cam_from_world.R << 1, 0, 0, 0, 0, -1, 0, 1, 0;
    const Path folder =
        Path(testing::TempDir()) /
        StrCat("fractions_", testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder);
    auto writer = SceneWriter::Create(folder);
    if (with_depth) frame.depth_path = *writer->WriteDepth("a", Depth());
    if (with_mesh) scene.mesh = mesh;
    scene.frames.push_back(frame);
    EXPECT_TRUE(writer->Commit(scene));
    source_.emplace(*SourceScene::Open(folder));
    if (with_mesh) ids_ = RenderIds(*source_->scene().mesh, source_->view(0), 160);
    if (!with_depth) return;
    depth_ = *source_->store().ReadMetricDepth(source_->scene().frames[0]);
    shapes_ = *Shapes::Measure(*source_, 1);
  }

  double ByMesh(size_t plate) const {
    return FractionByMesh(*source_->scene().mesh,
                          {2 * plate, 2 * plate + 1},
                          ObjectId{static_cast<int32_t>(plate)},
                          source_->view(0),
                          *ids_)
        .value;
  }
  double ByDepth(size_t plate) const {
    const IdImage owners = OwnersOf(source_->scene(), source_->view(0), *depth_);
    return FractionByDepth(*source_, 0, plate, *depth_, owners, shapes_->Of(plate)).value;
  }
  std::string Check(size_t plate, double told) const {
    FractionCheck check(*source_,
                        0,
                        ids_ ? &*ids_ : nullptr,
                        depth_ ? &*depth_ : nullptr,
                        shapes_ ? &*shapes_ : nullptr);
    return check.Check(plate, told);
  }

 private:
  static void Add(const Plate& p, int id, Scene& scene, Mesh& mesh) {
    const auto x = [&](double u) { return (u - kCx) / kFocal * p.y_m; };
    const auto z = [&](double v) { return (kCy - v) / kFocal * p.y_m; };
    Object object;
    object.id = ObjectId{id};
    object.label = object.category = StrCat("plate", id);
    object.box.min = {x(p.u0), p.y_m - 0.01, z(p.v1)};
    object.box.max = {x(p.u1), p.y_m + 0.01, z(p.v0)};
    scene.objects.push_back(object);
    const auto first = static_cast<uint32_t>(mesh.vertices.size());
    for (const auto& [u, v] : {std::pair{p.u0, p.v0}, {p.u1, p.v0}, {p.u1, p.v1}, {p.u0, p.v1}}) {
      mesh.vertices.push_back(
          {static_cast<float>(x(u)), static_cast<float>(p.y_m), static_cast<float>(z(v))});
      mesh.colors.push_back({128, 128, 128});
      mesh.vertex_object.push_back(id);
    }
    mesh.faces.push_back({first, first + 1, first + 2});
    mesh.faces.push_back({first, first + 2, first + 3});
  }

  DepthImage Depth() const {
    DepthImage depth(160, 120, 6000);  // a wall
    for (int y = 0; y < 120; ++y)
      for (int x = 0; x < 160; ++x)
        for (const Plate& p : plates_)
          if (x + 0.5 > p.u0 && x + 0.5 < p.u1 && y + 0.5 > p.v0 && y + 0.5 < p.v1)
            *depth.at(x, y) =
                std::min(*depth.at(x, y), static_cast<uint16_t>(std::lround(p.y_m * 1000)));
    return depth;
  }

  std::vector<Plate> plates_;
  std::optional<SourceScene> source_;
  std::optional<IdImage> ids_;
  std::optional<MetricDepth> depth_;
  std::optional<Shapes> shapes_;
};

constexpr Plate kBack{60, 40, 100, 80, 4};

TEST(Fractions, WhatANearerPlateHidesIsNotSeen) {
  const Plates plates({kBack, {50, 30, 90, 90, 2}}, true, true);  // three of four columns
  EXPECT_NEAR(plates.ByMesh(0), 0.25, 1e-3);
  EXPECT_NEAR(plates.ByDepth(0), 0.25, 0.05);
  EXPECT_NEAR(plates.ByMesh(1), 1, 1e-3);
  EXPECT_NEAR(plates.ByDepth(1), 1, 0.05);
}

TEST(Fractions, WhatLiesBeyondTheBorderIsAPartOfTheWhole) {
  const Plates plates({{140, 40, 180, 80, 4}}, true, true);  // half of it
  EXPECT_NEAR(plates.ByMesh(0), 0.5, 1e-3);
  EXPECT_NEAR(plates.ByDepth(0), 0.5, 0.05);
}

TEST(Fractions, ButNoFartherThanOnePictureMore) {
  const Plates plates({{140, 40, 500, 80, 4}}, true, true);  // 20 of columns 140 to 320
  EXPECT_NEAR(plates.ByMesh(0), 20.0 / 180, 1e-3);
  EXPECT_NEAR(plates.ByDepth(0), 20.0 / 180, 0.02);
}

TEST(Fractions, AMeshTellsThemCloselyDepthMapsToAHalf) {
  const std::vector<Plate> half{kBack, {40, 30, 80, 90, 2}};
  const Plates mesh(half, true, false), depth(half, false, true), both(half, true, true);
  for (const double right : {0.5, 0.47, 0.53}) {
    EXPECT_EQ(mesh.Check(0, right), "");
    EXPECT_EQ(depth.Check(0, right), "");
    EXPECT_EQ(both.Check(0, right), "");
  }
  EXPECT_NE(mesh.Check(0, 0.6), "");
  EXPECT_NE(mesh.Check(0, 0.4), "");
  // Of both a record has the smaller: the mesh is the most, not the least.
  EXPECT_NE(both.Check(0, 0.6), "");
  EXPECT_EQ(both.Check(0, 0.4), "");
  EXPECT_EQ(depth.Check(0, 0.6), "");
  EXPECT_NE(depth.Check(1, 0.3), "");
  for (const Plates* plates : {&mesh, &depth, &both})
    for (const double impossible : {-0.01, 1.01}) EXPECT_NE(plates->Check(0, impossible), "");
}

TEST(Fractions, WithoutASurfaceAnyShareIsPossible) {
  const Plates plates({kBack}, false, false);
  EXPECT_EQ(plates.Check(0, 0.3), "");
  EXPECT_NE(plates.Check(0, 1.01), "");
}

}  // namespace
}  // namespace spatium::verify
