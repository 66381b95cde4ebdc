// Prediction files in each format, alone and beside a data set, scored.
#include "fuzz_file.h"
#include "spatium/base/files.h"
#include "spatium/benchmarks/predictions.h"
#include "spatium/benchmarks/score_file.h"

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
      const BenchmarkInfo& info = (*FindBenchmark("vsi-bench"))->info();
      const Profile profiles[] = {Profile::kOfficial, Profile::kStrict};
      // The way of large files, which forgets each record once it is scored: the same or no scores.
      std::optional<Result<std::vector<ProfileResult>>> scored;
      if (known == nullptr && CanScoreFile(info, file))
        scored = ScoreFile(info, file, format, profiles, 1);
      if (scored && static_cast<bool>(*scored) != static_cast<bool>(predictions)) __builtin_trap();
      if (!predictions) continue;
      const auto results = Evaluate(info, predictions->items, predictions->replies, profiles, 1);
      const std::string report = ReportJson("vsi-bench", info, results).Dump();
      if (scored && ReportJson("vsi-bench", info, **scored).Dump() != report) __builtin_trap();
      (void)PerItemJsonl(predictions->items, results);
    }
  return 0;
}
