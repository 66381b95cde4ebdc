#pragma once
#include <Eigen/Core>
#include <limits>
#include <memory>
#include <span>

#include "spatium/geometry/frames.h"
#include "spatium/render/surface.h"

namespace spatium {

// origin + t * dir in World. dir need not be unit; t is in units of its length.
struct Ray {
  Eigen::Vector3d origin, dir;
  double tnear = 0;  // hits at exactly tnear or tfar do not count
  double tfar = std::numeric_limits<double>::infinity();
  ObjectId skip = kNoObject;  // surfaces of this object are not there for this ray
};

struct Hit {
  PrimId prim = kNoPrim;
  double t = std::numeric_limits<double>::infinity();
  double u = 0, v = 0;  // barycentrics: the hit is (1 - u - v) a + u b + v c
  int32_t object = -1;  // ObjectId::value of the surface
  bool hit() const { return prim != kNoPrim; }
};

// Rays against a mesh. Embree finds the triangles whose bounds a ray meets; which of them is hit,
// and where, is decided in double by one formula (render/triangle.h), the nearest by t and then by
// the lower primitive id. So the answers have the same bits whatever instruction set Embree uses
// (SPATIUM_EMBREE_CONFIG is handed to its device), and whatever the number of threads.
class RayScene {
 public:
  // Errors: kBadValue for a mesh that Surface refuses or a configuration that Embree refuses.
  static Result<RayScene> Build(const Mesh& mesh);
  RayScene(RayScene&&) noexcept;
  RayScene& operator=(RayScene&&) noexcept;
  ~RayScene();

  const Surface& surface() const;

  // The closest hit of each ray, hits[i] of rays[i]. A ray whose origin or direction is not finite,
  // or whose direction is zero, hits nothing. Neighbouring rays should be near each other. Runs on
  // the calling thread and may be called from many at once.
  void Closest(std::span<const Ray> rays, std::span<Hit> hits) const;
  Hit Closest(const Ray& ray) const;

  // occluded[i] = 1 if anything lies between tnear and tfar of rays[i], else 0. As above.
  void Occluded(std::span<const Ray> rays, std::span<uint8_t> occluded) const;
  bool Occluded(const Ray& ray) const;

 private:
  struct Impl;
  explicit RayScene(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace spatium
