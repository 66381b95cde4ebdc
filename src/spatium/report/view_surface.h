#pragma once
#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/scene/store.h"

namespace spatium {

// What the 3D view shows of a scene, small enough to travel in a page.
struct ViewSurface {
  std::vector<Eigen::Vector3f> points = {};         // in World
  std::vector<std::array<uint8_t, 3>> colors = {};  // per point; empty: none
  std::vector<std::array<uint32_t, 3>> faces = {};  // empty: a point cloud
  double spacing_m = 0;                             // about the distance between neighbours
  std::string kind = {};                            // "mesh", "cloud", "depth" or "none"
};

// A mesh whose vertices are merged in cells until at most `max_points` are left: each becomes the
// mean of its cell, and faces that collapse or repeat are dropped. The same result for the same
// mesh on every machine.
ViewSurface Decimate(const Mesh& mesh, size_t max_points);
// A cloud thinned in the same way.
ViewSurface Decimate(const PointCloud& cloud, size_t max_points);

// The scene's mesh, its cloud, or its posed depth fused to a cloud, at most `max_points`. Errors:
// those of reading depth and colour.
Result<ViewSurface> SurfaceOf(const SceneStore& store, size_t max_points, unsigned threads);

}  // namespace spatium
