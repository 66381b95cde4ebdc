// Grounding: sentences per second of the text solver (goal 5,000 on one core), the five views of a
// scene of a million triangles (goal 1 s on two cores), and the choice of frames for 40 objects
// over 300 frames from known visibility (goal 0.5 s).
// SPATIUM_GROUNDING_BENCH_DATA names a folder with boxes_gt/ and nr3d_val.jsonl to use real
// sentences and rooms instead of those made here.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>
#include <map>

#include "spatium/base/random.h"
#include "spatium/base/text.h"
#include "spatium/grounding/frame_choice.h"
#include "spatium/grounding/queries.h"
#include "spatium/grounding/scene_views.h"
#include "spatium/grounding/solve.h"

namespace spatium {
namespace {

WorldBox RandomBox(RandomStream& rng) {
  return WorldBox::FromCenterSize(
      {rng.Uniform(-3, 3), rng.Uniform(-2, 2), rng.Uniform(0.2, 1.5)},
      {rng.Uniform(0.2, 1.2), rng.Uniform(0.2, 1.2), rng.Uniform(0.2, 1.2)});
}

struct Sentences {
  std::vector<std::unique_ptr<TextSolver>> solvers;
  std::vector<std::pair<size_t, std::string>> queries;  // solver, sentence
};

Sentences MakeSentences() {
  Sentences out;
  const auto weights = *LoadGroundingWeights("default");
  if (const char* folder = std::getenv("SPATIUM_GROUNDING_BENCH_DATA")) {
    const auto file = ReadQueries(Path(folder) / "nr3d_val.jsonl");
    std::map<std::string, size_t> known;
    for (const GroundingQuery& query : file->queries) {
      const auto [it, added] = known.try_emplace(query.scan_id, out.solvers.size());
      if (added)
        out.solvers.push_back(std::make_unique<TextSolver>(
            *ReadBoxScene(Path(folder) / "boxes_gt", std::nullopt, query.scan_id), weights));
      out.queries.emplace_back(it->second, query.caption);
    }
    return out;
  }
  constexpr const char* kThings[] = {"chair", "table", "desk", "lamp", "window", "door", "pillow"};
  RandomStream rng(1, {"bench"});
  BoxScene scene{.id = "made", .objects = {}, .room = {{-3, -2, 0}, {3, 2, 2.5}}};
  for (int i = 0; i < 40; ++i)
    scene.objects.push_back({.id = ObjectId{i}, .label = kThings[i % 7], .box = RandomBox(rng)});
  out.solvers.push_back(std::make_unique<TextSolver>(std::move(scene), weights));
  for (const char* a : kThings)
    for (const char* b : kThings)
      for (const char* r : {"next to", "to the left of", "above", "farthest from"})
        out.queries.emplace_back(0, StrCat("facing the door, the small ", a, " ", r, " the ", b));
  return out;
}

void BM_TextSolver(benchmark::State& state) {
  static const Sentences sentences = MakeSentences();
  int64_t n = 0, found = 0;
  for (auto _ : state)
    for (const auto& [solver, text] : sentences.queries) {
      const GroundResult result = sentences.solvers[solver]->Solve(text, 5);
      found += result.id ? 1 : 0;
      ++n;
    }
  if (found * 2 < n) state.SkipWithError("most sentences found nothing");
  state.SetItemsProcessed(n);
}
BENCHMARK(BM_TextSolver)->Unit(benchmark::kMillisecond);

// A furnished room of `n` x `n` patches a side, dented, so that faces are as small as a scan's.
Scene MeshRoom(int n) {
  Scene scene;
  scene.id = "room";
  Mesh mesh;
  RandomStream rng(2, {"mesh"});
  const auto add = [&](const WorldBox& box, int32_t id) {
    const Eigen::Vector3d size = box.size();
    for (int axis = 0; axis < 3; ++axis)
      for (int side = 0; side < 2; ++side) {
        const int u = (axis + 1) % 3, v = (axis + 2) % 3;
        const auto first = static_cast<uint32_t>(mesh.vertices.size());
        for (int i = 0; i <= n; ++i)
          for (int j = 0; j <= n; ++j) {
            Eigen::Vector3d p = side != 0 ? box.max : box.min;
            p[u] = box.min[u] + size[u] * i / n;
            p[v] = box.min[v] + size[v] * j / n;
            p[axis] += 0.002 * std::sin(7.0 * i) * std::cos(5.0 * j);
            mesh.vertices.push_back(p.cast<float>());
            mesh.vertex_object.push_back(id);
            mesh.colors.push_back({static_cast<uint8_t>(60 + 5 * id), 120, 180});
          }
        for (int i = 0; i < n; ++i)
          for (int j = 0; j < n; ++j) {
            const uint32_t a = first + static_cast<uint32_t>(i * (n + 1) + j), b = a + 1,
                           c = a + static_cast<uint32_t>(n) + 1, d = c + 1;
            mesh.faces.push_back({a, b, c});
            mesh.faces.push_back({b, d, c});
          }
      }
  };
  add({{-3, -2, 0}, {3, 2, 2.5}}, -1);
  for (int i = 0; i < 26; ++i) {
    const WorldBox box = RandomBox(rng);
    Object object;
    object.id = ObjectId{i};
    object.label = "box";
    object.box = box;
    scene.objects.push_back(std::move(object));
    add(box, i);
  }
  scene.mesh = std::move(mesh);
  return scene;
}

void BM_FiveViews(benchmark::State& state) {
  static const Scene scene = MeshRoom(56);
  for (auto _ : state) {
    const auto views = HolisticViews(scene, 1024);
    auto pictures = RenderViews(scene, *views, static_cast<unsigned>(state.range(0)));
    if (!pictures || pictures->size() != 5) state.SkipWithError("not five pictures");
    benchmark::DoNotOptimize(pictures);
  }
  state.counters["triangles"] = static_cast<double>(scene.mesh->faces.size());
}
BENCHMARK(BM_FiveViews)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

void BM_FrameChoice(benchmark::State& state) {
  constexpr int kFrames = 300, kObjects = 40;
  Scene scene;
  Visibility visibility;
  RandomStream rng(3, {"frames"});
  for (int f = 0; f < kFrames; ++f) {
    Frame frame;
    frame.name = std::to_string(f);
    frame.color.size = {1296, 968};
    frame.cam_from_world.t = Eigen::Vector3d(rng.Uniform(-3, 3), rng.Uniform(-2, 2), 1.5);
    scene.frames.push_back(std::move(frame));
    for (int o = 0; o < kObjects; ++o) {
      const double x = rng.Uniform(0, 1000), y = rng.Uniform(0, 700);
      ObjectView view;
      view.frame_idx = f;
      view.object = ObjectId{o};
      view.visible_px = static_cast<int64_t>(rng.Uniform(500, 80000));
      view.visible_fraction = rng.Uniform();
      view.box_visible = PixelBox{x, y, x + 200, y + 200};
      visibility.views.push_back(view);
    }
  }
  for (auto _ : state)
    for (int o = 0; o < kObjects; ++o) {
      const auto chosen = ChooseFrames(scene, visibility, ObjectId{o}, 3);
      if (chosen.size() != 3) state.SkipWithError("fewer than three frames");
    }
}
BENCHMARK(BM_FrameChoice)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace spatium

BENCHMARK_MAIN();
