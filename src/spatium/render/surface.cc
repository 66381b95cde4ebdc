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
  for (size_t begin = 0; begin < s.faces_.size(); begin += kFacesPerChunk) {
    Chunk chunk{static_cast<uint32_t>(begin),
                static_cast<uint32_t>(std::min(begin + kFacesPerChunk, s.faces_.size())),
                s.vertices_[s.faces_[begin].vertex[0]],
                s.vertices_[s.faces_[begin].vertex[0]]};
    for (uint32_t i = chunk.begin; i < chunk.end; ++i)
      for (const uint32_t v : s.faces_[i].vertex) {
        chunk.min = chunk.min.cwiseMin(s.vertices_[v]);
        chunk.max = chunk.max.cwiseMax(s.vertices_[v]);
      }
    s.bounds_.min = begin == 0 ? chunk.min : Eigen::Vector3d(s.bounds_.min.cwiseMin(chunk.min));
    s.bounds_.max = begin == 0 ? chunk.max : Eigen::Vector3d(s.bounds_.max.cwiseMax(chunk.max));
    s.chunks_.push_back(chunk);
  }
  return s;
}

std::vector<uint32_t> Surface::FacesOf(ObjectId object) const {
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < faces_.size(); ++i)
    if (faces_[i].object == object.value) out.push_back(i);
  return out;
}

}  // namespace spatium
