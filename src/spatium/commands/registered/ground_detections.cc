// spatium ground detections: a detector's instances as the box files that sentences are grounded
// in.
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/grounding/detections.h"
#include "spatium/readers/matrix_text.h"

namespace spatium {
namespace {

struct Options {
  std::vector<Path> files;
  Path out;
  DetectionFilter filter;
  std::optional<Path> names, axis_alignment;
};

void Describe(Options& o, OptionList& list) {
  list.Positional("FILE.npz", &o.files, "Mask3D instances: ins_pcds, ins_labels, ins_scores");
  list.Flag("-o,--out", &o.out, "folder for SCENE.json box files").required = true;
  list.Flag("--min-score", &o.filter.min_score, "instances below are left out");
  list.Flag("--min-points", &o.filter.min_points, "instances with fewer points are left out");
  auto& iou = list.Flag(
      "--same-iou", &o.filter.same_iou, "boxes that overlap by more are one thing: the best stays");
  iou.min = 0;
  iou.max = 1;
  list.Flag("--keep-labels", &o.filter.keep_labels, "keep a thing once for each of its labels");
  list.Flag("--names", &o.names, "JSON object from label numbers to names");
  list.Flag(
      "--axis-alignment", &o.axis_alignment, "4x4 matrix text that turns the points into World");
}

Result<std::map<int64_t, std::string>> ReadNames(const std::optional<Path>& file) {
  std::map<int64_t, std::string> names;
  if (!file) return names;
  SPATIUM_TRY(const Json json, ReadJsonFile(*file));
  const JsonCursor cursor(json, file->string());
  if (!json.IsObject()) return cursor.Expected("an object from numbers to names");
  for (const auto& [key, value] : json.AsObject()) {
    const auto number = ParseInt(key);
    if (!number || !value.IsString()) return cursor.Expected("an object from numbers to names");
    names[*number] = value.AsString();
  }
  return names;
}

Result<int> Run(const Options& o, Output& out) {
  SPATIUM_TRY(const auto names, ReadNames(o.names));
  std::optional<Rigid<frame::World, frame::World>> align;
  if (o.axis_alignment) {
    SPATIUM_TRY(const std::string text, ReadFile(*o.axis_alignment));
    SPATIUM_TRY(const auto matrix, ParseMatrix4(text, o.axis_alignment->string()));
    SPATIUM_TRY(align,
                (RigidFromMatrix<frame::World, frame::World>(matrix, o.axis_alignment->string())));
  }
  Json scenes = Json::MakeArray();
  for (const Path& file : o.files) {
    DetectionCounts counts;
    SPATIUM_TRY(const auto detections, ReadMask3dNpz(file, names, align, o.filter, counts));
    const std::string scene = file.stem().string();
    SPATIUM_TRY_DO(
        WriteFileAtomic(o.out / (scene + ".json"), BoxFileJson(detections).Dump() + "\n"));
    scenes.Push(Json::MakeObject({{"scene", scene},
                                  {"read", counts.read},
                                  {"below_score", counts.below_score},
                                  {"too_small", counts.too_small},
                                  {"duplicates", counts.duplicates},
                                  {"boxes", counts.kept}}));
  }
  const Json json = Json::MakeObject({{"scenes", std::move(scenes)}, {"out", o.out.string()}});
  out.Line(out.json() ? json.Dump() : json.DumpPretty());
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_ground_detections() {
  static constexpr CommandInfo kInfo{
      .summary = "Mask3D's instances (.npz) as box files, with scores and without duplicates",
      .example = "spatium ground detections scene0011_00.npz -o boxes --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
