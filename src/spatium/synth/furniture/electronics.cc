// Screens, keyboards and other machines. Screens look along +y, towards who uses them.
#include <numbers>

#include "spatium/geometry/trig.h"
#include "spatium/synth/furniture.h"

namespace spatium::synth {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

Material ScreenOf(RandomStream& rng, float glow) {
  Material m{.pattern = Pattern::kScreen,
             .color = DrawColor(rng) * 0.5f,
             .color2 = DrawColor(rng) * 0.9f,
             .gloss = 0.5f,
             .seed = static_cast<uint32_t>(rng.Next()),
             .facing = 1};
  m.glow = Color::Constant(m.seed % 4 == 0 ? 0.f : glow);
  return m;
}

Model Tv(const Style& style, RandomStream& rng) {
  ModelBuilder b("tv");
  const double w = rng.Uniform(0.95, 1.35), h = w * 0.58, z = 0.07;
  b.Use(style.dark);
  for (const double x : {-1.0, 1.0})
    b.Box({x * w * 0.3 - 0.02, -0.1, 0}, {x * w * 0.3 + 0.02, 0.1, 0.012})
        .Box({x * w * 0.3 - 0.015, -0.015, 0.012}, {x * w * 0.3 + 0.015, 0.01, z});
  b.Soft({-w / 2, -0.025, z}, {w / 2, 0.02, z + h}, 0.006);
  b.Use(ScreenOf(rng, 0.5f))
      .Box({-w / 2 + 0.012, 0.02, z + 0.014}, {w / 2 - 0.012, 0.022, z + h - 0.012});
  return b.Take();
}

Model WallTv(const Style&, RandomStream& rng) {
  ModelBuilder b("tv");
  const double w = rng.Uniform(1.1, 1.5), h = w * 0.58;
  const Material dark = Plain(FromHex(0x151618), 0.4f);
  b.Use(dark)
      .Box({-0.15, 0, h * 0.3}, {0.15, 0.03, h * 0.7})
      .Soft({-w / 2, 0.03, 0}, {w / 2, 0.07, h}, 0.006);
  b.Use(ScreenOf(rng, 0.5f)).Box({-w / 2 + 0.012, 0.07, 0.012}, {w / 2 - 0.012, 0.072, h - 0.012});
  return b.Take();
}

Model Monitor(const Style& style, RandomStream& rng) {
  ModelBuilder b("monitor");
  const double w = rng.Uniform(0.5, 0.66), h = w * 0.58, z = rng.Uniform(0.1, 0.15);
  b.Use(style.dark)
      .Soft({-0.12, -0.1, 0}, {0.12, 0.08, 0.012}, 0.005)
      .Box({-0.025, -0.07, 0.012}, {0.025, -0.05, z + h * 0.6});
  b.Box({-0.06, -0.05, z + h * 0.35}, {0.06, -0.03, z + h * 0.6});
  b.In(TiltAt({0, -0.02, z}, 3 * kDegree));
  b.Soft({-w / 2, -0.012, 0}, {w / 2, 0.018, h}, 0.005);
  b.Use(ScreenOf(rng, 0.8f)).Box({-w / 2 + 0.01, 0.018, 0.02}, {w / 2 - 0.01, 0.02, h - 0.01});
  return b.Take();
}

Model Keyboard(const Style& style, RandomStream& rng) {
  ModelBuilder b("keyboard");
  const double w = rng.Uniform(0.38, 0.44), d = rng.Uniform(0.13, 0.15);
  b.Use(style.dark).Soft({-w / 2, -d / 2, 0}, {w / 2, d / 2, 0.016}, 0.004);
  const bool light = style.dark.color.x() > 0.3f;
  b.Use({.pattern = Pattern::kKeys,
         .color = FromHex(light ? 0x9c9d9e : 0x0c0c0d),
         .color2 = FromHex(light ? 0xe8e8e8 : 0x3a3b3d)});
  b.Box({-w / 2 + 0.01, -d / 2 + 0.01, 0.016}, {w / 2 - 0.01, d / 2 - 0.008, 0.022});
  return b.Take();
}

Model Mouse(const Style& style, RandomStream&) {
  ModelBuilder b("mouse");
  b.Use(style.dark).Puff({-0.032, -0.055, 0}, {0.032, 0.055, 0.036}, 0.6);
  return b.Take();
}

Model Laptop(const Style& style, RandomStream& rng) {
  ModelBuilder b("laptop");
  const double w = rng.Uniform(0.31, 0.37), d = w * 0.68;
  const Material body = rng.Coin() ? style.dark : Plain(FromHex(0xb9bbbe), 0.5f);
  b.Use(body).Soft({-w / 2, -d / 2, 0}, {w / 2, d / 2, 0.016}, 0.004);
  b.Use({.pattern = Pattern::kKeys, .color = FromHex(0x4a4b4d), .color2 = FromHex(0x101011)});
  b.Box({-w / 2 + 0.02, -d / 2 + 0.03, 0.016}, {w / 2 - 0.02, d / 2 * 0.3, 0.018});
  b.In(TiltAt({0, -d / 2 + 0.005, 0.018}, 18 * kDegree));
  b.Use(body).Soft({-w / 2, -0.008, 0}, {w / 2, 0.0, d * 0.95}, 0.003);
  b.Use(ScreenOf(rng, 0.8f))
      .Box({-w / 2 + 0.008, 0.0, 0.012}, {w / 2 - 0.008, 0.001, d * 0.95 - 0.008});
  return b.Take();
}

Model Tower(const Style& style, RandomStream& rng) {
  ModelBuilder b("computer tower");
  const double z = rng.Uniform(0.38, 0.46);
  b.Use(style.dark).Soft({-0.09, -0.2, 0}, {0.09, 0.19, z}, 0.008);
  b.Use(style.metal)
      .Box({-0.08, 0.19, z * 0.8}, {0.08, 0.196, z * 0.92})
      .Box({-0.02, 0.19, z * 0.65}, {0.02, 0.195, z * 0.7});
  b.Stand({-0.07, -0.18}, {0.07, 0.16}, z, 0.2);
  return b.Take();
}

Model Printer(const Style& style, RandomStream& rng) {
  ModelBuilder b("printer");
  const double w = rng.Uniform(0.4, 0.48), d = 0.36, z = rng.Uniform(0.22, 0.32);
  b.Use(Plain(FromHex(rng.Coin() ? 0xdcdcda : 0x3a3b3e), 0.25f))
      .Soft({-w / 2, -d / 2, 0}, {w / 2, d / 2 - 0.03, z}, 0.015);
  b.Use(style.dark)
      .Box({-w / 2 + 0.05, d / 2 - 0.03, 0.05}, {w / 2 - 0.05, d / 2 - 0.02, 0.12})
      .Box({-w / 2 + 0.06, d / 2 - 0.02, 0.04}, {w / 2 - 0.06, d / 2 + 0.06, 0.052});
  b.Use(Plain(FromHex(0xf5f5f2), 0)).Box({-0.1, d / 2 - 0.01, 0.052}, {0.1, d / 2 + 0.05, 0.056});
  return b.Take();
}

Model Telephone(const Style& style, RandomStream&) {
  ModelBuilder b("telephone");
  b.Use(style.dark).Soft({-0.09, -0.1, 0}, {0.09, 0.1, 0.045}, 0.015);
  b.Soft({-0.085, -0.1, 0.045}, {-0.035, 0.1, 0.075}, 0.014);
  b.Use({.pattern = Pattern::kKeys, .color = FromHex(0x2b2c2e), .color2 = FromHex(0xc0c0c0)})
      .Box({-0.015, -0.02, 0.045}, {0.075, 0.08, 0.049});
  return b.Take();
}

Model Speaker(const Style& style, RandomStream& rng) {
  ModelBuilder b("speaker");
  const double w = rng.Uniform(0.13, 0.19), z = w * 1.6;
  b.Use(rng.Coin() ? style.wood : style.dark)
      .Soft({-w / 2, -w * 0.6, 0}, {w / 2, w * 0.5, z}, 0.005);
  b.Use(Plain(FromHex(0x1a1a1c), 0.2f))
      .Rod({0, w * 0.5, z * 0.34}, {0, w * 0.5 + 0.008, z * 0.34}, w * 0.36, w * 0.33, 18);
  b.Rod({0, w * 0.5, z * 0.75}, {0, w * 0.5 + 0.008, z * 0.75}, w * 0.2, w * 0.17, 14);
  return b.Take();
}

Model Fan(const Style& style, RandomStream&) {
  ModelBuilder b("fan");
  b.Use(style.dark)
      .Lathe({0, 0, 0}, {{0.18, 0}, {0.17, 0.03}, {0.03, 0.05}}, 20)
      .Rod({0, 0, 0.045}, {0, 0, 1.0}, 0.014);
  b.Use(Plain(FromHex(0xd9dada), 0.3f)).Rod({0, -0.12, 1.05}, {0, 0, 1.05}, 0.07, 0.07, 14);
  for (int i = 0; i < 5; ++i) {
    const double a = 72 * kDegree * i;
    b.Leaf({0.04 * Cos(a), 0.03, 1.05 + 0.04 * Sin(a)},
           {0.19 * Cos(a), 0.03, 1.05 + 0.19 * Sin(a)},
           0.1,
           {0, 1, 0});
  }
  for (int i = 0; i < 18; ++i) {
    const double a = 20 * kDegree * i;
    b.Rod({0.05 * Cos(a), 0.075, 1.05 + 0.05 * Sin(a)},
          {0.21 * Cos(a), 0.055, 1.05 + 0.21 * Sin(a)},
          0.003,
          0.003,
          5);
  }
  b.Rod({0, 0.04, 1.05}, {0, 0.08, 1.05}, 0.055, 0.05, 14);
  for (int i = 0; i < 24; ++i) {
    const double a = 15 * kDegree * i, c = a + 15 * kDegree;
    b.Rod({0.215 * Cos(a), 0.03, 1.05 + 0.215 * Sin(a)},
          {0.215 * Cos(c), 0.03, 1.05 + 0.215 * Sin(c)},
          0.008,
          0.008,
          6);
  }
  return b.Take();
}

constexpr FurnitureItem kItems[] = {{"tv", Tv},
                                    {"wall tv", WallTv},
                                    {"monitor", Monitor},
                                    {"keyboard", Keyboard},
                                    {"mouse", Mouse},
                                    {"laptop", Laptop},
                                    {"computer tower", Tower},
                                    {"printer", Printer},
                                    {"telephone", Telephone},
                                    {"speaker", Speaker},
                                    {"fan", Fan}};

}  // namespace
}  // namespace spatium::synth

namespace spatium {

const FurnitureInfo& FurnitureInfo_electronics() {
  static constexpr FurnitureInfo kInfo{synth::kItems};
  return kInfo;
}

}  // namespace spatium
