// Lamps. What glows lights the room.
#include <numbers>

#include "spatium/geometry/trig.h"
#include "spatium/synth/furniture.h"

namespace spatium::synth {
namespace {

Material Bulb(RandomStream& rng, float power) {
  const Color warm = rng.Coin(0.6) ? Color(1.f, 0.8f, 0.56f) : Color(1.f, 0.94f, 0.84f);
  return Glowing(warm * power);
}

Model FloorLamp(const Style& style, RandomStream& rng) {
  ModelBuilder b("lamp");
  const double z = rng.Uniform(1.4, 1.6), r = rng.Uniform(0.16, 0.21);
  b.Use(style.metal)
      .Lathe({0, 0, 0}, {{0.15, 0}, {0.15, 0.012}, {0.02, 0.025}}, 20)
      .Rod({0, 0, 0.02}, {0, 0, z - 0.2}, 0.011);
  b.Use(Bulb(rng, 1.6f)).Lathe({0, 0, z - 0.28}, {{r, 0}, {r * 0.72, 0.28}}, 24);
  return b.Take();
}

Model ArcLamp(const Style& style, RandomStream& rng) {
  ModelBuilder b("lamp");
  const double z = rng.Uniform(1.25, 1.45);
  b.Use(style.metal)
      .Lathe({0, 0, 0}, {{0.13, 0}, {0.13, 0.02}}, 20)
      .Rod({0, 0, 0.02}, {0, 0, z}, 0.012);
  b.Rod({0, 0, z}, {0, 0.24, z + 0.06}, 0.009);
  b.Rod({0, 0.22, z + 0.06}, {0, 0.3, z - 0.08}, 0.03, 0.09, 16);
  b.Use(Bulb(rng, 2.5f)).Rod({0, 0.295, z - 0.072}, {0, 0.302, z - 0.084}, 0.08, 0.08, 16);
  return b.Take();
}

Model TableLamp(const Style& style, RandomStream& rng) {
  ModelBuilder b("lamp");
  const double h = rng.Uniform(0.4, 0.55), r = rng.Uniform(0.11, 0.15);
  b.Use(rng.Coin() ? style.ceramic : rng.Coin() ? style.wood : style.metal);
  if (rng.Coin())
    b.Lathe({0, 0, 0},
            {{0.06, 0}, {0.085, h * 0.2}, {0.05, h * 0.42}, {0.02, h * 0.48}, {0.012, h * 0.6}},
            20);
  else
    b.Lathe({0, 0, 0}, {{0.075, 0}, {0.07, 0.015}, {0.014, 0.025}, {0.012, h * 0.6}}, 20);
  b.Use(Bulb(rng, 1.5f)).Lathe({0, 0, h * 0.55}, {{r, 0}, {r * 0.65, h * 0.45}}, 22);
  return b.Take();
}

Model DeskLamp(const Style& style, RandomStream& rng) {
  ModelBuilder b("lamp");
  b.Use(rng.Coin() ? style.dark : Plain(DrawColor(rng), 0.4f));
  b.Lathe({0, 0, 0}, {{0.08, 0}, {0.08, 0.015}}, 20)
      .Rod({0, 0, 0.015}, {0, -0.08, 0.24}, 0.007)
      .Rod({0, -0.08, 0.24}, {0, 0.06, 0.4}, 0.007);
  b.Rod({0, 0.05, 0.41}, {0, 0.11, 0.36}, 0.025, 0.06, 14);
  b.Use(Bulb(rng, 2.f)).Rod({0, 0.108, 0.362}, {0, 0.112, 0.3586}, 0.05, 0.05, 14);
  return b.Take();
}

Model CeilingLight(const Style& style, RandomStream& rng) {
  ModelBuilder b("ceiling light");
  const float power = 3.2f;
  const int kind = static_cast<int>(rng.Int(0, 2));
  if (kind == 0) {
    b.Use(style.metal).Lathe({0, 0, -0.03}, {{0.19, 0}, {0.2, 0.03}}, 24);
    b.Use(Bulb(rng, power)).Lathe({0, 0, -0.1}, {{0.09, 0}, {0.15, 0.025}, {0.185, 0.07}}, 24);
  } else if (kind == 1) {
    b.Use(style.paint).Box({-0.6, -0.15, -0.03}, {0.6, 0.15, 0});
    b.Use(Glowing(Color(1.f, 0.97f, 0.92f) * power))
        .Box({-0.57, -0.12, -0.045}, {0.57, 0.12, -0.03});
  } else {
    b.Use(style.metal)
        .Lathe({0, 0, -0.02}, {{0.05, 0}, {0.05, 0.02}}, 16)
        .Rod({0, 0, -0.42}, {0, 0, -0.02}, 0.005, 0.005, 8);
    b.Use(Bulb(rng, power))
        .Lathe({0, 0, -0.68},
               {{0.07, 0}, {0.135, 0.06}, {0.15, 0.13}, {0.135, 0.2}, {0.07, 0.26}},
               24);
  }
  return b.Take();
}

// A flat panel, as offices have many of.
Model PanelLight(const Style& style, RandomStream&) {
  ModelBuilder b("ceiling light");
  b.Use(style.paint).Box({-0.31, -0.31, -0.03}, {0.31, 0.31, 0});
  b.Use(Glowing(Color(0.97f, 0.98f, 1.f) * 2.4f)).Box({-0.28, -0.28, -0.036}, {0.28, 0.28, -0.03});
  return b.Take();
}

constexpr FurnitureItem kItems[] = {{"floor lamp", FloorLamp},
                                    {"arc lamp", ArcLamp},
                                    {"table lamp", TableLamp},
                                    {"desk lamp", DeskLamp},
                                    {"ceiling light", CeilingLight},
                                    {"panel light", PanelLight}};

}  // namespace
}  // namespace spatium::synth

namespace spatium {

const FurnitureInfo& FurnitureInfo_lighting() {
  static constexpr FurnitureInfo kInfo{synth::kItems};
  return kInfo;
}

}  // namespace spatium
