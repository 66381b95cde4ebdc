#include "spatium/qa/verify/fractions.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "spatium/base/text.h"
#include "spatium/qa/verify/surface.h"

namespace spatium::verify {
namespace {

// How far a fraction may be off. The mesh tells it but for jagged outlines. Of depth maps there are
// many ways to a shape: on 4,500 views of rooms with and without their mesh ours was at most 0.26
// above a record's and 0.46 below it (the record's was wrong by the mesh) where it has a hundred
// cells or more.
constexpr double kMeshSlack = 0.05, kMeshSlackOfRoot = 0.5;
constexpr double kDepthSlackBelow = 0.35, kDepthSlackAbove = 0.5, kDepthSlackOfRoot = 2;
// A surface hides what lies behind it by more than this, and per metre of depth.
constexpr double kHides_m = 0.03, kHidesPerMeter = 0.01;
constexpr double kNear_m = 0.05;

double OfRoot(double slack, const Fraction& fraction) {
  return slack / std::sqrt(std::max(1.0, fraction.whole));
}

// A range of cells: begin <= i < end.
struct Cells {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

// The cells of a depth map, its surroundings included, that a shape covers, and how far away it is.
class Drawn {
 public:
  // Cells of the map are w x h.
  Drawn(const View& camera, const Shapes::Shape& shape, int w, int h) {
    std::vector<std::pair<Cells, double>> squares;
    const Cells canvas{-w, -h, 2 * w, 2 * h};
    cells_ = {canvas.x1, canvas.y1, canvas.x0, canvas.y0};
    for (const Vec& center : shape.centers) {
      const Offset o = Seen(camera, center);
      if (o.ahead_m < kNear_m) continue;
      const double u = (camera.cx + camera.fx * o.right_m / o.ahead_m) / kDepthStep;
      const double v = (camera.cy + camera.fy * o.down_m / o.ahead_m) / kDepthStep;
      const double half = shape.edge_m / 2 / o.ahead_m / kDepthStep;
      const auto [x0, x1] = Covered(u, half * camera.fx, canvas.x0, canvas.x1);
      const auto [y0, y1] = Covered(v, half * camera.fy, canvas.y0, canvas.y1);
      if (x0 >= x1 || y0 >= y1) continue;
      cells_ = {std::min(cells_.x0, x0),
                std::min(cells_.y0, y0),
                std::max(cells_.x1, x1),
                std::max(cells_.y1, y1)};
      squares.push_back({{x0, y0, x1, y1}, o.ahead_m});
    }
    if (squares.empty()) {
      cells_ = {};
      return;
    }
    depth_ = ImageOf<double, 1>(
        cells_.x1 - cells_.x0, cells_.y1 - cells_.y0, std::numeric_limits<double>::infinity());
    for (const auto& [square, z] : squares)
      for (int y = square.y0; y < square.y1; ++y)
        for (int x = square.x0; x < square.x1; ++x) {
          double& nearest = *depth_.at(x - cells_.x0, y - cells_.y0);
          nearest = std::min(nearest, z);
        }
  }

  const Cells& cells() const { return cells_; }
  // Infinite where the shape is not.
  double At(int x, int y) const { return *depth_.at(x - cells_.x0, y - cells_.y0); }

 private:
  // The cells whose centres lie within `half` of `at`, or else the one that `at` lies in.
  static std::pair<int, int> Covered(double at, double half, int begin, int end) {
    const auto within = [&](double x) {
      return static_cast<int>(std::clamp(x, 1.0 * begin, 1.0 * end));
    };
    double low = std::ceil(at - half - 0.5), high = std::ceil(at + half - 0.5);
    if (low >= high) low = std::floor(at), high = low + 1;
    return {within(low), within(high)};
  }

