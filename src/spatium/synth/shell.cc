// Floor, ceiling, walls, doors, windows, and what is seen through them.
#include <algorithm>
#include <numbers>

#include "spatium/synth/openings.h"
#include "spatium/synth/room.h"

namespace spatium::synth {
namespace {

constexpr double kT = kWallThickness_m;
constexpr unsigned kMinusX = 1, kPlusX = 2, kPlusY = 8, kMinusZ = 16, kPlusZ = 32;

struct Extent {
  double low_w, high_w, low_d, high_d;
};
Extent ExtentOf(RoomKind kind) {
  switch (kind) {
    case RoomKind::kLiving:
      return {4.6, 6.0, 4.0, 5.0};
    case RoomKind::kBedroom:
      return {3.8, 4.8, 3.5, 4.3};
    case RoomKind::kOffice:
      return {3.8, 5.4, 3.4, 4.6};
    case RoomKind::kKitchen:
      return {3.8, 4.8, 3.2, 4.2};
    case RoomKind::kBathroom:
      return {2.7, 3.4, 2.3, 3.0};
    case RoomKind::kDining:
      return {4.0, 5.0, 3.7, 4.5};
    case RoomKind::kMeeting:
      return {5.2, 6.6, 4.2, 5.0};
    case RoomKind::kStudio:
      return {5.8, 7.0, 4.8, 5.8};
  }
  return {4, 5, 4, 5};
}

std::vector<V2> MakeOutline(RoomKind kind, RandomStream& rng) {
  const Extent e = ExtentOf(kind);
  double w = rng.Uniform(e.low_w, e.high_w), d = rng.Uniform(e.low_d, e.high_d);
  const double l_shaped = kind == RoomKind::kStudio     ? 0.8
                          : kind == RoomKind::kLiving   ? 0.4
                          : kind == RoomKind::kBathroom ? 0
                                                        : 0.15;
  if (rng.Coin()) std::swap(w, d);
  const double x = w / 2, y = d / 2;
  if (!rng.Coin(l_shaped)) return {{-x, -y}, {x, -y}, {x, y}, {-x, y}};
  // One corner taken out; what is left is at least 2.2 m wide everywhere.
  const double cx = std::min(rng.Uniform(0.25, 0.4) * w, w - 2.2),
               cy = std::min(rng.Uniform(0.25, 0.4) * d, d - 2.2);
  switch (rng.Index(4)) {
    case 0:
      return {{-x, -y}, {x, -y}, {x, y - cy}, {x - cx, y - cy}, {x - cx, y}, {-x, y}};
    case 1:
      return {{-x, -y}, {x, -y}, {x, y}, {-x + cx, y}, {-x + cx, y - cy}, {-x, y - cy}};
    case 2:
      return {{-x + cx, -y}, {x, -y}, {x, y}, {-x, y}, {-x, -y + cy}, {-x + cx, -y + cy}};
    default:
      return {{-x, -y}, {x - cx, -y}, {x - cx, -y + cy}, {x, -y + cy}, {x, y}, {-x, y}};
  }
}

// An L or a rectangle as rectangles that do not overlap: cut at the inner corner's x.
std::vector<std::pair<V2, V2>> Rectangles(const Room& room) {
  std::vector<double> xs;
  V2 low = room.outline[0], high = low;
  for (const V2& p : room.outline) {
    xs.push_back(p.x());
    low = low.cwiseMin(p);
    high = high.cwiseMax(p);
  }
  std::sort(xs.begin(), xs.end());
  xs.erase(std::unique(xs.begin(), xs.end()), xs.end());
  std::vector<std::pair<V2, V2>> out;
  for (size_t i = 0; i + 1 < xs.size(); ++i) {
    double y0 = low.y(), y1 = high.y();
    for (const V2& p : room.outline)  // the notch's corner is where the range of y shrinks
      for (const bool from_below : {true, false}) {
        const V2 a(xs[i], from_below ? y0 : p.y()), b(xs[i + 1], from_below ? p.y() : y1);
        if (p.y() > y0 && p.y() < y1 && !room.Encloses(a, b)) (from_below ? y0 : y1) = p.y();
      }
    out.emplace_back(V2(xs[i], y0), V2(xs[i + 1], y1));
  }
  return out;
}

struct WallPaint {
  Material main, accent;
  int accent_wall;
};

WallPaint WallMaterials(RoomKind kind, int num_walls, RandomStream& rng) {
  const auto seed = static_cast<uint32_t>(rng.Next());
  constexpr uint32_t kPaints[] = {
      0xeae6dc, 0xe3ddd0, 0xd7dcda, 0xe8e2d6, 0xdad4cb, 0xcfd8dc, 0xe6dccb, 0xf0eeea};
  constexpr uint32_t kAccents[] = {
      0x6f8a91, 0x9a6b5a, 0x7d8b6a, 0x4d5d72, 0xb8946a, 0x8c7a8a, 0x566b5e};
  WallPaint p;
  p.main = {.pattern = Pattern::kPaint,
            .color = FromHex(kPaints[rng.Index(8)]),
            .gloss = 0,
            .seed = seed};
  p.accent = p.main;
  p.accent_wall = static_cast<int>(rng.Index(static_cast<size_t>(num_walls)));
  if (kind == RoomKind::kBathroom && rng.Coin(0.75)) {
    constexpr uint32_t kTiles[] = {0xe9ece9, 0xcfdde0, 0xe8dfd0, 0xb8cdc8};
    p.main = {.pattern = Pattern::kTiles,
              .color = FromHex(kTiles[rng.Index(4)]),
              .color2 = FromHex(0xb5b3ad),
              .scale = static_cast<float>(rng.Uniform(0.12, 0.25)),
              .gloss = 0.35f,
              .seed = seed};
    p.accent = p.main;
  } else if (rng.Coin(0.55)) {
    p.accent.color = FromHex(kAccents[rng.Index(7)]);
    if (rng.Coin(0.4))
      p.accent = {.pattern = Pattern::kWallpaper,
                  .color = p.accent.color,
                  .color2 = FromHex(0xe3dac8),
                  .scale = 0.22f,
                  .gloss = 0,
                  .seed = seed};
    else if (rng.Coin(0.2))
      p.accent = {.pattern = Pattern::kBricks,
                  .color = FromHex(0x9a5a44),
                  .color2 = FromHex(0xc9c2b6),
                  .scale = 0.075f,
                  .gloss = 0,
                  .seed = seed};
  }
  return p;
}

// The wall in its own frame, around its openings, with baseboards between the doors.
Model WallModel(const Room& room, size_t idx, const Material& paint, const Material& board) {
  const Wall& wall = room.walls[idx];
  const size_t n = room.walls.size();
  const double length = wall.length(), h = room.height;
  // Mitred ends: +1 where the neighbour turns left (the outside grows), -1 at an inner corner.
  const auto turn = [&](const Wall& first, const Wall& second) {
    return first.along().x() * second.along().y() - first.along().y() * second.along().x() > 0
               ? 1.0
               : -1.0;
  };
  const double at_a = turn(room.walls[(idx + n - 1) % n], wall) * kT,
               at_b = turn(wall, room.walls[(idx + 1) % n]) * kT;
  ModelBuilder b("wall");
  b.Use(paint);
  std::vector<Opening> openings = wall.openings;
  std::sort(openings.begin(), openings.end(), [](const Opening& p, const Opening& q) {
    return p.s0 < q.s0;
  });
  double s = 0;
  const auto upright = [&](double s0,
                           double s1) {  // a full-height piece; mitred at the wall's ends
    const double m0 = s0 == 0 ? at_a : 0, m1 = s1 == length ? at_b : 0;
    b.Sides(
        {s0, -kT, 0}, {s1, 0, h}, kPlusY | (s0 == 0 ? 0 : kMinusX) | (s1 == length ? 0 : kPlusX));
    const V3 low[] = {{s0, 0, 0}, {s0 - m0, -kT, 0}, {s1 + m1, -kT, 0}, {s1, 0, 0}};
    const V3 high[] = {{s0, 0, h}, {s0 - m0, -kT, h}, {s1 + m1, -kT, h}, {s1, 0, h}};
    b.ReplaceSolid(Frustum(low, high));
  };
  for (const Opening& o : openings) {
    upright(s, o.s0);
    if (o.z0 > 0) b.Sides({o.s0, -kT, 0}, {o.s1, 0, o.z0}, kPlusY | kPlusZ);
    b.Sides({o.s0, -kT, o.z1}, {o.s1, 0, h}, kPlusY | kMinusZ);
    s = o.s1;
  }
  upright(s, length);
  b.Use(board);
  s = 0.012;  // the neighbour's board is as thick
  const auto base = [&](double s0, double s1) {
    if (s1 > s0 + 0.02) b.Sides({s0, 0, 0}, {s1, 0.012, 0.08}, kMinusX | kPlusX | kPlusY | kPlusZ);
  };
  for (const Opening& o : openings)
    if (o.z0 == 0) {
      base(s, o.s0 - 0.07);
      s = o.s1 + 0.07;
    }
  base(s, length - 0.012);
  return b.Take();
}

bool RoomBehind(const Room& room, const Wall& wall, double s0, double s1, double depth) {
  const Pose p = wall.At(0, 0, 0);
  const V3 a = p * V3(s0, -kT - depth - 0.1, 0), b = p * V3(s1, -kT - 1e-6, 0);
  const V2 low = a.head<2>().cwiseMin(b.head<2>()), high = a.head<2>().cwiseMax(b.head<2>());
  for (size_t i = 0; i < room.outline.size(); ++i) {
    const V2 c = room.outline[i], d = room.outline[(i + 1) % room.outline.size()];
    const V2 edge_low = c.cwiseMin(d).array() - kT, edge_high = c.cwiseMax(d).array() + kT;
    if (&wall == &room.walls[i]) continue;
    if ((edge_low.array() < high.array()).all() && (edge_high.array() > low.array()).all())
      return false;
  }
  return true;
}

void AddDoor(Room& room,
             size_t idx,
             const Opening& o,
             double depth,
             double left,
             double right,
             RandomStream rng) {
  const Wall& wall = room.walls[idx];
  const Pose pose = wall.At(o.s0, 0, 0);
  const double w = o.s1 - o.s0, leaf = w - 2 * kLining_m - 0.008;
  const Material paint = rng.Coin(0.6) ? Plain(FromHex(0xf1efe9), 0.2f) : room.style.wood;
  RandomStream next = rng.Fork("next room");
  room.Add(
      NextRoom(
          o, depth, left, right, room.height - 0.1, FloorMaterial(RoomKind::kLiving, next), next),
      pose,
      -1,
      false);
  room.Add(Doorframe(o, paint), pose, wall.object);
  const int frame = static_cast<int>(room.objects.size()) - 1;
  const double kind = rng.Uniform();
  const double turn = std::numbers::pi / 180;
  if (kind < 0.3) {  // closed
    room.Add(DoorLeaf(leaf, 1, room.style, paint, rng),
             pose * YawAt({kLining_m + 0.004, -kT + 0.03, 0}, 0),
             frame);
  } else if (kind < 0.65) {  // open, swung out of the room
    room.Add(DoorLeaf(leaf, 1, room.style, paint, rng),
             pose * YawAt({kLining_m + 0.004, -kT, 0}, -rng.Uniform(50, 88) * turn),
             frame);
  } else if (kind < 0.85) {  // open, swung into it
    room.Add(DoorLeaf(leaf, -1, room.style, paint, rng),
             pose * YawAt({kLining_m + 0.004, 0.0165, 0}, rng.Uniform(55, 92) * turn),
             frame);
  }  // else a passage without a leaf
  const V3 a = pose * V3(-0.05, 0, 0), c = pose * V3(w + 0.05, 0.95, 0);
  room.keep_free.push_back({a.head<2>().cwiseMin(c.head<2>()), a.head<2>().cwiseMax(c.head<2>())});
}

bool FreeOnWall(const Wall& wall, double s0, double s1) {
  for (const Opening& o : wall.openings)
    if (s0 < o.s1 + 0.25 && s1 > o.s0 - 0.25) return false;
  return s0 >= 0.12 && s1 <= wall.length() - 0.12;
}

}  // namespace

Room MakeShell(RoomKind kind, const Style& style, RandomStream rng) {
  Room room;
  room.kind = kind;
  room.style = style;
  room.outline = MakeOutline(kind, rng);
  room.height = rng.Uniform(2.45, 2.8);
  const size_t n = room.outline.size();
  for (size_t i = 0; i < n; ++i)
    room.walls.push_back({room.outline[i], room.outline[(i + 1) % n], {}, -1});

  // Openings first: walls are built around them.
  struct Door {
    size_t wall;
    Opening o;
    double depth, left, right;
  };
  std::vector<Door> doors;
  const int num_doors = kind == RoomKind::kBathroom ? 1 : static_cast<int>(rng.Int(1, 2));
  for (int tries = 0; tries < 60 && static_cast<int>(doors.size()) < num_doors; ++tries) {
    const size_t i = rng.Index(n);
    Wall& wall = room.walls[i];
    const double w = rng.Uniform(0.86, 0.98);
    if (wall.length() < w + 0.6) continue;
    // Doors stand near a corner, which leaves the wall's longer part to furniture.
    const double near = rng.Uniform(0.15, 0.35), s0 = rng.Coin() ? near : wall.length() - near - w;
    const double depth = rng.Uniform(1.2, 1.9), left = rng.Uniform(0.3, 1.0),
                 right = rng.Uniform(0.3, 1.0);
    if (!FreeOnWall(wall, s0, s0 + w) ||
        !RoomBehind(room, wall, s0 - left - 0.1, s0 + w + right + 0.1, depth))
      continue;
    bool clash =
        false;  // two bits of other rooms would overlap only around a corner: one door a wall,
    for (const Door& d : doors)  // and adjacent walls' doors at a distance
      clash |= d.wall == i ||
               (room.walls[d.wall].At((d.o.s0 + d.o.s1) / 2, 0, 0).t - wall.At(s0 + w / 2, 0, 0).t)
                       .norm() < 3;
    if (clash) continue;
    wall.openings.push_back({s0, s0 + w, 0, kDoorHeight_m});
    doors.push_back({i, wall.openings.back(), depth, left, right});
  }
  std::vector<std::pair<size_t, Opening>> windows;
  const int num_windows = kind == RoomKind::kBathroom ? 1 : static_cast<int>(rng.Int(1, 3));
  for (int tries = 0; tries < 60 && static_cast<int>(windows.size()) < num_windows; ++tries) {
    const size_t i = rng.Index(n);
    Wall& wall = room.walls[i];
    const double w = kind == RoomKind::kBathroom ? rng.Uniform(0.6, 0.8) : rng.Uniform(1.0, 1.9);
    if (wall.length() < w + 0.5) continue;
    const double s0 = rng.Uniform(0.25, wall.length() - 0.25 - w);
    const double z0 = kind == RoomKind::kBathroom  ? rng.Uniform(1.2, 1.4)
                      : kind == RoomKind::kKitchen ? 1.1
                                                   : rng.Uniform(0.85, 0.98);
    if (!FreeOnWall(wall, s0, s0 + w)) continue;
    wall.openings.push_back({s0, s0 + w, z0, std::min(rng.Uniform(2.0, 2.25), room.height - 0.2)});
    windows.emplace_back(i, wall.openings.back());
  }

  RandomStream paint_rng = rng.Fork("paint");
  const Material floor = FloorMaterial(kind, paint_rng);
  const WallPaint paint = WallMaterials(kind, static_cast<int>(n), paint_rng);
  const Material ceiling{
      .pattern = Pattern::kPaint, .color = FromHex(0xf3f2ee), .gloss = 0, .seed = 5};
  ModelBuilder f("floor"), c("ceiling");
  f.Use(floor);
  c.Use(ceiling);
  for (const auto& [low, high] : Rectangles(room)) {
    f.Sides({low.x(), low.y(), -0.1}, {high.x(), high.y(), 0}, kPlusZ);
    c.Sides({low.x(), low.y(), room.height}, {high.x(), high.y(), room.height + 0.1}, kMinusZ);
  }
  room.floor = room.Add(f.Take(), {}, -1);
  room.ceiling = room.Add(c.Take(), {}, -1);
  const Material board = paint_rng.Coin(0.7) ? Plain(FromHex(0xf1efe9), 0.2f) : style.wood;
  for (size_t i = 0; i < n; ++i) {
    Wall& wall = room.walls[i];
    const Material& skin = static_cast<int>(i) == paint.accent_wall ? paint.accent : paint.main;
    wall.object = room.Add(WallModel(room, i, skin, board), wall.At(0, 0, 0), -1);
  }
  for (size_t i = 0; i < doors.size(); ++i)
    AddDoor(room,
            doors[i].wall,
            doors[i].o,
            doors[i].depth,
            doors[i].left,
            doors[i].right,
            rng.Fork(i == 0 ? "door 0" : "door 1"));
  const Color daylight =
      (paint_rng.Coin(0.7) ? Color(1.f, 0.98f, 0.95f) : Color(1.f, 0.88f, 0.7f)) *
      static_cast<float>(paint_rng.Uniform(2.2, 4.2));
  RandomStream window_rng = rng.Fork("windows");
  for (const auto& [i, o] : windows) {
    const Wall& wall = room.walls[i];
    room.Add(WindowModel(o, style, daylight, window_rng), wall.At(o.s0, 0, o.z0), wall.object);
  }
  return room;
}

}  // namespace spatium::synth
