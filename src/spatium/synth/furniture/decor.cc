// What makes a room somebody's: plants, pictures, cloth; and what hangs on walls.
#include <numbers>

#include "spatium/geometry/trig.h"
#include "spatium/synth/furniture.h"

namespace spatium::synth {
namespace {

constexpr double kPi = std::numbers::pi;

// Leaves from a crown at `base`: out along `reach`, up by `rise`.
void Foliage(ModelBuilder& b,
             const V3& base,
             double reach,
             double rise,
             int n,
             double width,
             RandomStream& rng) {
  for (int i = 0; i < n; ++i) {
    const double a = 2 * kPi * i * 0.618 + rng.Uniform(-0.2, 0.2);
    const double up = rise * rng.Uniform(0.25, 1), out = reach * rng.Uniform(0.6, 1);
    const V3 dir(Cos(a), Sin(a), 0);
    const V3 knee = base + dir * out * 0.45 + V3(0, 0, up);
    const V3 tip = base + dir * out + V3(0, 0, up * rng.Uniform(0.55, 1.05));
    b.Rod(base, knee, 0.004, 0.003, 5);
    b.Leaf(knee - dir * 0.02, tip, width * rng.Uniform(0.8, 1.2), V3::UnitZ() * 0.9 + dir * 0.3);
  }
}

Model Plant(const Style& style, RandomStream& rng) {
  ModelBuilder b("plant");
  const double r = rng.Uniform(0.13, 0.18), h = rng.Uniform(0.24, 0.34);
  b.Use(rng.Coin() ? style.ceramic : Plain(FromHex(rng.Coin() ? 0xb0693f : 0x5a5f63), 0.15f));
  b.Lathe({0, 0, 0}, {{r * 0.75, 0}, {r, h}, {r * 0.93, h}, {r * 0.9, h - 0.04}}, 22);
  b.Use(Plain(FromHex(0x3a2a1e), 0)).Lathe({0, 0, h - 0.045}, {{r * 0.9, 0}, {r * 0.88, 0.01}}, 18);
  if (rng.Coin()) {
    b.Use(Plain(FromHex(0x6b5238), 0)).Rod({0, 0, h - 0.03}, {0.03, 0.02, h + 0.5}, 0.015, 0.01);
    b.Use(style.leaf);
    for (int k = 0; k < 3; ++k)
      Foliage(b, {0.03 * k / 2.0, 0.02 * k / 2.0, h + 0.2 + 0.15 * k}, 0.3, 0.2, 9, 0.09, rng);
  } else {
    b.Use(style.leaf);
    Foliage(b, {0, 0, h - 0.04}, rng.Uniform(0.3, 0.4), rng.Uniform(0.4, 0.7), 22, 0.09, rng);
  }
  return b.Take();
}

Model PottedPlant(const Style& style, RandomStream& rng) {
  ModelBuilder b("plant");
  const double r = rng.Uniform(0.055, 0.075), h = rng.Uniform(0.1, 0.13);
  b.Use(rng.Coin() ? style.ceramic : Plain(DrawColor(rng, 0.7), 0.2f))
      .Lathe({0, 0, 0}, {{r * 0.75, 0}, {r, h}, {r * 0.9, h}, {r * 0.85, h - 0.02}}, 18);
  b.Use(style.leaf);
  Foliage(b, {0, 0, h - 0.02}, 0.12, rng.Uniform(0.1, 0.2), 14, 0.04, rng);
  return b.Take();
}

Model Vase(const Style& style, RandomStream& rng) {
  ModelBuilder b("vase");
  const double h = rng.Uniform(0.18, 0.3), r = rng.Uniform(0.045, 0.07);
  b.Use(rng.Coin(0.3) ? style.ceramic : Plain(DrawColor(rng), 0.5f));
  if (rng.Coin())
    b.Lathe({0, 0, 0},
            {{r * 0.6, 0},
             {r, h * 0.35},
             {r * 0.9, h * 0.55},
             {r * 0.4, h * 0.85},
             {r * 0.5, h},
             {r * 0.42, h},
             {r * 0.35, h * 0.85}},
            20);
  else
    b.Lathe({0, 0, 0},
            {{r * 0.8, 0}, {r * 0.6, h * 0.5}, {r, h}, {r * 0.92, h}, {r * 0.5, h * 0.6}},
            20);
  if (rng.Coin(0.5)) {
    for (int i = 0; i < 5; ++i) {
      const double a = 1.3 * i;
      const V3 tip(0.05 * Cos(a), 0.05 * Sin(a), h + rng.Uniform(0.08, 0.16));
      b.Use(style.leaf).Rod({0, 0, h * 0.6}, tip, 0.002, 0.002, 5);
      b.Use(Plain(DrawColor(rng), 0)).Puff(tip - V3::Constant(0.016), tip + V3::Constant(0.016), 1);
    }
  }
  return b.Take();
}

Model Candle(const Style&, RandomStream& rng) {
  ModelBuilder b("candle");
  const double h = rng.Uniform(0.07, 0.14);
  b.Use(Plain(FromHex(0xefe6d2), 0.1f))
      .Lathe({0, 0, 0}, {{0.03, 0}, {0.03, h}, {0.026, h}, {0.02, h - 0.006}}, 16);
  b.Use(Plain(FromHex(0x222222), 0)).Rod({0, 0, h - 0.006}, {0, 0, h + 0.012}, 0.0015, 0.0015, 5);
  return b.Take();
}

Model PictureFrame(const Style& style, RandomStream& rng) {
  ModelBuilder b("picture");
  const bool wide = rng.Coin();
  const double a = rng.Uniform(0.35, 0.6), w = wide ? a * 1.4 : a, h = wide ? a : a * 1.3,
               f = rng.Uniform(0.015, 0.035);
  b.Use(rng.Coin(0.4) ? style.wood : rng.Coin() ? style.dark : style.metal);
  b.Box({-w / 2, 0, 0}, {w / 2, 0.022, f}).Box({-w / 2, 0, h - f}, {w / 2, 0.022, h});
  b.Box({-w / 2, 0, f}, {-w / 2 + f, 0.022, h - f}).Box({w / 2 - f, 0, f}, {w / 2, 0.022, h - f});
  const double mat = rng.Coin() ? 0.06 : 0.0;
  if (mat > 0)
    b.Use(Plain(FromHex(0xf3f0e8), 0)).Box({-w / 2 + f, 0, f}, {w / 2 - f, 0.011, h - f});
  Material art{.pattern = rng.Coin() ? Pattern::kPicture : Pattern::kPhoto,
               .color = DrawColor(rng),
               .color2 = DrawColor(rng),
               .gloss = 0.1f,
               .seed = static_cast<uint32_t>(rng.Next()),
               .facing = 1};
  b.Use(art).Box({-w / 2 + f + mat, mat > 0 ? 0.011 : 0, f + mat},
                 {w / 2 - f - mat, 0.013, h - f - mat});
  return b.Take();
}

Model Mirror(const Style& style, RandomStream& rng) {
  ModelBuilder b("mirror");
  const double w = rng.Uniform(0.45, 0.7), h = rng.Uniform(0.6, 1.0), f = 0.025;
  b.Use(rng.Coin() ? style.wood : style.metal);
  b.Box({-w / 2, 0, 0}, {w / 2, 0.022, f}).Box({-w / 2, 0, h - f}, {w / 2, 0.022, h});
  b.Box({-w / 2, 0, f}, {-w / 2 + f, 0.022, h - f}).Box({w / 2 - f, 0, f}, {w / 2, 0.022, h - f});
  b.Use({.pattern = Pattern::kMirror, .color = FromHex(0xdfe6e6)})
      .Box({-w / 2 + f, 0, f}, {w / 2 - f, 0.012, h - f});
  return b.Take();
}

Model Clock(const Style& style, RandomStream& rng) {
  ModelBuilder b("clock");
  const double r = rng.Uniform(0.13, 0.18);
  b.Use(rng.Coin() ? style.dark : style.metal).Rod({0, 0, r}, {0, 0.03, r}, r, r, 28);
  b.Use({.pattern = Pattern::kClock,
         .color = FromHex(0xf5f3ec),
         .color2 = FromHex(0x333333),
         .gloss = 0.2f,
         .seed = static_cast<uint32_t>(rng.Next()),
         .facing = 1});
  b.Rod({0, 0.03, r}, {0, 0.033, r}, r * 0.93, r * 0.93, 28);
  return b.Take();
}

Model Rug(const Style&, RandomStream& rng) {
  ModelBuilder b("rug");
  const double w = rng.Uniform(1.6, 2.3), d = rng.Uniform(1.15, 1.5);
  b.Use({.pattern = Pattern::kRug,
         .color = DrawColor(rng, 0.7),
         .color2 = DrawColor(rng, 0.5),
         .gloss = 0,
         .seed = static_cast<uint32_t>(rng.Next())});
  b.Soft({-w / 2, -d / 2, 0}, {w / 2, d / 2, 0.012}, 0.005);
  return b.Take();
}

Model BathMat(const Style& style, RandomStream& rng) {
  ModelBuilder b("bath mat");
  Material m = style.accent;
  if (rng.Coin()) m = Cloth(FromHex(0xe6e2da), 3);
  b.Use(m).Soft({-0.38, -0.25, 0}, {0.38, 0.25, 0.018}, 0.007);
  return b.Take();
}

// Upright, to lean against a couch's back, and lying, for beds.
Model Pillow(const Style& style, RandomStream& rng) {
  ModelBuilder b("pillow");
  const double w = rng.Uniform(0.36, 0.45);
  Material cloth = rng.Coin(0.6) ? style.accent : Cloth(DrawColor(rng, 0.8), 6);
  if (rng.Coin(0.3))
    cloth = {.pattern = Pattern::kStripes,
             .color = cloth.color,
             .color2 = FromHex(0xefe8da),
             .scale = 0.04f,
             .gloss = 0};
  b.Use(cloth).Puff({-w / 2, -0.06, 0}, {w / 2, 0.06, w}, 0.55);
  return b.Take();
}

Model BedPillow(const Style&, RandomStream& rng) {
  ModelBuilder b("pillow");
  b.Use(Cloth(rng.Coin(0.7) ? FromHex(0xf1eee6) : DrawColor(rng, 0.5), 7))
      .Puff({-0.31, -0.2, 0}, {0.31, 0.2, 0.14}, 0.55);
  return b.Take();
}

Model Radiator(const Style&, RandomStream& rng) {
  ModelBuilder b("radiator");
  const double w = rng.Uniform(0.7, 1.1), h = rng.Uniform(0.5, 0.6);
  b.Use(Plain(FromHex(0xefeeea), 0.3f));
  for (const double x : {-0.6, 0.6})
    b.Box({x * w / 2 - 0.02, 0, 0.25}, {x * w / 2 + 0.02, 0.03, h});
  const int n = static_cast<int>(w / 0.055);
  for (int i = 0; i < n; ++i) {
    const double x = -w / 2 + (i + 0.5) * w / n;
    b.Soft({x - 0.021, 0.03, 0.13}, {x + 0.021, 0.11, 0.12 + h}, 0.01);
  }
  b.Rod({-w / 2, 0.07, 0.17}, {w / 2, 0.07, 0.17}, 0.014)
      .Rod({-w / 2, 0.07, 0.08 + h}, {w / 2, 0.07, 0.08 + h}, 0.014);
  return b.Take();
}

Model Whiteboard(const Style&, RandomStream& rng) {
  ModelBuilder b("whiteboard");
  const double w = rng.Uniform(1.2, 2.0), h = rng.Uniform(0.85, 1.1);
  const uint32_t inks[] = {0x1f3f8f, 0xa02a25, 0x1d1d20, 0x1f6a3a};
  b.Use({.pattern = Pattern::kScribble,
         .color = FromHex(0xf6f7f6),
         .color2 = FromHex(inks[rng.Index(4)]),
         .gloss = 0.4f,
         .seed = static_cast<uint32_t>(rng.Next()),
         .facing = 1});
  b.Box({-w / 2 + 0.015, 0, 0.015}, {w / 2 - 0.015, 0.014, h - 0.015});
  b.Use(Plain(FromHex(0xa9adb0), 0.5f));
  b.Box({-w / 2, 0, 0}, {w / 2, 0.02, 0.015}).Box({-w / 2, 0, h - 0.015}, {w / 2, 0.02, h});
  b.Box({-w / 2, 0, 0.015}, {-w / 2 + 0.015, 0.02, h - 0.015})
      .Box({w / 2 - 0.015, 0, 0.015}, {w / 2, 0.02, h - 0.015});
  b.Box({-0.3, 0.02, 0}, {0.3, 0.08, 0.012});
  b.Use(Plain(DrawColor(rng), 0.2f)).Box({-0.1, 0.03, 0.012}, {0.02, 0.06, 0.035});
  return b.Take();
}

Model Curtain(const Style& style, RandomStream& rng) {
  ModelBuilder b("curtain");
  const double w = rng.Uniform(0.34, 0.45), h = 2.0;
  Material cloth = style.accent;
  if (rng.Coin(0.4)) cloth = Cloth(FromHex(0xe2dccf), 9);
  b.Use(cloth).Drape({-w / 2, 0.03, 0}, {w / 2, 0.11, h - 0.03}, 6);
  b.Use(style.metal)
      .Rod({-w / 2 - 0.03, 0.07, h - 0.012}, {w / 2 + 0.03, 0.07, h - 0.012}, 0.012)
      .Box({-0.012, 0, h - 0.02}, {0.012, 0.07, h - 0.004});
  return b.Take();
}

constexpr FurnitureItem kItems[] = {{"plant", Plant},
                                    {"potted plant", PottedPlant},
                                    {"vase", Vase},
                                    {"candle", Candle},
                                    {"picture", PictureFrame},
                                    {"mirror", Mirror},
                                    {"clock", Clock},
                                    {"rug", Rug},
                                    {"bath mat", BathMat},
                                    {"pillow", Pillow},
                                    {"bed pillow", BedPillow},
                                    {"radiator", Radiator},
                                    {"whiteboard", Whiteboard},
                                    {"curtain", Curtain}};

}  // namespace
}  // namespace spatium::synth

namespace spatium {

const FurnitureInfo& FurnitureInfo_decor() {
  static constexpr FurnitureInfo kInfo{synth::kItems};
  return kInfo;
}

}  // namespace spatium
