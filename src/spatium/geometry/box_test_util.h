#pragma once
// Random poses and boxes for the tests of this folder.
#include <Eigen/Geometry>

#include "spatium/base/random.h"
#include "spatium/geometry/box.h"

namespace spatium::testing {

inline Eigen::Vector3d RandomVector(RandomStream& rng, double reach) {
  Eigen::Vector3d v;
  for (int i = 0; i < 3; ++i) v[i] = rng.Uniform(-reach, reach);
  return v;
}
// Uniform over all rotations.
inline Eigen::Matrix3d RandomRotation(RandomStream& rng) {
  Eigen::Vector4d q;
  for (int i = 0; i < 4; ++i) q[i] = rng.Normal();
  return Eigen::Quaterniond(q.normalized()).toRotationMatrix();
}
template <class To, class From>
Rigid<To, From> RandomRigid(RandomStream& rng, double reach) {
  Rigid<To, From> r;
  r.R = RandomRotation(rng);
  r.t = RandomVector(rng, reach);
  return r;
}
template <class F>
Obb<F> RandomObb(RandomStream& rng, double reach = 1) {
  Obb<F> box;
  box.f_from_object = RandomRigid<F, frame::Object>(rng, reach);
  for (int i = 0; i < 3; ++i) box.half[i] = rng.Uniform(0.05, 1.5);
  return box;
}
template <class F>
Aabb<F> RandomAabb(RandomStream& rng, double reach = 1) {
  const Eigen::Vector3d center = RandomVector(rng, reach);
  const Eigen::Vector3d half = RandomVector(rng, 1).cwiseAbs();
  return {center - half, center + half};
}

}  // namespace spatium::testing
