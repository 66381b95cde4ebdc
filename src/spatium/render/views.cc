#include "spatium/render/views.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "spatium/base/text.h"
#include "spatium/geometry/hull.h"
#include "spatium/geometry/rigid.h"

namespace spatium {
namespace {

constexpr double kHalfRoot = 0.70710678118654752;  // cos and sin of 45 degrees
// Structure this near to the ceiling or to an outer wall is part of it (chosen: more than a wall's
// thickness and the waviness of a scan).
constexpr double kShell_m = 0.3;
// Steps in which views move back to show everything, and the most (chosen).
constexpr double kFartherStep = 0.05, kFarthest = 1.6;
constexpr double kFloor_m = 0.1;  // lower structure is the floor, which hides nothing
constexpr double kFlat = 0.7;     // |normal z| of a ceiling
// Share of the points beyond each side of the room, where its outline is not known: what is seen
// through windows and doors.
constexpr double kStray = 0.01;

bool IsStructure(std::string_view category) {
  constexpr std::array<std::string_view, 8> kNames{
      "wall", "ceiling", "window", "door", "doorframe", "curtain", "blinds", "ceiling light"};
  return std::find(kNames.begin(), kNames.end(), category) != kNames.end();
}

std::vector<Eigen::Vector3d> PointsOf(const Scene& scene) {
  std::vector<Eigen::Vector3d> out;
  const auto add = [&](const Eigen::Vector3d& p) {
    if (p.allFinite()) out.push_back(p);
  };
  if (scene.mesh)
    for (const auto& v : scene.mesh->vertices) add(v.cast<double>());
  else if (scene.cloud)
    for (const auto& v : scene.cloud->points) add(v.cast<double>());
  if (out.empty())
    for (const auto& object : scene.objects)
      for (const auto& corner : object.box.corners()) add(corner.v);
  return out;
}

// The value that `share` of the points lie below on an axis.
double Quantile(const std::vector<Eigen::Vector3d>& points, int axis, double share) {
  std::vector<double> values;
  values.reserve(points.size());
  for (const auto& p : points) values.push_back(p[axis]);
  const auto at = values.begin() + std::lround(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

// The room that views look into: its floor polygon, counter-clockwise, and the top of its walls.
struct Room {
  std::vector<Eigen::Vector2d> outline;
  double top = 0;

  explicit Room(const Scene& scene) : Room(scene, PointsOf(scene)) {}
  Room(const Scene& scene, const std::vector<Eigen::Vector3d>& points) : outline(scene.outline) {
    if (points.empty()) return;
    top = Quantile(points, 2, 1 - kStray / 5);
    for (const auto& object : scene.objects)
      if (object.category == "ceiling") top = object.box.min.z();
    if (outline.size() >= 3) return;
    const double x0 = Quantile(points, 0, kStray), x1 = Quantile(points, 0, 1 - kStray);
    const double y0 = Quantile(points, 1, kStray), y1 = Quantile(points, 1, 1 - kStray);
    outline = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
  }

  struct Side {
    double distance;  // to the side as a segment
    Eigen::Vector2d start, outward;
  };
  Side SideOf(size_t i, const Eigen::Vector2d& p) const {
    const Eigen::Vector2d a = outline[i], b = outline[(i + 1) % outline.size()];
    const Eigen::Vector2d along = b - a;
    const double t =
        std::clamp((p - a).dot(along) / std::max(1e-12, along.squaredNorm()), 0.0, 1.0);
    return {(p - (a + t * along)).norm(), a, {along.y(), -along.x()}};
  }
  // Whether p is of another room or of what lies outside.
  bool Beyond(const Eigen::Vector3d& p) const {
    return p.z() > top + kShell_m || Distance(outline, p.head<2>()) > kShell_m;
  }
  // Whether structure at p hides the room from an eye. `level`, `steep`: p may be of a ceiling or
  // floor, of a wall.
  bool Hides(const Eigen::Vector3d& eye, const Eigen::Vector3d& p, bool level, bool steep) const {
    if (level && p.z() > top - kShell_m) return true;
    if (Beyond(p)) return true;
    if (!steep) return false;
    for (size_t i = 0; i < outline.size(); ++i) {
      const Side side = SideOf(i, p.head<2>());
      if (side.distance <= kShell_m && side.outward.dot(eye.head<2>() - side.start) > 0)
        return true;
    }
    return false;
  }
};

bool ShowsAll(const std::vector<HolisticView>& views, const std::vector<Eigen::Vector3d>& points) {
  return std::all_of(views.begin(), views.end(), [&](const HolisticView& view) {
    return std::all_of(points.begin(), points.end(), [&](const Eigen::Vector3d& p) {
      const auto pixel = view.camera.Project(view.cam_from_world * Point<frame::World>{p});
      return pixel && view.camera.Contains(*pixel);
    });
  });
}

}  // namespace

std::vector<HolisticView> PlaceHolisticViews(const Point<frame::World>& mean,
                                             double extent_x_m,
                                             double extent_y_m,
                                             int size_px) {
  const double distance = std::max(extent_x_m, extent_y_m);
  const double half = size_px / 2.0, focal = size_px;
  struct Placement {
    const char* name;
    Eigen::Vector3d offset, up;
  };
  const std::array<Placement, 5> placements{{{"top", {0, 0, 1}, {0, 1, 0}},
                                             {"left", {-kHalfRoot, 0, kHalfRoot}, {1, 0, 0}},
                                             {"right", {kHalfRoot, 0, kHalfRoot}, {-1, 0, 0}},
                                             {"up", {0, kHalfRoot, kHalfRoot}, {0, -1, 0}},
                                             {"down", {0, -kHalfRoot, kHalfRoot}, {0, 1, 0}}}};
  std::vector<HolisticView> views;
  for (const auto& p : placements) {
    const Point<frame::World> eye{mean.v + distance * p.offset};
    const Dir<frame::World> up{p.up};
    views.push_back({p.name,
                     eye,
                     mean,
                     up,
                     {{size_px, size_px}, focal, focal, half, half},
                     LookAlong(eye, mean - eye, up)});
  }
  return views;
}

Result<std::vector<HolisticView>> HolisticViews(const Scene& scene, int size_px) {
  if (size_px < 16 || size_px > 8192)
    return Error{ErrorCode::kBadValue, "size", "16 to 8192 pixels", StrCat(size_px)};
  std::vector<Eigen::Vector3d> points = PointsOf(scene);
  const Room room(scene, points);
  std::erase_if(points, [&](const Eigen::Vector3d& p) { return room.Beyond(p); });
  Eigen::Vector3d sum = Eigen::Vector3d::Zero(), min = sum, max = sum;
  for (size_t i = 0; i < points.size(); ++i) {
    sum += points[i];
    min = i ? Eigen::Vector3d(min.cwiseMin(points[i])) : points[i];
    max = i ? Eigen::Vector3d(max.cwiseMax(points[i])) : points[i];
  }
  if (!((max - min).head<2>().maxCoeff() > 0))
    return Error{ErrorCode::kBadValue,
                 StrCat("scene ", scene.id),
                 "a mesh, a point cloud or objects to look at",
                 "none"};
  // From as far as upstream, or farther until everything in the room is in every picture.
  const Point<frame::World> mean{sum / static_cast<double>(points.size())};
  const double extent = (max - min).head<2>().maxCoeff();
  std::vector<Eigen::Vector3d> shown;
  for (const Eigen::Vector2d& corner : room.outline) shown.emplace_back(corner.x(), corner.y(), 0);
  for (const auto& object : scene.objects)
    if (!IsStructure(object.category) && !room.Beyond(object.box.center().v))
      for (const auto& corner : object.box.corners()) shown.push_back(corner.v);
  auto views = PlaceHolisticViews(mean, extent, extent, size_px);
  for (double factor = 1 + kFartherStep; factor <= kFarthest && !ShowsAll(views, shown);
       factor += kFartherStep)
    views = PlaceHolisticViews(mean, factor * extent, factor * extent, size_px);
  return views;
}

Mesh OpenedMesh(const Scene& scene, const HolisticView& view) {
  Mesh out;
  if (!scene.mesh) return out;
  const Room room(scene);
  out = *scene.mesh;
  out.faces.clear();
  for (size_t i = 0; i < scene.mesh->faces.size(); ++i) {
    const auto& f = scene.mesh->faces[i];
    const auto& v = scene.mesh->vertices;
    const Eigen::Vector3d a = v[f[0]].cast<double>(), b = v[f[1]].cast<double>(),
                          c = v[f[2]].cast<double>();
    const Eigen::Vector3d n = (b - a).cross(c - a);
    const bool level = std::abs(n.z()) >= kFlat * n.norm();
    const Object* object = scene.FindObject(scene.mesh->FaceObject(i));
    const bool structure = !object || IsStructure(object->category);
    // All corners: a far wall's triangle reaches into the near shell without lying in it.
    const auto hides = [&](const Eigen::Vector3d& p) {
      return room.Hides(view.eye.v, p, level, !level || p.z() > kFloor_m);
    };
    if (structure && hides(a) && hides(b) && hides(c)) continue;
    out.faces.push_back(f);
  }
  return out;
}

PointCloud OpenedCloud(const Scene& scene, const PointCloud& cloud, const HolisticView& view) {
  const Room room(scene, [&] {
    std::vector<Eigen::Vector3d> points;
    points.reserve(cloud.points.size());
    for (const auto& p : cloud.points) points.push_back(p.cast<double>());
    return points;
  }());
  PointCloud out;
  for (size_t i = 0; i < cloud.points.size(); ++i) {
    const Point<frame::World> p{cloud.points[i].cast<double>()};
    if (room.Hides(view.eye.v, p.v, true, p.v.z() > kFloor_m) &&
        std::none_of(scene.objects.begin(), scene.objects.end(), [&](const Object& o) {
          return !IsStructure(o.category) && o.box.Contains(p);
        }))
      continue;
    out.points.push_back(cloud.points[i]);
    if (!cloud.colors.empty()) out.colors.push_back(cloud.colors[i]);
  }
  return out;
}

Result<RgbImage> RenderHolisticView(const Scene& scene,
                                    const HolisticView& view,
                                    const RenderStyle& style) {
  if (scene.mesh && !scene.mesh->faces.empty()) {
    const Mesh opened = OpenedMesh(scene, view);
    SPATIUM_TRY(const Surface surface, Surface::FromMesh(opened));
    return RenderColor(opened, surface, view.camera, view.cam_from_world, style);
  }
  if (scene.cloud)
    return RenderCloud(
               OpenedCloud(scene, *scene.cloud, view), view.camera, view.cam_from_world, style)
        .color;
  return Error{ErrorCode::kBadValue,
               StrCat("scene ", scene.id),
               "a mesh or a point cloud (spatium scene cloud makes one from depth)",
               "neither"};
}

}  // namespace spatium
