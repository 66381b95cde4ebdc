#include "spatium/report/view_surface.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "spatium/render/fuse.h"

namespace spatium {
namespace {

constexpr double kFirstCell_m = 0.01;
constexpr double kVoxel_m = 0.015;  // of depth fused for the view
// Below so many frames most places were seen once: then single samples are shown as well.
constexpr size_t kFewFrames = 16;
constexpr double kCellGrowth = 1.25;

// The cell of a point as one number: 21 bits per axis, enough for 20 km in centimetres.
uint64_t CellOf(const Eigen::Vector3f& p, double cell_m) {
  uint64_t key = 0;
  for (int axis = 0; axis < 3; ++axis) {
    const double at = std::floor(static_cast<double>(p[axis]) / cell_m);
    const auto index = static_cast<int64_t>(std::clamp(at, -1048576.0, 1048575.0));
    key = key << 21 | (static_cast<uint64_t>(index + 1048576) & 0x1fffff);
  }
  return key;
}

// Points merged by cells, in the order in which cells are first met.
class CellMerger {
 public:
  explicit CellMerger(double cell_m) : cell_m_(cell_m) {}

  uint32_t Add(const Eigen::Vector3f& p, const std::array<uint8_t, 3>& color) {
    const auto [found, is_new] =
        index_.try_emplace(CellOf(p, cell_m_), static_cast<uint32_t>(sums_.size()));
    if (is_new) sums_.emplace_back();
    Sum& sum = sums_[found->second];
    sum.position += p.cast<double>();
    for (size_t c = 0; c < 3; ++c) sum.color[c] += color[c];
    ++sum.n;
    return found->second;
  }
  size_t size() const { return sums_.size(); }

  void WriteTo(ViewSurface& out, bool colored) const {
    for (const Sum& sum : sums_) {
      const auto n = static_cast<double>(sum.n);
      out.points.push_back((sum.position / n).cast<float>());
      if (!colored) continue;
      std::array<uint8_t, 3> color{};
      for (size_t c = 0; c < 3; ++c)
        color[c] = static_cast<uint8_t>((sum.color[c] + sum.n / 2) / sum.n);
      out.colors.push_back(color);
    }
    out.spacing_m = cell_m_;
  }

 private:
  struct Sum {
    Eigen::Vector3d position = Eigen::Vector3d::Zero();
    std::array<uint64_t, 3> color{};
    uint64_t n = 0;
  };
  double cell_m_;
  std::unordered_map<uint64_t, uint32_t> index_;
  std::vector<Sum> sums_;
};

size_t NumCells(const std::vector<Eigen::Vector3f>& points, double cell_m) {
  std::vector<uint64_t> cells;
  cells.reserve(points.size());
  for (const auto& p : points) cells.push_back(CellOf(p, cell_m));
  std::ranges::sort(cells);
  return static_cast<size_t>(std::ranges::unique(cells).begin() - cells.begin());
}

// The least cell of the series that leaves at most `max_points`.
double CellFor(const std::vector<Eigen::Vector3f>& points, size_t max_points) {
  double cell = kFirstCell_m;
  for (int i = 0; i < 60 && NumCells(points, cell) > max_points; ++i) cell *= kCellGrowth;
  return cell;
}

std::array<uint8_t, 3> ColorAt(const std::vector<std::array<uint8_t, 3>>& colors, size_t i) {
  return i < colors.size() ? colors[i] : std::array<uint8_t, 3>{};
}

}  // namespace

ViewSurface Decimate(const Mesh& mesh, size_t max_points) {
  ViewSurface out;
  out.kind = "mesh";
  CellMerger merger(CellFor(mesh.vertices, max_points));
  std::vector<uint32_t> cell_of;
  cell_of.reserve(mesh.vertices.size());
  for (size_t i = 0; i < mesh.vertices.size(); ++i)
    cell_of.push_back(merger.Add(mesh.vertices[i], ColorAt(mesh.colors, i)));
  merger.WriteTo(out, !mesh.colors.empty());
  std::set<std::array<uint32_t, 3>> seen;
  for (const auto& face : mesh.faces) {
    std::array<uint32_t, 3> f{cell_of[face[0]], cell_of[face[1]], cell_of[face[2]]};
    if (f[0] == f[1] || f[1] == f[2] || f[2] == f[0]) continue;
    // The same face from another corner is the same; its back is not.
    std::ranges::rotate(f, std::ranges::min_element(f));
    if (seen.insert(f).second) out.faces.push_back(f);
  }
  return out;
}

ViewSurface Decimate(const PointCloud& cloud, size_t max_points) {
  ViewSurface out;
  out.kind = "cloud";
  CellMerger merger(CellFor(cloud.points, max_points));
  for (size_t i = 0; i < cloud.points.size(); ++i)
    merger.Add(cloud.points[i], ColorAt(cloud.colors, i));
  merger.WriteTo(out, !cloud.colors.empty());
  return out;
}

Result<ViewSurface> SurfaceOf(const SceneStore& store, size_t max_points, unsigned threads) {
  const Scene& scene = store.scene();
  if (scene.mesh && !scene.mesh->vertices.empty()) return Decimate(*scene.mesh, max_points);
  if (scene.cloud && !scene.cloud->points.empty()) return Decimate(*scene.cloud, max_points);
  const bool has_depth =
      std::ranges::any_of(scene.frames, [](const Frame& f) { return !f.depth_path.empty(); });
  if (!has_depth) return ViewSurface{.kind = "none"};
  const bool has_color =
      std::ranges::all_of(scene.frames, [](const Frame& f) { return !f.color_path.empty(); });
  FrameImages images{.depth = [&](const Frame& f) { return store.ReadMetricDepth(f); },
                     .color = nullptr};
  if (has_color) images.color = [&](const Frame& f) { return store.ReadColor(f); };
  const FuseOptions fuse{.voxel_m = kVoxel_m,
                         .min_samples = scene.frames.size() < kFewFrames ? 1U : 3U,
                         .threads = threads};
  SPATIUM_TRY(const PointCloud cloud, FuseDepth(scene, images, fuse));
  ViewSurface out = Decimate(cloud, max_points);
  out.spacing_m = std::max(out.spacing_m, kVoxel_m);
  out.kind = out.points.empty() ? "none" : "depth";
  return out;
}

}  // namespace spatium
