// spatium scene import: a data set's scene into a store.
#include "spatium/base/log.h"
#include "spatium/base/text.h"
#include "spatium/commands/command.h"
#include "spatium/readers/align_floor.h"
#include "spatium/readers/reader.h"

namespace spatium {
namespace {

struct Options {
  std::string format;
  Path out;
  ImportOptions import;
  std::optional<std::string> intrinsics, depth_intrinsics;
  std::optional<int64_t> limit;
};

void Describe(Options& o, OptionList& list) {
  auto& format = list.Positional("FORMAT", &o.format, "the source's format");
  for (const ReaderEntry& reader : Readers()) format.choices.emplace_back(reader.name);
  list.Positional("PATH", &o.import.source, "the scene's folder");
  list.Flag("-o,--out", &o.out, "the store to make; an older store there is replaced").required =
      true;
  list.Flag("--axis-alignment",
            &o.import.axis_alignment,
            "text file with 16 numbers, or a ScanNet SCENE.txt: source to aligned world");
  list.Flag("--objects",
            &o.import.objects,
            "JSON list of boxes in the aligned world: {bbox_id,target,bbox_3d} or {id,label,box}");
  list.Flag("--labels",
            &o.import.labels,
            "label table (TSV with raw_category and category) for the categories");
  list.Flag("--depth-scale", &o.import.depth_scale, "depth steps per metre").min = 1e-3;
  list.Flag("--intrinsics",
            &o.intrinsics,
            "colour camera fx,fy,cx,cy or fx,fy,cx,cy,w,h in pixels; first pixel's centre at 0");
  list.Flag("--depth-intrinsics", &o.depth_intrinsics, "depth camera, likewise");
  list.Flag("--scene-id", &o.import.scene_id, "the scene's name");
  list.Flag("--align-floor",
            &o.import.align_floor,
            "where no axis alignment is known, find the floor and turn it level at z = 0");
  list.Flag("--every", &o.import.every, "keep each n-th frame").min = 1;
  list.Flag("--limit", &o.limit, "and of those the first N").min = 1;
}

Json ReportJson(const ImportReport& report, size_t mesh_vertices, const Path& store) {
  Json skipped = Json::MakeArray();
  for (const SkippedFrame& frame : report.skipped)
    skipped.Push(Json::MakeObject({{"frame", frame.frame}, {"reason", frame.reason}}));
  const Scene& scene = report.scene;
  return Json::MakeObject({{"scene", scene.id},
                           {"frames", scene.frames.size()},
                           {"skipped", std::move(skipped)},
                           {"objects", scene.objects.size()},
                           {"depth_unit_m", scene.depth_unit_m},
                           {"depth_unit_from", scene.depth_unit_from},
                           {"intrinsics_from", report.intrinsics_from},
                           {"aligned", scene.aligned},
                           {"mesh_vertices", mesh_vertices},
                           {"notes", Json(report.notes)},
                           {"store", store.string()}});
}

Result<int> Run(const Options& o, Output& out) {
  const ReaderInfo* reader = nullptr;
  for (const ReaderEntry& entry : Readers())
    if (entry.name == o.format) reader = &entry.info();
  ImportOptions import = o.import;
  import.threads = out.threads();
  if (o.limit) import.limit = static_cast<uint64_t>(*o.limit);
  if (o.intrinsics) {
    SPATIUM_TRY(import.intrinsics, ParseCameraFlag(*o.intrinsics, "--intrinsics"));
  }
  if (o.depth_intrinsics) {
    SPATIUM_TRY(import.depth_intrinsics,
                ParseCameraFlag(*o.depth_intrinsics, "--depth-intrinsics"));
  }
  if (!std::filesystem::is_directory(import.source))
    return Error{ErrorCode::kNotFound,
                 import.source.string(),
                 "a scene's folder",
                 std::filesystem::exists(import.source) ? "a file" : "nothing there"};
  SPATIUM_TRY(SceneWriter writer, SceneWriter::Create(o.out));
  SPATIUM_TRY(ImportReport report, reader->import(import, writer));
  if (import.align_floor && !report.scene.aligned)
    SPATIUM_TRY_DO(AlignFloor(writer.folder(), import.threads, report));
  for (const std::string& note : report.notes) LogWarn(note);
  SPATIUM_TRY_DO(writer.Commit(report.scene));
  const size_t mesh_vertices = report.scene.mesh ? report.scene.mesh->vertices.size() : 0;
  if (out.json()) {
    out.Print(ReportJson(report, mesh_vertices, o.out));
    return 0;
  }
  out.Line(StrCat(report.scene.id,
                  ": ",
                  report.scene.frames.size(),
                  " frames, ",
                  report.scene.objects.size(),
                  " objects, ",
                  mesh_vertices,
                  " mesh vertices -> ",
                  o.out.string()));
  for (const SkippedFrame& frame : report.skipped)
    out.Line(StrCat("left out ", frame.frame, ": ", frame.reason));
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_scene_import() {
  static constexpr CommandInfo kInfo{
      .summary = "read a data set's scene into a store",
      .example = "spatium scene import posed_rgbd FOLDER -o STORE --json",
      .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
