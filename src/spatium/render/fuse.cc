#include "spatium/render/fuse.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "spatium/base/interrupt.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

constexpr int64_t kKeyOffset = int64_t{1} << 20;  // voxels of -2^20 .. 2^20 - 1 an axis
constexpr int kKeyBits = 21;
constexpr double kSteps = 1024;  // positions inside a voxel are summed in these integer steps
constexpr double kUsualDepth_m = 2.5;
constexpr size_t kFramesPerBatch = 32;  // bounds memory: batches are merged one after another
constexpr uint32_t kMinFrames = 2;

struct Voxel {
  uint64_t key = 0;
  std::array<uint64_t, 3> offset{};  // sums
  std::array<uint64_t, 3> rgb{};
  uint32_t samples = 0, colored = 0, frames = 0;

  void Add(const Voxel& other) {
    for (size_t i = 0; i < 3; ++i) offset[i] += other.offset[i], rgb[i] += other.rgb[i];
    samples += other.samples, colored += other.colored, frames += other.frames;
  }
};

// Equal keys of a sorted list become one voxel.
void Combine(std::vector<Voxel>& voxels) {
  size_t n = 0;
  for (const auto& v : voxels)
    if (n > 0 && voxels[n - 1].key == v.key)
      voxels[n - 1].Add(v);
    else
      voxels[n++] = v;
  voxels.resize(n);
}

bool AtJump(const MetricDepth& depth, int x, int y) {
  const float d = *depth.at(x, y);
  const float limit = static_cast<float>(kDepthJumpShare) * d;
  const auto jumps = [&](int nx, int ny) {
    if (nx < 0 || ny < 0 || nx >= depth.width() || ny >= depth.height()) return false;
    return std::abs(*depth.at(nx, ny) - d) > limit;  // no measurement is a jump too
  };
  return jumps(x - 1, y) || jumps(x + 1, y) || jumps(x, y - 1) || jumps(x, y + 1);
}

// Combined voxels of one frame, sorted by key.
std::vector<Voxel> VoxelsOf(const Frame& frame,
                            const MetricDepth& depth,
                            const std::optional<RgbImage>& color,
                            const FuseOptions& options) {
  struct Sample {
    uint64_t key;
    std::array<uint16_t, 3> offset;
    std::array<uint8_t, 3> rgb;
    bool colored;
  };
  std::vector<Sample> samples;
  const int step =
      std::clamp(static_cast<int>(options.voxel_m / 2 * frame.depth.fx / kUsualDepth_m), 1, 16);
  samples.reserve(depth.data().size() / static_cast<size_t>(step * step));
  const auto world_from_cam = Inverse(frame.cam_from_world);
  for (int y = step / 2; y < depth.height(); y += step)
    for (int x = step / 2; x < depth.width(); x += step) {
      const double d = *depth.at(x, y);
      if (!(d > 0 && d <= options.max_depth_m) || AtJump(depth, x, y)) continue;
      const auto in_cam = frame.depth.Unproject({x + 0.5, y + 0.5}, Meters(d));
      const Eigen::Vector3d p = (world_from_cam * in_cam).v / options.voxel_m;
      Sample s{};
      bool in_range = true;
      for (int axis = 0; axis < 3; ++axis) {
        const double cell = std::floor(p[axis]);
        const int64_t index = static_cast<int64_t>(std::clamp(cell, -3e6, 3e6)) + kKeyOffset;
        in_range &= index >= 0 && index < 2 * kKeyOffset;
        s.key = (s.key << kKeyBits) | (static_cast<uint64_t>(index) & (2 * kKeyOffset - 1));
        s.offset[static_cast<size_t>(axis)] = static_cast<uint16_t>((p[axis] - cell) * kSteps);
      }
      if (!in_range) continue;
      if (color)
        if (const auto pixel = frame.color.Project(in_cam); pixel && frame.color.Contains(*pixel)) {
          const uint8_t* rgb = color->at(static_cast<int>(pixel->u), static_cast<int>(pixel->v));
          s.rgb = {rgb[0], rgb[1], rgb[2]};
          s.colored = true;
        }
      samples.push_back(s);
    }
  std::sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) {
    return a.key < b.key;
  });
  std::vector<Voxel> out;
  for (const auto& s : samples) {
    if (out.empty() || out.back().key != s.key) {
      out.emplace_back();
      out.back().key = s.key;
      out.back().frames = 1;
    }
    Voxel& v = out.back();
    for (size_t i = 0; i < 3; ++i) v.offset[i] += s.offset[i], v.rgb[i] += s.rgb[i];
    ++v.samples;
    v.colored += s.colored;
  }
  return out;
}

