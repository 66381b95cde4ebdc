#pragma once
#include <array>
#include <optional>

#include "spatium/qa/qa_scene.h"

namespace spatium {

// What is measured of a view before it is judged.
struct ViewEvidence {
  const QaFrame* frame = nullptr;
  const QaObject* object = nullptr;
  const ObjectView* view = nullptr;
  bool projects = false;             // a part of the box is in front of the camera
  Refusal surface = Refusal::kNone;  // what the depth map says about the marker
  // The same view under QaFrame::seen_from_world: the centre's depth, the projected box.
  struct BySurfaces {
    double depth_m = 0;
    std::array<double, 4> box_exact{};  // 0..1000; all 0 if none of it is in front of the camera
  };
  std::optional<BySurfaces> by_surfaces = {};
};

// Lets one measurement of a view judge `seen`, whose numbers are already there: as_point,
// as_centered_box, as_box and as_match become its refusals where there was none yet, the fractions
// the least visible and the most truncated.
void JudgeView(const ViewEvidence& evidence, SeenObject& seen);

// Whether the surface under the marker of `seen` and around it is the object's own, by the depth
// map: kCenterHidden if not, kMarkerOnOther if a smaller thing's box claims it too.
// kPoseOff if so only under the frame's own pose, not under that by the other frames' surfaces.
//   depth  in the pixels of `source`'s depth camera, which shares the colour camera's pose
Refusal ProbeMarker(const Frame& source,
                    const QaFrame& frame,
                    const std::vector<QaObject>& objects,
                    const SeenObject& seen,
                    const MetricDepth& depth);

}  // namespace spatium
