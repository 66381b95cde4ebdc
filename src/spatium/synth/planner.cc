#include "spatium/synth/planner.h"

#include <algorithm>
#include <numbers>

#include "spatium/base/check.h"
#include "spatium/geometry/trig.h"

namespace spatium::synth {
namespace {

constexpr double kBackGap_m = 0.025;  // furniture stands off the wall, clear of the baseboard
constexpr int kTries = 24;

struct Footprint {
  V2 min, max;
};

// The floor that a box of the model's frame covers.
Footprint Cover(const Pose& pose, const V2& low, const V2& high) {
  Footprint f{V2::Constant(1e9), V2::Constant(-1e9)};
  for (const double x : {low.x(), high.x()})
    for (const double y : {low.y(), high.y()}) {
      const V2 p = (pose * V3(x, y, 0)).head<2>();
      f.min = f.min.cwiseMin(p);
      f.max = f.max.cwiseMax(p);
    }
  return f;
}

bool Overlap(const Footprint& a, const Footprint& b) {
  return (a.min.array() < b.max.array()).all() && (b.min.array() < a.max.array()).all();
}

bool IsRug(const Placed& p) { return p.model.label == "rug" || p.model.label == "bath mat"; }

}  // namespace

Model Planner::Build(std::string_view item) { return BuildItem(item, room_.style, rng_); }

Spot Planner::Try(const Model& model, const Pose& pose, int parent, double keep_front) {
  if (room_.Obstacle(model, pose)) return std::nullopt;
  const int idx = room_.Add(model, pose, parent);
  if (keep_front > 0) {
    const Footprint f =
        Cover(pose, {model.min.x(), model.max.y()}, {model.max.x(), model.max.y() + keep_front});
    room_.keep_free.push_back({f.min, f.max});
  }
  return idx;
}

Spot Planner::TryOnFloor(const Model& model,
                         const Pose& pose,
                         double keep_front,
                         bool may_enter_free) {
  const Footprint own = Cover(pose, model.min.head<2>(), model.max.head<2>());
  const bool flat = model.max.z() < 0.05;
  if (!may_enter_free && !flat)
    for (const KeepFree& k : room_.keep_free)
      if (Overlap(own, {k.min, k.max})) return std::nullopt;
  Pose at = pose;
  int parent = room_.floor;
  for (size_t i = 0; i < room_.objects.size(); ++i) {
    const Placed& other = room_.objects[i];
    if (!IsRug(other) || !Overlap(own, {other.min.head<2>(), other.max.head<2>()})) continue;
    // Wholly on the rug, in the rug's own frame, or not on it at all.
    const Pose rug_from_model = Inverse(other.room_from_model) * pose;
    const Footprint on_rug = Cover(rug_from_model, model.min.head<2>(), model.max.head<2>());
    const V3 &low = other.model.min, &high = other.model.max;
    if (flat || (on_rug.min - low.head<2>()).minCoeff() < 0.01 ||
        (high.head<2>() - on_rug.max).minCoeff() < 0.01)
      return std::nullopt;
    at.t.z() = high.z();
    parent = static_cast<int>(i);
  }
  const Footprint front =
      Cover(at, {model.min.x(), model.max.y()}, {model.max.x(), model.max.y() + keep_front});
  if (keep_front > 0) {
    if (!room_.Encloses(front.min, front.max)) return std::nullopt;
    for (const Placed& other : room_.objects)  // what is to be kept free must be free now
      if (!IsRug(other) && other.min.z() < 1.9 && other.max.z() > 0.02 && other.parent >= 0 &&
          Overlap(front, {other.min.head<2>(), other.max.head<2>()}))
        return std::nullopt;
  }
  return Try(model, at, parent, keep_front);
}

Spot Planner::AgainstWall(std::string_view item, const AtWall& o) {
  const Model model = Build(item);
  const double w = model.size().x();
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const int idx = o.wall >= 0 ? o.wall : static_cast<int>(rng_.Index(room_.walls.size()));
    const Wall& wall = room_.walls[static_cast<size_t>(idx)];
    const double free = wall.length() - w - 0.1;
    if (free < 0) continue;
    double s = rng_.Uniform(0.05, 0.05 + free);
    if (o.centered && attempt < kTries / 2) s = 0.05 + free * rng_.Uniform(0.4, 0.6);
    if (o.corner)
      s = rng_.Coin() ? rng_.Uniform(0.03, 0.12) : wall.length() - w - rng_.Uniform(0.03, 0.12);
    bool blocked = false;
    for (const Opening& hole : wall.openings)
      if (s < hole.s1 && s + w > hole.s0)
        blocked |= hole.z0 < model.max.z() + 0.02 ||
                   (o.centered && attempt < kTries / 3 && !o.under_window);
    if (blocked) continue;
    const Pose pose =
        wall.At(s - model.min.x(), kBackGap_m + rng_.Uniform(0, 0.02) - model.min.y(), 0);
    if (const Spot spot = TryOnFloor(model, pose, o.front)) {
      room_.objects[static_cast<size_t>(*spot)].wall = idx;
      return spot;
    }
  }
  return std::nullopt;
}

