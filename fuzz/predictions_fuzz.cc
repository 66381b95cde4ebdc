// Prediction files in each format, alone and beside a data set, scored.
#include "fuzz_file.h"
#include "spatium/base/files.h"
#include "spatium/benchmarks/predictions.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  static const std::vector<Item> items = [] {
    std::vector<Item> made(2);
    for (size_t i = 0; i < made.size(); ++i) {
      made[i].id = std::to_string(i);
      made[i].task = "object_counting";
      made[i].answer = "3";
    }
    return made;
  }();
  const Path file = FuzzFile(AsText({data, size}), ".jsonl");
  for (const char* format : {"spatium", "lmms-eval", "spazer", "tab"})
    for (const std::vector<Item>* known :
         {static_cast<const std::vector<Item>*>(nullptr), &items}) {
      const auto predictions = ReadPredictions(file, format, known, 1);
      if (!predictions) continue;
      const BenchmarkInfo& info = (*FindBenchmark("vsi-bench"))->info();
      const Profile profiles[] = {Profile::kOfficial, Profile::kStrict};
      const auto results = Evaluate(info, predictions->items, predictions->replies, profiles, 1);
      (void)ReportJson("vsi-bench", info, results).Dump();
      (void)PerItemJsonl(predictions->items, results);
    }
  return 0;
}
