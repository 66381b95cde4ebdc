// A ScanNet scene's folder as it is shipped, or with its frames already exported to folders.
#include <algorithm>
#include <memory>

#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/readers/frame_import.h"
#include "spatium/readers/objects.h"
#include "spatium/readers/posed_import.h"
#include "spatium/readers/reader.h"
#include "spatium/readers/scannet_annotation.h"
#include "spatium/readers/scannet_files.h"
#include "spatium/readers/scannet_info.h"
#include "spatium/readers/scene_extras.h"
#include "spatium/readers/sens.h"
#include "spatium/scene/move_mesh.h"
#include "spatium/scene/ply.h"

namespace spatium {
namespace {

using Alignment = Rigid<frame::World, frame::World>;
constexpr double kDepthScale = 1000;  // of ScanNet's exported depth images

Result<Pinhole> CameraOf(const Eigen::Matrix4f& matrix, ImageSize size, const std::string& where) {
  const Eigen::Matrix4d m = matrix.cast<double>();
  if (!m.allFinite() || !(m(0, 0) > 0) || !(m(1, 1) > 0))
    return Error{ErrorCode::kBadValue,
                 where,
                 "an intrinsic matrix with fx and fy above 0",
                 StrCat("fx=", m(0, 0), " fy=", m(1, 1))};
  return HousePinhole({m(0, 0), m(1, 1), m(0, 2), m(1, 2), size}, size);
}

// A raw RGB blob as the bytes of an image file.
Result<std::string> ColorFile(std::string blob, const SensHeader& header) {
  if (header.color_compression != SensColor::kRaw) return blob;
  RgbImage image(header.color_size.width, header.color_size.height);
  if (blob.size() != image.data().size())
    return Error{ErrorCode::kBadValue,
                 "image",
                 StrCat(image.data().size(), " bytes of raw colour"),
                 StrCat(blob.size())};
  std::copy(blob.begin(), blob.end(), reinterpret_cast<char*>(image.data().data()));
  return EncodePng(image);
}

RawFrame FromSens(SensFrame sens, const SensHeader& header, std::string name) {
  constexpr double kMicroseconds = 1e-6;
  RawFrame raw;
  raw.name = std::move(name);
  if (sens.color_time_us > 0) raw.time_s = static_cast<double>(sens.color_time_us) * kMicroseconds;
  raw.world_from_cam = RigidFromMatrix<frame::World, frame::Cam<>>(
      sens.world_from_cam.cast<double>(), "camera to world");
  const auto blobs = std::make_shared<SensFrame>(std::move(sens));
  raw.color = [blobs, &header] { return ColorFile(std::move(blobs->color), header); };
  raw.depth = [blobs, &header] { return DecodeSensDepth(blobs->depth, header, "depth image"); };
  return raw;
}

std::string SensFrameName(uint64_t index,
                          const std::optional<SceneExtras>& extras,
                          uint64_t num_frames) {
  if (extras && extras->frame_names.size() == num_frames) return extras->frame_names[index];
  std::string digits = StrCat(index);
  return std::string(6 - std::min<size_t>(6, digits.size()), '0') + digits;
}

Result<void> ImportSens(const ScanNetFiles& files,
                        const ImportOptions& options,
                        const std::optional<SceneExtras>& extras,
                        const Alignment& world_from_source,
                        const SceneWriter& out,
                        ImportReport& report) {
  SPATIUM_TRY(SensReader sens, SensReader::Open(*files.sens));
  const SensHeader& header = sens.header();
  const std::string where = files.sens->string();
  SPATIUM_TRY(const Pinhole color,
              CameraOf(header.color_intrinsic, header.color_size, where + ": colour camera"));
  SPATIUM_TRY(const Pinhole depth,
              CameraOf(header.depth_intrinsic, header.depth_size, where + ": depth camera"));
  report.intrinsics_from = files.sens->filename().string();
  report.scene.depth_unit_m = 1 / static_cast<double>(header.depth_shift);
  report.scene.depth_unit_from = "format";
  FrameImport import(out, color, depth, world_from_source, options.threads);
  Progress progress("import " + report.scene.id, header.num_frames);
  std::vector<RawFrame> batch;
  for (uint64_t index = 0; index < header.num_frames; ++index) {
    const bool wanted = options.Wants(index);
    SPATIUM_TRY(auto frame, sens.Next(wanted));
    progress.Add();
    if (wanted)
      batch.push_back(
          FromSens(*std::move(frame), header, SensFrameName(index, extras, header.num_frames)));
    if (batch.size() < FrameImport::kBatch && index + 1 < header.num_frames) continue;
    SPATIUM_TRY_DO(import.Add(std::move(batch)));
    batch.clear();
  }
  report.scene.frames = import.TakeFrames();
  report.skipped = import.TakeSkipped();
  return CheckSomeFrameKept(*files.sens, report.scene.frames.size(), report.skipped);
}

Result<void> ImportMesh(const ScanNetFiles& files,
                        const Alignment& world_from_source,
                        ImportReport& report) {
  if (!files.mesh) {
    if (files.aggregation)
      report.notes.push_back(
          "no mesh: the aggregation's objects have no boxes without it; --objects gives boxes");
    return {};
  }
  SPATIUM_TRY(report.scene.mesh, ReadPly(*files.mesh));
  Mesh& mesh = *report.scene.mesh;
  mesh.vertex_object.clear();  // ScanNet's `label` is a class, not an object
  MoveMesh(world_from_source, mesh);
  if (!files.aggregation || !files.segments) {
    report.notes.push_back(StrCat("no objects: the scene has no ",
                                  files.aggregation ? ".segs.json" : ".aggregation.json"));
    return {};
  }
  SPATIUM_TRY(const std::string aggregation, ReadFile(*files.aggregation));
  SPATIUM_TRY(const auto groups, ParseAggregation(aggregation, files.aggregation->string()));
  SPATIUM_TRY(const std::string segments_text, ReadFile(*files.segments));
  SPATIUM_TRY(const auto segments, ParseSegments(segments_text, files.segments->string()));
  SPATIUM_TRY(AnnotatedObjects annotated,
              ApplyAnnotation(groups, segments, files.segments->string(), mesh));
  report.scene.objects = std::move(annotated.objects);
  for (const std::string& name : annotated.without_vertices)
    report.notes.push_back(StrCat("object ", name, " has no vertex in the mesh"));
  return {};
}

// Categories, oriented boxes and objects without vertices, as our own exports keep them.
void MergeExtras(const SceneExtras& extras, ImportReport& report) {
  Scene& scene = report.scene;
  scene.dataset = extras.dataset.empty() ? scene.dataset : extras.dataset;
  scene.outline = extras.outline;
  for (const Object& known : extras.objects) {
    const auto it = std::lower_bound(
        scene.objects.begin(), scene.objects.end(), known.id, [](const Object& o, ObjectId id) {
          return o.id < id;
        });
    if (it == scene.objects.end() || it->id != known.id) {
      scene.objects.insert(it, known);
    } else {
      it->category = known.category;
      it->obb = known.obb;
    }
  }
  std::erase_if(report.notes, [](const std::string& note) {
    return note.starts_with("object ") || note.starts_with("no mesh") ||
           note.starts_with("no objects");
  });
  if (!scene.mesh)
    report.notes.push_back("no mesh: the boxes are those that were kept beside the scene");
}

Result<void> SetLabels(const ImportOptions& options, ImportReport& report) {
  std::optional<LabelTable> table;
  if (options.labels) {
    SPATIUM_TRY(table, LabelTable::Read(*options.labels));
  }
  for (const std::string& label : SetCategories(table ? &*table : nullptr, report.scene.objects))
    report.notes.push_back(StrCat("label ", Quote(label), " is not in the label table"));
  return {};
}

Result<Alignment> FindAlignment(const ScanNetFiles& files,
                                const ImportOptions& options,
                                bool& aligned) {
  if (options.axis_alignment) {
    aligned = true;
    return ReadAxisAlignment(*options.axis_alignment);
  }
  if (!files.info) return Alignment{};
  SPATIUM_TRY(const std::string text, ReadFile(*files.info));
  SPATIUM_TRY(const auto info, ScanNetInfo::Parse(text, files.info->string()));
  SPATIUM_TRY(const auto alignment, info.AxisAlignment());
  aligned = alignment.has_value();
  return alignment.value_or(Alignment{});
}

Result<ImportReport> Import(const ImportOptions& options, const SceneWriter& out) {
  SPATIUM_TRY(const ScanNetFiles files, FindScanNetFiles(options.source));
  SPATIUM_TRY(const auto extras, ReadSceneExtras(options.source));
  ImportReport report;
  report.scene.id = options.scene_id.empty() ? files.scene_id : options.scene_id;
  report.scene.dataset = "scannet";
  report.scene.depth_unit_from = "format";
  SPATIUM_TRY(const Alignment world_from_source,
              FindAlignment(files, options, report.scene.aligned));
  if (!report.scene.aligned)
    report.notes.push_back("no axisAlignment: the world is the scan's own frame");
  if (files.sens) {
    SPATIUM_TRY_DO(ImportSens(files, options, extras, world_from_source, out, report));
  } else if (files.has_frame_folders) {
    ImportOptions folders = options;
    if (!folders.depth_scale) folders.depth_scale = kDepthScale;
    SPATIUM_TRY_DO(ImportPosedFrames(folders, world_from_source, out, report));
    if (!options.depth_scale) report.scene.depth_unit_from = "format";
  } else {
    report.notes.push_back("no frames: the folder has neither a .sens nor color/, depth/, pose/");
  }
  SPATIUM_TRY_DO(ImportMesh(files, world_from_source, report));
  if (extras) MergeExtras(*extras, report);
  if (options.objects) {
    SPATIUM_TRY(const std::string text, ReadFile(*options.objects));
    SPATIUM_TRY(report.scene.objects, ParseObjects(text, options.objects->string()));
  }
  SPATIUM_TRY_DO(SetLabels(options, report));
  return report;
}

}  // namespace

const ReaderInfo& ReaderInfo_scannet() {
  static constexpr ReaderInfo kInfo{
      .summary = "a ScanNet scene: .sens or exported frames, mesh, segments, aggregation, info",
      .example =
          "spatium scene import scannet FOLDER -o STORE --labels "
          "scannetv2-labels.combined.tsv",
      .import = Import};
  return kInfo;
}

}  // namespace spatium
