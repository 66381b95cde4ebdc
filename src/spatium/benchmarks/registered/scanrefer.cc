// ScanRefer: 9,508 human descriptions of objects in 141 validation rooms
// (ReferIt3D, ECCV 2020 / ScanRefer, ECCV 2020; sentences under their authors' terms, rooms
// ScanNet's). Scored from boxes or ids; the prediction files of SPAZER and TAB are read as they
// are.

#include "spatium/benchmarks/grounding_family.h"

namespace spatium {
namespace {
constexpr PublishedRow kPublished[] = {
    {"ROSS3D", 61.1, "ROSS3D, Acc@0.25"},
    {"GS-Reasoner", 60.8, "GS-Reasoner, Acc@0.25"},
    {"Inst3D-LMM", 57.8, "Inst3D-LMM, Acc@0.25"},
    {"SPAZER (GPT-4o)", 57.2, "SPAZER, arXiv 2506.21924, Acc@0.25 (250 queries)"},
    {"M3DRef-CLIP", 51.9, "Multi3DRefer, Acc@0.25"},
    {"SPAR-mix", 48.8, "SPAR, Acc@0.25"},
    {"ScanRefer (xyz+multiview+normals)", 42.27, "ScanRefer README, Acc@0.25"},
    {"ScanRefer (xyz)", 36.01, "ScanRefer README, Acc@0.25"}};
}  // namespace

const BenchmarkInfo& BenchmarkInfo_scanrefer() {
  static const BenchmarkInfo kInfo{
      .summary = "ScanRefer: 9,508 human descriptions of objects in 141 validation rooms",
      .hub =
          "ScanRefer_filtered_val.json of daveredrum/ScanRefer into FOLDER, each room's boxes as "
          "boxes/SCENE.json",
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
