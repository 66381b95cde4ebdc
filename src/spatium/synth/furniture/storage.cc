// Cupboards, shelves, drawers, beds: big bodies whose backs stand against walls.
#include "spatium/synth/furniture.h"

namespace spatium::synth {
namespace {

// A grid of fronts on the plane y = front: drawers or doors with handles.
struct Fronts {
  double x0, x1, z0, z1, front;
  int columns, rows;
  bool doors;  // handles upright, at the side
};

void AddFronts(ModelBuilder& b, const Fronts& f, const Material& face, const Material& handle) {
  const double w = (f.x1 - f.x0) / f.columns, h = (f.z1 - f.z0) / f.rows, gap = 0.004;
  for (int c = 0; c < f.columns; ++c)
    for (int r = 0; r < f.rows; ++r) {
      const double x = f.x0 + c * w, z = f.z0 + r * h;
      b.Use(face).Soft(
          {x + gap, f.front, z + gap}, {x + w - gap, f.front + 0.018, z + h - gap}, 0.004);
      b.Use(handle);
      if (f.doors) {
        const double hx = c % 2 == 0 && f.columns > 1 ? x + w - 0.05 : x + 0.05,
                     hz = z + h * (f.z0 > 1 ? 0.2 : 0.6);
        b.Box({hx - 0.007, f.front + 0.018, hz - 0.06}, {hx + 0.007, f.front + 0.036, hz + 0.06});
      } else {
        const double half = std::min(0.07, w * 0.2);
        b.Box({x + w / 2 - half, f.front + 0.018, z + h * 0.55},
              {x + w / 2 + half, f.front + 0.036, z + h * 0.55 + 0.014});
      }
    }
}

Model Dresser(const Style& style, RandomStream& rng) {
  ModelBuilder b("dresser");
  const double w = rng.Uniform(0.8, 1.4), d = rng.Uniform(0.42, 0.5), z = rng.Uniform(0.75, 1.0);
  const Material body = rng.Coin(0.7) ? style.wood : style.paint;
  b.Use(body).Box({-w / 2, -d / 2, 0.05}, {w / 2, d / 2 - 0.036, z - 0.025});
  b.Box({-w / 2 + 0.03, -d / 2 + 0.02, 0}, {w / 2 - 0.03, d / 2 - 0.08, 0.05});
  b.Soft({-w / 2 - 0.01, -d / 2, z - 0.025}, {w / 2 + 0.01, d / 2, z}, 0.005);
  AddFronts(b,
            {-w / 2 + 0.01,
             w / 2 - 0.01,
             0.06,
             z - 0.03,
             d / 2 - 0.036,
             w > 1 ? 2 : 1,
             static_cast<int>(rng.Int(3, 4)),
             false},
            body,
            style.metal);
  b.Stand({-w / 2, -d / 2 + 0.01}, {w / 2, d / 2 - 0.02}, z);
  return b.Take();
}

Model Nightstand(const Style& style, RandomStream& rng) {
  ModelBuilder b("nightstand");
  const double w = rng.Uniform(0.42, 0.55), d = rng.Uniform(0.38, 0.44), z = rng.Uniform(0.48, 0.6);
  b.Use(style.wood);
  for (const double x : {-1.0, 1.0})
    for (const double y : {-1.0, 1.0})
      b.Box({x * (w / 2 - 0.03) - 0.018, y * (d / 2 - 0.05) - 0.018, 0},
            {x * (w / 2 - 0.03) + 0.018, y * (d / 2 - 0.05) + 0.018, 0.12});
  b.Box({-w / 2, -d / 2, 0.12}, {w / 2, d / 2 - 0.036, z});
  AddFronts(b,
            {-w / 2 + 0.008,
             w / 2 - 0.008,
             0.13,
             z - 0.01,
             d / 2 - 0.036,
             1,
             static_cast<int>(rng.Int(1, 2)),
             false},
            style.wood,
            style.metal);
  b.Stand({-w / 2 + 0.01, -d / 2 + 0.01}, {w / 2 - 0.01, d / 2 - 0.045}, z);
  return b.Take();
}

Model Wardrobe(const Style& style, RandomStream& rng) {
  ModelBuilder b("wardrobe");
  const int doors = static_cast<int>(rng.Int(2, 3));
  const double w = doors * rng.Uniform(0.45, 0.55), d = rng.Uniform(0.56, 0.62),
               z = rng.Uniform(1.9, 2.15);
  const Material body = rng.Coin(0.6) ? style.wood_other : style.paint;
  b.Use(body).Box({-w / 2, -d / 2, 0}, {w / 2, d / 2 - 0.036, z});
  AddFronts(b, {-w / 2, w / 2, 0.07, z - 0.02, d / 2 - 0.036, doors, 1, true}, body, style.metal);
  b.Stand({-w / 2 + 0.03, -d / 2 + 0.03}, {w / 2 - 0.03, d / 2 - 0.06}, z, 0.3);
  return b.Take();
}

Model Bookshelf(const Style& style, RandomStream& rng) {
  ModelBuilder b("bookshelf");
  const double w = rng.Uniform(0.7, 1.1), d = rng.Uniform(0.28, 0.34), z = rng.Uniform(1.5, 2.05),
               t = 0.02;
  const int shelves = static_cast<int>(z / 0.36);
  b.Use(rng.Coin(0.7) ? style.wood : style.paint);
  for (const double x : {-w / 2, w / 2 - t}) b.Box({x, -d / 2, 0}, {x + t, d / 2, z});
  b.Box({-w / 2 + t, -d / 2, 0.06}, {w / 2 - t, -d / 2 + 0.006, z - t});
  b.Box({-w / 2 + t, d / 2 - 0.03, 0}, {w / 2 - t, d / 2 - 0.012, 0.06});
  for (int i = 0; i <= shelves; ++i) {
    const double top = 0.08 + i * (z - 0.08) / shelves;
    b.Box({-w / 2 + t, -d / 2 + 0.006, top - t}, {w / 2 - t, d / 2 - 0.004, top});
    const double clear = i == shelves ? 0.35 : (z - 0.08) / shelves - t - 0.01;
    b.Stand({-w / 2 + t + 0.006, -d / 2 + 0.012}, {w / 2 - t - 0.006, d / 2 - 0.012}, top, clear);
  }
  return b.Take();
}

Model Cabinet(const Style& style, RandomStream& rng) {
  ModelBuilder b("cabinet");
  const double w = rng.Uniform(0.8, 1.5), d = rng.Uniform(0.38, 0.46), z = rng.Uniform(0.74, 0.95);
  const Material body = rng.Coin() ? style.wood_other : style.paint;
  b.Use(body).Box({-w / 2, -d / 2, 0.08}, {w / 2, d / 2 - 0.036, z});
  b.Use(style.wood_other);
  for (const double x : {-1.0, 1.0})
    for (const double y : {-1.0, 1.0})
      b.Rod({x * (w / 2 - 0.06), y * (d / 2 - 0.08), 0},
            {x * (w / 2 - 0.06), y * (d / 2 - 0.08), 0.08},
            0.016,
            0.022);
  AddFronts(b,
            {-w / 2 + 0.01, w / 2 - 0.01, 0.09, z - 0.02, d / 2 - 0.036, w > 1.15 ? 3 : 2, 1, true},
            body,
            style.metal);
  b.Stand({-w / 2 + 0.01, -d / 2 + 0.01}, {w / 2 - 0.01, d / 2 - 0.045}, z);
  return b.Take();
}

Model FileCabinet(const Style& style, RandomStream& rng) {
  ModelBuilder b("file cabinet");
  const int drawers = static_cast<int>(rng.Int(2, 4));
  const double w = 0.42, d = 0.55, z = 0.33 * drawers + 0.04;
  const Material body = Plain(FromHex(rng.Coin() ? 0x9aa0a3 : 0x4a4d50), 0.4f);
  b.Use(body).Box({-w / 2, -d / 2, 0}, {w / 2, d / 2 - 0.036, z});
  AddFronts(b,
            {-w / 2 + 0.005, w / 2 - 0.005, 0.03, z - 0.01, d / 2 - 0.036, 1, drawers, false},
            body,
            style.metal);
  b.Stand({-w / 2 + 0.01, -d / 2 + 0.01}, {w / 2 - 0.01, d / 2 - 0.05}, z);
  return b.Take();
}

Model TvStand(const Style& style, RandomStream& rng) {
  ModelBuilder b("tv stand");
  const double w = rng.Uniform(1.2, 1.7), d = rng.Uniform(0.38, 0.45), z = rng.Uniform(0.42, 0.56),
               t = 0.025;
  b.Use(style.wood);
  b.Soft({-w / 2, -d / 2, z - t}, {w / 2, d / 2, z}, 0.004);
  b.Box({-w / 2, -d / 2, 0.05}, {w / 2, d / 2 - 0.02, 0.05 + t});
  b.Box({-w / 2 + 0.04, -d / 2 + 0.03, 0}, {w / 2 - 0.04, d / 2 - 0.08, 0.05});
  for (const double x : {-w / 2, -w / 6 - t / 2, w / 6 - t / 2, w / 2 - t})
    b.Box({x, -d / 2, 0.05 + t}, {x + t, d / 2 - 0.02, z - t});
  b.Box({-w / 2 + t, -d / 2, 0.05 + t}, {w / 2 - t, -d / 2 + 0.006, z - t});
  for (const double x : {-w / 3 - 0.004, w / 3 + 0.004}) {
    b.Use(style.wood)
        .Soft({x - w / 6 + 0.03, d / 2 - 0.036, 0.08},
              {x + w / 6 - 0.03, d / 2 - 0.018, z - t - 0.006},
              0.004);
    b.Use(style.metal)
        .Box({x - 0.05, d / 2 - 0.018, z * 0.65}, {x + 0.05, d / 2 - 0.004, z * 0.65 + 0.012});
  }
  b.Stand({-w / 6 + 0.03, -d / 2 + 0.02}, {w / 6 - 0.03, d / 2 - 0.04}, 0.05 + t, z - 0.05 - 2 * t);
  b.Stand({-w / 2 + 0.02, -d / 2 + 0.02}, {w / 2 - 0.02, d / 2 - 0.02}, z);
  return b.Take();
}

Model WallShelf(const Style& style, RandomStream& rng) {
  ModelBuilder b("shelf");
  const double w = rng.Uniform(0.6, 1.1), d = rng.Uniform(0.2, 0.26);
  b.Use(style.wood_other).Box({-w / 2, 0, 0.1}, {w / 2, d, 0.125});
  b.Use(style.metal);
  for (const double x : {-1.0, 1.0})
    b.Box({x * w * 0.35 - 0.012, 0, 0}, {x * w * 0.35 + 0.012, 0.012, 0.1})
        .Box({x * w * 0.35 - 0.012, 0.012, 0.088}, {x * w * 0.35 + 0.012, d * 0.8, 0.1});
  b.Stand({-w / 2 + 0.01, 0.01}, {w / 2 - 0.01, d - 0.01}, 0.125, 0.4);
  return b.Take();
}

Model ShoeRack(const Style& style, RandomStream& rng) {
  ModelBuilder b("shoe rack");
  const double w = rng.Uniform(0.6, 0.8), d = 0.3;
  b.Use(rng.Coin() ? style.metal : style.wood);
  for (const double x : {-w / 2, w / 2 - 0.025}) b.Box({x, -d / 2, 0}, {x + 0.025, d / 2, 0.55});
  for (const double z : {0.1, 0.3, 0.5}) {
    for (const double y : {-0.12, -0.04, 0.04, 0.12})
      b.Rod({-w / 2 + 0.025, y, z}, {w / 2 - 0.025, y, z}, 0.009, 0.009, 8);
    b.Stand({-w / 2 + 0.04, -d / 2 + 0.02}, {w / 2 - 0.04, d / 2 - 0.02}, z + 0.009, 0.18);
  }
  return b.Take();
}

Model Bed(const Style& style, RandomStream& rng) {
  ModelBuilder b("bed");
  const double w = rng.Coin(0.35) ? rng.Uniform(0.95, 1.1) : rng.Uniform(1.4, 1.8),
               l = rng.Uniform(2.0, 2.08);
  const double z = rng.Uniform(0.45, 0.55), head = rng.Uniform(0.85, 1.15);
  const Material frame = rng.Coin(0.7) ? style.wood : style.fabric;
  b.Use(frame).Soft({-w / 2 - 0.03, -l / 2 - 0.06, 0}, {w / 2 + 0.03, -l / 2, head}, 0.015);
  for (const double x : {-1.0, 1.0})
    for (const double y : {-0.85, 1.0})
      b.Box({x * (w / 2 - 0.05) - 0.03, y * (l / 2 - 0.05) - 0.03, 0},
            {x * (w / 2 - 0.05) + 0.03, y * (l / 2 - 0.05) + 0.03, 0.15});
  b.Box({-w / 2, -l / 2, 0.15}, {w / 2, l / 2, z - 0.2});
  b.Use(Cloth(FromHex(0xefece4), 4))
      .Soft({-w / 2 + 0.02, -l / 2 + 0.01, z - 0.2}, {w / 2 - 0.02, l / 2 - 0.02, z - 0.02}, 0.05);
  Material quilt{.pattern = Pattern::kQuilt,
                 .color = DrawColor(rng, 0.6) * 0.8f + Color::Constant(0.12f),
                 .color2 = FromHex(0xe8e2d6),
                 .scale = static_cast<float>(rng.Uniform(0.12, 0.3)),
                 .gloss = 0,
                 .seed = static_cast<uint32_t>(rng.Next())};
  b.Use(quilt).Soft(
      {-w / 2 - 0.02, -l / 2 + 0.62, z - 0.24}, {w / 2 + 0.02, l / 2 + 0.02, z + 0.01}, 0.06);
  b.Use(Cloth(quilt.color2, 8))
      .Soft({-w / 2 - 0.01, -l / 2 + 0.5, z - 0.2}, {w / 2 + 0.01, -l / 2 + 0.66, z + 0.005}, 0.04);
  b.Stand({-w / 2 + 0.06, -l / 2 + 0.04}, {w / 2 - 0.06, -l / 2 + 0.49}, z - 0.02);  // for pillows
  b.Stand({-w / 2 + 0.12, -l / 2 + 0.75}, {w / 2 - 0.12, l / 2 - 0.12}, z + 0.01);   // for the rest
  return b.Take();
}

constexpr FurnitureItem kItems[] = {{"dresser", Dresser},
                                    {"nightstand", Nightstand},
                                    {"wardrobe", Wardrobe},
                                    {"bookshelf", Bookshelf},
                                    {"cabinet", Cabinet},
                                    {"file cabinet", FileCabinet},
                                    {"tv stand", TvStand},
                                    {"shelf", WallShelf},
                                    {"shoe rack", ShoeRack},
                                    {"bed", Bed}};

}  // namespace
}  // namespace spatium::synth

namespace spatium {

const FurnitureInfo& FurnitureInfo_storage() {
  static constexpr FurnitureInfo kInfo{synth::kItems};
  return kInfo;
}

}  // namespace spatium
