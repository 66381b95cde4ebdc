// Colour, depth, poses and intrinsics in folders or trajectory files: docs/conventions.md lists the
// names that are looked for.

#include "spatium/base/text.h"
#include "spatium/readers/frame_files.h"
#include "spatium/readers/objects.h"
#include "spatium/readers/posed_import.h"
#include "spatium/readers/posed_manifest.h"
#include "spatium/readers/reader.h"
#include "spatium/readers/scannet_info.h"
#include "spatium/scene/move_mesh.h"
#include "spatium/scene/ply.h"

namespace spatium {
namespace {

Result<void> AddObjects(const ImportOptions& options,
                        const PosedManifest& manifest,
                        ImportReport& report) {
  const auto path = options.objects ? options.objects : manifest.objects;
  if (!path) {
    if (std::filesystem::exists(options.source / "objects.json"))
      report.notes.push_back("objects.json is there but was not read: --objects names it");
    return {};
  }
  SPATIUM_TRY(const std::string text, ReadFile(*path));
  SPATIUM_TRY(report.scene.objects, ParseObjects(text, path->string()));
  std::optional<LabelTable> table;
  if (options.labels) {
    SPATIUM_TRY(table, LabelTable::Read(*options.labels));
  }
  for (const std::string& label : SetCategories(table ? &*table : nullptr, report.scene.objects))
    report.notes.push_back(StrCat("label ", Quote(label), " is not in the label table"));
  return {};
}

std::string SceneName(const ImportOptions& options,
                      const PosedManifest& manifest,
                      const PosedLayout& layout) {
  if (!options.scene_id.empty()) return options.scene_id;
  if (!manifest.scene.empty()) return manifest.scene;
  if (layout.scannet_info) return layout.scannet_info->stem().string();
  const Path clean = std::filesystem::absolute(options.source).lexically_normal();
  return clean.has_filename() ? clean.filename().string() : clean.parent_path().filename().string();
}

Result<ImportReport> Import(const ImportOptions& options, const SceneWriter& out) {
  SPATIUM_TRY(const PosedManifest manifest, ReadPosedManifest(options.source));
  SPATIUM_TRY(const PosedLayout layout, FindPosedLayout(options.source, manifest.mesh.has_value()));
  ImportReport report;
  Scene& scene = report.scene;
  scene.id = SceneName(options, manifest, layout);
  scene.dataset = manifest.dataset.empty() ? "posed_rgbd" : manifest.dataset;
  scene.outline = manifest.outline;

  Rigid<frame::World, frame::World> world_from_source;
  const auto alignment = options.axis_alignment ? options.axis_alignment : manifest.axis_alignment;
  if (alignment) {
    SPATIUM_TRY(world_from_source, ReadAxisAlignment(*alignment));
    scene.aligned = true;
  }
  SPATIUM_TRY_DO(AddObjects(options, manifest, report));
  SPATIUM_TRY_DO(ImportPosedFrames(options, world_from_source, out, report));
  if (manifest.mesh) {
    SPATIUM_TRY(scene.mesh, ReadPly(*manifest.mesh));
    MoveMesh(world_from_source, *scene.mesh);
  }
  return report;
}

}  // namespace

const ReaderInfo& ReaderInfo_posed_rgbd() {
  static constexpr ReaderInfo kInfo{
      .summary = "colour, depth, poses and intrinsics in folders; TUM and Redwood trajectories",
      .example =
          "spatium scene import posed_rgbd FOLDER -o STORE --axis-alignment TXT "
          "--objects JSON",
      .import = Import};
  return kInfo;
}

}  // namespace spatium
