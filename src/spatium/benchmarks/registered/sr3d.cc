// Sr3D: template sentences with one spatial relation
// (ReferIt3D, ECCV 2020 / ScanRefer, ECCV 2020; sentences under their authors' terms, rooms
// ScanNet's). Scored from boxes or ids; the prediction files of SPAZER and TAB are read as they
// are.

#include "spatium/benchmarks/grounding_family.h"

namespace spatium {

namespace {

constexpr std::string_view kTsp3d = "TSP3D, arXiv 2502.10392, table 2 (true boxes)";
constexpr std::string_view kSceneVerse = "SceneVerse, arXiv 2401.09340 (true boxes)";
constexpr PublishedRow kPublished[] = {{"GPS (fine-tuned)", 77.5, kSceneVerse},
                                       {"3D-VisTA (pre-trained)", 76.4, kSceneVerse},
                                       {"ViL3DRel", 72.8, kSceneVerse},
                                       {"EDA", 68.1, kTsp3d},
                                       {"BUTD-DETR", 67.0, kTsp3d},
                                       {"MVT", 64.5, kTsp3d},
                                       {"LanguageRefer", 56.0, kTsp3d},
                                       {"InstanceRefer", 48.0, kTsp3d}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_sr3d() {
  static const BenchmarkInfo kInfo{
      .summary = "Sr3D: template sentences with one spatial relation",
      .hub = "sr3d.csv (or its test rows, sr3d_test.csv) of referit3d/referit3d into FOLDER",
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