Spot Planner::Beside(std::string_view item, Spot neighbour, int side, double gap) {
  if (!neighbour) return std::nullopt;
  const Model model = Build(item);
  const Placed& other = room_.objects[static_cast<size_t>(*neighbour)];
  // Left as seen from the neighbour, which looks along +y, is -x.
  const double x = side < 0 ? other.model.min.x() - gap - model.max.x()
                            : other.model.max.x() + gap - model.min.x();
  const int wall = other.wall;
  Pose pose = other.room_from_model *
              Pose{Eigen::Matrix3d::Identity(), {x, other.model.min.y() - model.min.y(), 0}};
  pose.t.z() = 0;
  if (wall >= 0) {  // not past the wall's end, where nothing is behind it
    const Wall& behind = room_.walls[static_cast<size_t>(wall)];
    for (const double end : {model.min.x(), model.max.x()}) {
      const double s = ((pose * V3(end, 0, 0)).head<2>() - behind.a).dot(behind.along());
      if (s < 0 || s > behind.length()) return std::nullopt;
    }
  }
  const Spot spot = TryOnFloor(model, pose, 0, true);
  if (spot) room_.objects[static_cast<size_t>(*spot)].wall = wall;
  return spot;
}

Spot Planner::InFrontOf(std::string_view item, Spot neighbour, double gap, double turn_rad) {
  if (!neighbour) return std::nullopt;
  const Model model = Build(item);
  const Placed& other = room_.objects[static_cast<size_t>(*neighbour)];
  Pose pose =
      other.room_from_model *
      YawAt(
          {0, other.model.max.y() + gap + (Cos(turn_rad) < 0 ? model.max.y() : -model.min.y()), 0},
          turn_rad);
  pose.t.z() = 0;
  return TryOnFloor(model, pose, 0, true);
}

Spot Planner::OnFloor(std::string_view item, bool square) {
  const Model model = Build(item);
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const Wall& wall = room_.walls[rng_.Index(room_.walls.size())];
    Pose pose = wall.At(rng_.Uniform(0.2, wall.length() - 0.2), rng_.Uniform(0.1, 2.4), 0);
    pose = pose * YawAt(V3::Zero(),
                        square ? rng_.Uniform(-0.1, 0.1)
                               : rng_.Uniform(-std::numbers::pi, std::numbers::pi));
    if (const Spot spot = TryOnFloor(model, pose, 0)) return spot;
  }
  return std::nullopt;
}

Spot Planner::OnCeiling(std::string_view item, const V2& at) {
  const Model model = Build(item);
  return Try(model, {Eigen::Matrix3d::Identity(), {at.x(), at.y(), room_.height}}, room_.ceiling);
}

