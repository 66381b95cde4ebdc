#include "spatium/synth/surface_mesh.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <map>

#include "spatium/base/check.h"

namespace spatium::synth {
namespace {

constexpr double kVertical = 1e-9;

// Splits faces at the midpoints of edges longer than `max_edge`. Whether an edge is split depends
// on the edge alone, so faces that share it agree.
void Subdivide(Triangles& t, double max_edge) {
  for (int round = 0; round < 10; ++round) {
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> middle;
    const auto split = [&](uint32_t a, uint32_t b) -> std::optional<uint32_t> {
      if ((t.positions[a] - t.positions[b]).squaredNorm() <= max_edge * max_edge)
        return std::nullopt;
      const auto [it, fresh] =
          middle.try_emplace(std::minmax(a, b), static_cast<uint32_t>(t.positions.size()));
      if (fresh) {
        t.positions.push_back((t.positions[a] + t.positions[b]) / 2);
        t.normals.push_back((t.normals[a] + t.normals[b]).normalized());
      }
      return it->second;
    };
    std::vector<std::array<uint32_t, 3>> faces;
    faces.reserve(t.faces.size() * 2);
    for (const auto& f : t.faces) {
      std::array<std::optional<uint32_t>, 3> m;
      int n = 0;
      for (size_t k = 0; k < 3; ++k) n += (m[k] = split(f[k], f[(k + 1) % 3])).has_value();
      if (n == 0) {
        faces.push_back(f);
      } else if (n == 3) {
        faces.insert(faces.end(),
                     {{f[0], *m[0], *m[2]},
                      {*m[0], f[1], *m[1]},
                      {*m[2], *m[1], f[2]},
                      {*m[0], *m[1], *m[2]}});
      } else if (n == 1) {
        const size_t k = m[0] ? 0 : m[1] ? 1 : 2;
        faces.push_back({f[k], *m[k], f[(k + 2) % 3]});
        faces.push_back({*m[k], f[(k + 1) % 3], f[(k + 2) % 3]});
      } else {
        const size_t k = !m[0] ? 1 : !m[1] ? 2 : 0;  // edges k and k + 1 are split
        const uint32_t a = f[k], b = f[(k + 1) % 3], c = f[(k + 2) % 3], ab = *m[k],
                       bc = *m[(k + 1) % 3];
        faces.push_back({ab, b, bc});
        faces.push_back({a, ab, bc});
        faces.push_back({a, bc, c});
      }
    }
    const bool done = faces.size() == t.faces.size();
    t.faces = std::move(faces);
    if (done) return;
  }
}

// Where things stand, shadows are small: finer there.
double Fineness(const Room& room, size_t object) {
  if (static_cast<int>(object) == room.floor) return 0.55;
  return room.objects[object].model.supports.empty() ? 1.0 : 0.75;
}

SurfaceMesh SurfaceWithEdges(const Room& room, double max_edge_m) {
  SurfaceMesh s;
  int32_t next_id = 0;
  for (size_t i = 0; i < room.objects.size(); ++i) {
    const Placed& o = room.objects[i];
    const int32_t id = o.annotated ? next_id++ : -1;
    s.id_of.push_back(id);
    for (const Part& part : o.model.parts) {
      PartRef ref;
      ref.material = part.material;
      const Pose part_from_room = Inverse(o.room_from_model * part.model_from_part);
      ref.part_from_room_R = part_from_room.R.cast<float>();
      ref.part_from_room_t = part_from_room.t.cast<float>();
      ref.min = part.min.cast<float>();
      ref.size = (part.max - part.min).cast<float>().cwiseMax(1e-4f);
      ref.object = id;
      ref.room_object = static_cast<int>(i);
      Triangles t = part.surface;
      for (V3& p : t.positions) p = o.room_from_model * p;
      for (V3& n : t.normals) n = o.room_from_model.R * n;
      Subdivide(t, max_edge_m * Fineness(room, i));
      const auto first = static_cast<uint32_t>(s.mesh.vertices.size());
      const auto part_idx = static_cast<uint32_t>(s.parts.size());
      for (size_t v = 0; v < t.positions.size(); ++v) {
        s.mesh.vertices.push_back(t.positions[v].cast<float>());
        s.normals.push_back(t.normals[v].cast<float>());
        s.mesh.vertex_object.push_back(id);
        s.vertex_part.push_back(part_idx);
      }
      for (const auto& f : t.faces)
        s.mesh.faces.push_back({first + f[0], first + f[1], first + f[2]});
      s.parts.push_back(std::move(ref));
    }
  }
  return s;
}

}  // namespace

SurfacePoint PartRef::At(const Eigen::Vector3f& p_in_room) const {
  SurfacePoint at;
  at.local = part_from_room_R * p_in_room + part_from_room_t;
  at.unit = (at.local - min).cwiseQuotient(size);
  at.size = size;
  at.view = Eigen::Vector3f::UnitX();
  return at;
}

SurfaceMesh MakeSurface(const Room& room, double max_edge_m, size_t max_faces) {
  for (;; max_edge_m *= 1.15) {
    SurfaceMesh s = SurfaceWithEdges(room, max_edge_m);
    if (s.mesh.faces.size() <= max_faces || max_edge_m > 1) return s;
  }
}

std::vector<Object> ObjectsOf(const Room& room, const SurfaceMesh& surface) {
  std::vector<Object> objects;
  for (size_t i = 0; i < room.objects.size(); ++i) {
    if (surface.id_of[i] < 0) continue;
    Object o;
    o.id = {surface.id_of[i]};
    o.label = o.category = room.objects[i].model.label;
    o.box.min = V3::Constant(1e9);
    o.box.max = V3::Constant(-1e9);
    objects.push_back(std::move(o));
  }
  for (size_t v = 0; v < surface.mesh.vertices.size(); ++v) {
    const int32_t id = surface.mesh.vertex_object[v];
    if (id < 0) continue;
    Object& o = objects[static_cast<size_t>(id)];
    o.box.min = o.box.min.cwiseMin(surface.mesh.vertices[v].cast<double>());
    o.box.max = o.box.max.cwiseMax(surface.mesh.vertices[v].cast<double>());
  }
  // Furniture that is not square to the room also has its own box.
  for (size_t i = 0; i < room.objects.size(); ++i) {
    if (surface.id_of[i] < 0) continue;
    const Placed& p = room.objects[i];
    if (std::min(std::abs(p.room_from_model.R(0, 0)), std::abs(p.room_from_model.R(0, 1))) <
        kVertical)
      continue;
    Obb<frame::World> obb;
    obb.half = p.model.size() / 2;
    obb.f_from_object.R = p.room_from_model.R;
    obb.f_from_object.t = p.room_from_model * V3((p.model.min + p.model.max) / 2);
    objects[static_cast<size_t>(surface.id_of[i])].obb = obb;
  }
  return objects;
}

}  // namespace spatium::synth
