// Questions per second on one core once visibility is known: facts, refusals, quotas, wording,
// options, provenance and the JSON of every record, for all tasks and formats of one room. A
// published Python generator makes 27 to 149 a second; the goal is 100,000.
// SPATIUM_QA_BENCH_STORE names a scene store to use instead of the room made here.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "spatium/qa/generate.h"
#include "spatium/qa/qa_scene.h"
#include "spatium/qa/qa_test_scene.h"
#include "spatium/qa/task.h"

namespace spatium {
namespace {

QaScene MakeScene() {
  if (const char* path = std::getenv("SPATIUM_QA_BENCH_STORE")) {
    const auto store = SceneStore::Open(path);
    const auto visibility = LoadAllVisibility(*store, {});
    return *BuildQaScene(
        store->scene(),
        *visibility,
        [&](const Frame& frame) { return store->ReadMetricDepth(frame); },
        1);
  }
  const Scene scene = qa_test::Room(7, 20, 60);
  return *BuildQaScene(
      scene,
      std::vector{qa_test::SeenWhole(scene)},
      [](const Frame&) { return Result<MetricDepth>(MetricDepth()); },
      1);
}

void BM_Questions(benchmark::State& state) {
  static const QaScene scene = MakeScene();
  int64_t questions = 0, bytes = 0;
  for (auto _ : state) {
    for (const TaskEntry& task : Tasks()) {
      const TaskQuestions made = GenerateTask(scene, task, kAnswerFormats, {.seed = 1});
      for (size_t f = 0; f < made.lines.size(); ++f) {
        questions += static_cast<int64_t>(made.num_lines[f]);
        bytes += static_cast<int64_t>(made.lines[f].size());
      }
    }
  }
  if (questions == 0) state.SkipWithError("no questions");
  state.SetItemsProcessed(questions);
  state.SetBytesProcessed(bytes);
}
BENCHMARK(BM_Questions)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace spatium

BENCHMARK_MAIN();
