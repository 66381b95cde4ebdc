#pragma once
#include <array>
#include <optional>
#include <span>

#include "spatium/grounding/box_scene.h"
#include "spatium/relations/graded.h"

namespace spatium {

// Where somebody who said "left" may have stood. Sentences about one scene were written by people
// who turned a 3D model about, so no one place is right: each is a hypothesis.
enum class ObserverKind { kFacing, kCenter, kWall, kDoor, kOutside, kFacingSquare, kDoorSquare };
inline constexpr size_t kNumObservers = 7;
// Of whom an explanation tells: the first that a query has.
inline constexpr ObserverKind kObserversByTrust[] = {ObserverKind::kFacing,
                                                     ObserverKind::kFacingSquare,
                                                     ObserverKind::kWall,
                                                     ObserverKind::kCenter,
                                                     ObserverKind::kOutside,
                                                     ObserverKind::kDoor,
                                                     ObserverKind::kDoorSquare};
std::string_view Name(ObserverKind kind);

// The unit direction from a place to the side of the room that it is nearest to.
Eigen::Vector2d TowardsNearestWall(const WorldBox& room, const Eigen::Vector2d& at);

// The observers of `focus`, a set of object numbers that is looked at together:
//   kFacing   looks the way to `facing` from the middle of the room, if the sentence says whom
//   kCenter   stands in the middle of the room and looks at the focus
//   kWall     looks squarely at the wall that the focus is nearest to
//   kDoor     stands in the door that is nearest to the room's middle and looks at the focus
//   kFacingSquare  looks squarely at the wall that `facing` is nearest to
//   kDoorSquare    stands in that door and looks squarely into the room
//   kOutside  stands beyond the room's longest way through the focus and looks across the room at
//   it
std::array<std::optional<FloorObserver>, kNumObservers> ObserversOf(const BoxScene& scene,
                                                                    std::span<const size_t> focus,
                                                                    std::span<const size_t> facing,
                                                                    std::span<const size_t> doors);

}  // namespace spatium
