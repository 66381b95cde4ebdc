#include "spatium/scene/check/context.h"

#include <algorithm>

#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/image/codec.h"

namespace spatium {
namespace {

constexpr int kPointGrid = 8;              // pixels between points of a depth map
constexpr size_t kMaxDecodedFrames = 400;  // colour images that are decoded; of others the size
constexpr std::string_view kSizeMismatch = "size_mismatch";

Problem ImageProblem(const Frame& frame, std::string_view kind, std::string message) {
  return {Severity::kError, std::string(kind), PlaceOf(frame), std::move(message)};
}

void CheckOneImage(const SceneStore& store,
                   const Frame& frame,
                   const std::string& relative,
                   ImageSize declared,
                   bool decode_color,
                   std::vector<Problem>& problems) {
  if (relative.empty()) return;
  const auto bytes = ReadFile(store.folder() / relative);
  if (!bytes) {
    const bool missing = bytes.error().code == ErrorCode::kNotFound;
    problems.push_back(ImageProblem(frame,
                                    missing ? "missing_file" : "unreadable",
                                    StrCat(relative, ": ", bytes.error().found)));
    return;
  }
  const auto size = ReadImageSize(*bytes, relative);
  if (!size) {
    problems.push_back(ImageProblem(frame, "undecodable", size.error().Message()));
    return;
  }
  if (*size != declared) {
    problems.push_back(ImageProblem(frame,
                                    kSizeMismatch,
                                    StrCat(relative,
                                           " is ",
                                           size->width,
                                           "x",
                                           size->height,
                                           ", scene.json says ",
                                           declared.width,
                                           "x",
                                           declared.height)));
    return;
  }
  if (!decode_color) return;
  if (const auto image = DecodeRgb(*bytes, relative); !image)
    problems.push_back(ImageProblem(frame, "undecodable", image.error().Message()));
}

void AddDepthPoints(const PosedDepth& map, double unit_m, std::vector<Eigen::Vector3f>& points) {
  const auto world_from_cam = Inverse(map.cam_from_world);
  for (int y = kPointGrid / 2; y < map.depth->height(); y += kPointGrid)
    for (int x = kPointGrid / 2; x < map.depth->width(); x += kPointGrid) {
      const uint16_t step = *map.depth->at(x, y);
      if (step == 0) continue;
      const auto p =
          world_from_cam * map.camera.Unproject({x + 0.5, y + 0.5}, Meters(step * unit_m));
      points.push_back(p.v.cast<float>());
    }
}

}  // namespace

CheckContext MakeCheckContext(const SceneStore& store, unsigned threads) {
  const Scene& scene = store.scene();
  CheckContext context{store, scene, {}, {}, {}, {}, {}, {}};
  const size_t n = scene.frames.size();
  const size_t step =
      std::max<size_t>(1, (n + CheckContext::kMaxDepthFrames - 1) / CheckContext::kMaxDepthFrames);
  for (size_t i = 0; i < n; i += step)
    if (!scene.frames[i].depth_path.empty()) context.depth_frames.push_back(i);
  const size_t color_step = std::max<size_t>(1, (n + kMaxDecodedFrames - 1) / kMaxDecodedFrames);

  std::vector<std::vector<Problem>> found(n);
  Progress progress("check images", n + context.depth_frames.size());
  ParallelFor(n, threads, [&](size_t i) {
    const Frame& frame = scene.frames[i];
    CheckOneImage(store, frame, frame.color_path, frame.color.size, i % color_step == 0, found[i]);
    CheckOneImage(store, frame, frame.depth_path, frame.depth.size, false, found[i]);
    progress.Add();
  });
  context.depths.resize(context.depth_frames.size());
  ParallelFor(context.depth_frames.size(), threads, [&](size_t k) {
    const size_t i = context.depth_frames[k];
    const bool broken = !found[i].empty();
    auto depth = store.ReadDepth(scene.frames[i]);
    if (depth)
      context.depths[k] = *std::move(depth);
    else if (!broken)
      found[i].push_back(ImageProblem(scene.frames[i], "undecodable", depth.error().Message()));
    progress.Add();
  });
  for (const auto& problems : found)
    context.image_problems.insert(context.image_problems.end(), problems.begin(), problems.end());
  for (size_t k = 0; k < context.depths.size(); ++k) {
    const Frame& frame = scene.frames[context.depth_frames[k]];
    if (!context.depths[k].empty())
      context.maps.push_back({&context.depths[k], frame.depth, frame.cam_from_world});
  }
  if (scene.mesh) {
    context.points = scene.mesh->vertices;
    context.point_object = scene.mesh->vertex_object;
  } else if (scene.cloud) {
    context.points = scene.cloud->points;
  } else {
    for (const PosedDepth& map : context.maps)
      AddDepthPoints(map, scene.depth_unit_m, context.points);
  }
  return context;
}

}  // namespace spatium