  Cells cells_;
  ImageOf<double, 1> depth_;
};

}  // namespace

Fraction FractionByMesh(const Mesh& mesh,
                        const std::vector<size_t>& faces_of_object,
                        ObjectId object,
                        const View& view,
                        const IdImage& ids) {
  const auto seen = static_cast<double>(std::ranges::count(ids.data(), object.value));
  const auto alone =
      static_cast<double>(CountPixelsAlone(mesh, faces_of_object, view, ids.width()));
  return {.value = alone > 0 ? seen / alone : 0, .whole = alone};
}

Fraction FractionByDepth(const SourceScene& source,
                         size_t frame_idx,
                         size_t object_idx,
                         const MetricDepth& depth,
                         const IdImage& owners,
                         const Shapes::Shape& shape) {
  const View& color = source.view(frame_idx);
  const View camera = DepthView(source.scene().frames[frame_idx]);
  const int w = owners.width(), h = owners.height();
  const auto in_picture = [&](int x, int y) {
    const double u = ((x + 0.5) * kDepthStep - camera.cx) / camera.fx * color.fx + color.cx;
    const double v = ((y + 0.5) * kDepthStep - camera.cy) / camera.fy * color.fy + color.cy;
    return x >= 0 && y >= 0 && x < w && y < h && u >= 0 && v >= 0 && u < color.width &&
           v < color.height;
  };
  const auto own = [&](int x, int y) {
    return in_picture(x, y) && *owners.at(x, y) == static_cast<int32_t>(object_idx);
  };
  double seen = 0, rest = 0;
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) seen += own(x, y);
  const Drawn drawn(camera, shape, w, h);
  const Cells& cells = drawn.cells();
  for (int y = cells.y0; y < cells.y1; ++y)
    for (int x = cells.x0; x < cells.x1; ++x) {
      const double z = drawn.At(x, y);
      if (!std::isfinite(z) || own(x, y)) continue;
      const double measured =
          in_picture(x, y) ? static_cast<double>(*depth.at(x * kDepthStep, y * kDepthStep)) : 0;
      // What shows a surface behind it is not the object's: a cube's square reaches farther.
      rest += !(measured > 0) || measured < z - kHides_m - kHidesPerMeter * z;
    }
  return {.value = seen > 0 ? seen / (seen + rest) : 0, .whole = seen + rest};
}

FractionCheck::FractionCheck(const SourceScene& source,
                             size_t frame_idx,
                             const IdImage* ids,
                             const MetricDepth* depth,
                             const Shapes* shapes)
    : source_(source), frame_idx_(frame_idx), ids_(ids), depth_(depth), shapes_(shapes) {}

const FractionCheck::Measured& FractionCheck::Measure(size_t object_idx) {
  const auto [it, fresh] = measured_.try_emplace(object_idx);
  if (!fresh) return it->second;
  const Scene& scene = source_.scene();
  if (ids_ != nullptr) {
    if (faces_.empty())
      for (size_t i = 0; i < scene.mesh->faces.size(); ++i)
        faces_[scene.mesh->FaceObject(i).value].push_back(i);
    const ObjectId id = scene.objects[object_idx].id;
    it->second.by_mesh =
        FractionByMesh(*scene.mesh, faces_[id.value], id, source_.view(frame_idx_), *ids_);
  }
  if (depth_ != nullptr && shapes_ != nullptr) {
    if (owners_.empty()) owners_ = OwnersOf(scene, DepthView(scene.frames[frame_idx_]), *depth_);
    it->second.by_depth =
        FractionByDepth(source_, frame_idx_, object_idx, *depth_, owners_, shapes_->Of(object_idx));
  }
  return it->second;
}

std::string FractionCheck::Check(size_t object_idx, double told) {
  const auto& [by_mesh, by_depth] = Measure(object_idx);
  double least = 1, most = 1;
  std::string measured;
  if (by_mesh) {
    const double slack = kMeshSlack + OfRoot(kMeshSlackOfRoot, *by_mesh);
    least = std::min(least, by_mesh->value - slack);
    most = std::min(most, by_mesh->value + slack);
    measured = StrCat(FormatFixed(by_mesh->value, 2), " by the mesh");
  }
  if (by_depth) {
    const double slack = OfRoot(kDepthSlackOfRoot, *by_depth);
    least = std::min(least, by_depth->value - kDepthSlackBelow - slack);
    most = std::min(most, by_depth->value + kDepthSlackAbove + slack);
    measured +=
        StrCat(measured.empty() ? "" : ", ", FormatFixed(by_depth->value, 2), " by the depth maps");
  }
  if (measured.empty()) least = 0;  // nothing tells
  if (told >= std::max(0.0, least) && told <= most) return "";
  return measured.empty() ? "0 to 1" : measured;
}

}  // namespace spatium::verify
