#include "spatium/render/raycast.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "spatium/render/render_test_scenes.h"
#include "spatium/render/triangle.h"

namespace spatium {
namespace {

using testing::NastySoup;

Hit BruteForce(const Surface& surface, const Ray& ray) {
  Hit best;
  for (const auto& face : surface.faces()) {
    if (ray.skip.valid() && face.object == ray.skip.value) continue;
    const auto& v = surface.vertices();
    const auto found = IntersectTriangle(ray.dir,
                                         ray.dir.squaredNorm(),
                                         v[face.vertex[0]] - ray.origin,
                                         v[face.vertex[1]] - ray.origin,
                                         v[face.vertex[2]] - ray.origin);
    if (!found || !(found->t > ray.tnear) || !(found->t < ray.tfar)) continue;
    if (found->t < best.t || (found->t == best.t && face.prim < best.prim))
      best = {face.prim, found->t, found->u, found->v, face.object};
  }
  return best;
}

std::vector<Ray> RandomRays(RandomStream& rng, const Mesh& mesh, size_t n) {
  std::vector<Ray> rays(n);
  for (auto& ray : rays) {
    const double reach = std::pow(10.0, rng.Uniform(-1, rng.Coin(0.1) ? 4 : 1));
    ray.origin = reach * Eigen::Vector3d(rng.Normal(), rng.Normal(), rng.Normal());
    Eigen::Vector3d target(rng.Uniform(-2, 2), rng.Uniform(-2, 2), rng.Uniform(-2, 2));
    const auto& face = mesh.faces[rng.Index(mesh.faces.size())];
    const Eigen::Vector3d a = mesh.vertices[face[0]].cast<double>(),
                          b = mesh.vertices[face[1]].cast<double>();
    if (rng.Coin(0.3) && a.allFinite())
      target = a;  // through a vertex
    else if (rng.Coin(0.3) && a.allFinite() && b.allFinite())
      target = (a + b) / 2;  // an edge
    ray.dir = (target - ray.origin) * std::pow(10.0, rng.Uniform(-2, 2));
    if (rng.Coin(0.3)) ray.tnear = rng.Uniform(0, 1);
    if (rng.Coin(0.3)) ray.tfar = rng.Uniform(0, 2);
    if (rng.Coin(0.2)) ray.skip = ObjectId{static_cast<int32_t>(rng.Int(0, 5))};
  }
  return rays;
}

TEST(RayScene, EqualsBruteForceOnNastySoups) {
  for (int round = 0; round < 30; ++round) {
    RandomStream rng(7, {"raycast", std::to_string(round)});
    const Mesh mesh = NastySoup(rng, static_cast<int>(rng.Int(1, 200)));
    auto scene = RayScene::Build(mesh);
    ASSERT_TRUE(scene) << scene.error().Message();
    const auto rays = RandomRays(rng, mesh, 333);
    std::vector<Hit> hits(rays.size());
    std::vector<uint8_t> occluded(rays.size());
    scene->Closest(rays, hits);
    scene->Occluded(rays, occluded);
    for (size_t i = 0; i < rays.size(); ++i) {
      const Hit want = BruteForce(scene->surface(), rays[i]);
      ASSERT_EQ(hits[i].prim, want.prim)
          << "round " << round << " ray " << i << " t " << hits[i].t << " want " << want.t;
      ASSERT_EQ(hits[i].t, want.t);
      ASSERT_EQ(hits[i].object, want.object);
      ASSERT_EQ(occluded[i] != 0, want.hit()) << "round " << round << " ray " << i;
    }
  }
}

TEST(RayScene, EmptyMeshAndBrokenRaysHitNothing) {
  auto scene = RayScene::Build(Mesh{});
  ASSERT_TRUE(scene) << scene.error().Message();
  EXPECT_FALSE(scene->Closest({{0, 0, 0}, {0, 0, 1}}).hit());
  Mesh mesh;
  testing::AddBox(mesh, {{-1, -1, -1}, {1, 1, 1}}, 0);
  auto box = RayScene::Build(mesh);
  ASSERT_TRUE(box);
  EXPECT_TRUE(box->Closest({{0, 0, 0}, {0.1, 0.2, 1}}).hit());
  EXPECT_FALSE(box->Closest({{0, 0, 0}, {0, 0, 0}}).hit());
  EXPECT_FALSE(box->Closest({{std::nan(""), 0, 0}, {0, 0, 1}}).hit());
  EXPECT_FALSE(box->Occluded({{0, 0, 0}, {INFINITY, 0, 1}}));
}

TEST(RayScene, ARayFromAFarSeesAllSidesOfABox) {
  Mesh mesh;
  testing::AddBox(mesh, {{-1, -1, -1}, {1, 1, 1}}, 3);
  auto scene = RayScene::Build(mesh);
  ASSERT_TRUE(scene);
  const Hit hit = scene->Closest({{1e5, 0.3, 0.2}, {-2, 0, 0}});
  ASSERT_TRUE(hit.hit());
  EXPECT_EQ(hit.object, 3);
  EXPECT_NEAR(hit.t, (1e5 - 1) / 2, 1e-9);
  EXPECT_TRUE(scene->Occluded({{1e5, 0.3, 0.2}, {-2, 0, 0}}));
  EXPECT_FALSE(scene->Occluded({{1e5, 0.3, 0.2}, {-2, 0, 0}, 0, (1e5 - 1) / 2 - 1e-6}));
  EXPECT_FALSE(scene->Closest({{1e5, 0.3, 0.2}, {-2, 0, 0}, 0, 1e9, ObjectId{3}}).hit());
}

TEST(RayScene, FaceOutOfRangeIsNamed) {
  Mesh mesh;
  testing::AddBox(mesh, {{-1, -1, -1}, {1, 1, 1}}, 3);
  mesh.faces.push_back({0, 1, 8});
  const auto scene = RayScene::Build(mesh);
  ASSERT_FALSE(scene);
  EXPECT_EQ(scene.error().code, ErrorCode::kBadValue);
  EXPECT_EQ(scene.error().where, "mesh.faces[12]");
}

// Embree's own float tests differ between instruction sets; the answers must not.
TEST(RayScene, SameBitsOnEveryInstructionSet) {
  RandomStream rng(11, {"isa"});
  const Mesh mesh = NastySoup(rng, 300);
  const auto rays = RandomRays(rng, mesh, 2000);
  std::vector<Hit> want;
  for (const char* isa : {"", "isa=sse2", "isa=sse4.2", "isa=avx", "isa=avx2"}) {
    setenv("SPATIUM_EMBREE_CONFIG", isa, 1);
    auto scene = RayScene::Build(mesh);
    ASSERT_TRUE(scene) << isa;
    std::vector<Hit> hits(rays.size());
    scene->Closest(rays, hits);
    if (want.empty()) want = hits;
    for (size_t i = 0; i < rays.size(); ++i) {
      ASSERT_EQ(hits[i].prim, want[i].prim) << isa;
      ASSERT_EQ(hits[i].t, want[i].t) << isa;
    }
  }
  unsetenv("SPATIUM_EMBREE_CONFIG");
}

}  // namespace
}  // namespace spatium
