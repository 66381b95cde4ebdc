#pragma once
#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "spatium/geometry/box.h"
#include "spatium/geometry/camera.h"
#include "spatium/geometry/frames.h"
#include "spatium/geometry/ids.h"
#include "spatium/image/image.h"

namespace spatium {

// One posed picture. Paths are relative to the scene's store. Either may be empty (no such image).
struct Frame {
  std::string name;        // unique in its scene: "00005"
  std::string color_path;  // "color/00005.jpg"
  std::string depth_path;  // "depth/00005.png": 16-bit grey, Scene::depth_unit_m per step, 0: none
  Pinhole color;           // the colour camera; questions speak of its pixels
  Pinhole depth;           // the depth camera: other size and intrinsics, same pose
  Rigid<frame::Cam<>, frame::World> cam_from_world;
  std::optional<double> time_s;
};

struct Object {
  ObjectId id;
  std::string label;     // as the data set has it
  std::string category;  // canonical: lower case, singular, through the label table if there is one
  Aabb<frame::World> box;
  std::optional<Obb<frame::World>> obb;
};

// A triangle mesh in World.
struct Mesh {
  std::vector<Eigen::Vector3f> vertices;
  std::vector<std::array<uint8_t, 3>> colors;  // per vertex; empty: none
  std::vector<std::array<uint32_t, 3>> faces;
  std::vector<int32_t> vertex_object;  // ObjectId::value per vertex, -1: none; empty: unknown
  // The object of a face: the one that at least two of its vertices belong to.
  ObjectId FaceObject(size_t face_idx) const;
};

struct PointCloud {
  std::vector<Eigen::Vector3f> points;
  std::vector<std::array<uint8_t, 3>> colors;  // empty: none
};

struct Scene {
  std::string id;
  std::string dataset;          // "scannet", "posed_rgbd", "synth": a folder of the SPAR tree
  std::vector<Frame> frames;    // in the order of filming
  std::vector<Object> objects;  // sorted by id, ids unique
  std::optional<Mesh> mesh;
  std::optional<PointCloud> cloud;  // where there is no mesh but a cloud was given
  std::vector<Eigen::Vector2d>
      outline;  // the room's floor polygon in World, counter-clockwise; empty: unknown
  double depth_unit_m = 0.001;  // metres per step of the depth files
  std::string depth_unit_from;  // "option", "format", "detected"
  bool aligned = false;         // the world's z axis is up and its floor near 0

  const Object* FindObject(ObjectId id) const;  // null if absent
  const Frame* FindFrame(std::string_view name) const;
};

// What an import left out, by frame.
struct SkippedFrame {
  std::string frame;
  std::string reason;
};

}  // namespace spatium
