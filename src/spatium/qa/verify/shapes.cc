#include "spatium/qa/verify/shapes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <mutex>

#include "spatium/base/parallel.h"
#include "spatium/base/text.h"

namespace spatium::verify {
namespace {

// Boxes are drawn by hand: this much wider on each side (chosen).
constexpr double kBoxSlack_m = 0.01;
// Seen from above, what lies this near to the bottom of a box, or within this share of its height
// where that is less, is as likely what the object stands on (chosen).
constexpr double kFootMax_m = 0.04, kFootShare = 0.1;
// A cube's edge: this share of the box's longest side, from 1 to 5 cm.
constexpr double kCubeShare = 1.0 / 40, kLeastCube_m = 0.01, kLargestCube_m = 0.05;
// In so many frames or more, a cube counts that two of them show.
constexpr int kAgreeFromFrames = 4;
// A box is thin up to this.
constexpr double kThin_m = 0.06;
constexpr int kMostPlaneCubes = 400;  // each way: absurd boxes must not cost absurd memory

double Side(const Object& object, int axis) { return object.box.max(axis) - object.box.min(axis); }

bool IsRoom(const Object& object) {
  const std::string category = ToLower(object.category);
  return category == "wall" || category == "floor" || category == "ceiling";
}

// The objects that a camera may see: things before the room, small before large.
std::vector<size_t> SmallestFirst(const Scene& scene, const View& camera) {
  std::vector<std::tuple<bool, double, size_t>> order;
  for (size_t i = 0; i < scene.objects.size(); ++i) {
    const Object& object = scene.objects[i];
    if (!ProjectedBox(camera, object.box)) continue;
    double volume = 1;
    for (int axis = 0; axis < 3; ++axis) volume *= Side(object, axis);
    order.emplace_back(IsRoom(object), volume, i);
  }
  std::ranges::sort(order);
  std::vector<size_t> objects;
  for (const auto& [room, volume, i] : order) objects.push_back(i);
  return objects;
}

bool Holds(const Object& object, Vec eye, Vec p) {
  const auto& box = object.box;
  const double foot =
      eye.z > box.min(2) ? std::min(kFootMax_m, kFootShare * Side(object, 2)) : -kBoxSlack_m;
  return p.x > box.min(0) - kBoxSlack_m && p.x < box.max(0) + kBoxSlack_m &&
         p.y > box.min(1) - kBoxSlack_m && p.y < box.max(1) + kBoxSlack_m &&
         p.z > box.min(2) + foot && p.z < box.max(2) + kBoxSlack_m;
}

// The surface that a depth pixel measured, in World.
Vec PointAt(const View& camera, const MetricDepth& depth, int x, int y) {
  const Vec ray =
      RayThrough(camera, {(x + 0.5) / depth.width() * 1000, (y + 0.5) / depth.height() * 1000});
  return camera.center + static_cast<double>(*depth.at(x, y)) * ray;
}

using Cube = std::array<int, 3>;  // steps of an edge from the box's low corner

double EdgeOf(const Object& object) {
  const double longest = std::max({Side(object, 0), Side(object, 1), Side(object, 2)});
  return std::clamp(kCubeShare * longest, kLeastCube_m, kLargestCube_m);
}

Cube CubeAt(const Object& object, double edge_m, Vec p) {
  const auto step = [&](double x, int axis) {
    return static_cast<int>(std::floor((x - object.box.min(axis)) / edge_m));
  };
  return {step(p.x, 0), step(p.y, 1), step(p.z, 2)};
}

void AddMiddlePlane(const Object& object, Shapes::Shape& shape) {
  int thin = 0;
  for (int axis = 1; axis < 3; ++axis)
    if (Side(object, axis) < Side(object, thin)) thin = axis;
  if (Side(object, thin) >= kThin_m) return;
  const int a = (thin + 1) % 3, b = (thin + 2) % 3;
  const auto cubes = [&](int axis) {
    return std::clamp(static_cast<int>(Side(object, axis) / shape.edge_m), 1, kMostPlaneCubes);
  };
  for (int i = 0; i < cubes(a); ++i)
    for (int j = 0; j < cubes(b); ++j) {
      double p[3];
      p[thin] = object.box.min(thin) + Side(object, thin) / 2;
      p[a] = object.box.min(a) + (i + 0.5) / cubes(a) * Side(object, a);
      p[b] = object.box.min(b) + (j + 0.5) / cubes(b) * Side(object, b);
      shape.centers.push_back({p[0], p[1], p[2]});
    }
}

// The cubes of one frame, by object, each once.
using FrameCubes = std::map<int32_t, std::vector<Cube>>;

FrameCubes CubesIn(const Scene& scene, const View& camera, const MetricDepth& depth) {
  FrameCubes cubes;
  const IdImage owners = OwnersOf(scene, camera, depth);
  for (int y = 0; y < owners.height(); ++y)
    for (int x = 0; x < owners.width(); ++x) {
      const int32_t owner = *owners.at(x, y);
      if (owner < 0) continue;
      const Object& object = scene.objects[static_cast<size_t>(owner)];
      const Vec p = PointAt(camera, depth, x * kDepthStep, y * kDepthStep);
      cubes[owner].push_back(CubeAt(object, EdgeOf(object), p));
    }
  for (auto& [owner, list] : cubes) {
    std::ranges::sort(list);
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return cubes;
}

Shapes::Shape MakeShape(const Object& object, const std::map<Cube, int>& frames_of, int frames) {
  Shapes::Shape shape{.edge_m = EdgeOf(object), .centers = {}};
  const int needed = frames >= kAgreeFromFrames ? 2 : 1;
  for (const auto& [cube, n] : frames_of)
    if (n >= needed)
      shape.centers.push_back({object.box.min(0) + (cube[0] + 0.5) * shape.edge_m,
                               object.box.min(1) + (cube[1] + 0.5) * shape.edge_m,
                               object.box.min(2) + (cube[2] + 0.5) * shape.edge_m});
  if (frames > 0) AddMiddlePlane(object, shape);
  return shape;
}

}  // namespace

IdImage OwnersOf(const Scene& scene, const View& camera, const MetricDepth& depth) {
  const std::vector<size_t> order = SmallestFirst(scene, camera);
  IdImage owners((depth.width() + kDepthStep - 1) / kDepthStep,
                 (depth.height() + kDepthStep - 1) / kDepthStep,
                 -1);
  for (int y = 0; y < owners.height(); ++y)
    for (int x = 0; x < owners.width(); ++x) {
      if (!(*depth.at(x * kDepthStep, y * kDepthStep) > 0)) continue;
      const Vec p = PointAt(camera, depth, x * kDepthStep, y * kDepthStep);
      const auto owner = std::ranges::find_if(
          order, [&](size_t i) { return Holds(scene.objects[i], camera.center, p); });
      if (owner != order.end()) *owners.at(x, y) = static_cast<int32_t>(*owner);
    }
  return owners;
}

Result<Shapes> Shapes::Measure(const SourceScene& source, unsigned threads) {
  const Scene& scene = source.scene();
  std::vector<std::map<Cube, int>> frames_of_cube(scene.objects.size());
  std::vector<int> frames_of(scene.objects.size(), 0);
  std::mutex mutex;
  std::optional<Error> failed;
  ParallelFor(scene.frames.size(), threads, [&](size_t i) {
    const Frame& frame = scene.frames[i];
    if (frame.depth_path.empty()) return;
    const auto depth = source.store().ReadMetricDepth(frame);
    const FrameCubes cubes = depth ? CubesIn(scene, DepthView(frame), *depth) : FrameCubes();
    const std::lock_guard lock(mutex);
    if (!depth) failed = depth.error();
    for (const auto& [owner, list] : cubes) {
      ++frames_of[static_cast<size_t>(owner)];
      for (const Cube& cube : list) ++frames_of_cube[static_cast<size_t>(owner)][cube];
    }
  });
  if (failed) return *std::move(failed);
  Shapes shapes;
  for (size_t i = 0; i < scene.objects.size(); ++i)
    shapes.shapes_.push_back(MakeShape(scene.objects[i], frames_of_cube[i], frames_of[i]));
  return shapes;
}

}  // namespace spatium::verify
