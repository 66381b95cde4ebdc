#pragma once
#include <optional>
#include <span>
#include <vector>

#include "spatium/geometry/camera.h"
#include "spatium/geometry/frames.h"
#include "spatium/image/image.h"

namespace spatium {

// Points of the surfaces that a frame shows.
using SurfacePoints = std::vector<Point<frame::World>>;

// A grid of 24 points across the depth map, those that were measured.
SurfacePoints SampleSurface(const MetricDepth& depth,
                            const Pinhole& camera,
                            const Rigid<frame::Cam<>, frame::World>& cam_from_world);

// The pose near `cam_from_world` under which frame `self` shows its surfaces where the other frames
// show them: point to plane, with weights that forget outliers and a prior that keeps what the
// surfaces leave open (the slide along a bare wall) as it was. Nothing if too little is shown by
// others too. Poses of hand-held scans drift by centimetres: boxes then stand beside their objects.
//   surfaces  of all frames by SampleSurface; at most 240 of them are compared, evenly spread
// Same bits for any number of threads. Cost: one pass over the points, then 15 over at most 3000.
// Source: Chen, Medioni, "Object modeling by registration of multiple range images", 1991.
std::optional<Rigid<frame::Cam<>, frame::World>> PoseBySurfaces(
    const MetricDepth& depth,
    const Pinhole& camera,
    const Rigid<frame::Cam<>, frame::World>& cam_from_world,
    std::span<const SurfacePoints> surfaces,
    size_t self);

// How far two poses put the same points apart: medians over the points before the camera.
struct PoseShift {
  double distance_m = 0;
  double share_of_width = 0;  // in the picture
};
PoseShift ShiftBetween(const Rigid<frame::Cam<>, frame::World>& a,
                       const Rigid<frame::Cam<>, frame::World>& b,
                       const Pinhole& camera,
                       std::span<const Point<frame::World>> points);

}  // namespace spatium
