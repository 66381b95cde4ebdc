// Rays per second of the id buffer beside raw Embree with the same scene and the same rays: one
// through the centre of each pixel. Embree traces 16-wide coherent packets of 4 x 4 pixels, robust,
// and writes only primitive ids; the id buffer gives ids, objects and depths.
//   build/bench/bench/render_bench
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>

#include "spatium/base/parallel.h"
#include "spatium/render/embree.h"
#include "spatium/render/id_buffer.h"
#include "spatium/render/raycast.h"
#include "spatium/render/render_test_scenes.h"

namespace {

using namespace spatium;
using Pose = Rigid<frame::Cam<>, frame::World>;

constexpr ImageSize kSize{1296, 968};
constexpr Pinhole kCamera{kSize, 1170, 1170, 648, 484};

// A room with furniture of boxes, each side cut into n x n x 2 triangles and dented: n = 1 is a
// synthetic room, n = 40 about a million triangles, finer than a scan of a room.
Mesh Room(int n) {
  Mesh mesh;
  RandomStream rng(1, {"bench room"});
  const auto add_box = [&](const Eigen::Vector3d& lo, const Eigen::Vector3d& hi, int32_t id) {
    for (int axis = 0; axis < 3; ++axis)
      for (int side = 0; side < 2; ++side) {
        const auto first = static_cast<uint32_t>(mesh.vertices.size());
        for (int j = 0; j <= n; ++j)
          for (int i = 0; i <= n; ++i) {
            Eigen::Vector3d p;
            const int a = (axis + 1) % 3, b = (axis + 2) % 3;
            p[axis] = side ? hi[axis] : lo[axis];
            p[a] = lo[a] + (hi[a] - lo[a]) * i / n;
            p[b] = lo[b] + (hi[b] - lo[b]) * j / n;
            if (i > 0 && j > 0 && i < n && j < n) p[axis] += rng.Uniform(-0.003, 0.003);
            mesh.vertices.push_back(p.cast<float>());
            mesh.vertex_object.push_back(id);
          }
        for (int j = 0; j < n; ++j)
          for (int i = 0; i < n; ++i) {
            const auto v = first + static_cast<uint32_t>(j * (n + 1) + i);
            const auto w = v + static_cast<uint32_t>(n + 1);
            mesh.faces.push_back({v, v + 1, w + 1});
            mesh.faces.push_back({v, w + 1, w});
          }
      }
  };
  add_box({-3, -3, 0}, {3, 3, 2.6}, -1);
  for (int i = 0; i < 50; ++i) {
    const Eigen::Vector3d lo(rng.Uniform(-2.9, 2), rng.Uniform(-2.9, 2), rng.Uniform(0, 1));
    add_box(
        lo,
        lo + Eigen::Vector3d(rng.Uniform(0.05, 0.9), rng.Uniform(0.05, 0.9), rng.Uniform(0.05, 1)),
        i);
  }
  return mesh;
}

Pose View(int i) {
  const double angle = 0.7 * i;
  return testing::LookAt({0.5 * std::sin(angle), 0.5 * std::cos(angle), 1.5},
                         {3 * std::cos(angle), 3 * std::sin(angle), 0.8});
}

class RawEmbree {
 public:
  explicit RawEmbree(const Mesh& mesh) {
    device_ = rtcNewDevice(std::getenv("SPATIUM_EMBREE_CONFIG"));
    scene_ = rtcNewScene(device_);
    rtcSetSceneFlags(scene_, RTC_SCENE_FLAG_ROBUST);
    RTCGeometry g = rtcNewGeometry(device_, RTC_GEOMETRY_TYPE_TRIANGLE);
    auto* v = static_cast<float*>(rtcSetNewGeometryBuffer(
        g, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3, 12, mesh.vertices.size()));
    for (const auto& p : mesh.vertices) *v++ = p.x(), *v++ = p.y(), *v++ = p.z();
    auto* f = static_cast<unsigned*>(rtcSetNewGeometryBuffer(
        g, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3, 12, mesh.faces.size()));
    for (const auto& face : mesh.faces)
      for (const uint32_t i : face) *f++ = i;
    rtcCommitGeometry(g);
    rtcAttachGeometry(scene_, g);
    rtcReleaseGeometry(g);
    rtcCommitScene(scene_);
  }
  ~RawEmbree() {
    rtcReleaseScene(scene_);
    rtcReleaseDevice(device_);
  }
  PrimImage Render(const Pose& cam_from_world, unsigned threads) const {
    PrimImage out(kSize.width, kSize.height, kNoPrim);
    const Eigen::Matrix3f R = cam_from_world.R.transpose().cast<float>();
    const Eigen::Vector3f eye = (-(cam_from_world.R.transpose() * cam_from_world.t)).cast<float>();
    ParallelFor(static_cast<size_t>(kSize.height / 4), threads, [&](size_t tile_row) {
      alignas(64) int valid[16];
      for (int& v : valid) v = -1;
      for (int tx = 0; tx < kSize.width; tx += 4) {
        alignas(64) RTCRayHit16 p;
        for (int k = 0; k < 16; ++k) {
          const float dx = (static_cast<float>(tx + k % 4) + 0.5f - 648) / 1170;
          const float dy =
              (static_cast<float>(static_cast<int>(tile_row) * 4 + k / 4) + 0.5f - 484) / 1170;
          const Eigen::Vector3f d = R * Eigen::Vector3f(dx, dy, 1);
          p.ray.org_x[k] = eye.x(), p.ray.org_y[k] = eye.y(), p.ray.org_z[k] = eye.z();
          p.ray.dir_x[k] = d.x(), p.ray.dir_y[k] = d.y(), p.ray.dir_z[k] = d.z();
          p.ray.tnear[k] = 0, p.ray.tfar[k] = INFINITY, p.ray.time[k] = 0;
          p.ray.mask[k] = ~0u, p.ray.id[k] = 0, p.ray.flags[k] = 0;
          p.hit.geomID[k] = p.hit.primID[k] = RTC_INVALID_GEOMETRY_ID;
        }
        embree::Context context;
        embree::Intersect16(valid, scene_, context, p);
        for (int k = 0; k < 16; ++k)
          *out.at(tx + k % 4, static_cast<int>(tile_row) * 4 + k / 4) =
              p.hit.geomID[k] == RTC_INVALID_GEOMETRY_ID ? kNoPrim : p.hit.primID[k];
      }
    });
    return out;
  }

