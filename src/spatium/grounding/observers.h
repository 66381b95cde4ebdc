#pragma once
#include <array>
#include <optional>
#include <span>

#include "spatium/grounding/box_scene.h"
#include "spatium/relations/graded.h"

namespace spatium {

// Where somebody who said "left" may have stood. Sentences about one scene were written by people
// who turned a 3D model about, so no one place is right: each is a hypothesis.
enum class ObserverKind { kFacing, kCenter, kWall, kDoor, kOutside };
inline constexpr size_t kNumObservers = 5;
std::string_view Name(ObserverKind kind);

// The observers of `focus`, a set of object numbers that is looked at together:
//   kFacing   looks the way to `facing` from the middle of the room, if the sentence says whom
//   kCenter   stands in the middle of the room and looks at the focus
//   kWall     looks squarely at the wall that the focus is nearest to
//   kDoor     stands in the door that is nearest to the room's middle and looks at the focus
//   kOutside  stands beyond the room's longest way through the focus and looks across the room at
//   it
std::array<std::optional<FloorObserver>, kNumObservers> ObserversOf(const BoxScene& scene,
                                                                    std::span<const size_t> focus,
                                                                    std::span<const size_t> facing,
                                                                    std::span<const size_t> doors);

}  // namespace spatium
