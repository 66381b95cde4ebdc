#pragma once
// Meshes that several tests of rendering share.
#include <Eigen/Geometry>
#include <cmath>

#include "spatium/base/random.h"
#include "spatium/scene/scene.h"

namespace spatium::testing {

inline uint32_t AddVertex(Mesh& mesh, const Eigen::Vector3d& v, int32_t object) {
  mesh.vertices.push_back(v.cast<float>());
  mesh.vertex_object.push_back(object);
  mesh.colors.push_back({128, 128, 128});
  return static_cast<uint32_t>(mesh.vertices.size() - 1);
}

// A closed box of 12 triangles.
inline void AddBox(Mesh& mesh, const Aabb<frame::World>& box, int32_t object) {
  std::array<uint32_t, 8> v{};
  const auto corners = box.corners();
  for (size_t i = 0; i < 8; ++i) v[i] = AddVertex(mesh, corners[i].v, object);
  constexpr std::array<std::array<uint8_t, 4>, 6> kSides{
      {{0, 2, 6, 4}, {1, 5, 7, 3}, {0, 4, 5, 1}, {2, 3, 7, 6}, {0, 1, 3, 2}, {4, 6, 7, 5}}};
  for (const auto& s : kSides) {
    mesh.faces.push_back({v[s[0]], v[s[1]], v[s[2]]});
    mesh.faces.push_back({v[s[0]], v[s[2]], v[s[3]]});
  }
}

// Random triangles about the origin, with shared edges, duplicates, slivers, zero areas, sizes over
// four decades and vertices that are not finite.
inline Mesh NastySoup(RandomStream& rng, int triangles) {
  Mesh mesh;
  const auto random_point = [&](double size) -> Eigen::Vector3d {
    return size * Eigen::Vector3d(rng.Uniform(-1, 1), rng.Uniform(-1, 1), rng.Uniform(-1, 1));
  };
  for (int i = 0; i < triangles; ++i) {
    const int32_t object = static_cast<int32_t>(rng.Int(-1, 5));
    const Eigen::Vector3d center = random_point(2);
    const double size = std::pow(10.0, rng.Uniform(-3, 0.5));
    Eigen::Vector3d a = center + random_point(size), b = center + random_point(size),
                    c = center + random_point(size);
    switch (rng.Int(0, 9)) {
      case 0:
        c = a + (b - a) * 0.5;
        break;  // nearly no area
      case 1:
        c = a;
        break;  // none
      case 2:
        c = a + (b - a) * 0.3 + random_point(1e-6);
        break;  // sliver
      case 3:
        c.x() = std::nan("");
        break;
      case 4:
        c.y() = INFINITY;
        break;
      case 5:
        a.z() = b.z() = c.z() = -1;
        break;  // coplanar with others
      default:
        break;
    }
    const uint32_t va = AddVertex(mesh, a, object), vb = AddVertex(mesh, b, object),
                   vc = AddVertex(mesh, c, object);
    mesh.faces.push_back({va, vb, vc});
    if (rng.Coin(0.2)) mesh.faces.push_back({va, vc, vb});  // the same again, other side
    if (rng.Coin(0.3)) {
      const uint32_t vd = AddVertex(mesh, center + random_point(size), object);
      mesh.faces.push_back({vc, vb, vd});
    }
  }
  return mesh;
}

inline Eigen::Matrix3d RandomRotation(RandomStream& rng) {
  Eigen::Vector4d q;
  do {
    q = {rng.Uniform(-1, 1), rng.Uniform(-1, 1), rng.Uniform(-1, 1), rng.Uniform(-1, 1)};
  } while (q.norm() > 1 || q.norm() < 0.1);
  return Eigen::Quaterniond(q.normalized()).toRotationMatrix();
}

// A camera at `eye` that looks at `target`, up as far as possible along world z.
inline Rigid<frame::Cam<>, frame::World> LookAt(const Eigen::Vector3d& eye,
                                                const Eigen::Vector3d& target) {
  const Eigen::Vector3d z = (target - eye).normalized();
  Eigen::Vector3d x = z.cross(Eigen::Vector3d::UnitZ());
  if (x.norm() < 1e-6) x = Eigen::Vector3d::UnitX();
  x.normalize();
  Rigid<frame::Cam<>, frame::World> pose;
  pose.R.row(0) = x;
  pose.R.row(1) = z.cross(x);
  pose.R.row(2) = z;
  pose.t = -(pose.R * eye);
  return pose;
}

inline Pinhole SmallCamera(int width = 64, int height = 48, double focal = 50) {
  return {{width, height}, focal, focal * 1.1, width * 0.48, height * 0.53};
}

}  // namespace spatium::testing
