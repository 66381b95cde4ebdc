#include "spatium/render/surface.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <utility>

#include "spatium/base/text.h"

namespace spatium {
namespace {

bool Usable(const Eigen::Vector3d& v) {
  return v.allFinite() && v.cwiseAbs().maxCoeff() <= Surface::kMaxCoordinate_m;
}

// The lowest 21 bits of a number with two zeros between each.
uint64_t SpreadBits(uint64_t x) {
  x = (x | x << 32) & 0x1F00000000FFFF;
  x = (x | x << 16) & 0x1F0000FF0000FF;
  x = (x | x << 8) & 0x100F00F00F00F00F;
  x = (x | x << 4) & 0x10C30C30C30C30C3;
  return (x | x << 2) & 0x1249249249249249;
}

// Faces in the order of their centroids along a Morton curve, so that neighbours in the list are
// neighbours in space whatever the mesh's order is.
std::vector<uint32_t> OrderInSpace(const std::vector<Surface::Face>& faces,
                                   const std::vector<Eigen::Vector3d>& vertices,
                                   const Aabb<frame::World>& bounds) {
  constexpr double kCells = 1 << 21;
  const Eigen::Vector3d scale = kCells / bounds.size().array().max(1e-9);
  std::vector<std::pair<uint64_t, uint32_t>> keys;
  keys.reserve(faces.size());
  for (const Surface::Face& face : faces) {
    const auto& [a, b, c] = face.vertex;
    const Eigen::Vector3d centroid = (vertices[a] + vertices[b] + vertices[c]) / 3;
    uint64_t key = 0;
    for (int axis = 0; axis < 3; ++axis) {
      const double cell = (centroid[axis] - bounds.min[axis]) * scale[axis];
      key |= SpreadBits(static_cast<uint64_t>(std::clamp(cell, 0.0, kCells - 1))) << axis;
    }
    keys.emplace_back(key, static_cast<uint32_t>(keys.size()));
  }
  std::sort(keys.begin(), keys.end());
  std::vector<uint32_t> order;
  order.reserve(keys.size());
  for (const auto& [key, face] : keys) order.push_back(face);
  return order;
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
  for (size_t i = 0; i < faces_.size(); ++i)
    for (const uint32_t v : faces_[i].vertex) {
      if (i == 0) bounds_.min = bounds_.max = vertices_[v];
      bounds_.min = bounds_.min.cwiseMin(vertices_[v]);
      bounds_.max = bounds_.max.cwiseMax(vertices_[v]);
    }
  const std::vector<uint32_t> order = OrderInSpace(faces_, vertices_, bounds_);
  // Where a vertex stands in the chunk that last used it.
  struct Use {
    uint32_t chunk = 0xFFFFFFFF;
    uint8_t local = 0;
  };
  std::vector<Use> uses(vertices_.size());
  for (size_t begin = 0; begin < order.size(); begin += kFacesPerChunk) {
    const size_t end = std::min(begin + kFacesPerChunk, order.size());
    const auto chunk_idx = static_cast<uint32_t>(chunks_.size());
    Chunk& chunk = chunks_.emplace_back();
    chunk.faces.assign(order.begin() + static_cast<std::ptrdiff_t>(begin),
                       order.begin() + static_cast<std::ptrdiff_t>(end));
    chunk.min = chunk.max = vertices_[faces_[chunk.faces[0]].vertex[0]];
    for (const uint32_t i : chunk.faces) {
      std::array<uint8_t, 3> corners{};
      for (size_t k = 0; k < 3; ++k) {
        const uint32_t v = faces_[i].vertex[k];
        if (uses[v].chunk != chunk_idx) {
          uses[v] = {chunk_idx, static_cast<uint8_t>(chunk.x.size())};
          const Eigen::Vector3d& p = vertices_[v];
          // Vertices were floats in the mesh: nothing is lost.
          chunk.x.push_back(static_cast<float>(p.x()));
          chunk.y.push_back(static_cast<float>(p.y()));
          chunk.z.push_back(static_cast<float>(p.z()));
          chunk.min = chunk.min.cwiseMin(p);
          chunk.max = chunk.max.cwiseMax(p);
        }
        corners[k] = uses[v].local;
      }
      chunk.corners.push_back(corners);
    }
  }
}

std::vector<uint32_t> Surface::FacesOf(ObjectId object) const {
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < faces_.size(); ++i)
    if (faces_[i].object == object.value) out.push_back(i);
  return out;
}

}  // namespace spatium