Spot Planner::OnWall(std::string_view item, double z_low, double z_high, int wall_idx) {
  const Model model = Build(item);
  const double w = model.size().x();
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const int idx = wall_idx >= 0 ? wall_idx : static_cast<int>(rng_.Index(room_.walls.size()));
    const Wall& wall = room_.walls[static_cast<size_t>(idx)];
    if (wall.length() < w + 0.2) continue;
    const double s = rng_.Uniform(0.1, wall.length() - w - 0.1), z = rng_.Uniform(z_low, z_high);
    bool blocked = z + model.max.z() > room_.height - 0.05;
    for (const Opening& hole : wall.openings)
      blocked |= s < hole.s1 + 0.1 && s + w > hole.s0 - 0.1 && z < hole.z1 + 0.08 &&
                 z + model.max.z() > hole.z0 - 0.08;
    // Nothing hangs in a door's way or behind furniture that hides it.
    const Pose pose = wall.At(s - model.min.x(), 0, z);
    if (blocked) continue;
    const Footprint near = Cover(pose, {model.min.x(), 0}, {model.max.x(), 0.5});
    for (const Placed& other : room_.objects)
      blocked |= other.parent >= 0 && other.min.z() < z + model.max.z() &&
                 other.max.z() > z + 0.02 &&
                 Overlap(near, {other.min.head<2>(), other.max.head<2>()});
    if (blocked) continue;
    if (const Spot spot = Try(model, pose, wall.object)) {
      room_.objects[static_cast<size_t>(*spot)].wall = idx;
      return spot;
    }
  }
  return std::nullopt;
}

Spot Planner::Above(std::string_view item, Spot below, double z) {
  if (!below) return std::nullopt;
  const Placed& other = room_.objects[static_cast<size_t>(*below)];
  if (other.wall < 0) return std::nullopt;
  const int idx = other.wall;
  const Wall& wall = room_.walls[static_cast<size_t>(idx)];
  const V3 center =
      other.room_from_model * V3((other.model.min.x() + other.model.max.x()) / 2, 0, 0);
  const double s = (center.head<2>() - wall.a).dot(wall.along());
  const Model model = Build(item);
  const double w = model.size().x();
  for (const Opening& hole : wall.openings)
    if (s - w / 2 < hole.s1 + 0.05 && s + w / 2 > hole.s0 - 0.05 && z < hole.z1 + 0.05 &&
        z + model.max.z() > hole.z0 - 0.05)
      return std::nullopt;
  if (s - w / 2 < 0 || s + w / 2 > wall.length()) return std::nullopt;
  const Spot spot = Try(model, wall.At(s - (model.min.x() + model.max.x()) / 2, 0, z), wall.object);
  if (spot) room_.objects[static_cast<size_t>(*spot)].wall = idx;
  return spot;
}

Spot Planner::On(std::string_view item, Spot parent, double turn_rad, int support) {
  if (!parent) return std::nullopt;
  const Model model = Build(item);
  for (int attempt = 0; attempt < 10; ++attempt) {
    const Placed& base = room_.objects[static_cast<size_t>(*parent)];
    const auto& supports = base.model.supports;
    if (supports.empty()) return std::nullopt;
    const Support& s = supports[support >= 0 ? static_cast<size_t>(support) % supports.size()
                                             : rng_.Index(supports.size())];
    const Pose turned = YawAt(V3::Zero(), rng_.Uniform(-turn_rad, turn_rad));
    const Footprint own = Cover(turned, model.min.head<2>(), model.max.head<2>());
    const V2 low = s.min - own.min, high = s.max - own.max;
    const bool fits = (high - low).minCoeff() >= 0;
    // A burner or the like: a point that things stand on centred, wider than itself.
    const bool point = (s.max - s.min).maxCoeff() < 0.01;
    if ((!fits && !point) || model.max.z() > s.clearance) continue;
    const V2 at = point ? V2((s.min + s.max) / 2)
                        : V2(rng_.Uniform(low.x(), high.x()), rng_.Uniform(low.y(), high.y()));
    Pose local = turned;
    local.t = {at.x(), at.y(), s.z - model.min.z()};
    if (const Spot spot = Try(model, base.room_from_model * local, *parent)) return spot;
  }
  return std::nullopt;
}

