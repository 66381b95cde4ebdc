// ScanRefer: 9,508 human descriptions of objects in 141 validation rooms
// (ReferIt3D, ECCV 2020 / ScanRefer, ECCV 2020; sentences under their authors' terms, rooms
// ScanNet's). Scored from boxes or ids; the prediction files of SPAZER and TAB are read as they
// are.

#include "spatium/benchmarks/grounding_family.h"

namespace spatium {
namespace {
constexpr PublishedRow kPublished[] = {
    {"SPAZER (GPT-4o)", 57.2, "SPAZER, arXiv 2506.21924 (250 queries)"}};
}  // namespace

const BenchmarkInfo& BenchmarkInfo_scanrefer() {
  static const BenchmarkInfo kInfo{
      .summary = "ScanRefer: 9,508 human descriptions of objects in 141 validation rooms",
      .hub = "ScanRefer_filtered_val.json as FOLDER/val.json",
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
