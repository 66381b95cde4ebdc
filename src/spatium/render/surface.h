#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/geometry/ids.h"
#include "spatium/scene/scene.h"

namespace spatium {

// Index of a triangle in Mesh::faces; kNoPrim on a miss.
using PrimId = uint32_t;
inline constexpr PrimId kNoPrim = 0xFFFFFFFFu;

// A mesh checked and made ready for rendering: the triangles that can be hit at all, in the mesh's
// order. Left out: triangles with a vertex that is not finite or farther than kMaxCoordinate_m from
// the origin, and those of zero area (exactly: the test has no rounding for float vertices).
class Surface {
 public:
  static constexpr double kMaxCoordinate_m = 1e9;
  struct Face {
    std::array<uint32_t, 3> vertex;  // into vertices()
    PrimId prim;                     // into Mesh::faces
    int32_t object;                  // ObjectId::value; -1: background
  };
  // Faces that lie near each other: culled as one, and each of their vertices transformed once.
  struct Chunk {
    std::vector<uint32_t> faces;                  // into faces()
    std::vector<std::array<uint8_t, 3>> corners;  // per face, into the vertices below
    std::vector<float> x, y, z;                   // vertices in World, each once; at most 192
    Eigen::Vector3d min, max;
  };
  static constexpr size_t kFacesPerChunk = 64;  // chosen: culling costs under 2 % of drawing

  // Errors: kBadValue if a face names a vertex that is not there, or vertex_object has another
  // length than vertices.
  static Result<Surface> FromMesh(const Mesh& mesh);

  const std::vector<Eigen::Vector3d>& vertices() const { return vertices_; }
  const std::vector<Face>& faces() const { return faces_; }
  // Each face in one chunk.
  const std::vector<Chunk>& chunks() const { return chunks_; }
  // The faces of one object, as indices into faces(); empty if it has none.
  std::vector<uint32_t> FacesOf(ObjectId object) const;
  // Tight bounds of all faces; zero if there are none.
  const Aabb<frame::World>& bounds() const { return bounds_; }

 private:
  void BuildChunks();

  std::vector<Eigen::Vector3d> vertices_;
  std::vector<Face> faces_;
  std::vector<Chunk> chunks_;
  Aabb<frame::World> bounds_;
};

}  // namespace spatium
