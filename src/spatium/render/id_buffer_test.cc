#include "spatium/render/id_buffer.h"

#include <gtest/gtest.h>

#include "spatium/render/raster.h"
#include "spatium/render/raycast.h"
#include "spatium/render/render_test_scenes.h"

namespace spatium {
namespace {

using testing::NastySoup;
using testing::SmallCamera;
using Pose = Rigid<frame::Cam<>, frame::World>;

Pose RandomPose(RandomStream& rng) {
  Pose pose;
  pose.R = testing::RandomRotation(rng);
  pose.t = {rng.Normal(), rng.Normal(), 1.5 * rng.Normal()};
  return pose;
}

Surface MakeSurface(const Mesh& mesh) {
  auto surface = Surface::FromMesh(mesh);
  EXPECT_TRUE(surface);
  return *std::move(surface);
}

TEST(RenderIds, EqualsSamplingEveryTriangleAtEveryPixel) {
  for (int round = 0; round < 25; ++round) {
    RandomStream rng(3, {"ids", std::to_string(round)});
    Mesh mesh = NastySoup(rng, static_cast<int>(rng.Int(1, 150)));
    if (round % 5 == 0)  // many small things in runs, so that whole chunks are hidden
      for (int i = 0; i < 40; ++i) {
        Eigen::Vector3d c(rng.Uniform(-2, 2), rng.Uniform(-2, 2), rng.Uniform(-2, 2));
        for (int k = 0; k < 12; ++k, c.x() += 0.02)
          testing::AddBox(mesh, {c, c + Eigen::Vector3d::Constant(rng.Uniform(0.05, 0.3))}, i);
      }
    const Surface surface = MakeSurface(mesh);
    const Pose pose = RandomPose(rng);
    const Pinhole camera = SmallCamera();
    const IdBuffer ids = RenderIds(surface, camera, pose);
    const Rasterizer raster(camera, SampleGrid::OfPixels(camera.size));
    for (int y = 0; y < camera.size.height; ++y)
      for (int x = 0; x < camera.size.width; ++x) {
        double depth = 0;
        PrimId prim = kNoPrim;
        int32_t object = -1;
        for (const auto& face : surface.faces()) {
          std::array<Eigen::Vector3d, 3> p;
          for (size_t k = 0; k < 3; ++k)
            p[k] = PointInCam(pose, surface.vertices()[face.vertex[k]]);
          const double z =
              SampleTriangle(OrientedTriangle(p[0], p[1], p[2]), raster.DirX(x), raster.DirY(y));
          if (z > 0 && (prim == kNoPrim || z < depth))
            depth = z, prim = face.prim, object = face.object;
        }
        ASSERT_EQ(*ids.prims.at(x, y), prim) << "round " << round << " pixel " << x << "," << y;
        ASSERT_EQ(*ids.depth.at(x, y), static_cast<float>(depth));
        ASSERT_EQ(*ids.objects.at(x, y), object);
      }
  }
}

// Two methods of their own, world frame and camera frame: depths agree but at exact edges
// (primitives need not: coplanar copies tie).
TEST(RenderIds, AgreesWithRays) {
  int pixels = 0, same = 0;
  for (int round = 0; round < 10; ++round) {
    RandomStream rng(4, {"ids-rays", std::to_string(round)});
    const Mesh mesh = NastySoup(rng, 150);
    auto scene = RayScene::Build(mesh);
    ASSERT_TRUE(scene);
    const Pose pose = RandomPose(rng);
    const Pinhole camera = SmallCamera();
    const IdBuffer ids = RenderIds(scene->surface(), camera, pose);
    const Pose world_from_cam_parts{pose.R.transpose(), -(pose.R.transpose() * pose.t)};
    for (int y = 0; y < camera.size.height; ++y)
      for (int x = 0; x < camera.size.width; ++x) {
        const Eigen::Vector3d dir = camera.Unproject({x + 0.5, y + 0.5}, Meters(1)).v;
        const Hit hit =
            scene->Closest({world_from_cam_parts.t, world_from_cam_parts.R * dir, kMinDepth_m});
        ++pixels;
        const float depth = *ids.depth.at(x, y);
        same += hit.hit() ? std::abs(depth - hit.t) <= 1e-6 * hit.t : depth == 0;
      }
  }
  EXPECT_GE(same, pixels - pixels / 1000) << same << " of " << pixels;
}

TEST(RenderIds, AnyNumberOfThreadsGivesTheSameBytes) {
  RandomStream rng(5, {"threads"});
  const Surface surface = MakeSurface(NastySoup(rng, 300));
  const Pose pose = RandomPose(rng);
  const IdBuffer one = RenderIds(surface, SmallCamera(), pose, 1);
  for (const unsigned threads : {2u, 3u, 7u, 100u}) {
    const IdBuffer many = RenderIds(surface, SmallCamera(), pose, threads);
    EXPECT_EQ(one.objects, many.objects);
    EXPECT_EQ(one.prims, many.prims);
    EXPECT_EQ(one.depth, many.depth);
  }
}

// The world and the camera moved together: the same picture, but for pixels on an edge.
TEST(RenderIds, UnchangedByRigidMotion) {
  RandomStream rng(6, {"motion"});
  const Pinhole camera = SmallCamera();
  for (int round = 0; round < 5; ++round) {
    Mesh mesh;
    for (int i = 0; i < 12; ++i) {
      const Eigen::Vector3d c(rng.Uniform(-2, 2), rng.Uniform(-2, 2), rng.Uniform(-2, 2));
      testing::AddBox(mesh, {c, c + Eigen::Vector3d::Constant(rng.Uniform(0.1, 1))}, i);
    }
    const Pose pose = RandomPose(rng);
    Rigid<frame::World, frame::World> motion{testing::RandomRotation(rng), {0.5, -1, 2}};
    Mesh moved = mesh;
    for (auto& v : moved.vertices)
      v = (motion * Point<frame::World>{v.cast<double>()}).v.cast<float>();
    const IdBuffer a = RenderIds(MakeSurface(mesh), camera, pose);
    const IdBuffer b = RenderIds(MakeSurface(moved), camera, pose * Inverse(motion));
    int different = 0;
    for (size_t i = 0; i < a.prims.data().size(); ++i)
      different += a.objects.data()[i] != b.objects.data()[i] ||
                   std::abs(a.depth.data()[i] - b.depth.data()[i]) > 1e-4f * a.depth.data()[i];
    EXPECT_LE(different, 5);
  }
}

TEST(RenderIds, ABoxAroundTheCameraLeavesNoGap) {
  RandomStream rng(8, {"closed"});
  Mesh mesh;
  testing::AddBox(mesh, {{-2, -2, -2}, {2, 2, 2}}, 1);
  const Surface surface = MakeSurface(mesh);
  for (int round = 0; round < 20; ++round) {
    Pose pose;
    pose.R = testing::RandomRotation(rng);
    pose.t = {rng.Uniform(-1, 1), rng.Uniform(-1, 1), rng.Uniform(-1, 1)};
    const IdBuffer ids = RenderIds(surface, SmallCamera(), pose);
    for (const int32_t id : ids.objects.data()) ASSERT_EQ(id, 1);
  }
}

TEST(RenderCoverage, ReachesBeyondTheImage) {
  Mesh mesh;
  testing::AddBox(mesh, {{2, -1, 4}, {4, 1, 6}}, 1);
  const Surface surface = MakeSurface(mesh);
  const Pinhole camera = SmallCamera();  // looks along world z from the origin
  const auto inside = RenderCoverage(
      surface, surface.FacesOf(ObjectId{1}), camera, {}, SampleGrid::OfPixels(camera.size));
  const auto wide = RenderCoverage(
      surface, surface.FacesOf(ObjectId{1}), camera, {}, {64 * 3, 48 * 3, 0.5 - 64, 0.5 - 48, 1});
  const auto count = [](const std::vector<uint8_t>& v) {
    return std::count(v.begin(), v.end(), 1);
  };
  // Front face: x 2..4 at depth 4 spans columns 30.7+25 .. 30.7+50; the right side adds nothing
  // beyond it, the left side (x = 2, depth 4..6) starts at 30.7 + 16.7.
  EXPECT_NEAR(static_cast<double>(count(wide)), (4. / 4 - 2. / 4) * 50 * 2. / 4 * 55 + 208, 30);
  EXPECT_LT(count(inside), count(wide));
  for (int y = 0; y < 48; ++y)
    for (int x = 0; x < 64; ++x)
      ASSERT_EQ(inside[static_cast<size_t>(y * 64 + x)],
                wide[static_cast<size_t>((y + 48) * 192 + x + 64)]);
}

}  // namespace
}  // namespace spatium
