// SPAR-Bench with depth, poses and intrinsics (arXiv 2503.22976; MIT annotations, ScanNet terms for
// the pictures). Official record: {"id": 3, "img_type": "single_view", "format_type": "fill",
// "task": "depth_prediction_oc", "source": "scannet", "image": [...], "question": "...", "answer":
// "1.5"}. Chance: published Random on Tiny 32.74.
#include "spatium/benchmarks/spar_family.h"

namespace spatium {

const BenchmarkInfo& BenchmarkInfo_spar_bench_rgbd() {
  static const BenchmarkInfo kInfo{
      .summary = "SPAR-Bench with depth, poses and intrinsics",
      .hub =
          "Hub data set jasonzhango/SPAR-Bench-RGBD; put its data/test-*.parquet into "
          "FOLDER/data",
      .schema = "confirmed: the data set's card and the official evaluation code",
      .unit = "percent",
      .profiles = kSparProfiles,
      .published = kSparPublished,
      .chance = 32.74,
      .load = LoadSpar,
      .prompt = SparBenchPrompt,
      .score = ScoreSparItem,
      .oracle = SparOracle,
      .choices = SparChoices,
      .from_tasks = SparFromTasks};
  return kInfo;
}

}  // namespace spatium
