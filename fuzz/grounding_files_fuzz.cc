// Files that grounding reads: boxes, labels, queries, weights, results, detections. The first byte
// picks the kind; what could be read is used.
#include "fuzz_file.h"
#include "spatium/base/files.h"
#include "spatium/grounding/detections.h"
#include "spatium/grounding/evaluate_grounding.h"
#include "spatium/grounding/solve.h"

namespace {

constexpr std::string_view kBoxes =
    R"([{"id":1,"label":"chair","box":[0,0,0.5,1,1,1]},{"id":2,"label":"desk","box":[2,0,0.5,1,1,1]}])";
constexpr std::string_view kQueries =
    R"({"scan_id":"s","caption":"the chair left of the desk","target_id":1})"
    "\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  if (size == 0) return 0;
  const std::string_view bytes = AsText({data, size}).substr(1);
  const Path boxes = FuzzFileAt(kBoxes, "boxes/s.json").parent_path();
  const auto ground =
      [&](const Path& folder, const std::optional<Path>& labels, std::string_view weights_name) {
        const auto scene = ReadBoxScene(folder, labels, "s");
        const auto weights = LoadGroundingWeights(weights_name);
        if (!scene || !weights) return;
        const TextSolver solver(*scene, *weights);
        for (const char* text : {"the chair left of the desk", "the largest of the two chairs"})
          (void)ResultJson(solver.Solve(text, 5), *scene, "s", text).Dump();
      };
  switch (data[0] % 7) {
    case 0:
      ground(FuzzFileAt(bytes, "fuzzed/s.json").parent_path(), {}, "none");
      break;
    case 1:
      ground(boxes, FuzzFileAt(bytes, "labels/s.json").parent_path(), "none");
      break;
    case 2:
      ground(boxes, {}, FuzzFile(bytes, ".weights").string());
      break;
    case 3:
      for (const char* ending : {".jsonl", ".json", ".csv"})
        (void)ReadQueries(FuzzFile(bytes, ending));
      break;
    case 4: {
      const auto report = EvaluateGrounding({.results = FuzzFile(bytes, ".results"),
                                             .queries = FuzzFileAt(kQueries, "queries.jsonl"),
                                             .boxes_gt = boxes,
                                             .boxes = {},
                                             .labels = {},
                                             .label_map = {}});
      if (report) (void)report->Dump();
      break;
    }
    case 5: {
      const auto report = EvaluateGrounding(
          {.results = FuzzFileAt(R"({"row":0,"id":1,"ranking":[],"clauses":[],"parse":{}})",
                                 "results.jsonl"),
           .queries = FuzzFileAt(kQueries, "queries.jsonl"),
           .boxes_gt = boxes,
           .boxes = FuzzFileAt(bytes, "fuzzed/s.json").parent_path(),
           .labels = {},
           .label_map = FuzzFile(bytes, ".tsv")});
      if (report) (void)report->Dump();
      break;
    }
    default: {
      DetectionCounts counts;
      const auto read =
          ReadMask3dNpz(FuzzFile(bytes, ".npz"), {{1, "chair"}}, {}, DetectionFilter{}, counts);
      if (read) (void)BoxFileJson(*read).Dump();
    }
  }
  return 0;
}
