// Things to sit on. The sitter looks along +y.
#include <numbers>

#include "spatium/geometry/trig.h"
#include "spatium/synth/furniture.h"

namespace spatium::synth {
namespace {

// Four legs, splayed by `splay` metres at the floor, under a plate at height z.
void Legs(ModelBuilder& b, double half_x, double half_y, double z, double thick, double splay) {
  for (const double x : {-1.0, 1.0})
    for (const double y : {-1.0, 1.0})
      b.Rod({x * (half_x + splay), y * (half_y + splay), 0},
            {x * half_x, y * half_y, z},
            thick * 0.8,
            thick,
            8);
}

Model Chair(const Style& style, RandomStream& rng) {
  ModelBuilder b("chair");
  const double w = rng.Uniform(0.41, 0.47), d = rng.Uniform(0.42, 0.47),
               z = rng.Uniform(0.44, 0.46);
  const double top = rng.Uniform(0.82, 0.98);
  const int kind = static_cast<int>(rng.Int(0, 2));
  const Material frame = rng.Coin(0.6) ? style.wood : rng.Coin() ? style.metal : style.paint;
  b.Use(frame);
  const bool square = rng.Coin();
  if (square) {
    for (const double x : {-1.0, 1.0}) {
      b.Box({x * (w / 2 - 0.02) - 0.019, d / 2 - 0.045, 0},
            {x * (w / 2 - 0.02) + 0.019, d / 2 - 0.007, z - 0.02});
      b.Box({x * (w / 2 - 0.02) - 0.019, -d / 2, 0},
            {x * (w / 2 - 0.02) + 0.019, -d / 2 + 0.038, z - 0.02});
    }
  } else {
    Legs(b, w / 2 - 0.045, d / 2 - 0.045, z - 0.02, 0.017, 0.025);
  }
  if (kind == 0) b.Use(style.fabric);
  b.Soft({-w / 2, -d / 2, z - 0.02}, {w / 2, d / 2, z + 0.02}, 0.012);
  // The back leans by 8 degrees about the seat's rear edge.
  b.In(TiltAt({0, -d / 2 + 0.03, z}, 8 * std::numbers::pi / 180)).Use(frame);
  const double h = top - z;
  for (const double x : {-1.0, 1.0})
    b.Box({x * (w / 2 - 0.02) - 0.016, -0.03, 0}, {x * (w / 2 - 0.02) + 0.016, -0.002, h});
  if (kind == 0) {
    b.Use(style.fabric).Soft({-w / 2 + 0.03, -0.032, 0.12}, {w / 2 - 0.03, 0.008, h}, 0.014);
  } else if (kind == 1) {
    b.Soft({-w / 2 + 0.01, -0.032, h - 0.08}, {w / 2 - 0.01, -0.004, h}, 0.008);
    const int slats = static_cast<int>(rng.Int(3, 5));
    for (int i = 0; i < slats; ++i) {
      const double x = (i + 0.5 - slats / 2.0) * (w - 0.1) / slats;
      b.Box({x - 0.018, -0.026, 0}, {x + 0.018, -0.01, h - 0.07});
    }
  } else {
    for (int i = 0; i < 3; ++i)
      b.Soft({-w / 2 + 0.02, -0.03, 0.1 + i * (h - 0.18) / 2},
             {w / 2 - 0.02, -0.008, 0.18 + i * (h - 0.18) / 2},
             0.006);
  }
  return b.Take();
}

Model OfficeChair(const Style& style, RandomStream& rng) {
  ModelBuilder b("office chair");
  const double z = rng.Uniform(0.44, 0.5), w = rng.Uniform(0.46, 0.5), d = 0.47;
  const Material seat = rng.Coin(0.6) ? Cloth(FromHex(0x2a2c30), 5) : style.fabric;
  b.Use(style.dark);
  for (int i = 0; i < 5; ++i) {
    const double a = 2 * std::numbers::pi * i / 5 + 0.3;
    const V3 tip(0.29 * Cos(a), 0.29 * Sin(a), 0.075);
    b.Rod({0, 0, 0.1}, tip, 0.024, 0.018, 8);
    const V3 side(-0.022 * Sin(a), 0.022 * Cos(a), 0);
    b.Rod(tip - side + V3(0, 0, -0.045), tip + side + V3(0, 0, -0.045), 0.03, 0.03, 12);
  }
  b.Use(style.metal).Rod({0, 0, 0.09}, {0, 0, z - 0.05}, 0.028);
  b.Use(style.dark).Box({-0.1, -0.13, z - 0.06}, {0.1, 0.1, z - 0.03});
  b.Use(seat).Soft({-w / 2, -d / 2, z - 0.04}, {w / 2, d / 2, z + 0.04}, 0.035);
  b.In(TiltAt({0, -d / 2 + 0.03, z}, 10 * std::numbers::pi / 180));
  const double h = rng.Uniform(0.48, 0.66);
  b.Use(style.dark).Box({-0.03, -0.055, -0.03}, {0.03, -0.03, 0.3});
  b.Use(seat).Soft({-w / 2 + 0.02, -0.03, 0.12}, {w / 2 - 0.02, 0.035, h}, 0.03);
  b.In({}).Use(style.dark);
  if (rng.Coin(0.75))
    for (const double x : {-1.0, 1.0}) {
      b.Box({x * (w / 2 + 0.02) - 0.015, -0.08, z - 0.02},
            {x * (w / 2 + 0.02) + 0.015, -0.03, z + 0.19});
      b.Soft({x * (w / 2 + 0.02) - 0.035, -0.16, z + 0.19},
             {x * (w / 2 + 0.02) + 0.035, 0.12, z + 0.22},
             0.012);
    }
  return b.Take();
}

// A couch of `seats` cushions; an armchair has one.
Model Sofa(
    const char* label, int seats, const Style& style, RandomStream& rng, const Material& cloth) {
  ModelBuilder b(label);
  const double seat_w = seats == 1 ? rng.Uniform(0.56, 0.66) : rng.Uniform(0.62, 0.74);
  const double arm = rng.Uniform(0.12, 0.22), depth = rng.Uniform(0.82, 0.95),
               z = rng.Uniform(0.40, 0.45);
  const double back = rng.Uniform(0.74, 0.9), arm_z = z + rng.Uniform(0.12, 0.22),
               leg = rng.Uniform(0.05, 0.14);
  const double w = seats * seat_w + 2 * arm, back_t = 0.2;
  b.Use(style.wood);
  for (const double x : {-1.0, 1.0})
    for (const double y : {-1.0, 1.0})
      b.Rod({x * (w / 2 - 0.07), y * (depth / 2 - 0.07), 0},
            {x * (w / 2 - 0.07), y * (depth / 2 - 0.07), leg},
            0.018,
            0.025);
  b.Use(cloth).Soft({-w / 2, -depth / 2, leg}, {w / 2, depth / 2 - 0.02, z - 0.13}, 0.02);
  for (const double x : {-1.0, 1.0}) {
    const double c = x * (w / 2 - arm / 2);
    b.Soft({c - arm / 2, -depth / 2, z - 0.13}, {c + arm / 2, depth / 2 - 0.01, arm_z}, 0.05);
  }
  b.Soft({-w / 2 + arm, -depth / 2, z - 0.13}, {w / 2 - arm, -depth / 2 + back_t, back}, 0.06);
  for (int i = 0; i < seats; ++i) {
    const double x0 = -w / 2 + arm + i * seat_w;
    b.Soft({x0 + 0.004, -depth / 2 + back_t, z - 0.13}, {x0 + seat_w - 0.004, depth / 2, z}, 0.045);
    b.Soft({x0 + 0.012, -depth / 2 + back_t - 0.03, z},
           {x0 + seat_w - 0.012, -depth / 2 + back_t + 0.1, back + 0.03},
           0.055);
  }
  b.Stand({-w / 2 + arm + 0.02, -depth / 2 + back_t + 0.11},
          {w / 2 - arm - 0.02, depth / 2 - 0.06},
          z,
          1);
  return b.Take();
}

Model Couch(const Style& style, RandomStream& rng) {
  return Sofa("couch", static_cast<int>(rng.Int(2, 3)), style, rng, style.fabric);
}

Model Armchair(const Style& style, RandomStream& rng) {
  return Sofa("armchair", 1, style, rng, rng.Coin() ? style.fabric : style.accent);
}

Model Stool(const Style& style, RandomStream& rng) {
  ModelBuilder b("stool");
  const double z = rng.Coin(0.4) ? rng.Uniform(0.62, 0.7) : rng.Uniform(0.42, 0.48),
               r = rng.Uniform(0.15, 0.18);
  b.Use(rng.Coin() ? style.wood : style.metal);
  Legs(b, r * 0.6, r * 0.6, z - 0.03, 0.014, 0.03 + 0.04 * z);
  for (const double s : {-1.0, 1.0}) {
    b.Rod({s * r * 0.75, -r * 0.75, z * 0.4}, {s * r * 0.75, r * 0.75, z * 0.4}, 0.008, 0.008, 8);
    b.Rod({-r * 0.75, s * r * 0.75, z * 0.4}, {r * 0.75, s * r * 0.75, z * 0.4}, 0.008, 0.008, 8);
  }
  b.Use(rng.Coin() ? style.wood : style.accent);
  b.Lathe({0, 0, z - 0.035}, {{r * 0.95, 0}, {r, 0.01}, {r, 0.027}, {r * 0.93, 0.035}}, 20);
  return b.Take();
}

Model Bench(const Style& style, RandomStream& rng) {
  ModelBuilder b("bench");
  const double w = rng.Uniform(0.9, 1.3), d = rng.Uniform(0.32, 0.4), z = rng.Uniform(0.42, 0.46);
  b.Use(style.wood);
  for (const double x : {-1.0, 1.0})
    b.Box({x * (w / 2 - 0.1) - 0.025, -d / 2 + 0.03, 0},
          {x * (w / 2 - 0.1) + 0.025, d / 2 - 0.03, z - 0.04});
  b.Box({-w / 2 + 0.12, -0.02, z * 0.35}, {w / 2 - 0.12, 0.02, z * 0.35 + 0.06});
  b.Soft({-w / 2, -d / 2, z - 0.04}, {w / 2, d / 2, z}, 0.008);
  b.Stand({-w / 2 + 0.02, -d / 2 + 0.02}, {w / 2 - 0.02, d / 2 - 0.02}, z);
  return b.Take();
}

Model Ottoman(const Style& style, RandomStream& rng) {
  ModelBuilder b("ottoman");
  const double w = rng.Uniform(0.48, 0.7), d = rng.Uniform(0.42, 0.5), z = rng.Uniform(0.36, 0.42);
  b.Use(style.wood);
  for (const double x : {-1.0, 1.0})
    for (const double y : {-1.0, 1.0})
      b.Rod({x * (w / 2 - 0.06), y * (d / 2 - 0.06), 0},
            {x * (w / 2 - 0.06), y * (d / 2 - 0.06), 0.08},
            0.016,
            0.022);
  b.Use(rng.Coin() ? style.accent : style.fabric)
      .Soft({-w / 2, -d / 2, 0.08}, {w / 2, d / 2, z}, 0.05);
  b.Stand({-w / 2 + 0.06, -d / 2 + 0.06}, {w / 2 - 0.06, d / 2 - 0.06}, z);
  return b.Take();
}

constexpr FurnitureItem kItems[] = {{"chair", Chair},
                                    {"office chair", OfficeChair},
                                    {"couch", Couch},
                                    {"armchair", Armchair},
                                    {"stool", Stool},
                                    {"bench", Bench},
                                    {"ottoman", Ottoman}};

}  // namespace
}  // namespace spatium::synth

namespace spatium {

const FurnitureInfo& FurnitureInfo_seating() {
  static constexpr FurnitureInfo kInfo{synth::kItems};
  return kInfo;
}

}  // namespace spatium
