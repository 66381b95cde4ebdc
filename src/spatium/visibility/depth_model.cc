#include "spatium/visibility/depth_model.h"

#include <algorithm>
#include <cmath>

namespace spatium {
namespace {

// A voxel is an object's largest side / 40, within these.
constexpr double kVoxelShare = 1.0 / 40, kMinVoxel_m = 0.01, kMaxVoxel_m = 0.05;
// Objects seen in so many frames or more keep only voxels that two frames agree on.
constexpr int kAgreeFromFrames = 4;

// A flat box's silhouette is the box: its middle plane joins what was seen of it.
void FillFlat(const Object& object, std::vector<Eigen::Vector3d>& model) {
  const double step = VoxelSize_m(object);
  int flat = 0;
  object.box.size().minCoeff(&flat);
  const int a = (flat + 1) % 3, b = (flat + 2) % 3;
  const Eigen::Vector3d low = object.box.min, size = object.box.size();
  // At most so many steps a side: absurd boxes must not cost absurd memory.
  constexpr double kMostSteps = 400;
  const double step_a = std::max(step, size[a] / kMostSteps);
  const double step_b = std::max(step, size[b] / kMostSteps);
  for (double x = step_a / 2; x < size[a]; x += step_a)
    for (double y = step_b / 2; y < size[b]; y += step_b) {
      Eigen::Vector3d p;
      p[flat] = low[flat] + size[flat] / 2;
      p[a] = low[a] + x;
      p[b] = low[b] + y;
      model.push_back(p);
    }
}

}  // namespace

double VoxelSize_m(const Object& object) {
  return std::clamp(object.box.size().maxCoeff() * kVoxelShare, kMinVoxel_m, kMaxVoxel_m);
}

FrameVoxels VoxelsIn(const Scene& scene, const Frame& frame, const OwnedDepth& seen) {
  FrameVoxels out(scene.objects.size());
  const auto world_from_cam = Inverse(frame.cam_from_world);
  for (int y = 0; y < seen.depth.height(); y += kDepthStep)
    for (int x = 0; x < seen.depth.width(); x += kDepthStep) {
      const int32_t o =
          seen.owner[static_cast<size_t>(y) * static_cast<size_t>(seen.depth.width()) +
                     static_cast<size_t>(x)];
      if (o < 0) continue;
      const Object& object = scene.objects[static_cast<size_t>(o)];
      const auto p =
          world_from_cam * frame.depth.Unproject({x + 0.5, y + 0.5}, Meters(*seen.depth.at(x, y)));
      const Eigen::Vector3d steps = (p.v - object.box.min) / VoxelSize_m(object);
      VoxelKey key;
      for (int axis = 0; axis < 3; ++axis)
        key[static_cast<size_t>(axis)] =
            static_cast<int16_t>(std::clamp(std::floor(steps[axis]), -30000.0, 30000.0));
      out[static_cast<size_t>(o)].push_back(key);
    }
  for (auto& keys : out) {
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  }
  return out;
}

VoxelModels BuildVoxelModels(const Scene& scene, std::span<const FrameVoxels> per_frame) {
  VoxelModels models(scene.objects.size());
  for (size_t o = 0; o < scene.objects.size(); ++o) {
    std::vector<VoxelKey> all;
    int frames = 0;
    for (const auto& voxels : per_frame) {
      if (voxels.empty()) continue;  // a frame without depth
      frames += !voxels[o].empty();
      all.insert(all.end(), voxels[o].begin(), voxels[o].end());
    }
    std::sort(all.begin(), all.end());
    const ptrdiff_t needed = frames >= kAgreeFromFrames ? 2 : 1;
    const Object& object = scene.objects[o];
    const double size = VoxelSize_m(object);
    for (auto begin = all.begin(); begin != all.end();) {
      const auto end = std::upper_bound(begin, all.end(), *begin);
      if (end - begin >= needed)
        models[o].push_back(object.box.min + size * Eigen::Vector3d((*begin)[0] + 0.5,
                                                                    (*begin)[1] + 0.5,
                                                                    (*begin)[2] + 0.5));
      begin = end;
    }
    if (frames > 0 && object.box.size().minCoeff() < kFlatBox_m) FillFlat(object, models[o]);
  }
  return models;
}

}  // namespace spatium
