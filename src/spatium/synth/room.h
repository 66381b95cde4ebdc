#pragma once
#include <optional>
#include <string>
#include <vector>

#include "spatium/synth/furniture.h"

namespace spatium::synth {

inline constexpr double kWallThickness_m = 0.12;
// Solids that overlap by less than this only touch (rounding of poses).
inline constexpr double kTouch_m = 1e-6;

// A hole in a wall: from s0 to s1 along it, z0 to z1 up.
struct Opening {
  double s0, s1, z0, z1;
};

// One side of the room. Its frame: x from a to b, y into the room, z up.
struct Wall {
  V2 a, b;
  std::vector<Opening> openings;
  int object = -1;  // its index in Room::objects
  double length() const { return (b - a).norm(); }
  V2 along() const { return (b - a) / length(); }
  V2 inward() const { return {-along().y(), along().x()}; }
  // The pose of a thing at `s` along the wall, `out` from it, `z` up.
  Pose At(double s, double out, double z) const;
};

// A thing in its place.
struct Placed {
  Model model;
  Pose room_from_model;
  std::vector<Solid> solids;  // in the room's frame
  V3 min, max;                // of the solids
  int parent = -1;        // what it stands or hangs on: an index; -1 for floor, walls and ceiling
  int wall = -1;          // the wall behind it, if it was placed against one
  bool annotated = true;  // false: the bit of the next room, part of no object
};

// A rectangle of floor that furniture leaves free, e.g. where a door swings.
struct KeepFree {
  V2 min, max;
};

enum class RoomKind { kLiving, kBedroom, kOffice, kKitchen, kBathroom, kDining, kMeeting, kStudio };
std::string_view Name(RoomKind kind);

// World: z up, the floor at z = 0.
struct Room {
  RoomKind kind = RoomKind::kLiving;
  Style style;
  std::vector<V2> outline;  // counter-clockwise, sides along x or y
  double height = 2.6;
  std::vector<Wall> walls;
  std::vector<Placed> objects;
  std::vector<KeepFree> keep_free;
  int floor = -1, ceiling = -1;  // indices of objects

  // The rectangle lies inside the outline.
  bool Encloses(const V2& min, const V2& max) const;
  // Why `model` cannot be put there: it would leave the room or reach into something. The index of
  // what is in the way, -1 for the outline; nothing if it fits.
  std::optional<int> Obstacle(const Model& model, const Pose& room_from_model) const;
  // Puts it there, whatever is in the way. Returns its index.
  int Add(Model model, const Pose& room_from_model, int parent, bool annotated = true);
};

// The empty room: walls with baseboards, floor, ceiling, doors with frames and the bit of the next
// room behind them, windows with sills.
Room MakeShell(RoomKind kind, const Style& style, RandomStream rng);

// A furnished room. The same (seed, index) give the same room.
Room MakeRoom(uint64_t seed, int index);

}  // namespace spatium::synth
