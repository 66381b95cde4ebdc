#include "spatium/synth/room.h"

#include <algorithm>

namespace spatium::synth {
namespace {

std::vector<Solid> SolidsAt(const Model& model, const Pose& pose) {
  std::vector<Solid> solids;
  for (const Part& part : model.parts)
    for (const Solid& s : part.solids) solids.push_back(Transformed(s, pose));
  return solids;
}

bool InsidePolygon(const std::vector<V2>& polygon, const V2& p) {
  bool inside = false;
  for (size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++)
    if ((polygon[i].y() > p.y()) != (polygon[j].y() > p.y()) &&
        p.x() < (polygon[j].x() - polygon[i].x()) * (p.y() - polygon[i].y()) /
                        (polygon[j].y() - polygon[i].y()) +
                    polygon[i].x())
      inside = !inside;
  return inside;
}

}  // namespace

Pose Wall::At(double s, double out, double z) const {
  const V2 x = along(), y = inward();
  const V2 p = a + s * x + out * y;
  Pose pose;
  pose.R << x.x(), y.x(), 0, x.y(), y.y(), 0, 0, 0, 1;
  pose.t = {p.x(), p.y(), z};
  return pose;
}

std::string_view Name(RoomKind kind) {
  switch (kind) {
    case RoomKind::kLiving:
      return "living room";
    case RoomKind::kBedroom:
      return "bedroom";
    case RoomKind::kOffice:
      return "office";
    case RoomKind::kKitchen:
      return "kitchen";
    case RoomKind::kBathroom:
      return "bathroom";
    case RoomKind::kDining:
      return "dining room";
    case RoomKind::kMeeting:
      return "meeting room";
    case RoomKind::kStudio:
      return "studio";
  }
  return "";
}

bool Room::Encloses(const V2& min, const V2& max) const {
  const V2 in = V2::Constant(kTouch_m);
  const V2 a = min + in, b = max - in;
  for (const V2& corner : {a, b, V2(a.x(), b.y()), V2(b.x(), a.y())})
    if (!InsidePolygon(outline, corner)) return false;
  for (const V2& p : outline)  // a corner of the room that juts into the rectangle
    if (p.x() > a.x() && p.x() < b.x() && p.y() > a.y() && p.y() < b.y()) return false;
  return true;
}

std::optional<int> Room::Obstacle(const Model& model, const Pose& room_from_model) const {
  const std::vector<Solid> solids = SolidsAt(model, room_from_model);
  V3 min = solids[0].min, max = solids[0].max;
  for (const Solid& s : solids) {
    min = min.cwiseMin(s.min);
    max = max.cwiseMax(s.max);
  }
  if (!Encloses(min.head<2>(), max.head<2>()) || max.z() > height + kTouch_m || min.z() < -kTouch_m)
    return -1;
  for (size_t i = 0; i < objects.size(); ++i) {
    const Placed& other = objects[i];
    if (((other.min - max).array() > 0).any() || ((min - other.max).array() > 0).any()) continue;
    if (Penetration(solids, other.solids) > kTouch_m) return static_cast<int>(i);
  }
  return std::nullopt;
}

int Room::Add(Model model, const Pose& room_from_model, int parent, bool annotated) {
  Placed placed;
  placed.solids = SolidsAt(model, room_from_model);
  placed.min = placed.solids[0].min;
  placed.max = placed.solids[0].max;
  for (const Solid& s : placed.solids) {
    placed.min = placed.min.cwiseMin(s.min);
    placed.max = placed.max.cwiseMax(s.max);
  }
  placed.model = std::move(model);
  placed.room_from_model = room_from_model;
  placed.parent = parent;
  placed.annotated = annotated;
  objects.push_back(std::move(placed));
  return static_cast<int>(objects.size()) - 1;
}

}  // namespace spatium::synth
