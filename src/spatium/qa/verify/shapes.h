#pragma once
#include <vector>

#include "spatium/base/result.h"
#include "spatium/image/image.h"
#include "spatium/qa/verify/source_scene.h"

namespace spatium::verify {

// A depth map is looked at at every kDepthStep-th pixel each way: one cell.
inline constexpr int kDepthStep = 2;

// Which object's surface a depth map measured in each cell: that of the smallest box around it, the
// room's own walls and floor last. Indices in Scene::objects; -1: none.
IdImage OwnersOf(const Scene& scene, const View& camera, const MetricDepth& depth);

// What the depth maps of a scene show of its objects, all frames together: small cubes in which
// surfaces were measured, and the whole middle plane of thin boxes. It stands for an object's shape
// where no mesh tells it.
class Shapes {
 public:
  struct Shape {
    double edge_m = 0;         // of the cubes
    std::vector<Vec> centers;  // in World
  };

  // Errors: those of reading depth maps.
  static Result<Shapes> Measure(const SourceScene& source, unsigned threads);
  const Shape& Of(size_t object_idx) const { return shapes_[object_idx]; }

 private:
  std::vector<Shape> shapes_;  // by object
};

}  // namespace spatium::verify
