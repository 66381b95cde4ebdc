// Synthetic rooms: furnishing, light and pictures. The limit beside them is the id buffer alone,
// which each picture needs twice (2x2 samples for colour, one for depth).
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "spatium/base/parallel.h"
#include "spatium/render/id_buffer.h"
#include "spatium/synth/camera_path.h"
#include "spatium/synth/film.h"

namespace spatium::synth {
namespace {

struct Stage {
  Room room = MakeRoom(1, 1);
  SurfaceMesh surface = MakeSurface(room);
  RayScene rays = *RayScene::Build(surface.mesh);
  BakedLight light = BakeLight(surface, rays, 0);
  std::vector<Rigid<frame::Cam<>, frame::World>> poses =
      FilmPath(room, 64, RandomStream(1, {"bench"}));
  Pinhole camera{{640, 480}, 560, 560, 320, 240};
};

const Stage& TheStage() {
  static const Stage stage;
  return stage;
}

void BM_Furnish(benchmark::State& state) {
  int index = 0;
  for (auto _ : state) benchmark::DoNotOptimize(MakeRoom(1, index++ % 8).objects.size());
  state.SetItemsProcessed(state.iterations());
}

void BM_Light(benchmark::State& state) {
  const Stage& s = TheStage();
  for (auto _ : state)
    benchmark::DoNotOptimize(
        BakeLight(s.surface, s.rays, static_cast<unsigned>(state.range(0))).exposure);
  state.SetItemsProcessed(state.iterations());
}

// Pictures a second, `range(0)` threads (0: one per core).
void BM_Film(benchmark::State& state) {
  const Stage& s = TheStage();
  const size_t batch = 8;
  size_t at = 0;
  for (auto _ : state) {
    std::vector<Shot> shots(batch);
    ParallelFor(batch, static_cast<unsigned>(state.range(0)), [&](size_t i) {
      shots[i] = Film(
          s.surface, s.rays, s.light, {s.camera, s.camera, i}, s.poses[(at + i) % s.poses.size()]);
    });
    at += batch;
    size_t seen = 0;
    for (const uint16_t d : shots[0].depth.data()) seen += d > 0;
    if (seen < shots[0].depth.data().size() * 9 / 10)
      state.SkipWithError("pictures look at nothing");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(batch));
}

void BM_IdBufferAlone(benchmark::State& state) {
  const Stage& s = TheStage();
  Pinhole fine{{1280, 960}, 1120, 1120, 640, 480};
  size_t at = 0;
  for (auto _ : state) {
    const auto& pose = s.poses[at++ % s.poses.size()];
    benchmark::DoNotOptimize(RenderIds(s.rays.surface(), fine, pose).prims.data().data());
    benchmark::DoNotOptimize(RenderIds(s.rays.surface(), s.camera, pose).depth.data().data());
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(BM_Furnish)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Light)->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_Film)->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_IdBufferAlone)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace spatium::synth

BENCHMARK_MAIN();
