#pragma once
#include <optional>

#include "spatium/geometry/box.h"

namespace spatium {

// Graded relations between boxes for grounding: how well a relation holds, in [0, 1], instead of
// whether. Distances of Sr3D (Achlioptas et al., "ReferIt3D", ECCV 2020, released thresholds) are
// the scales; a soft step replaces each of its hard limits.

using WorldBox = Aabb<frame::World>;

// The shortest distance between two boxes' surfaces, metres; 0 if they overlap.
double GapM(const WorldBox& a, const WorldBox& b);
// The same on the floor plane only.
double FloorGapM(const WorldBox& a, const WorldBox& b);
double CenterDistanceM(const WorldBox& a, const WorldBox& b);
// The part of a's footprint that lies over b's, in [0, 1].
double FootprintOver(const WorldBox& a, const WorldBox& b);

// 1 far below 0, 0 far above: a soft version of "x < 0" that falls over `width`.
double SoftBelow(double x, double width);

// a stands or lies on b: their faces touch vertically (Sr3D: within 0.15 m) and a lies over b.
double SupportedBy(const WorldBox& a, const WorldBox& b);
// a is over b without needing to touch (Sr3D: a gap of 0.06 m, overlapping footprints).
double AboveOf(const WorldBox& a, const WorldBox& b);
double InsideOf(const WorldBox& a, const WorldBox& b);
// a lies between b and c: near the segment of their centres on the floor plane, away from its ends.
double BetweenOf(const WorldBox& a, const WorldBox& b, const WorldBox& c);

// An observer on the floor plane: where, and the unit direction of looking.
struct FloorObserver {
  Eigen::Vector2d position = Eigen::Vector2d::Zero();
  Eigen::Vector2d forward = Eigen::Vector2d::UnitX();
  double RightOf(const WorldBox& box) const;    // metres to the right of the line of sight
  double ForwardOf(const WorldBox& box) const;  // metres along it
};
// One who stands at `position` and looks at `target`; none if they coincide.
std::optional<FloorObserver> LookingAt(const Eigen::Vector2d& position,
                                       const Eigen::Vector2d& target);

}  // namespace spatium
