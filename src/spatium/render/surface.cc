#include "spatium/render/surface.h"

#include <Eigen/Geometry>

#include "spatium/base/text.h"

namespace spatium {
namespace {

constexpr size_t kFacesPerChunk = 64;  // chosen: culling costs under 2 % of drawing a chunk

bool Usable(const Eigen::Vector3d& v) {
  return v.allFinite() && v.cwiseAbs().maxCoeff() <= Surface::kMaxCoordinate_m;
}

}  // namespace

Result<Surface> Surface::FromMesh(const Mesh& mesh) {
  if (!mesh.vertex_object.empty() && mesh.vertex_object.size() != mesh.vertices.size())
    return Error{ErrorCode::kBadValue,
                 "mesh.vertex_object",
                 StrCat(mesh.vertices.size(), " entries, one per vertex"),
                 StrCat(mesh.vertex_object.size())};
  Surface s;
  s.vertices_.reserve(mesh.vertices.size());
  for (const auto& v : mesh.vertices) s.vertices_.push_back(v.cast<double>());
  s.faces_.reserve(mesh.faces.size());
  for (size_t i = 0; i < mesh.faces.size(); ++i) {
    const auto& f = mesh.faces[i];
    for (const uint32_t v : f)
      if (v >= mesh.vertices.size())
        return Error{ErrorCode::kBadValue,
                     StrCat("mesh.faces[", i, "]"),
                     StrCat("vertices below ", mesh.vertices.size()),
                     StrCat(v)};
    const auto &a = s.vertices_[f[0]], &b = s.vertices_[f[1]], &c = s.vertices_[f[2]];
    if (!Usable(a) || !Usable(b) || !Usable(c)) continue;
    // Differences and products of floats are exact in double, so zero here means zero area.
    if ((b - a).cross(c - a).isZero(0)) continue;
    s.faces_.push_back({f, static_cast<PrimId>(i), mesh.FaceObject(i).value});
  }
  s.BuildChunks();
  return s;
}

void Surface::BuildChunks() {
  std::vector<uint8_t> local_of(vertices_.size(), 0);
  for (size_t begin = 0; begin < faces_.size(); begin += kFacesPerChunk) {
    Chunk chunk;
    chunk.begin = static_cast<uint32_t>(begin);
    chunk.end = static_cast<uint32_t>(std::min(begin + kFacesPerChunk, faces_.size()));
    chunk.min = chunk.max = vertices_[faces_[begin].vertex[0]];
    for (uint32_t i = chunk.begin; i < chunk.end; ++i) {
      std::array<uint8_t, 3> local{};
      for (size_t k = 0; k < 3; ++k) {
        const uint32_t v = faces_[i].vertex[k];
        // An entry left from another chunk names another vertex, or is beyond this chunk's.
        if (local_of[v] >= chunk.vertices.size() || chunk.vertices[local_of[v]] != v) {
          local_of[v] = static_cast<uint8_t>(chunk.vertices.size());
          chunk.vertices.push_back(v);
          chunk.min = chunk.min.cwiseMin(vertices_[v]);
          chunk.max = chunk.max.cwiseMax(vertices_[v]);
        }
        local[k] = local_of[v];
      }
      chunk.local.push_back(local);
    }
    bounds_.min = begin == 0 ? chunk.min : Eigen::Vector3d(bounds_.min.cwiseMin(chunk.min));
    bounds_.max = begin == 0 ? chunk.max : Eigen::Vector3d(bounds_.max.cwiseMax(chunk.max));
    chunks_.push_back(std::move(chunk));
  }
}

std::vector<uint32_t> Surface::FacesOf(ObjectId object) const {
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < faces_.size(); ++i)
    if (faces_[i].object == object.value) out.push_back(i);
  return out;
}

}  // namespace spatium
