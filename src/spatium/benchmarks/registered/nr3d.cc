// Nr3D: 7,457 human sentences of the validation rooms about one of several objects of a class
// (ReferIt3D, ECCV 2020 / ScanRefer, ECCV 2020; sentences under their authors' terms, rooms
// ScanNet's). Scored from boxes or ids; the prediction files of SPAZER and TAB are read as they
// are.

#include "spatium/benchmarks/grounding_family.h"

namespace spatium {
namespace {
constexpr PublishedRow kPublished[] = {
    {"SPAZER (GPT-4o)", 63.8, "SPAZER, arXiv 2506.21924 (250 queries)"},
    {"M3DRef-CLIP", 49.4, "Multi3DRefer"}};
}  // namespace

const BenchmarkInfo& BenchmarkInfo_nr3d() {
  static const BenchmarkInfo kInfo{
      .summary =
          "Nr3D: 7,457 human sentences of the validation rooms about "
          "one of several objects of a class",
      .hub = "nr3d.csv (or its test rows, nr3d_test.csv) of referit3d/referit3d into FOLDER",
      .schema = "confirmed: the authors' files",
      .unit = "percent",
      .profiles = kGroundingProfiles,
      .published = kPublished,
      .load = LoadGroundingQueries,
      .prompt = GroundingPrompt,
      .score = ScoreGrounding,
      .aggregate = AggregateGrounding};
  return kInfo;
}

}  // namespace spatium
