// Sr3D: template sentences with one spatial relation
// (ReferIt3D, ECCV 2020 / ScanRefer, ECCV 2020; sentences under their authors' terms, rooms
// ScanNet's). Scored from boxes or ids; the prediction files of SPAZER and TAB are read as they
// are.

#include "spatium/benchmarks/grounding_family.h"

namespace spatium {

const BenchmarkInfo& BenchmarkInfo_sr3d() {
  static const BenchmarkInfo kInfo{
      .summary = "Sr3D: template sentences with one spatial relation",
      .hub = "sr3d.csv (or its test rows, sr3d_test.csv) of referit3d/referit3d into FOLDER",
      .schema = "confirmed: the authors' files",
      .unit = "percent",
      .profiles = kGroundingProfiles,
      .load = LoadGroundingQueries,
      .prompt = GroundingPrompt,
      .score = ScoreGrounding,
      .aggregate = AggregateGrounding};
  return kInfo;
}

}  // namespace spatium
