#pragma once
// A small room for tests: rendered by intersecting rays with boxes, in closed form.
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "spatium/image/codec.h"
#include "spatium/scene/scene.h"
#include "spatium/scene/store.h"

namespace spatium::test {

struct TestRoom {
  Scene scene;
  std::vector<RgbImage> colors;
  std::vector<DepthImage> depths;
};

// The camera at `eye` that looks at `target` (World, z up).
inline Rigid<frame::Cam<>, frame::World> LookAt(const Eigen::Vector3d& eye,
                                                const Eigen::Vector3d& target) {
  const Eigen::Vector3d forward = (target - eye).normalized();
  const Eigen::Vector3d right = Eigen::Vector3d(forward.y(), -forward.x(), 0).normalized();
  const Eigen::Vector3d down(forward.y() * right.z() - forward.z() * right.y(),
                             forward.z() * right.x() - forward.x() * right.z(),
                             forward.x() * right.y() - forward.y() * right.x());
  Rigid<frame::World, frame::Cam<>> world_from_cam;
  world_from_cam.R.col(0) = right;
  world_from_cam.R.col(1) = down;
  world_from_cam.R.col(2) = forward;
  world_from_cam.t = eye;
  return Inverse(world_from_cam);
}

// Where the ray o + t d first meets the box's surface at t > 0: from outside its near side, from
// inside its far side; infinity if never.
inline double HitBox(const Aabb<frame::World>& box,
                     const Eigen::Vector3d& o,
                     const Eigen::Vector3d& d) {
  double near = -std::numeric_limits<double>::infinity(), far = -near;
  for (int a = 0; a < 3; ++a) {
    const double t0 = (box.min[a] - o[a]) / d[a], t1 = (box.max[a] - o[a]) / d[a];
    near = std::max(near, std::min(t0, t1));
    far = std::min(far, std::max(t0, t1));
  }
  if (near > far || far <= 0) return std::numeric_limits<double>::infinity();
  return near > 0 ? near : far;
}

// A room of 5 x 4 x 2.6 m with a table and a chair in it, filmed by `num_frames` cameras on an
// arc; depth in millimetres, colour and depth cameras of different sizes.
inline TestRoom MakeTestRoom(int num_frames = 6) {
  TestRoom room;
  Scene& scene = room.scene;
  scene.id = "room0001_00";
  scene.dataset = "posed_rgbd";
  scene.depth_unit_from = "format";
  scene.aligned = true;
  const Aabb<frame::World> walls{{0, 0, 0}, {5, 4, 2.6}};
  scene.objects.push_back({ObjectId{2}, "table", "table", {{1.5, 1.2, 0}, {2.7, 2.0, 0.75}}, {}});
  scene.objects.push_back({ObjectId{7}, "chairs", "chair", {{3.1, 2.2, 0}, {3.6, 2.7, 0.9}}, {}});
  const Pinhole color{{96, 72}, 80.25, 80.5, 48.5, 36.25};
  const Pinhole depth{{64, 48}, 55.125, 55.5, 32.25, 24.5};
  for (int i = 0; i < num_frames; ++i) {
    const double a = 0.25 * i;
    Frame frame;
    frame.name = std::string("0000") + std::to_string(10 + 5 * i);
    frame.name = frame.name.substr(frame.name.size() - 5);
    frame.color = color;
    frame.depth = depth;
    frame.cam_from_world =
        LookAt({0.6 + 0.5 * i / 2.0, 0.5, 1.4 + 0.02 * i}, {2.4 + 0.2 * a, 1.8, 0.6});
    DepthImage d(depth.size.width, depth.size.height);
    RgbImage c(color.size.width, color.size.height);
    const auto world_from_cam = Inverse(frame.cam_from_world);
    const auto depth_at = [&](const Pinhole& camera, Pixel pixel) {
      const Eigen::Vector3d ray = camera.Unproject(pixel, Meters(1)).v;
      const Eigen::Vector3d dir = world_from_cam.R * ray;
      double t = HitBox(walls, world_from_cam.t, dir);
      for (const Object& o : scene.objects) t = std::min(t, HitBox(o.box, world_from_cam.t, dir));
      return t;
    };
    for (int y = 0; y < d.height(); ++y)
      for (int x = 0; x < d.width(); ++x)
        *d.at(x, y) =
            static_cast<uint16_t>(std::lround(depth_at(depth, {x + 0.5, y + 0.5}) * 1000));
    for (int y = 0; y < c.height(); ++y)
      for (int x = 0; x < c.width(); ++x) {
        const auto shade =
            static_cast<uint8_t>(std::min(255.0, 60 * depth_at(color, {x + 0.5, y + 0.5})));
        for (int k = 0; k < 3; ++k) c.at(x, y)[k] = static_cast<uint8_t>(shade / (k + 1));
      }
    room.depths.push_back(std::move(d));
    room.colors.push_back(std::move(c));
    scene.frames.push_back(std::move(frame));
  }
  return room;
}

// A mesh of the room's objects and floor: box corners as vertices.
inline Mesh BoxMesh(const Scene& scene) {
  static constexpr int kQuads[6][4] = {
      {0, 2, 3, 1}, {4, 5, 7, 6}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 4, 6, 2}, {1, 3, 7, 5}};
  Mesh mesh;
  const auto add = [&](const Aabb<frame::World>& box, int32_t id) {
    const auto first = static_cast<uint32_t>(mesh.vertices.size());
    for (const auto& corner : box.corners()) {
      mesh.vertices.push_back(corner.v.cast<float>());
      mesh.colors.push_back({static_cast<uint8_t>(id * 7), 100, 200});
      mesh.vertex_object.push_back(id);
    }
    for (const auto& q : kQuads) {
      const auto v = [&](int k) { return first + static_cast<uint32_t>(q[k]); };
      mesh.faces.push_back({v(0), v(1), v(2)});
      mesh.faces.push_back({v(0), v(2), v(3)});
    }
  };
  add({{0, 0, -0.1}, {5, 4, 0}}, -1);
  for (const Object& o : scene.objects) add(o.box, o.id.value);
  return mesh;
}

// Writes the room as a store and returns its folder.
inline Path WriteRoomStore(TestRoom& room, const Path& folder) {
  auto writer = SceneWriter::Create(folder);
  for (size_t i = 0; i < room.scene.frames.size(); ++i) {
    Frame& frame = room.scene.frames[i];
    frame.color_path = *writer->WriteColor(frame.name, EncodeJpeg(room.colors[i]));
    frame.depth_path = *writer->WriteDepth(frame.name, room.depths[i]);
  }
  if (const auto done = writer->Commit(room.scene); !done) return {};
  return folder;
}

// A folder of this test's own, emptied.
inline Path FreshFolder(const std::string& name) {
  const Path folder = std::filesystem::temp_directory_path() /
                      ("spatium_test_" + std::to_string(::getpid())) / name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace spatium::test
