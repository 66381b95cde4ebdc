#pragma once
#include "spatium/geometry/frames.h"

namespace spatium {

// What every spatial relation is decided from: lengths and angles in an observer's own axes.
// Measuring knows no thresholds; relations/decide.h turns a measure into a word, and a graded
// version can turn the same measure into a probability.

// Where something lies relative to something else, along the observer's axes, in metres.
struct Displacement {
  double right_m = 0;    // > 0: to the right
  double up_m = 0;       // > 0: above
  double forward_m = 0;  // > 0: farther along the line of sight
};

// `of` relative to `reference`, as seen by the camera. Above and below are the camera's: up is
// against its y axis, not against gravity.
Displacement InCamera(const Rigid<frame::Cam<>, frame::World>& cam_from_world,
                      const Point<frame::World>& of,
                      const Point<frame::World>& reference);

// The same difference with up against gravity (World's z); right and forward are level. Undefined
// for a camera that looks straight up or down: all zero then.
Displacement InLevelCamera(const Rigid<frame::Cam<>, frame::World>& cam_from_world,
                           const Point<frame::World>& of,
                           const Point<frame::World>& reference);

// Depth: the coordinate along the optical axis; negative behind the camera.
double DepthFrom(const Rigid<frame::Cam<>, frame::World>& cam_from_world,
                 const Point<frame::World>& p);
// Straight-line distance from the camera's centre.
double DistanceFrom(const Rigid<frame::Cam<>, frame::World>& cam_from_world,
                    const Point<frame::World>& p);
double DistanceBetween(const Point<frame::World>& a, const Point<frame::World>& b);

// How an observer moved and turned from a first view to a second.
struct Motion {
  Displacement moved;        // of the camera's centre, in the first camera's axes
  double yaw_right_deg = 0;  // > 0: turned to the right
  double pitch_up_deg = 0;   // > 0: turned upwards
  double roll_deg = 0;       // what yaw and pitch leave over; > 0: clockwise for the observer
};

// Rotation as a person turns: yaw about the vertical (difference of the heading of the optical
// axes, in (-180, 180]), then pitch (difference of their elevation), then the change of roll
// about the optical axis against the horizon.
Motion MotionBetween(const Rigid<frame::Cam<>, frame::World>& first_from_world,
                     const Rigid<frame::Cam<>, frame::World>& second_from_world);

// The same rotation, read in the first camera's own axes: yaw and pitch of the second optical
// axis there. Equal to MotionBetween for a level first camera.
Motion MotionInFirstCamera(const Rigid<frame::Cam<>, frame::World>& first_from_world,
                           const Rigid<frame::Cam<>, frame::World>& second_from_world);

}  // namespace spatium
