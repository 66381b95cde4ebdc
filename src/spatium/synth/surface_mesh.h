#pragma once
#include <vector>

#include "spatium/scene/scene.h"
#include "spatium/synth/room.h"

namespace spatium::synth {

// A part of a room as a pixel sees it.
struct PartRef {
  Material material;
  Eigen::Matrix3f part_from_room_R;
  Eigen::Vector3f part_from_room_t;
  Eigen::Vector3f min, size;  // of the part in its own frame
  int32_t object = -1;        // ObjectId::value
  int room_object = -1;       // index in Room::objects

  SurfacePoint At(const Eigen::Vector3f& p_in_room) const;
};

// The room as one mesh: the geometry that is rendered, exported and measured. Vertices are float32
// from here on, so boxes computed from them are exact.
struct SurfaceMesh {
  Mesh mesh;                             // colours are empty until the light is baked
  std::vector<Eigen::Vector3f> normals;  // per vertex
  std::vector<uint32_t> vertex_part;     // index in parts
  std::vector<PartRef> parts;
  std::vector<int32_t> id_of;  // ObjectId::value by index in Room::objects, -1: none

  uint32_t PartOfFace(size_t face) const { return vertex_part[mesh.faces[face][0]]; }
};

// Long edges are halved until they are at most `max_edge_m`, coarser where that would give more
// than `max_faces`; neighbouring faces stay joined.
SurfaceMesh MakeSurface(const Room& room, double max_edge_m = 0.07, size_t max_faces = 150000);

// The objects of the room with labels and exact boxes, sorted by id.
std::vector<Object> ObjectsOf(const Room& room, const SurfaceMesh& surface);

}  // namespace spatium::synth
