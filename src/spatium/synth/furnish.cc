#include "spatium/base/text.h"
#include "spatium/synth/camera_path.h"
#include "spatium/synth/layout/layout.h"

namespace spatium::synth {
namespace {

constexpr double kLeastWalkable_m2 = 1.0;
constexpr size_t kFewestObjects = 26;

V2 Middle(const Room& room) {
  V2 low = room.outline[0], high = low;
  for (const V2& p : room.outline) {
    low = low.cwiseMin(p);
    high = high.cwiseMax(p);
  }
  return (low + high) / 2;
}

// Light from above: one lamp at the middle, or panels in rows where people work.
void Illuminate(Planner& p) {
  Room& room = p.room();
  const V2 mid = Middle(room);
  if (room.kind == RoomKind::kOffice || room.kind == RoomKind::kMeeting) {
    for (const double x : {-1.1, 1.1})
      for (const double y : {-0.95, 0.95}) p.OnCeiling("panel light", mid + V2(x, y));
    return;
  }
  for (const Placed& o : room.objects)
    if (o.model.label == "ceiling light" && (o.room_from_model.t.head<2>() - mid).norm() < 1.2)
      return;
  if (!p.OnCeiling("ceiling light", mid)) p.OnCeiling("ceiling light", mid * 0.5);
}

}  // namespace

void Furnish(Room& room, RandomStream rng) {
  Planner p(room, rng);
  switch (room.kind) {
    case RoomKind::kLiving:
      FurnishLiving(p);
      break;
    case RoomKind::kBedroom:
      FurnishBedroom(p);
      break;
    case RoomKind::kOffice:
      FurnishOffice(p);
      break;
    case RoomKind::kKitchen:
      FurnishKitchen(p);
      break;
    case RoomKind::kBathroom:
      FurnishBathroom(p);
      break;
    case RoomKind::kDining:
      FurnishDining(p);
      break;
    case RoomKind::kMeeting:
      FurnishMeeting(p);
      break;
    case RoomKind::kStudio:
      FurnishStudio(p);
      break;
  }
  Illuminate(p);
}

Room MakeRoom(uint64_t seed, int index) {
  const RandomStream rng(seed, {"synth", StrCat(index)});
  // Kinds take turns, so that a few rooms are few alike; where the turn starts depends on the seed.
  RandomStream order(seed, {"synth", "kinds"});
  constexpr RoomKind kKinds[] = {RoomKind::kLiving,
                                 RoomKind::kBedroom,
                                 RoomKind::kOffice,
                                 RoomKind::kKitchen,
                                 RoomKind::kDining,
                                 RoomKind::kStudio,
                                 RoomKind::kMeeting,
                                 RoomKind::kBathroom};
  const RoomKind kind = kKinds[(order.Index(8) + static_cast<size_t>(index)) % 8];
  // Crammed or bare rooms are thrown away and made anew; the last one is taken as it is.
  constexpr int kAttempts = 6;
  for (int attempt = 0;; ++attempt) {
    const RandomStream own = rng.Fork(StrCat("attempt ", attempt));
    Room room = MakeShell(kind, MakeStyle(own.Fork("style")), own.Fork("shell"));
    Furnish(room, own.Fork("furnish"));
    if (attempt + 1 == kAttempts ||
        (WalkableArea(room) >= kLeastWalkable_m2 && room.objects.size() >= kFewestObjects))
      return room;
  }
}

}  // namespace spatium::synth
