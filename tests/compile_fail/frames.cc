// What the types of frames, units and ids promise to refuse. The file compiles as it stands; with
// BAD defined, each case must be refused, with an error that matches its pattern (see run.py).
#include "spatium/geometry/frames.h"

#include "spatium/geometry/box_distance.h"
#include "spatium/geometry/box_overlap.h"
#include "spatium/geometry/camera.h"
#include "spatium/geometry/ids.h"
#include "spatium/geometry/rigid.h"

namespace spatium {

using frame::Agent, frame::Cam, frame::World;

struct Values {
  Rigid<Cam<>, World> cam_from_world;
  Rigid<Cam<0>, World> first_from_world;
  Rigid<Cam<1>, World> second_from_world;
  Point<World> p_in_world, q_in_world;
  Point<Cam<>> p_in_cam;
  Dir<World> d_in_world;
  Aabb<World> box_in_world;
  Obb<Agent> box_in_agent;
  Pinhole camera;
};

inline void Good(const Values& x) {
  [[maybe_unused]] const Point<Cam<>> a = x.cam_from_world * x.p_in_world;
  [[maybe_unused]] const Dir<World> b = x.p_in_world - x.q_in_world;
  [[maybe_unused]] const Point<World> c = x.p_in_world + b;
  [[maybe_unused]] const auto d = x.cam_from_world * Inverse(x.cam_from_world);
  [[maybe_unused]] const auto e = TurnOf(x.second_from_world * Inverse(x.first_from_world));
  [[maybe_unused]] const Meters f = Meters(1) + Meters(2);
  [[maybe_unused]] const double g = Iou3d(x.box_in_world, ToObb(x.box_in_world));
  [[maybe_unused]] const auto h = x.camera.Unproject({1, 2}, Meters(3));
  [[maybe_unused]] const auto i = x.camera.Project(x.p_in_cam);
  [[maybe_unused]] const ObjectId j{3};
}

#ifdef BAD
// CASE a point of the camera given to a transform from the world: no match|invalid operands
auto Bad1(const Values& x) { return x.cam_from_world * x.p_in_cam; }
// CASE transforms chained the wrong way round: no match|invalid operands
auto Bad2(const Values& x) { return x.cam_from_world * x.cam_from_world; }
// CASE a length from a bare number: conversion|convert
Meters Bad3() { return 1.5; }
// CASE a bare number from a length: conversion|convert
double Bad4() { return Meters(1); }
// CASE an angle from a bare number: conversion|convert
Radians Bad5() { return 1.5; }
// CASE degrees where metres belong: conversion|convert
auto Bad6(const Values& x) { return x.camera.Unproject({1, 2}, Radians::FromDegrees(3)); }
// CASE two points added: invalid operands|no match
auto Bad7(const Values& x) { return x.p_in_world + x.q_in_world; }
// CASE the difference of points of two frames: invalid operands|no match
auto Bad8(const Values& x) { return x.p_in_world - x.p_in_cam; }
// CASE a direction taken for a position: conversion|convert
Point<World> Bad9(const Values& x) { return x.d_in_world; }
// CASE a direction moved by a translation: invalid operands|no match
auto Bad10(const Values& x) { return x.d_in_world + x.p_in_world; }
// CASE the cameras of a pair swapped: no match|conversion|convert|invalid
auto Bad11(const Values& x) { return TurnOf(x.first_from_world * Inverse(x.second_from_world)); }
// CASE boxes of two frames compared: no matching function
auto Bad12(const Values& x) { return Iou3d(x.box_in_world, x.box_in_agent); }
// CASE the distance of boxes of two frames: no matching function
auto Bad13(const Values& x) { return Distance(x.box_in_world, x.box_in_agent); }
// CASE a point of the world projected without its pose: conversion|convert
auto Bad14(const Values& x) { return x.camera.Project(x.p_in_world); }
// CASE an id taken for a number: conversion|convert
int Bad15() { return ObjectId{3}; }
// CASE the box asked about a point of another frame: conversion|convert
bool Bad16(const Values& x) { return x.box_in_world.Contains(x.p_in_cam); }
// CASE lengths and angles added: invalid operands|no match
auto Bad17() { return Meters(1) + Radians(1); }
#endif

}  // namespace spatium
