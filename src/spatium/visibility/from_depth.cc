// Visibility without a surface: depth maps tested against the objects' boxes. Two passes over the
// frames: the first collects what is seen of each object from anywhere as voxels, the second draws
// these voxels in each frame for the silhouette that the visible part is a fraction of.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "spatium/base/interrupt.h"
#include "spatium/base/parallel.h"
#include "spatium/base/progress.h"
#include "spatium/base/text.h"
#include "spatium/visibility/depth_model.h"
#include "spatium/visibility/depth_owner.h"
#include "spatium/visibility/project.h"
#include "spatium/visibility/visibility.h"

namespace spatium {
namespace {

// Depth maps are kept between the passes up to this much memory, else read again.
constexpr size_t kKeepBytes = size_t{1} << 30;
constexpr int kStep = kDepthStep;
// A measured surface hides a voxel if it is nearer by more than this (chosen: three deviations of a
// Kinect's depth, and half a voxel).
double HiddenBy_m(double depth_m) { return 0.03 + 0.01 * depth_m; }

// Which columns (or rows) of the depth map lie in the colour picture, [begin, end).
std::pair<int, int> SharedRange(
    double f_depth, double c_depth, int n_depth, double f_color, double c_color, int n_color) {
  const auto to_depth = [&](double u) { return (u - c_color) / f_color * f_depth + c_depth; };
  return {std::clamp(static_cast<int>(std::ceil(to_depth(0) - 0.5)), 0, n_depth),
          std::clamp(static_cast<int>(std::ceil(to_depth(n_color) - 0.5)), 0, n_depth)};
}

// Depth pixels with the colour picture they belong to.
struct Cameras {
  const Pinhole& color;
  const Pinhole& depth;
  std::pair<int, int> columns, rows;  // of the depth map that the colour picture shows

  explicit Cameras(const Frame& frame)
      : color(ViewCamera(frame)),
        depth(frame.depth),
        columns(SharedRange(
            depth.fx, depth.cx, depth.size.width, color.fx, color.cx, color.size.width)),
        rows(SharedRange(
            depth.fy, depth.cy, depth.size.height, color.fy, color.cy, color.size.height)) {}
  bool InPicture(int x, int y) const {
    return x >= columns.first && x < columns.second && y >= rows.first && y < rows.second;
  }
  double area_scale() const { return color.fx * color.fy / (depth.fx * depth.fy); }
  std::optional<PixelBox> ToColor(const PixelBox& b) const {
    const auto u = [&](double x) {
      return RoundTo((x - depth.cx) * color.fx / depth.fx + color.cx, 2);
    };
    const auto v = [&](double y) {
      return RoundTo((y - depth.cy) * color.fy / depth.fy + color.cy, 2);
    };
    return Intersect({u(b.x0), v(b.y0), u(b.x1), v(b.y1)},
                     {0, 0, 1.0 * color.size.width, 1.0 * color.size.height});
  }
};

struct Bounds {
  double x0 = 1e300, y0 = 1e300, x1 = -1e300, y1 = -1e300;
  void Add(double ax0, double ay0, double ax1, double ay1) {
    x0 = std::min(x0, ax0), y0 = std::min(y0, ay0);
    x1 = std::max(x1, ax1), y1 = std::max(y1, ay1);
  }
  bool empty() const { return !(x0 < x1); }
};

class DepthVisibility {
 public:
  DepthVisibility(const Scene& scene, const ReadDepthFn& read_depth)
      : scene_(scene), read_depth_(read_depth) {}
  Result<Visibility> Run(unsigned threads);

 private:
  Result<OwnedDepth> Observe(const Frame& frame) const;
  std::vector<ObjectView> Views(int frame_idx, const OwnedDepth& seen) const;
  bool CenterUnoccluded(size_t object_idx, const ObjectView& view, const OwnedDepth& seen) const;
  void Silhouette(size_t object_idx,
                  const Frame& frame,
                  const OwnedDepth& seen,
                  int64_t visible,
                  Bounds full,
                  ObjectView& view) const;

