#include "spatium/readers/posed_write.h"

#include <algorithm>

#include "spatium/base/interrupt.h"
#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/readers/matrix_text.h"
#include "spatium/readers/objects.h"
#include "spatium/readers/posed_manifest.h"
#include "spatium/readers/uniform_frames.h"
#include "spatium/scene/move_mesh.h"
#include "spatium/scene/ply.h"

namespace spatium {
namespace {

template <class To, class From>
std::string MatrixText(const Rigid<To, From>& m) {
  std::string out;
  for (int r = 0; r < 3; ++r)
    out += StrCat(m.R(r, 0), " ", m.R(r, 1), " ", m.R(r, 2), " ", m.t[r], "\n");
  return out + "0 0 0 1\n";
}

Result<void> WriteFrame(const Path& folder,
                        const Frame& frame,
                        const FrameImages& images,
                        const Rigid<frame::World, frame::World>& source_from_world) {
  if (!images.color.empty()) {
    SPATIUM_TRY(const ImageFormat format, DetectImageFormat(images.color, frame.name));
    const auto name = StrCat(frame.name, format == ImageFormat::kJpeg ? ".jpg" : ".png");
    SPATIUM_TRY_DO(WriteFileDirect(folder / "color" / name, images.color));
  }
  if (images.depth)
    SPATIUM_TRY_DO(
        WriteFileDirect(folder / "depth" / (frame.name + ".png"), EncodePng(*images.depth)));
  return WriteFileDirect(folder / "pose" / (frame.name + ".txt"),
                         MatrixText(source_from_world * Inverse(frame.cam_from_world)));
}

Result<void> WriteFrames(const Path& folder,
                         const Scene& scene,
                         const ImageSource& images,
                         const PosedWriteOptions& options) {
  for (const char* name : {"color", "depth", "pose"}) SPATIUM_TRY_DO(MakeFolder(folder / name));
  const auto source_from_world = Inverse(options.world_from_source);
  std::vector<Result<void>> done(scene.frames.size());
  ParallelFor(scene.frames.size(), options.threads, [&](size_t i) {
    done[i] = [&]() -> Result<void> {
      SPATIUM_TRY_DO(CheckStop(folder.string()));
      SPATIUM_TRY(const FrameImages pictures, images(i));
      return WriteFrame(folder, scene.frames[i], pictures, source_from_world);
    }();
  });
  for (auto& result : done)
    if (!result) return std::move(result).error();
  return {};
}

}  // namespace

Result<void> WritePosedFolder(const Path& folder,
                              const Scene& scene,
                              const ImageSource& images,
                              const PosedWriteOptions& options) {
  SPATIUM_TRY_DO(ValidateScene(scene));
  SPATIUM_TRY(const UniformFrames uniform, CheckUniformFrames(scene));
  SPATIUM_TRY(AtomicFolder out, AtomicFolder::Create(folder));
  SPATIUM_TRY_DO(WriteFrames(out.path(), scene, images, options));
  PosedManifest manifest;
  manifest.scene = scene.id;
  manifest.dataset = scene.dataset;
  manifest.depth_scale = 1 / scene.depth_unit_m;
  manifest.outline = scene.outline;
  const auto camera = [&](bool has,
                          const Pinhole& pinhole,
                          std::string_view name,
                          std::optional<CameraNumbers>& numbers) -> Result<void> {
    if (!has) return {};
    numbers = FileNumbers(pinhole);
    return WriteFileDirect(out.path() / name, IntrinsicMatrixText(*numbers));
  };
  SPATIUM_TRY_DO(
      camera(uniform.has_color, uniform.color, "intrinsic_color.txt", manifest.intrinsics));
  SPATIUM_TRY_DO(
      camera(uniform.has_depth, uniform.depth, "intrinsic_depth.txt", manifest.depth_intrinsics));
  if (scene.aligned) {
    manifest.axis_alignment = "axis_alignment.txt";
    SPATIUM_TRY_DO(
        WriteFileDirect(out.path() / "axis_alignment.txt", MatrixText(options.world_from_source)));
  }
  if (!scene.objects.empty()) {
    manifest.objects = "objects.json";
    SPATIUM_TRY_DO(WriteFileDirect(out.path() / "objects.json", WriteObjects(scene.objects)));
  }
  if (scene.mesh) {
    manifest.mesh = "mesh.ply";
    Mesh mesh = *scene.mesh;
    MoveMesh(Inverse(options.world_from_source), mesh);
    SPATIUM_TRY_DO(WriteFileDirect(out.path() / "mesh.ply", WritePly(mesh)));
  }
  SPATIUM_TRY_DO(WriteFileDirect(out.path() / kPosedManifestFile, PosedManifestText(manifest)));
  return out.Commit();
}

}  // namespace spatium
