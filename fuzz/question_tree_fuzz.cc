// A tree of questions: its line under each kind of task, for statistics, pages and the bench.
#include "fuzz_file.h"
#include "spatium/base/files.h"
#include "spatium/benchmarks/spar_tree.h"
#include "spatium/image/marker_fields.h"
#include "spatium/report/question_stats.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  const std::string_view text = AsText({data, size});
  for (const char* place : {"depth_prediction_oc/fill/fill_1.jsonl",
                            "obj_spatial_relation_oo/select/select_1.jsonl",
                            "view_change_infer/fill/fill_1.jsonl"})
    FuzzFileAt(text, std::string("tree/spar/rooms/qa_jsonl/train/") + place);
  FuzzFileAt(text.substr(0, text.find('\n')), "tree/run.json");
  const Path tree = FuzzFolder() / "tree";
  if (const auto stats = CollectQuestionStats(tree)) {
    (void)StatsJson(*stats).Dump();
    (void)StatsPage(*stats, "fuzz");
  }
  if (const auto sample = SampleQuestions(tree, 2, 0))
    for (const PlacedQuestion& question : *sample) {
      (void)question.question();
      (void)question.answer();
      (void)question.images();
      const auto markers = MarkersOfRecord(JsonCursor(question.record, "record"));
      RgbImage image(48, 32);
      if (markers) (void)DrawMarkers(image, *markers, 0, MarkerStyle::kSpar);
    }
  (void)LoadSparTree(tree, [](Item) { return Result<void>(); });
  return 0;
}
