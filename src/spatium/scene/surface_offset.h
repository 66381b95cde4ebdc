#pragma once
#include <optional>
#include <span>
#include <vector>

#include "spatium/geometry/camera.h"
#include "spatium/geometry/frames.h"
#include "spatium/image/image.h"

namespace spatium {

// How far what one depth map shows lies off what other frames saw there: a measure of its pose.
// Depth noise is about a centimetre; a pose that drifted shows three and more.
class SurfaceOffset {
 public:
  // `depth` must outlive the object.
  SurfaceOffset(const MetricDepth& depth,
                const Pinhole& camera,
                const Rigid<frame::Cam<>, frame::World>& cam_from_world)
      : depth_(depth), camera_(camera), cam_from_world_(cam_from_world) {}

  // Compares points on surfaces that another frame saw.
  void Add(std::span<const Point<frame::World>> points);

  // The median distance along the map's normals of the points that landed within kReach of it, in
  // metres; nothing if fewer than kLeastLanded did.
  std::optional<double> MedianM() const;

  static constexpr double kReach = 0.12;      // m; beyond lies another surface (chosen)
  static constexpr size_t kLeastLanded = 80;  // (chosen)

 private:
  const MetricDepth& depth_;
  Pinhole camera_;
  Rigid<frame::Cam<>, frame::World> cam_from_world_;
  std::vector<float> distances_m_;
};

// From this offset on a frame's pose is taken to be off (chosen: of 60 frames of a real room most
// have 0.3 to 1.5 cm; at 5 cm and more, boxes stand 50 to 100 of 1296 pixels beside their objects).
inline constexpr double kPoseOff_m = 0.045;

}  // namespace spatium
