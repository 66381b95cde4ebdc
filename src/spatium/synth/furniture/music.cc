// Instruments.
#include <numbers>

#include "spatium/geometry/trig.h"
#include "spatium/synth/furniture.h"

namespace spatium::synth {
namespace {

Model Piano(const Style& style, RandomStream& rng) {
  ModelBuilder b("piano");
  const double w = 1.45, z = rng.Uniform(1.1, 1.25);
  Material body = Plain(FromHex(0x101012), 0.8f);
  if (rng.Coin(0.4)) {
    body = style.wood;
    body.gloss = 0.5f;
  }
  b.Use(body)
      .Box({-w / 2, -0.3, 0.02}, {w / 2, 0.02, z - 0.03})
      .Soft({-w / 2 - 0.01, -0.3, z - 0.03}, {w / 2 + 0.01, 0.05, z}, 0.006);
  b.Box({-w / 2, 0.02, 0.58}, {w / 2, 0.3, 0.68});
  for (const double x : {-1.0, 1.0}) {
    b.Box({x * (w / 2 - 0.035) - 0.035, 0.22, 0}, {x * (w / 2 - 0.035) + 0.035, 0.29, 0.58});
    b.Box({x * (w / 2 - 0.03) - 0.03, 0.02, 0.68}, {x * (w / 2 - 0.03) + 0.03, 0.29, 0.78});
    b.Box({x * (w / 2 - 0.04) - 0.04, -0.3, 0}, {x * (w / 2 - 0.04) + 0.04, 0.02, 0.02});
  }
  // 52 white keys drawn as stripes, black ones as blocks in the pattern 2 + 3.
  b.Use({.pattern = Pattern::kStripes,
         .color = FromHex(0xf3f0e6),
         .color2 = FromHex(0xe2ded2),
         .scale = 0.0235f,
         .gloss = 0.4f});
  b.Box({-w / 2 + 0.07, 0.12, 0.68}, {w / 2 - 0.07, 0.28, 0.7});
  b.Use(Plain(FromHex(0x0c0c0d), 0.5f));
  for (int key = 1; key < 52; ++key)
    if (const int in_octave = key % 7; in_octave != 2 && in_octave != 5) {
      const double x = -w / 2 + 0.07 + key * (w - 0.14) / 52;
      b.Box({x - 0.006, 0.12, 0.7}, {x + 0.006, 0.22, 0.71});
    }
  b.Use({.pattern = Pattern::kPage,
         .color = FromHex(0xf4f1e8),
         .color2 = FromHex(0x222222),
         .gloss = 0,
         .facing = 1});
  b.Box({-0.2, 0.022, 0.8}, {0.2, 0.032, 1.05});
  b.SeatAt({0, 0.62}, std::numbers::pi);
  b.Stand({-w / 2 + 0.03, -0.27}, {w / 2 - 0.03, 0.02}, z, 0.6);
  return b.Take();
}

Model Guitar(const Style& style, RandomStream& rng) {
  ModelBuilder b("guitar");
  // On its stand, leaning back by 12 degrees.
  b.Use(style.dark)
      .Box({-0.13, -0.14, 0}, {0.13, -0.12, 0.02})
      .Box({-0.13, 0.1, 0}, {0.13, 0.12, 0.02})
      .Box({-0.01, -0.12, 0}, {0.01, 0.1, 0.015});
  b.Rod({0, -0.13, 0.02}, {0, -0.13, 0.55}, 0.01);
  b.In(TiltAt({0, 0.05, 0.035}, 12 * std::numbers::pi / 180));
  Material top = style.wood;
  top.gloss = 0.4f;
  if (rng.Coin(0.3)) top.color = FromHex(0xa83a22);
  b.Use(top)
      .Rod({0, -0.05, 0.19}, {0, 0.05, 0.19}, 0.19, 0.19, 28)
      .Rod({0, -0.05, 0.4}, {0, 0.05, 0.4}, 0.14, 0.14, 24)
      .Box({-0.115, -0.05, 0.2}, {0.115, 0.05, 0.42});
  b.Use(Plain(FromHex(0x140d08), 0))
      .Rod({0, 0.05, 0.34}, {0, 0.0515, 0.34}, 0.05, 0.05, 20)
      .Box({-0.08, 0.05, 0.15}, {0.08, 0.058, 0.175});
  b.Use(style.wood_other)
      .Box({-0.027, 0.03, 0.5}, {0.027, 0.055, 0.95})
      .Box({-0.038, 0.02, 0.95}, {0.038, 0.045, 1.1});
  b.Use(Plain(FromHex(0x201510), 0.2f)).Box({-0.026, 0.055, 0.4}, {0.026, 0.06, 0.95});
  return b.Take();
}

constexpr FurnitureItem kItems[] = {{"piano", Piano}, {"guitar", Guitar}};

}  // namespace
}  // namespace spatium::synth

namespace spatium {

const FurnitureInfo& FurnitureInfo_music() {
  static constexpr FurnitureInfo kInfo{synth::kItems};
  return kInfo;
}

}  // namespace spatium
