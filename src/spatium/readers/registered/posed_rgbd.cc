// Colour, depth, poses and intrinsics in folders or trajectory files: docs/conventions.md lists the
// names that are looked for.
#include <algorithm>

#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/readers/depth_unit.h"
#include "spatium/readers/frame_files.h"
#include "spatium/readers/frame_import.h"
#include "spatium/readers/objects.h"
#include "spatium/readers/posed_cameras.h"
#include "spatium/readers/posed_frames.h"
#include "spatium/readers/posed_manifest.h"
#include "spatium/readers/reader.h"
#include "spatium/readers/scannet_info.h"
#include "spatium/scene/ply.h"

namespace spatium {
namespace {

constexpr size_t kDetectFrames = 16;  // depth maps that the unit is detected from

// The size of the first image of its kind that says one; 0x0 if none does.
ImageSize FirstSize(const FrameFiles& files) {
  for (const std::string& key : files.keys) {
    const auto bytes = ReadFile(files.files.at(key));
    if (!bytes) continue;
    if (const auto size = ReadImageSize(*bytes, key)) return *size;
  }
  return {};
}

// Runs of neighbours, so that they overlap, from all over the film.
std::vector<size_t> DetectionFrames(size_t num_frames) {
  constexpr size_t kRun = 4;
  std::vector<size_t> chosen;
  const size_t num_runs = kDetectFrames / kRun;
  for (size_t run = 0; run < num_runs; ++run)
    for (size_t i = 0; i < kRun; ++i) {
      const size_t index = num_frames * run / num_runs + i;
      if (index < num_frames && (chosen.empty() || index > chosen.back())) chosen.push_back(index);
    }
  return chosen;
}

DetectedUnit Detect(const std::vector<RawFrame>& frames, const Pinhole& camera, unsigned threads) {
  const auto chosen = DetectionFrames(frames.size());
  std::vector<DepthImage> images(chosen.size());
  ParallelFor(chosen.size(), threads, [&](size_t i) {
    const RawFrame& frame = frames[chosen[i]];
    if (!frame.depth_file || !frame.world_from_cam || !frame.lacks.empty()) return;
    const auto bytes = frame.depth_file();
    if (!bytes) return;
    auto image = DecodeDepth(*bytes, frame.name);
    if (image && image->size() == camera.size) images[i] = *std::move(image);
  });
  std::vector<PosedDepth> maps;
  for (size_t i = 0; i < chosen.size(); ++i)
    if (!images[i].empty())
      maps.push_back({&images[i], camera, Inverse(*frames[chosen[i]].world_from_cam)});
  return DetectDepthUnit(maps);
}

Result<void> SetDepthUnit(const ImportOptions& options,
                          const PosedManifest& manifest,
                          const std::vector<RawFrame>& frames,
                          const Pinhole& camera,
                          ImportReport& report) {
  Scene& scene = report.scene;
  if (options.depth_scale) {
    scene.depth_unit_m = 1 / *options.depth_scale;
    scene.depth_unit_from = "option";
  } else if (manifest.depth_scale) {
    scene.depth_unit_m = 1 / *manifest.depth_scale;
    scene.depth_unit_from = "format";
  } else {
    const DetectedUnit detected = Detect(frames, camera, options.threads);
    scene.depth_unit_m = detected.unit_m;
    scene.depth_unit_from = "detected";
    report.notes.push_back(StrCat("depth unit detected: ",
                                  FormatShortest(1 / detected.unit_m),
                                  " steps per metre (",
                                  detected.how,
                                  "); --depth-scale sets another"));
  }
  return {};
}

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
  SPATIUM_TRY(const PosedLayout layout, FindPosedLayout(options.source));
  SPATIUM_TRY(const PosedManifest manifest, ReadPosedManifest(options.source));
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
  SPATIUM_TRY(const PosedCameras cameras,
              FindPosedCameras(
                  options, manifest, layout, FirstSize(layout.color), FirstSize(layout.depth)));
  report.intrinsics_from = cameras.from;
  report.notes = cameras.notes;

  SPATIUM_TRY(auto frames, MatchPosedFrames(layout, options.every));
  if (!layout.depth.empty())
    SPATIUM_TRY_DO(SetDepthUnit(options, manifest, frames, cameras.depth, report));
  SPATIUM_TRY_DO(AddObjects(options, manifest, report));
  if (manifest.mesh) {
    SPATIUM_TRY(scene.mesh, ReadPly(*manifest.mesh));
  }

  FrameImport import(out, cameras.color, cameras.depth, world_from_source, options.threads);
  for (size_t begin = 0; begin < frames.size(); begin += FrameImport::kBatch) {
    const size_t end = std::min(frames.size(), begin + FrameImport::kBatch);
    SPATIUM_TRY_DO(
        import.Add({std::make_move_iterator(frames.begin() + static_cast<std::ptrdiff_t>(begin)),
                    std::make_move_iterator(frames.begin() + static_cast<std::ptrdiff_t>(end))}));
  }
  scene.frames = import.TakeFrames();
  report.skipped = import.TakeSkipped();
  SPATIUM_TRY_DO(CheckSomeFrameKept(options.source, scene.frames.size(), report.skipped));
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
