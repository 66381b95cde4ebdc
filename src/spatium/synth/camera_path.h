#pragma once
#include <vector>

#include "spatium/geometry/frames.h"
#include "spatium/synth/room.h"

namespace spatium::synth {

// Where a person's eyes may be: floor cells of kCell_m where somebody can stand.
inline constexpr double kBodyRadius_m = 0.24;

// The largest connected floor area on which somebody can stand, square metres.
double WalkableArea(const Room& room);

// The poses of `num_frames` pictures, evenly along one walk through the room: held at 1.4 to 1.7 m,
// turning smoothly towards what was not seen yet, a little shaky. Never inside anything.
std::vector<Rigid<frame::Cam<>, frame::World>> FilmPath(const Room& room,
                                                        int num_frames,
                                                        RandomStream rng);

}  // namespace spatium::synth
