#pragma once
#include <compare>
#include <cstdint>

namespace spatium {

// The id of an object in its scene, as its data set numbers it. kNoObject marks background.
struct ObjectId {
  int32_t value = -1;
  constexpr bool valid() const { return value >= 0; }
  friend constexpr auto operator<=>(ObjectId, ObjectId) = default;
};
inline constexpr ObjectId kNoObject{};

}  // namespace spatium
