#include "spatium/grounding/observers.h"

#include <cmath>

namespace spatium {
namespace {

Eigen::Vector2d FloorCenter(const WorldBox& box) { return box.center().v.head<2>(); }

Eigen::Vector2d MeanOf(const BoxScene& scene, std::span<const size_t> objects) {
  Eigen::Vector2d sum = Eigen::Vector2d::Zero();
  for (const size_t i : objects) sum += FloorCenter(scene.objects[i].box);
  return sum / static_cast<double>(objects.size());
}

}  // namespace

Eigen::Vector2d TowardsNearestWall(const WorldBox& room, const Eigen::Vector2d& at) {
  const double to_wall[4] = {
      at.x() - room.min.x(), room.max.x() - at.x(), at.y() - room.min.y(), room.max.y() - at.y()};
  const Eigen::Vector2d outward[4] = {-Eigen::Vector2d::UnitX(),
                                      Eigen::Vector2d::UnitX(),
                                      -Eigen::Vector2d::UnitY(),
                                      Eigen::Vector2d::UnitY()};
  size_t nearest = 0;
  for (size_t w = 1; w < 4; ++w)
    if (to_wall[w] < to_wall[nearest]) nearest = w;
  return outward[nearest];
}

std::string_view Name(ObserverKind kind) {
  constexpr std::string_view kNames[] = {
      "facing", "center", "wall", "door", "outside", "facing_square", "door_square"};
  return kNames[static_cast<size_t>(kind)];
}

std::array<std::optional<FloorObserver>, kNumObservers> ObserversOf(const BoxScene& scene,
                                                                    std::span<const size_t> focus,
                                                                    std::span<const size_t> facing,
                                                                    std::span<const size_t> doors) {
  std::array<std::optional<FloorObserver>, kNumObservers> observers;
  if (focus.empty()) return observers;
  const auto slot = [&](ObserverKind kind) -> auto& {
    return observers[static_cast<size_t>(kind)];
  };
  const Eigen::Vector2d middle = FloorCenter(scene.room);
  const Eigen::Vector2d at = MeanOf(scene, focus);

  if (!facing.empty()) slot(ObserverKind::kFacing) = LookingAt(middle, MeanOf(scene, facing));
  slot(ObserverKind::kCenter) = LookingAt(middle, at);

  slot(ObserverKind::kWall) =
      FloorObserver{.position = middle, .forward = TowardsNearestWall(scene.room, at)};
  if (!facing.empty())
    slot(ObserverKind::kFacingSquare) = FloorObserver{
        .position = middle, .forward = TowardsNearestWall(scene.room, MeanOf(scene, facing))};

  const size_t* door = nullptr;
  double best = 0;
  for (const size_t& d : doors) {
    const double distance = (FloorCenter(scene.objects[d].box) - middle).norm();
    if (door == nullptr || distance < best) {
      door = &d;
      best = distance;
    }
  }
  if (door != nullptr) {
    const Eigen::Vector2d in_door = FloorCenter(scene.objects[*door].box);
    slot(ObserverKind::kDoor) = LookingAt(in_door, middle);
    slot(ObserverKind::kDoorSquare) =
        FloorObserver{.position = in_door, .forward = -TowardsNearestWall(scene.room, in_door)};
  }

  // The people of ScanRefer and Nr3D saw rooms from outside, over a cut wall: across the longer
  // side.
  const Eigen::Vector3d size = scene.room.size();
  const Eigen::Vector2d across = size.x() > size.y()
                                     ? Eigen::Vector2d(0, at.y() >= middle.y() ? 1 : -1)
                                     : Eigen::Vector2d(at.x() >= middle.x() ? 1 : -1, 0);
  slot(ObserverKind::kOutside) =
      FloorObserver{.position = middle - across * size.head<2>().maxCoeff(), .forward = across};
  return observers;
}

}  // namespace spatium
