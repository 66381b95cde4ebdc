// Things to put other things on. Who works at a desk sits at its +y side.
#include <numbers>

#include "spatium/geometry/trig.h"
#include "spatium/synth/furniture.h"

namespace spatium::synth {
namespace {

constexpr double kPi = std::numbers::pi;

// A plate of w x d x t with its top at z on four legs.
void FourLegs(ModelBuilder& b, double w, double d, double z, double t, double leg, bool round) {
  for (const double x : {-1.0, 1.0})
    for (const double y : {-1.0, 1.0}) {
      const double cx = x * (w / 2 - leg - 0.02), cy = y * (d / 2 - leg - 0.02);
      if (round)
        b.Rod({cx, cy, 0}, {cx, cy, z - t}, leg * 0.55, leg);
      else
        b.Box({cx - leg, cy - leg, 0}, {cx + leg, cy + leg, z - t});
    }
}

Model DiningTable(const Style& style, RandomStream& rng) {
  ModelBuilder b("table");
  const double z = rng.Uniform(0.72, 0.76);
  const bool round = rng.Coin(0.3);
  if (round) {
    const double r = rng.Uniform(0.48, 0.62);
    b.Use(style.wood)
        .Lathe({0, 0, z - 0.03}, {{r - 0.01, 0}, {r, 0.008}, {r, 0.022}, {r - 0.01, 0.03}}, 32);
    b.Use(rng.Coin() ? style.wood : style.metal);
    b.Lathe(
        {0, 0, 0},
        {{0.26, 0}, {0.26, 0.02}, {0.06, 0.06}, {0.045, 0.3}, {0.05, z - 0.06}, {0.16, z - 0.03}},
        20);
    for (int i = 0; i < 4; ++i) {
      const double a = kPi / 2 * i;
      b.SeatAt({(r + 0.12) * Cos(a), (r + 0.12) * Sin(a)}, a + kPi / 2);
    }
    b.Stand({-r * 0.68, -r * 0.68}, {r * 0.68, r * 0.68}, z);
    return b.Take();
  }
  const double w = rng.Uniform(1.2, 1.9), d = rng.Uniform(0.75, 0.95);
  b.Use(style.wood).Soft({-w / 2, -d / 2, z - 0.035}, {w / 2, d / 2, z}, 0.006);
  if (rng.Coin(0.3)) b.Use(style.metal);
  FourLegs(b, w, d, z, 0.035, rng.Uniform(0.025, 0.04), rng.Coin(0.3));
  for (const double y : {-1.0, 1.0})
    b.Box({-w / 2 + 0.1, y * (d / 2 - 0.06) - 0.01, z - 0.095},
          {w / 2 - 0.1, y * (d / 2 - 0.06) + 0.01, z - 0.035});
  const int along = w > 1.65 ? 3 : 2;
  for (int i = 0; i < along; ++i)
    for (const double y : {-1.0, 1.0})
      b.SeatAt({(i - (along - 1) / 2.0) * 0.58, y * (d / 2 + 0.1)}, y > 0 ? kPi : 0);
  for (const double x : {-1.0, 1.0}) b.SeatAt({x * (w / 2 + 0.14), 0}, x > 0 ? kPi / 2 : -kPi / 2);
  b.Stand({-w / 2 + 0.03, -d / 2 + 0.03}, {w / 2 - 0.03, d / 2 - 0.03}, z);
  return b.Take();
}

Model ConferenceTable(const Style& style, RandomStream& rng) {
  ModelBuilder b("table");
  const double w = rng.Uniform(2.2, 3.0), d = rng.Uniform(1.0, 1.25), z = 0.74;
  const double cut = rng.Coin() ? 0.25 : 0.04;
  const V2 corners[] = {{-w / 2 + cut, -d / 2},
                        {w / 2 - cut, -d / 2},
                        {w / 2, -d / 2 + cut},
                        {w / 2, d / 2 - cut},
                        {w / 2 - cut, d / 2},
                        {-w / 2 + cut, d / 2},
                        {-w / 2, d / 2 - cut},
                        {-w / 2, -d / 2 + cut}};
  b.Use(style.wood).Prism(corners, z - 0.035, z);
  b.Use(rng.Coin() ? style.dark : style.metal);
  for (const double x : {-1.0, 1.0}) {
    b.Box({x * w * 0.3 - 0.05, -d * 0.25, 0.03}, {x * w * 0.3 + 0.05, d * 0.25, z - 0.035});
    b.Box({x * w * 0.3 - 0.08, -d * 0.38, 0}, {x * w * 0.3 + 0.08, d * 0.38, 0.03});
  }
  const int along = w > 2.7 ? 4 : 3;
  for (int i = 0; i < along; ++i)
    for (const double y : {-1.0, 1.0})
      b.SeatAt({(i - (along - 1) / 2.0) * 0.68, y * (d / 2 + 0.2)}, y > 0 ? kPi : 0);
  for (const double x : {-1.0, 1.0}) b.SeatAt({x * (w / 2 + 0.22), 0}, x > 0 ? kPi / 2 : -kPi / 2);
  b.Stand({-w / 2 + 0.1, -d / 2 + 0.08}, {w / 2 - 0.1, d / 2 - 0.08}, z);
  return b.Take();
}

Model CoffeeTable(const Style& style, RandomStream& rng) {
  ModelBuilder b("coffee table");
  const double w = rng.Uniform(0.85, 1.2), d = rng.Uniform(0.5, 0.65), z = rng.Uniform(0.38, 0.45);
  b.Use(style.wood_other);
  if (rng.Coin(0.3)) {
    const double r = d * 0.65;
    b.Lathe({0, 0, z - 0.03}, {{r, 0}, {r, 0.03}}, 28);
    b.Use(style.metal);
    for (int i = 0; i < 3; ++i) {
      const double a = 2 * kPi * i / 3;
      b.Rod({r * 0.85 * Cos(a), r * 0.85 * Sin(a), 0},
            {r * 0.6 * Cos(a), r * 0.6 * Sin(a), z - 0.03},
            0.012,
            0.016,
            8);
    }
    b.Stand({-r * 0.66, -r * 0.66}, {r * 0.66, r * 0.66}, z);
    return b.Take();
  }
  b.Soft({-w / 2, -d / 2, z - 0.035}, {w / 2, d / 2, z}, 0.006);
  const double leg = rng.Uniform(0.02, 0.035);
  FourLegs(b, w, d, z, 0.035, leg, false);
  if (rng.Coin(0.6)) {
    b.Box({-w / 2 + 0.03, -d / 2 + 0.03, 0.12}, {w / 2 - 0.03, d / 2 - 0.03, 0.14});
    b.Stand({-w / 2 + 0.12, -d / 2 + 0.08}, {w / 2 - 0.12, d / 2 - 0.08}, 0.14, z - 0.035 - 0.14);
  }
  b.Stand({-w / 2 + 0.02, -d / 2 + 0.02}, {w / 2 - 0.02, d / 2 - 0.02}, z);
  return b.Take();
}

Model EndTable(const Style& style, RandomStream& rng) {
  ModelBuilder b("end table");
  const double w = rng.Uniform(0.4, 0.52), z = rng.Uniform(0.48, 0.6);
  b.Use(style.wood_other).Soft({-w / 2, -w / 2, z - 0.025}, {w / 2, w / 2, z}, 0.005);
  FourLegs(b, w, w, z, 0.025, 0.016, rng.Coin());
  b.Box({-w / 2 + 0.02, -w / 2 + 0.02, z * 0.3}, {w / 2 - 0.02, w / 2 - 0.02, z * 0.3 + 0.018});
  b.Stand({-w / 2 + 0.015, -w / 2 + 0.015}, {w / 2 - 0.015, w / 2 - 0.015}, z);
  b.Stand({-w / 2 + 0.06, -w / 2 + 0.06}, {w / 2 - 0.06, w / 2 - 0.06}, z * 0.3 + 0.018, z * 0.6);
  return b.Take();
}

Model Desk(const Style& style, RandomStream& rng) {
  ModelBuilder b("desk");
  const double w = rng.Uniform(1.2, 1.6), d = rng.Uniform(0.62, 0.75), z = rng.Uniform(0.72, 0.75);
  const Material body = rng.Coin(0.7) ? style.wood : style.paint;
  b.Use(body).Soft({-w / 2, -d / 2, z - 0.03}, {w / 2, d / 2, z}, 0.005);
  const int kind = static_cast<int>(rng.Int(0, 2));
  const double side = rng.Coin() ? 1 : -1;
  if (kind == 0) {
    b.Use(style.metal);
    FourLegs(b, w, d, z, 0.03, 0.022, rng.Coin());
  } else {
    b.Box({-side * (w / 2 - 0.02) - 0.013, -d / 2 + 0.03, 0},
          {-side * (w / 2 - 0.02) + 0.013, d / 2 - 0.03, z - 0.03});
    const double c = side * (w / 2 - 0.22);
    b.Box({c - 0.2, -d / 2 + 0.03, 0.03}, {c + 0.2, d / 2 - 0.05, z - 0.03});
    b.Box({c - 0.18, -d / 2 + 0.05, 0}, {c + 0.18, d / 2 - 0.08, 0.03});
    const int drawers = static_cast<int>(rng.Int(2, 3));
    const double h = (z - 0.07) / drawers;
    for (int i = 0; i < drawers; ++i) {
      const double z0 = 0.035 + i * h;
      b.Use(body).Soft(
          {c - 0.19, d / 2 - 0.05, z0 + 0.005}, {c + 0.19, d / 2 - 0.032, z0 + h - 0.008}, 0.004);
      b.Use(style.metal)
          .Box({c - 0.06, d / 2 - 0.032, z0 + h * 0.6},
               {c + 0.06, d / 2 - 0.018, z0 + h * 0.6 + 0.012});
    }
    b.Use(body).Box({-w / 2 + 0.035, -d / 2 + 0.04, 0.35},
                    {w / 2 - 0.035, -d / 2 + 0.055, z - 0.03});
  }
  b.SeatAt({kind == 0 ? 0 : -side * 0.18, d / 2 + 0.22}, kPi);
  b.Stand({-w / 2 + 0.02, -d / 2 + 0.02}, {w / 2 - 0.02, d / 2 - 0.02}, z);
  return b.Take();
}

constexpr FurnitureItem kItems[] = {{"dining table", DiningTable},
                                    {"conference table", ConferenceTable},
                                    {"coffee table", CoffeeTable},
                                    {"end table", EndTable},
                                    {"desk", Desk}};

}  // namespace
}  // namespace spatium::synth

namespace spatium {

const FurnitureInfo& FurnitureInfo_tables() {
  static constexpr FurnitureInfo kInfo{synth::kItems};
  return kInfo;
}

}  // namespace spatium