PointCloud ToCloud(const std::vector<Voxel>& voxels, const FuseOptions& options, bool with_color) {
  const double voxel_m = options.voxel_m;
  PointCloud cloud;
  for (const auto& v : voxels) {
    if (v.frames < kMinFrames && v.samples < options.min_samples) continue;
    Eigen::Vector3f p;
    for (int axis = 0; axis < 3; ++axis) {
      const auto index =
          static_cast<int64_t>((v.key >> (kKeyBits * (2 - axis))) & (2 * kKeyOffset - 1)) -
          kKeyOffset;
      const double offset =
          (static_cast<double>(v.offset[static_cast<size_t>(axis)]) / v.samples + 0.5) / kSteps;
      p[axis] = static_cast<float>((static_cast<double>(index) + offset) * voxel_m);
    }
    cloud.points.push_back(p);
    if (!with_color) continue;
    std::array<uint8_t, 3> rgb{128, 128, 128};
    if (v.colored > 0)
      for (size_t i = 0; i < 3; ++i)
        rgb[i] = static_cast<uint8_t>((v.rgb[i] + v.colored / 2) / v.colored);
    cloud.colors.push_back(rgb);
  }
  return cloud;
}

}  // namespace

Result<PointCloud> FuseDepth(const Scene& scene,
                             const FrameImages& images,
                             const FuseOptions& options) {
  if (!(options.voxel_m >= 0.001 && options.voxel_m <= 1))
    return Error{ErrorCode::kBadValue, "voxel", "0.001 to 1 m", FormatShortest(options.voxel_m)};
  std::vector<const Frame*> frames;
  bool with_color = false;
  for (const auto& frame : scene.frames)
    if (!frame.depth_path.empty()) {
      frames.push_back(&frame);
      with_color |= images.color && !frame.color_path.empty();
    }
  if (frames.empty())
    return Error{ErrorCode::kBadValue, StrCat("scene ", scene.id), "frames with depth", "none"};

  std::vector<Voxel> all, merged;
  Progress progress("cloud", frames.size());
  for (size_t begin = 0; begin < frames.size(); begin += kFramesPerBatch) {
    const size_t n = std::min(kFramesPerBatch, frames.size() - begin);
    std::vector<std::vector<Voxel>> batch(n);
    std::vector<std::optional<Error>> errors(n);
    ParallelFor(n, options.threads, [&](size_t i) {
      if (StopRequested()) return;
      const Frame& frame = *frames[begin + i];
      const auto one = [&]() -> Result<void> {
        SPATIUM_TRY(const MetricDepth depth, images.depth(frame));
        std::optional<RgbImage> color;
        if (with_color && !frame.color_path.empty()) {
          SPATIUM_TRY(color, images.color(frame));
        }
        batch[i] = VoxelsOf(frame, depth, color, options);
        return {};
      };
      if (auto result = one(); !result) errors[i] = std::move(result).error();
      progress.Add();
    });
    SPATIUM_TRY_DO(CheckStop("scene cloud"));
    for (size_t i = 0; i < n; ++i)
      if (errors[i]) return std::move(*errors[i]).Within("frame " + frames[begin + i]->name);
    // Halve the number of sorted lists until one is left, then merge it with what is there.
    for (; batch.size() > 1;) {
      std::vector<std::vector<Voxel>> half((batch.size() + 1) / 2);
      ParallelFor(half.size(), options.threads, [&](size_t i) {
        if (2 * i + 1 == batch.size()) {
          half[i] = std::move(batch[2 * i]);
          return;
        }
        const auto &a = batch[2 * i], &b = batch[2 * i + 1];
        half[i].resize(a.size() + b.size());
        std::merge(a.begin(),
                   a.end(),
                   b.begin(),
                   b.end(),
                   half[i].begin(),
                   [](const Voxel& p, const Voxel& q) { return p.key < q.key; });
        Combine(half[i]);
      });
      batch = std::move(half);
    }
    merged.resize(all.size() + batch[0].size());
    std::merge(all.begin(),
               all.end(),
               batch[0].begin(),
               batch[0].end(),
               merged.begin(),
               [](const Voxel& p, const Voxel& q) { return p.key < q.key; });
    Combine(merged);
    all.swap(merged);
  }
  return ToCloud(all, options, with_color);
}

}  // namespace spatium