Spot Planner::OnAt(std::string_view item, Spot parent, const V2& at, double yaw_rad) {
  if (!parent) return std::nullopt;
  const Placed& base = room_.objects[static_cast<size_t>(*parent)];
  if (base.model.supports.empty()) return std::nullopt;
  // The highest support that reaches there; else the highest of all.
  double z = -1, highest = 0;
  for (const Support& s : base.model.supports) {
    highest = std::max(highest, s.z);
    if ((at - s.min).minCoeff() >= 0 && (s.max - at).minCoeff() >= 0) z = std::max(z, s.z);
  }
  if (z < 0) z = highest;
  const Model model = Build(item);
  return Try(model, base.room_from_model * YawAt({at.x(), at.y(), z}, yaw_rad), *parent);
}

void Planner::SeatsAround(std::string_view item, Spot parent, double share) {
  if (!parent) return;
  const RandomStream look = rng_.Fork("seats");  // chairs around one table are alike
  const size_t n = room_.objects[static_cast<size_t>(*parent)].model.seats.size();
  for (size_t i = 0; i < n; ++i) {
    if (!rng_.Coin(share)) continue;
    RandomStream same = look;
    const Model model = BuildItem(item, room_.style, same);
    for (int attempt = 0; attempt < 5; ++attempt) {
      const Placed& base = room_.objects[static_cast<size_t>(*parent)];
      const Seat seat = base.model.seats[i];
      const double out = 0.06 * attempt + rng_.Uniform(-0.02, 0.08);
      const Pose local = YawAt({seat.at.x(), seat.at.y(), 0}, seat.yaw) *
                         YawAt({rng_.Uniform(-0.03, 0.03), -out, 0}, rng_.Uniform(-0.25, 0.25));
      Pose pose = base.room_from_model * local;
      pose.t.z() = 0;
      if (TryOnFloor(model, pose, 0, true)) break;
    }
  }
}

void Planner::Scatter(std::initializer_list<std::string_view> items, Spot parent, int n) {
  const std::vector<std::string_view> list(items);
  for (int i = 0; i < n; ++i) On(rng_.Choice(list), parent);
}

void Planner::DressWindows(bool curtains) {
  const bool radiators = rng_.Coin(0.65);
  for (size_t i = 0; i < room_.walls.size(); ++i)
    for (const Opening& o : room_.walls[i].openings) {
      if (o.z0 == 0) continue;
      const Wall& wall = room_.walls[i];
      if (radiators && o.z0 > 0.8) {
        const Model model = Build("radiator");
        if (model.max.z() < o.z0 - 0.02) {
          const Spot spot = Try(model, wall.At((o.s0 + o.s1) / 2, 0, 0), wall.object);
          if (spot) room_.objects[static_cast<size_t>(*spot)].wall = static_cast<int>(i);
        }
      }
      if (!curtains || o.z0 > 1.05) continue;
      const RandomStream look = rng_.Fork("curtain");
      for (const int side : {-1, 1}) {
        RandomStream same = look;
        const Model model = BuildItem("curtain", room_.style, same);
        const double s = side < 0 ? o.s0 - model.max.x() - 0.005 : o.s1 - model.min.x() + 0.005;
        const double z = std::min(o.z1 + 0.12, room_.height - 0.02) - model.max.z();
        const Spot spot = Try(model, wall.At(s, 0, z), wall.object);
        if (spot) room_.objects[static_cast<size_t>(*spot)].wall = static_cast<int>(i);
      }
    }
  for (size_t i = 0, n = room_.objects.size(); i < n; ++i)
    if (room_.objects[i].model.label == "window" && rng_.Coin(0.5))
      Scatter({"potted plant", "vase", "candle", "bottle"},
              static_cast<int>(i),
              static_cast<int>(rng_.Int(1, 2)));
}

}  // namespace spatium::synth
