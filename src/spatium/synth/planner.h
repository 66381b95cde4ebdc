#pragma once
#include <initializer_list>
#include <optional>
#include <string_view>

#include "spatium/synth/room.h"

namespace spatium::synth {

// An index in Room::objects; nothing if the thing did not fit anywhere.
using Spot = std::optional<int>;

struct AtWall {
  double front = 0.5;     // metres to keep free before it
  bool centered = false;  // near the middle of a wall without doors
  bool corner = false;    // at a wall's end
  int wall = -1;          // only there
  bool under_window = false;
};

// Furnishes a room: builds catalogue items and looks for places where they stand, hang or lie as
// they would. Every place is checked against everything that is there already, part by part.
class Planner {
 public:
  Planner(Room& room, RandomStream rng) : room_(room), rng_(rng) {}

  Room& room() { return room_; }
  RandomStream& rng() { return rng_; }

  // On the floor, back to a wall.
  Spot AgainstWall(std::string_view item, const AtWall& options = {});
  // On the floor next to `neighbour`, in line with its back; side -1 left or +1 right as seen from
  // it.
  Spot Beside(std::string_view item, Spot neighbour, int side, double gap);
  // On the floor before `neighbour`, turned by `turn_rad` against it.
  Spot InFrontOf(std::string_view item, Spot neighbour, double gap, double turn_rad);
  // Anywhere on the floor; turned as it likes, or square to the walls.
  Spot OnFloor(std::string_view item, bool square);
  // On the ceiling, at the middle of the room or above `parent`.
  Spot OnCeiling(std::string_view item, const V2& at);
  // On a wall with its lower edge between z_low and z_high.
  Spot OnWall(std::string_view item, double z_low, double z_high, int wall = -1);
  // On the wall above what stands against it, centred on it.
  Spot Above(std::string_view item, Spot below, double z);
  // On a support of `parent`, anywhere; looking as the parent does, give or take `turn_rad`.
  Spot On(std::string_view item, Spot parent, double turn_rad = 0.4, int support = -1);
  // There, in the parent's own frame, on the highest support that is there.
  Spot OnAt(std::string_view item, Spot parent, const V2& at, double yaw_rad);
  // A seat at each of the parent's places, pulled out a little; `share` of them taken.
  void SeatsAround(std::string_view item, Spot parent, double share);
  // Several of the items, each tried once or more.
  void Scatter(std::initializer_list<std::string_view> items, Spot parent, int n);
  // Curtains, sills, radiators.
  void DressWindows(bool curtains);

 private:
  Model Build(std::string_view item);
  // Adds it if nothing is in the way. On the floor: on a rug if it stands on one wholly.
  Spot Try(const Model& model, const Pose& pose, int parent, double keep_front = 0);
  Spot TryOnFloor(const Model& model,
                  const Pose& pose,
                  double keep_front,
                  bool may_enter_free = false);

  Room& room_;
  RandomStream rng_;
};

// Fills the shell by its kind. layout/*.cc
void Furnish(Room& room, RandomStream rng);

}  // namespace spatium::synth
