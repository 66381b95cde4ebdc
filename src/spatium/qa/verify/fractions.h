#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spatium/qa/verify/shapes.h"
#include "spatium/qa/verify/source_scene.h"

namespace spatium::verify {

// How much of an object a frame shows: what is seen of it, as a part of all that would be if
// nothing else were there, also beyond the picture as far as one picture more on each side.
struct Fraction {
  double value = 0;
  double whole = 0;  // what it is a part of: pixels of the id picture, cells of the depth map
};

// By the mesh, whose faces name objects. `ids` is RenderIds of the view.
Fraction FractionByMesh(const Mesh& mesh,
                        const std::vector<size_t>& faces_of_object,
                        ObjectId object,
                        const View& view,
                        const IdImage& ids);

// By a frame's depth map and the object's shape; `owners` is OwnersOf of that map.
Fraction FractionByDepth(const SourceScene& source,
                         size_t frame_idx,
                         size_t object_idx,
                         const MetricDepth& depth,
                         const IdImage& owners,
                         const Shapes::Shape& shape);

// Checks what records say of the objects of one frame. Each of what it is given may be missing.
//   ids  RenderIds of the frame's view by the scene's mesh
class FractionCheck {
 public:
  FractionCheck(const SourceScene& source,
                size_t frame_idx,
                const IdImage* ids,
                const MetricDepth* depth,
                const Shapes* shapes);
  // What is wrong with a fraction; empty if it holds. Where a scene has both a mesh and depth maps
  // a record has the smaller of the two fractions.
  std::string Check(size_t object_idx, double told);

 private:
  struct Measured {
    std::optional<Fraction> by_mesh, by_depth;
  };
  const Measured& Measure(size_t object_idx);

  const SourceScene& source_;
  size_t frame_idx_;
  const IdImage* ids_;
  const MetricDepth* depth_;
  const Shapes* shapes_;
  std::map<int32_t, std::vector<size_t>> faces_;  // of the mesh, by object id
  IdImage owners_;
  std::map<size_t, Measured> measured_;  // by object: many questions speak of the same ones
};

}  // namespace spatium::verify
