#include "spatium/readers/posed_import.h"

#include <algorithm>

#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/readers/depth_unit.h"
#include "spatium/readers/frame_files.h"
#include "spatium/readers/frame_import.h"
#include "spatium/readers/posed_cameras.h"
#include "spatium/readers/posed_frames.h"
#include "spatium/readers/posed_manifest.h"

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

void SetDepthUnit(const ImportOptions& options,
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
}

}  // namespace

Result<void> ImportPosedFrames(const ImportOptions& options,
                               const Rigid<frame::World, frame::World>& world_from_source,
                               const SceneWriter& out,
                               ImportReport& report) {
  SPATIUM_TRY(const PosedManifest manifest, ReadPosedManifest(options.source));
  SPATIUM_TRY(const PosedLayout layout, FindPosedLayout(options.source, manifest.mesh.has_value()));
  if (layout.color.empty() && layout.depth.empty()) {
    report.notes.push_back("no frames: the folder has no images, only a mesh");
    return {};
  }
  SPATIUM_TRY(const PosedCameras cameras,
              FindPosedCameras(
                  options, manifest, layout, FirstSize(layout.color), FirstSize(layout.depth)));
  report.intrinsics_from = cameras.from;
  report.notes.insert(report.notes.end(), cameras.notes.begin(), cameras.notes.end());
  SPATIUM_TRY(auto frames, MatchPosedFrames(layout, options));
  if (!layout.depth.empty()) SetDepthUnit(options, manifest, frames, cameras.depth, report);
  FrameImport import(out, cameras.color, cameras.depth, world_from_source, options.threads);
  Progress progress("import " + report.scene.id, frames.size());
  for (size_t begin = 0; begin < frames.size(); begin += FrameImport::kBatch) {
    const size_t end = std::min(frames.size(), begin + FrameImport::kBatch);
    SPATIUM_TRY_DO(
        import.Add({std::make_move_iterator(frames.begin() + static_cast<std::ptrdiff_t>(begin)),
                    std::make_move_iterator(frames.begin() + static_cast<std::ptrdiff_t>(end))}));
    progress.Add(end - begin);
  }
  report.scene.frames = import.TakeFrames();
  report.skipped = import.TakeSkipped();
  return CheckSomeFrameKept(options.source, report.scene.frames.size(), report.skipped);
}

}  // namespace spatium