 private:
  RTCDevice device_;
  RTCScene scene_;
};

unsigned Threads(const benchmark::State& state) { return static_cast<unsigned>(state.range(1)); }

void Report(benchmark::State& state, const Mesh& mesh) {
  state.counters["triangles"] = static_cast<double>(mesh.faces.size());
  state.counters["rays/cpu_s"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * kSize.width * kSize.height,
                         benchmark::Counter::kIsRate);
}

void RawEmbreeIds(benchmark::State& state) {
  const Mesh mesh = Room(static_cast<int>(state.range(0)));
  const RawEmbree embree(mesh);
  int i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(embree.Render(View(i++ % 8), Threads(state)).data().data());
  Report(state, mesh);
}

void IdBufferIds(benchmark::State& state) {
  const Mesh mesh = Room(static_cast<int>(state.range(0)));
  const auto surface = Surface::FromMesh(mesh);
  // First the result: pixels where the two name another triangle lie on edges and ties.
  const RawEmbree embree(mesh);
  int64_t different = 0;
  for (int v = 0; v < 8; ++v) {
    const auto ids = RenderIds(*surface, kCamera, View(v), 0);
    const auto raw = embree.Render(View(v), 0);
    for (size_t k = 0; k < raw.data().size(); ++k)
      different += ids.prims.data()[k] != raw.data()[k];
  }
  const double share = static_cast<double>(different) / (8.0 * kSize.width * kSize.height);
  state.counters["differ"] = share;
  if (share > 0.01) state.SkipWithError("the id buffer and Embree see different triangles");
  int i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        RenderIds(*surface, kCamera, View(i++ % 8), Threads(state)).prims.data().data());
  Report(state, mesh);
}

void ExactRays(benchmark::State& state) {
  const Mesh mesh = Room(static_cast<int>(state.range(0)));
  auto scene = RayScene::Build(mesh);
  const Pose pose = View(1);
  const Eigen::Matrix3d R = pose.R.transpose();
  std::vector<Ray> rays;
  for (int y = 0; y + 3 < kSize.height; y += 4)
    for (int x = 0; x + 3 < kSize.width; x += 4)
      for (int k = 0; k < 16; ++k)
        rays.push_back({-(R * pose.t),
                        R * kCamera.Unproject({x + k % 4 + 0.5, y + k / 4 + 0.5}, Meters(1)).v});
  std::vector<Hit> hits(rays.size());
  for (auto _ : state)
    ParallelFor(64, Threads(state), [&](size_t part) {
      const size_t n = rays.size() / 64 / 16 * 16, begin = part * n;
      scene->Closest({&rays[begin], n}, {&hits[begin], n});
    });
  Report(state, mesh);
}

// Sizes of the room's cells and threads. Rates are per second of the process's CPU time, so that
// ratios hold on a machine that others use too.
#define RENDER_BENCHMARK(fn)               \
  BENCHMARK(fn)                            \
      ->ArgNames({"cells", "threads"})     \
      ->ArgsProduct({{1, 15, 40}, {1, 2}}) \
      ->Unit(benchmark::kMillisecond)      \
      ->MeasureProcessCPUTime()
RENDER_BENCHMARK(RawEmbreeIds);
RENDER_BENCHMARK(IdBufferIds);
RENDER_BENCHMARK(ExactRays);

}  // namespace

BENCHMARK_MAIN();