  const Scene& scene_;
  const ReadDepthFn& read_depth_;
  std::vector<std::vector<Eigen::Vector3d>> models_;  // voxel centres in World, by object
};

Result<OwnedDepth> DepthVisibility::Observe(const Frame& frame) const {
  OwnedDepth out;
  if (frame.depth_path.empty()) return out;
  SPATIUM_TRY(out.depth, read_depth_(frame));
  if (out.depth.size() != frame.depth.size)
    return Error{ErrorCode::kBadValue,
                 frame.depth_path,
                 StrCat(frame.depth.size.width, "x", frame.depth.size.height, " pixels"),
                 StrCat(out.depth.width(), "x", out.depth.height())};
  out.owner = AssignOwners(scene_, frame, out.depth);
  return out;
}

// Most of the depth pixels about the centre see the object itself, or nothing before the centre.
bool DepthVisibility::CenterUnoccluded(size_t object_idx,
                                       const ObjectView& view,
                                       const OwnedDepth& seen) const {
  if (seen.depth.empty() || !view.center_in_view) return false;
  const Frame& frame = scene_.frames[static_cast<size_t>(view.frame_idx)];
  const auto pixel =
      frame.depth.Project(frame.cam_from_world * scene_.objects[object_idx].box.center());
  int for_it = 0, against = 0;
  for (int dy = -1; dy <= 1; ++dy)
    for (int dx = -1; dx <= 1; ++dx) {
      const Pixel p{pixel->u + dx, pixel->v + dy};
      if (!frame.depth.Contains(p)) continue;
      const int x = static_cast<int>(p.u), y = static_cast<int>(p.v);
      const double d = *seen.depth.at(x, y);
      if (!(d > 0)) continue;
      const int32_t owner =
          seen.owner[static_cast<size_t>(y) * static_cast<size_t>(seen.depth.width()) +
                     static_cast<size_t>(x)];
      const bool free = owner == static_cast<int32_t>(object_idx) ||
                        d >= view.center_depth_m - DepthTolerance_m(view.center_depth_m);
      ++(free ? for_it : against);
    }
  return for_it > against;
}

// Draws the object's voxels and sorts the covered cells by what was measured there.
void DepthVisibility::Silhouette(size_t object_idx,
                                 const Frame& frame,
                                 const OwnedDepth& seen,
                                 int64_t visible,
                                 Bounds full,
                                 ObjectView& view) const {
  const Cameras cameras(frame);
  const Pinhole& camera = frame.depth;
  const double half_voxel = VoxelSize_m(scene_.objects[object_idx]) / 2;
  // The extent of all voxels on the canvas, in cells of kStep pixels.
  const PixelBox canvas = SilhouetteCanvas(camera.size);
  struct Splat {
    float x0, y0, x1, y1, z;  // cells
  };
  std::vector<Splat> splats;
  splats.reserve(models_[object_idx].size());
  Bounds extent;
  for (const auto& center : models_[object_idx]) {
    const auto p = frame.cam_from_world * Point<frame::World>{center};
    if (!(p.v.z() > 0.05)) continue;
    const auto pixel = camera.Project(p);
    const double rx = half_voxel * camera.fx / p.v.z(), ry = half_voxel * camera.fy / p.v.z();
    const auto box =
        Intersect({pixel->u - rx, pixel->v - ry, pixel->u + rx, pixel->v + ry}, canvas);
    if (!box) continue;
    extent.Add(box->x0, box->y0, box->x1, box->y1);
    splats.push_back({static_cast<float>(box->x0 / kStep),
                      static_cast<float>(box->y0 / kStep),
                      static_cast<float>(box->x1 / kStep),
                      static_cast<float>(box->y1 / kStep),
                      static_cast<float>(p.v.z())});
  }
  double hidden = 0, outside = 0;  // cells
  if (!splats.empty()) {
    const int x0 = static_cast<int>(std::floor(extent.x0 / kStep)),
              y0 = static_cast<int>(std::floor(extent.y0 / kStep));
    const int columns = static_cast<int>(std::ceil(extent.x1 / kStep)) - x0;
    const int rows = static_cast<int>(std::ceil(extent.y1 / kStep)) - y0;
    std::vector<float> nearest(static_cast<size_t>(columns) * static_cast<size_t>(rows),
                               std::numeric_limits<float>::infinity());
    for (const auto& s : splats) {
      // At least the cell of the centre; else the cells whose centre is covered.
      const auto range = [](float low, float high) {
        int begin = static_cast<int>(std::ceil(low - 0.5f));
        int end = static_cast<int>(std::ceil(high - 0.5f));
        if (begin >= end) begin = static_cast<int>(std::floor((low + high) / 2)), end = begin + 1;
        return std::pair(begin, end);
      };
      const auto [bx, ex] = range(s.x0, s.x1);
      const auto [by, ey] = range(s.y0, s.y1);
      for (int y = std::max(by - y0, 0); y < std::min(ey - y0, rows); ++y)
        for (int x = std::max(bx - x0, 0); x < std::min(ex - x0, columns); ++x) {
          float& z = nearest[static_cast<size_t>(y) * static_cast<size_t>(columns) +
                             static_cast<size_t>(x)];
          z = std::min(z, s.z);
        }
    }
    for (int y = 0; y < rows; ++y)
      for (int x = 0; x < columns; ++x) {
        const double z =
            nearest[static_cast<size_t>(y) * static_cast<size_t>(columns) + static_cast<size_t>(x)];
        if (!(z < 1e30)) continue;
        const int px = (x + x0) * kStep, py = (y + y0) * kStep;
        if (!cameras.InPicture(px, py)) {
          ++outside;
          continue;
        }
        if (seen.owner[static_cast<size_t>(py) * static_cast<size_t>(camera.size.width) +
                       static_cast<size_t>(px)] == static_cast<int32_t>(object_idx))
          continue;  // visible: counted pixel by pixel
        const double d = *seen.depth.at(px, py);
        // Nothing measured counts as hidden; a surface behind, or another one at the same depth,
        // says that the voxel's square reaches beyond the object.
        if (d > 0 && d >= z - HiddenBy_m(z)) continue;
        ++hidden;
        full.Add(px, py, px + kStep, py + kStep);
      }
  }
  const double cell = kStep * kStep;
  const double whole = static_cast<double>(visible) + cell * (hidden + outside);
  if (whole > 0) {
    view.visible_fraction = RoundTo(static_cast<double>(visible) / whole, 4);
    view.truncated_fraction = RoundTo(cell * outside / whole, 4);
  }
  if (!full.empty()) view.box_full = cameras.ToColor({full.x0, full.y0, full.x1, full.y1});
}

std::vector<ObjectView> DepthVisibility::Views(int frame_idx, const OwnedDepth& seen) const {
  const Frame& frame = scene_.frames[static_cast<size_t>(frame_idx)];
  const Cameras cameras(frame);
  std::vector<int64_t> visible(scene_.objects.size(), 0);
  std::vector<Bounds> box(scene_.objects.size());
  if (!seen.depth.empty())
    for (int y = cameras.rows.first; y < cameras.rows.second; ++y)
      for (int x = cameras.columns.first; x < cameras.columns.second; ++x) {
        const int32_t o =
            seen.owner[static_cast<size_t>(y) * static_cast<size_t>(seen.depth.width()) +
                       static_cast<size_t>(x)];
        if (o < 0) continue;
        ++visible[static_cast<size_t>(o)];
        box[static_cast<size_t>(o)].Add(x, y, x + 1, y + 1);
      }
  std::vector<ObjectView> views;
  for (size_t i = 0; i < scene_.objects.size(); ++i) {
    ObjectView view = CenterView(frame, frame_idx, scene_.objects[i]);
    if (visible[i] == 0 && !view.center_in_view) continue;
    view.center_unoccluded = CenterUnoccluded(i, view, seen);
    if (visible[i] > 0) {
      view.visible_px = std::max<int64_t>(
          1, std::llround(static_cast<double>(visible[i]) * cameras.area_scale()));
      view.box_visible = cameras.ToColor({box[i].x0, box[i].y0, box[i].x1, box[i].y1});
    }
    if (!seen.depth.empty()) Silhouette(i, frame, seen, visible[i], box[i], view);
    views.push_back(view);
  }
  return views;
}

Result<Visibility> DepthVisibility::Run(unsigned threads) {
  const size_t n = scene_.frames.size();
  size_t bytes = 0;
  for (const auto& frame : scene_.frames)
    bytes += static_cast<size_t>(frame.depth.size.width) *
             static_cast<size_t>(frame.depth.size.height) * (sizeof(float) + sizeof(int32_t));
  const bool keep = bytes <= kKeepBytes;
  std::vector<OwnedDepth> kept(n);
  std::vector<FrameVoxels> voxels(n);
  std::vector<std::optional<Error>> errors(n);
  std::vector<std::vector<ObjectView>> views(n);
  Progress progress("visibility", 2 * n);
  const auto for_frames = [&](auto&& use) -> Result<void> {
    ParallelFor(n, threads, [&](size_t f) {
      if (StopRequested()) return;
      if (auto result = use(f); !result) errors[f] = std::move(result).error();
      progress.Add();
    });
    SPATIUM_TRY_DO(CheckStop("visibility"));
    for (size_t f = 0; f < n; ++f)
      if (errors[f]) return std::move(*errors[f]).Within("frame " + scene_.frames[f].name);
    return {};
  };
  SPATIUM_TRY_DO(for_frames([&](size_t f) -> Result<void> {
    SPATIUM_TRY(OwnedDepth seen, Observe(scene_.frames[f]));
    if (!seen.depth.empty()) voxels[f] = VoxelsIn(scene_, scene_.frames[f], seen);
    if (keep) kept[f] = std::move(seen);
    return {};
  }));
  models_ = BuildVoxelModels(scene_, voxels);
  SPATIUM_TRY_DO(for_frames([&](size_t f) -> Result<void> {
    if (!keep) {
      SPATIUM_TRY(kept[f], Observe(scene_.frames[f]));
    }
    views[f] = Views(static_cast<int>(f), kept[f]);
    kept[f] = {};
    return {};
  }));
  Visibility out{VisibilityMethod::kDepth, {}};
  for (const auto& v : views) out.views.insert(out.views.end(), v.begin(), v.end());
  return out;
}

}  // namespace

Result<Visibility> VisibilityFromDepth(const Scene& scene,
                                       const ReadDepthFn& read_depth,
                                       unsigned threads) {
  if (std::all_of(scene.frames.begin(), scene.frames.end(), [](const Frame& f) {
        return f.depth_path.empty();
      }))
    return Error{ErrorCode::kBadValue, StrCat("scene ", scene.id), "frames with depth", "none"};
  return DepthVisibility(scene, read_depth).Run(threads);
}

}  // namespace spatium
