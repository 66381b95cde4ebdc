#pragma once
#include <Eigen/Geometry>
#include <string>
#include <vector>

#include "spatium/base/random.h"
#include "spatium/scene/scene.h"
#include "spatium/visibility/visibility.h"

// A small room made in memory for the tests of questions: boxes on a floor, cameras around them,
// visibility worked out from the boxes alone. No pictures.
namespace spatium::qa_test {

inline Rigid<frame::Cam<>, frame::World> LookAt(const Eigen::Vector3d& eye,
                                                const Eigen::Vector3d& target) {
  const Eigen::Vector3d forward = (target - eye).normalized();
  const Eigen::Vector3d right = forward.cross(Eigen::Vector3d::UnitZ()).normalized();
  Rigid<frame::Cam<>, frame::World> camera;
  camera.R.row(0) = right;
  camera.R.row(1) = forward.cross(right);
  camera.R.row(2) = forward;
  camera.t = -camera.R * eye;
  return camera;
}

// `num_objects` things about the room, `num_frames` pictures of 640 x 480.
inline Scene Room(uint64_t seed, int num_objects = 12, int num_frames = 16) {
  static const std::vector<std::string> kLabels{
      "chair", "table", "lamp", "sofa", "plant", "umbrella", "box", "printer", "oven", "piano"};
  RandomStream rng(seed, {"room"});
  Scene scene;
  scene.id = "room" + std::to_string(seed);
  scene.dataset = "test";
  scene.aligned = true;
  for (int i = 0; i < num_objects; ++i) {
    Object object;
    object.id = {i};
    object.label = object.category = kLabels[static_cast<size_t>(i) % kLabels.size()];
    const Eigen::Vector3d size(rng.Uniform(0.2, 0.5), rng.Uniform(0.2, 0.5), rng.Uniform(0.2, 0.6));
    const int column = i % 5, row = i / 5;
    const Eigen::Vector3d center(
        -2.2 + 1.1 * column + rng.Uniform(-0.2, 0.2), -1.2 + 1.1 * row, rng.Uniform(0.3, 1.2));
    object.box = Aabb<frame::World>::FromCenterSize(center, size);
    scene.objects.push_back(object);
  }
  for (int i = 0; i < num_frames; ++i) {
    Frame frame;
    frame.name = std::to_string(100 + i);
    frame.color_path = "color/" + frame.name + ".jpg";
    frame.color = {{640, 480}, 520, 520, 320, 240};
    frame.depth = frame.color;
    const Eigen::Vector3d eye(
        -2 + 4.0 * i / num_frames + rng.Uniform(-0.2, 0.2), -4 + rng.Uniform(-0.3, 0.3), 1.4);
    frame.cam_from_world =
        LookAt(eye, {rng.Uniform(-0.6, 0.6), rng.Uniform(-0.3, 0.3), rng.Uniform(0.5, 0.9)});
    scene.frames.push_back(frame);
  }
  return scene;
}

// Every thing whose centre is in the picture is seen whole.
inline Visibility SeenWhole(const Scene& scene) {
  Visibility visibility;
  for (size_t f = 0; f < scene.frames.size(); ++f) {
    const Frame& frame = scene.frames[f];
    for (const Object& object : scene.objects) {
      const auto p = frame.cam_from_world * object.box.center();
      const auto px = frame.color.Project(p);
      if (!px || !frame.color.Contains(*px)) continue;
      ObjectView view;
      view.frame_idx = static_cast<int>(f);
      view.object = object.id;
      view.visible_px = 4000;
      view.visible_fraction = 1;
      view.center_px = px;
      view.center_depth_m = p.v.z();
      view.center_in_view = view.center_unoccluded = true;
      visibility.views.push_back(view);
    }
  }
  return visibility;
}

}  // namespace spatium::qa_test
