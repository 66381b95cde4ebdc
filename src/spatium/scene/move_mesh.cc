#include "spatium/scene/move_mesh.h"

namespace spatium {

void MoveMesh(const Rigid<frame::World, frame::World>& to_from_from, Mesh& mesh) {
  if (to_from_from.R == Eigen::Matrix3d::Identity() && to_from_from.t == Eigen::Vector3d::Zero())
    return;
  for (auto& v : mesh.vertices)
    v = (to_from_from * Point<frame::World>{v.cast<double>()}).v.cast<float>();
}

}  // namespace spatium
