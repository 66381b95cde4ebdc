#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <set>

#include "spatium/base/text.h"
#include "spatium/scene/store.h"

namespace spatium {
namespace {

constexpr double kOrthonormalTolerance = 1e-3;  // of files with three decimals

Error Bad(std::string where, std::string expected, std::string found) {
  return {ErrorCode::kBadValue, std::move(where), std::move(expected), std::move(found)};
}

bool IsRotation(const Eigen::Matrix3d& R) {
  return R.allFinite() &&
         (R.transpose() * R - Eigen::Matrix3d::Identity()).cwiseAbs().maxCoeff() <=
             kOrthonormalTolerance &&
         R.determinant() > 0;
}

Result<void> CheckCamera(const Pinhole& camera, bool has_image, const std::string& where) {
  const bool finite = std::isfinite(camera.fx) && std::isfinite(camera.fy) &&
                      std::isfinite(camera.cx) && std::isfinite(camera.cy);
  if (!finite) return Bad(where, "finite intrinsics", "a number that is not finite");
  if (!has_image) return {};
  if (camera.size.width <= 0 || camera.size.height <= 0)
    return Bad(where, "a size above 0", StrCat(camera.size.width, "x", camera.size.height));
  if (!(camera.fx > 0 && camera.fy > 0))
    return Bad(where, "focal lengths above 0", StrCat(camera.fx, ", ", camera.fy));
  return {};
}

Result<void> CheckFrame(const Frame& frame, const std::string& where) {
  if (frame.name.empty()) return Bad(where + ".name", "a name", "an empty one");
  for (const std::string* path : {&frame.color_path, &frame.depth_path})
    if (!path->empty() && !StaysInside(*path))
      return Bad(where, "image paths inside the store", Quote(*path));
  SPATIUM_TRY_DO(CheckCamera(frame.color, !frame.color_path.empty(), where + ".color_camera"));
  SPATIUM_TRY_DO(CheckCamera(frame.depth, !frame.depth_path.empty(), where + ".depth_camera"));
  if (!frame.cam_from_world.R.allFinite() || !frame.cam_from_world.t.allFinite())
    return Bad(where + ".cam_from_world", "finite numbers", "a number that is not finite");
  if (!IsRotation(frame.cam_from_world.R))
    return Bad(where + ".cam_from_world",
               StrCat("a rotation (orthonormal to ", kOrthonormalTolerance, ", no mirror)"),
               "another matrix");
  if (frame.time_s && !std::isfinite(*frame.time_s))
    return Bad(where + ".time_s", "a finite number", "one that is not");
  return {};
}

Result<void> CheckObject(const Object& object, const std::string& where) {
  if (!object.id.valid()) return Bad(where + ".id", "0 or more", StrCat(object.id.value));
  if (!object.box.min.allFinite() || !object.box.max.allFinite())
    return Bad(where + ".aabb", "finite numbers", "a number that is not finite");
  if (!(object.box.min.array() <= object.box.max.array()).all())
    return Bad(where + ".aabb", "min <= max on each axis", "min above max");
  if (!object.obb) return {};
  if (!object.obb->half.allFinite() || !object.obb->f_from_object.t.allFinite() ||
      !(object.obb->half.array() >= 0).all())
    return Bad(where + ".obb", "a finite centre and half sizes of 0 or more", "others");
  if (!IsRotation(object.obb->f_from_object.R))
    return Bad(where + ".obb.axes", "a rotation", "another matrix");
  return {};
}

Result<void> CheckMesh(const Mesh& mesh) {
  const size_t n = mesh.vertices.size();
  for (size_t i = 0; i < n; ++i)
    if (!mesh.vertices[i].allFinite())
      return Bad(StrCat("mesh.vertices[", i, "]"), "finite numbers", "one that is not");
  if (!mesh.colors.empty() && mesh.colors.size() != n)
    return Bad("mesh.colors", StrCat(n, " colours"), StrCat(mesh.colors.size()));
  if (!mesh.vertex_object.empty() && mesh.vertex_object.size() != n)
    return Bad("mesh.vertex_object", StrCat(n, " ids"), StrCat(mesh.vertex_object.size()));
  for (size_t i = 0; i < mesh.faces.size(); ++i)
    for (const uint32_t v : mesh.faces[i])
      if (v >= n) return Bad(StrCat("mesh.faces[", i, "]"), StrCat("indices below ", n), StrCat(v));
  return {};
}

}  // namespace

Result<void> ValidateScene(const Scene& scene) {
  if (scene.id.empty()) return Bad("id", "a name", "an empty one");
  if (!(std::isfinite(scene.depth_unit_m) && scene.depth_unit_m > 0))
    return Bad("depth_unit_m", "a length above 0", StrCat(scene.depth_unit_m));
  std::set<std::string_view> names;
  for (size_t i = 0; i < scene.frames.size(); ++i) {
    const Frame& frame = scene.frames[i];
    SPATIUM_TRY_DO(CheckFrame(frame, StrCat("frames[", i, "]")));
    if (!names.insert(frame.name).second)
      return Bad(StrCat("frames[", i, "].name"), "a name of its own", Quote(frame.name));
  }
  for (size_t i = 0; i < scene.objects.size(); ++i) {
    SPATIUM_TRY_DO(CheckObject(scene.objects[i], StrCat("objects[", i, "]")));
    if (i > 0 && scene.objects[i].id <= scene.objects[i - 1].id)
      return Bad(StrCat("objects[", i, "].id"),
                 StrCat("ids that rise: above ", scene.objects[i - 1].id.value),
                 StrCat(scene.objects[i].id.value));
  }
  for (const auto& p : scene.outline)
    if (!p.allFinite()) return Bad("outline", "finite numbers", "one that is not");
  if (scene.mesh) SPATIUM_TRY_DO(CheckMesh(*scene.mesh));
  if (!scene.cloud) return {};
  for (size_t i = 0; i < scene.cloud->points.size(); ++i)
    if (!scene.cloud->points[i].allFinite())
      return Bad(StrCat("cloud.points[", i, "]"), "finite numbers", "one that is not");
  if (!scene.cloud->colors.empty() && scene.cloud->colors.size() != scene.cloud->points.size())
    return Bad("cloud.colors",
               StrCat(scene.cloud->points.size(), " colours"),
               StrCat(scene.cloud->colors.size()));
  return {};
}

}  // namespace spatium
