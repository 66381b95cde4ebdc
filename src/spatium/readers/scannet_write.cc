#include "spatium/readers/scannet_write.h"

#include <algorithm>

#include "spatium/base/interrupt.h"
#include "spatium/base/json.h"
#include "spatium/base/parallel.h"
#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/readers/cameras.h"
#include "spatium/readers/scene_extras.h"
#include "spatium/readers/sens.h"
#include "spatium/readers/uniform_frames.h"
#include "spatium/scene/move_mesh.h"
#include "spatium/scene/ply.h"

namespace spatium {
namespace {

constexpr size_t kBatch = 32;  // frames whose images are in memory at a time

Eigen::Matrix4f IntrinsicMatrix(const Pinhole& camera) {
  const CameraNumbers c = FileNumbers(camera);
  Eigen::Matrix4d m = Eigen::Matrix4d::Identity();
  m(0, 0) = c.fx;
  m(1, 1) = c.fy;
  m(0, 2) = c.cx;
  m(1, 2) = c.cy;
  return m.cast<float>();
}

Result<void> WriteSens(const Path& path,
                       const Scene& scene,
                       const ImageSource& images,
                       const ScanNetWriteOptions& options) {
  SPATIUM_TRY(const UniformFrames uniform, CheckUniformFrames(scene));
  if (!uniform.has_color || !uniform.has_depth)
    return Error{ErrorCode::kUnsupported,
                 scene.id,
                 "frames with colour and depth for a .sens",
                 uniform.has_color ? "frames without depth" : "frames without colour"};
  SensHeader header;
  header.sensor_name = options.sensor_name;
  header.color_intrinsic = IntrinsicMatrix(uniform.color);
  header.depth_intrinsic = IntrinsicMatrix(uniform.depth);
  header.color_size = uniform.color.size;
  header.depth_size = uniform.depth.size;
  header.depth_shift = static_cast<float>(1 / scene.depth_unit_m);
  const auto source_from_world = Inverse(options.world_from_source);
  std::optional<SensWriter> writer;
  for (size_t begin = 0; begin < scene.frames.size(); begin += kBatch) {
    SPATIUM_TRY_DO(CheckStop(path.string()));
    const size_t n = std::min(kBatch, scene.frames.size() - begin);
    std::vector<Result<SensFrame>> batch(n, SensFrame{});
    std::vector<ImageFormat> formats(n, ImageFormat::kJpeg);
    ParallelFor(n, options.threads, [&](size_t i) {
      batch[i] = [&]() -> Result<SensFrame> {
        const Frame& frame = scene.frames[begin + i];
        SPATIUM_TRY(FrameImages pictures, images(begin + i));
        SPATIUM_TRY(formats[i], DetectImageFormat(pictures.color, frame.name));
        SensFrame out;
        const auto source_from_cam = source_from_world * Inverse(frame.cam_from_world);
        out.world_from_cam.topLeftCorner<3, 3>() = source_from_cam.R.cast<float>();
        out.world_from_cam.block<3, 1>(0, 3) = source_from_cam.t.cast<float>();
        const auto time_us = static_cast<uint64_t>(std::max(0.0, frame.time_s.value_or(0) * 1e6));
        out.color_time_us = out.depth_time_us = time_us;
        out.color = std::move(pictures.color);
        out.depth = EncodeSensDepth(*pictures.depth);
        return out;
      }();
    });
    for (size_t i = 0; i < n; ++i) {
      if (!batch[i]) return std::move(batch[i]).error();
      const SensColor color = formats[i] == ImageFormat::kJpeg ? SensColor::kJpeg : SensColor::kPng;
      if (!writer) {
        header.color_compression = color;
        SPATIUM_TRY(SensWriter created, SensWriter::Create(path, header));
        writer.emplace(std::move(created));
      } else if (color != header.color_compression) {
        return Error{ErrorCode::kUnsupported,
                     StrCat(scene.id, ": frame ", scene.frames[begin + i].name),
                     "colour images of one format for a .sens",
                     "JPEG and PNG"};
      }
      SPATIUM_TRY_DO(writer->Add(*batch[i]));
    }
  }
  return writer->Finish();
}

Result<void> WriteMeshFiles(const Path& folder,
                            const Scene& scene,
                            const ScanNetWriteOptions& options) {
  Mesh mesh = *scene.mesh;
  MoveMesh(Inverse(options.world_from_source), mesh);
  const std::vector<int32_t> vertex_object = std::move(mesh.vertex_object);
  mesh.vertex_object.clear();
  SPATIUM_TRY_DO(WriteFileDirect(folder / (scene.id + "_vh_clean_2.ply"), WritePly(mesh)));
  if (vertex_object.empty()) return {};
  // A segment per object, numbered by its id; what belongs to none is one more.
  int32_t rest = 0;
  for (const int32_t id : vertex_object) rest = std::max(rest, id + 1);
  std::string segs =
      StrCat("{\"params\":{},\n\"sceneId\":", Json(scene.id).Dump(), ",\n\"segIndices\":[");
  for (size_t i = 0; i < vertex_object.size(); ++i)
    segs += StrCat(i == 0 ? "" : ",", vertex_object[i] < 0 ? rest : vertex_object[i]);
  segs += "]}\n";
  return WriteFileDirect(folder / (scene.id + "_vh_clean_2.0.010000.segs.json"), segs);
}

std::string AggregationText(const Scene& scene) {
  std::vector<int32_t> with_vertices;
  if (scene.mesh) with_vertices = scene.mesh->vertex_object;
  std::sort(with_vertices.begin(), with_vertices.end());
  std::string out = StrCat("{\"sceneId\":",
                           Json("scannet." + scene.id).Dump(),
                           ",\n\"appId\":\"Spatium\",\n\"segGroups\":[");
  for (size_t i = 0; i < scene.objects.size(); ++i) {
    const Object& object = scene.objects[i];
    Json segments = Json::MakeArray();
    if (std::binary_search(with_vertices.begin(), with_vertices.end(), object.id.value))
      segments.Push(object.id.value);
    out += i == 0 ? "\n" : ",\n";
    out += Json::MakeObject({{"id", i},
                             {"objectId", object.id.value},
                             {"segments", std::move(segments)},
                             {"label", object.label}})
               .Dump();
  }
  return out + StrCat("],\n\"segmentsFile\":",
                      Json(StrCat("scannet.", scene.id, "_vh_clean_2.0.010000.segs.json")).Dump(),
                      "}\n");
}

std::string InfoText(const Scene& scene, const ScanNetWriteOptions& options) {
  std::string out;
  if (scene.aligned) {
    out += "axisAlignment =";
    for (int r = 0; r < 3; ++r) {
      for (int c = 0; c < 3; ++c) out += StrCat(" ", options.world_from_source.R(r, c));
      out += StrCat(" ", options.world_from_source.t[r]);
    }
    out += " 0 0 0 1\n";
  }
  const auto camera = [&](std::string_view which, const Pinhole& pinhole) {
    const CameraNumbers c = FileNumbers(pinhole);
    out += StrCat(
        which, "Height = ", pinhole.size.height, "\n", which, "Width = ", pinhole.size.width, "\n");
    out += StrCat("fx_", which, " = ", c.fx, "\nfy_", which, " = ", c.fy, "\n");
    out += StrCat("mx_", which, " = ", c.cx, "\nmy_", which, " = ", c.cy, "\n");
  };
  if (!scene.frames.empty()) {
    camera("color", scene.frames[0].color);
    camera("depth", scene.frames[0].depth);
    out += StrCat(
        "numColorFrames = ", scene.frames.size(), "\nnumDepthFrames = ", scene.frames.size(), "\n");
  }
  if (!options.scene_type.empty()) out += StrCat("sceneType = ", options.scene_type, "\n");
  return out;
}

}  // namespace

Result<void> WriteScanNetFolder(const Path& folder,
                                const Scene& scene,
                                const ImageSource& images,
                                const ScanNetWriteOptions& options) {
  SPATIUM_TRY_DO(ValidateScene(scene));
  SPATIUM_TRY(AtomicFolder out, AtomicFolder::Create(folder));
  const auto file = [&](std::string_view suffix) { return out.path() / StrCat(scene.id, suffix); };
  if (!scene.frames.empty()) SPATIUM_TRY_DO(WriteSens(file(".sens"), scene, images, options));
  if (scene.mesh) SPATIUM_TRY_DO(WriteMeshFiles(out.path(), scene, options));
  SPATIUM_TRY_DO(WriteFileDirect(file(".aggregation.json"), AggregationText(scene)));
  SPATIUM_TRY_DO(WriteFileDirect(file(".txt"), InfoText(scene, options)));
  SceneExtras extras{scene.dataset, {}, scene.outline, scene.objects};
  for (const Frame& frame : scene.frames) extras.frame_names.push_back(frame.name);
  SPATIUM_TRY_DO(WriteFileDirect(out.path() / kExtrasFile, SceneExtrasText(extras)));
  return out.Commit();
}

}  // namespace spatium
