#include "spatium/render/views.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/geometry/rigid.h"

namespace spatium {
namespace {

constexpr double kHalfRoot = 0.70710678118654752;  // cos and sin of 45 degrees
// Background within this of the highest or outermost part is ceiling or outer wall (chosen: more
// than a wall's thickness and the waviness of a scan).
constexpr double kShell_m = 0.4;
constexpr double kFlat = 0.7;  // |normal z| of a ceiling

struct Extent {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  Eigen::Vector3d min = Eigen::Vector3d::Constant(1e300);
  Eigen::Vector3d max = Eigen::Vector3d::Constant(-1e300);
  size_t n = 0;
  void Add(const Eigen::Vector3d& p) {
    if (!p.allFinite()) return;
    sum += p, min = min.cwiseMin(p), max = max.cwiseMax(p), ++n;
  }
};

Extent ExtentOf(const Scene& scene) {
  Extent e;
  if (scene.mesh)
    for (const auto& v : scene.mesh->vertices) e.Add(v.cast<double>());
  else if (scene.cloud)
    for (const auto& v : scene.cloud->points) e.Add(v.cast<double>());
  if (e.n == 0)
    for (const auto& object : scene.objects)
      for (const auto& corner : object.box.corners()) e.Add(corner.v);
  return e;
}

// Whether background at p hides the room from the view. `flat`: p is of a level surface, or not
// known to be none.
bool Hides(const Extent& e, const HolisticView& view, const Eigen::Vector3d& p, bool flat) {
  if (flat && p.z() > e.max.z() - kShell_m) return true;
  for (int axis = 0; axis < 2; ++axis) {
    if (view.eye.v[axis] < e.min[axis] && p[axis] < e.min[axis] + kShell_m) return true;
    if (view.eye.v[axis] > e.max[axis] && p[axis] > e.max[axis] - kShell_m) return true;
  }
  return false;
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
  const Extent e = ExtentOf(scene);
  if (e.n == 0 || !((e.max - e.min).head<2>().maxCoeff() > 0))
    return Error{ErrorCode::kBadValue,
                 StrCat("scene ", scene.id),
                 "a mesh, a point cloud or objects to look at",
                 "none"};
  return PlaceHolisticViews(
      {e.sum / static_cast<double>(e.n)}, e.max.x() - e.min.x(), e.max.y() - e.min.y(), size_px);
}

Mesh OpenedMesh(const Scene& scene, const HolisticView& view) {
  Mesh out;
  if (!scene.mesh) return out;
  const Extent e = ExtentOf(scene);
  out = *scene.mesh;
  out.faces.clear();
  for (size_t i = 0; i < scene.mesh->faces.size(); ++i) {
    const auto& f = scene.mesh->faces[i];
    const auto& v = scene.mesh->vertices;
    const Eigen::Vector3d a = v[f[0]].cast<double>(), b = v[f[1]].cast<double>(),
                          c = v[f[2]].cast<double>();
    const Eigen::Vector3d n = (b - a).cross(c - a);
    const bool flat = std::abs(n.z()) >= kFlat * n.norm();
    const bool background = scene.mesh->FaceObject(i) == kNoObject;
    // All corners: a wall's triangle reaches into the shell without lying in it.
    if (background && Hides(e, view, a, flat) && Hides(e, view, b, flat) && Hides(e, view, c, flat))
      continue;
    out.faces.push_back(f);
  }
  return out;
}

PointCloud OpenedCloud(const Scene& scene, const PointCloud& cloud, const HolisticView& view) {
  Extent e;
  for (const auto& p : cloud.points) e.Add(p.cast<double>());
  PointCloud out;
  for (size_t i = 0; i < cloud.points.size(); ++i) {
    const Point<frame::World> p{cloud.points[i].cast<double>()};
    if (Hides(e, view, p.v, true) &&
        std::none_of(scene.objects.begin(), scene.objects.end(), [&](const Object& o) {
          return o.box.Contains(p);
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
