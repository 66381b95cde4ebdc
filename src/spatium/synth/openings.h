#pragma once
#include "spatium/synth/room.h"

namespace spatium::synth {

// Doors, windows and what is behind them. Frames: x along the wall from the opening's left edge, y
// into the room, z up from the opening's lower edge.
inline constexpr double kDoorHeight_m = 2.05;
inline constexpr double kLining_m = 0.03;  // of a doorframe

// What the floor of such a room is made of.
Material FloorMaterial(RoomKind kind, RandomStream& rng);

Model Doorframe(const Opening& o, const Material& paint);

// The leaf in its hinge's frame: along +x, its thickness towards `side` * y.
Model DoorLeaf(double w, double side, const Style& style, const Material& skin, RandomStream& rng);

// Behind a door: a bit of corridor, closed on all sides. Joins the wall's outside. Part of no
// object.
Model NextRoom(const Opening& o,
               double depth,
               double left,
               double right,
               double h,
               const Material& floor,
               RandomStream& rng);

// Frame, panes, sill.
Model WindowModel(const Opening& o, const Style& style, const Color& daylight, RandomStream& rng);

}  // namespace spatium::synth
