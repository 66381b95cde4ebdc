// A bathroom's fittings. Fronts look along +y, backs stand against the wall.
#include "spatium/synth/furniture.h"

namespace spatium::synth {
namespace {

Model Toilet(const Style& style, RandomStream& rng) {
  ModelBuilder b("toilet");
  b.Use(style.ceramic)
      .Soft({-0.19, -0.34, 0.38}, {0.19, -0.17, 0.76}, 0.03)
      .Soft({-0.2, -0.34, 0.76}, {0.2, -0.16, 0.8}, 0.012);
  b.Soft({-0.12, -0.3, 0}, {0.12, 0.12, 0.2}, 0.04)
      .Soft({-0.16, -0.3, 0.2}, {0.16, -0.1, 0.38}, 0.03);
  b.Lathe({0, 0.1, 0.14}, {{0.1, 0}, {0.17, 0.16}, {0.19, 0.26}}, 24);
  b.Use(rng.Coin(0.8) ? style.ceramic : style.wood)
      .Lathe({0, 0.1, 0.4}, {{0.195, 0}, {0.2, 0.012}, {0.19, 0.03}}, 24);
  b.Soft({-0.17, -0.15, 0.4}, {0.17, -0.06, 0.43}, 0.01);
  b.Use(style.metal).Rod({0, -0.25, 0.8}, {0, -0.25, 0.81}, 0.022, 0.02, 14);
  return b.Take();
}

Model Bathtub(const Style& style, RandomStream& rng) {
  ModelBuilder b("bathtub");
  const double l = rng.Uniform(1.5, 1.7), w = rng.Uniform(0.7, 0.78), z = rng.Uniform(0.5, 0.58),
               t = 0.07;
  b.Use(style.ceramic);
  b.Soft({-l / 2, -w / 2, 0}, {l / 2, -w / 2 + t, z}, 0.02)
      .Soft({-l / 2, w / 2 - t, 0}, {l / 2, w / 2, z}, 0.02);
  b.Soft({-l / 2, -w / 2 + t - 0.02, 0}, {-l / 2 + t + 0.03, w / 2 - t + 0.02, z - 0.001}, 0.02);
  b.Soft({l / 2 - t, -w / 2 + t - 0.02, 0}, {l / 2, w / 2 - t + 0.02, z - 0.001}, 0.02);
  b.Box({-l / 2 + t, -w / 2 + t - 0.02, 0}, {l / 2 - t, w / 2 - t + 0.02, 0.12});
  b.Use(style.metal)
      .Rod({l / 2 - 0.035, -0.1, z}, {l / 2 - 0.035, -0.1, z + 0.1}, 0.015)
      .Rod({l / 2 - 0.035, 0.1, z}, {l / 2 - 0.035, 0.1, z + 0.1}, 0.015);
  b.Rod({l / 2 - 0.035, -0.12, z + 0.1}, {l / 2 - 0.035, 0.12, z + 0.1}, 0.018)
      .Rod({l / 2 - 0.035, 0, z + 0.1}, {l / 2 - 0.16, 0, z + 0.07}, 0.014);
  return b.Take();
}

Model Vanity(const Style& style, RandomStream& rng) {
  ModelBuilder b("bathroom vanity");
  const double w = rng.Uniform(0.65, 1.0), d = 0.48, z = 0.82;
  b.Use(rng.Coin() ? style.wood : style.paint)
      .Box({-w / 2, -d / 2, 0.08}, {w / 2, d / 2 - 0.04, z - 0.04});
  b.Use(style.dark).Box({-w / 2 + 0.02, -d / 2, 0}, {w / 2 - 0.02, d / 2 - 0.1, 0.08});
  for (const double x : {-1.0, 1.0}) {
    b.Use(style.paint)
        .Soft({x > 0 ? 0.003 : -w / 2 + 0.003, d / 2 - 0.04, 0.09},
              {x > 0 ? w / 2 - 0.003 : -0.003, d / 2 - 0.022, z - 0.05},
              0.004);
    b.Use(style.metal)
        .Box({x * 0.05 - 0.006, d / 2 - 0.022, 0.5}, {x * 0.05 + 0.006, d / 2 - 0.006, 0.62});
  }
  b.Use({.pattern = Pattern::kMarble,
         .color = FromHex(0xe6e2da),
         .color2 = FromHex(0xa39d93),
         .gloss = 0.5f,
         .seed = 3});
  b.Soft({-w / 2 - 0.01, -d / 2, z - 0.04}, {w / 2 + 0.01, d / 2, z}, 0.006);
  b.Stand({-w / 2 + 0.01, -d / 2 + 0.02}, {w / 2 - 0.01, d / 2 - 0.02}, z, 0.35);
  return b.Take();
}

// A basin that stands on the vanity, with its tap.
Model Basin(const Style& style, RandomStream& rng) {
  ModelBuilder b("sink");
  const double r = rng.Uniform(0.165, 0.19);
  b.Use(style.ceramic)
      .Lathe({0, 0.03, 0},
             {{r * 0.55, 0},
              {r * 0.85, 0.05},
              {r, 0.12},
              {r * 0.94, 0.122},
              {r * 0.78, 0.06},
              {r * 0.4, 0.025}},
             28);
  b.Use(style.metal)
      .Rod({0, -0.19, 0}, {0, -0.19, 0.2}, 0.013)
      .Rod({0, -0.19, 0.19}, {0, -0.06, 0.2}, 0.011)
      .Rod({0, -0.065, 0.2}, {0, -0.06, 0.17}, 0.01);
  return b.Take();
}

// A rail with a towel over it, hung on the wall.
Model Towel(const Style& style, RandomStream& rng) {
  ModelBuilder b("towel");
  const double w = rng.Uniform(0.32, 0.48), h = rng.Uniform(0.45, 0.7);
  b.Use(style.metal).Rod({-w / 2 - 0.06, 0.06, h}, {w / 2 + 0.06, 0.06, h}, 0.009);
  for (const double x : {-1.0, 1.0})
    b.Rod({x * (w / 2 + 0.05), 0, h}, {x * (w / 2 + 0.05), 0.06, h}, 0.011);
  b.Use(Cloth(DrawColor(rng, 0.7), 2))
      .Soft({-w / 2, 0.07, 0}, {w / 2, 0.085, h + 0.012}, 0.006)
      .Soft({-w / 2, 0.035, 0.12}, {w / 2, 0.05, h + 0.012}, 0.006);
  b.Soft({-w / 2, 0.04, h + 0.008}, {w / 2, 0.08, h + 0.02}, 0.005);
  return b.Take();
}

Model ToiletPaper(const Style& style, RandomStream&) {
  ModelBuilder b("toilet paper");
  b.Use(style.metal)
      .Box({-0.07, 0, 0.03}, {-0.055, 0.07, 0.05})
      .Rod({-0.065, 0.062, 0.04}, {0.06, 0.062, 0.04}, 0.008, 0.008, 8);
  b.Use(Plain(FromHex(0xf4f3f0), 0))
      .Rod({-0.05, 0.062, 0.04}, {0.05, 0.062, 0.04}, 0.055, 0.055, 20)
      .Box({-0.05, 0.113, -0.06}, {0.05, 0.117, 0.04});
  return b.Take();
}

Model SoapDispenser(const Style& style, RandomStream& rng) {
  ModelBuilder b("soap dispenser");
  b.Use(rng.Coin() ? style.ceramic : Plain(DrawColor(rng), 0.4f))
      .Lathe({0, 0, 0}, {{0.034, 0}, {0.036, 0.1}, {0.03, 0.12}, {0.012, 0.13}}, 16);
  b.Use(style.metal)
      .Rod({0, 0, 0.13}, {0, 0, 0.16}, 0.007, 0.007, 8)
      .Rod({0, -0.005, 0.16}, {0, 0.045, 0.158}, 0.007, 0.005, 8);
  return b.Take();
}

Model Scale(const Style& style, RandomStream&) {
  ModelBuilder b("scale");
  b.Use(style.dark).Soft({-0.15, -0.15, 0}, {0.15, 0.15, 0.03}, 0.01);
  b.Use(Plain(FromHex(0xbfd0c4), 0.4f)).Box({-0.04, -0.12, 0.03}, {0.04, -0.08, 0.031});
  return b.Take();
}

Model LaundryBasket(const Style& style, RandomStream& rng) {
  ModelBuilder b("laundry basket");
  const double r = rng.Uniform(0.19, 0.23), h = rng.Uniform(0.45, 0.58);
  Material weave{
      .pattern = Pattern::kFabric, .color = FromHex(rng.Coin() ? 0xb59468 : 0xd6d2c8), .gloss = 0};
  b.Use(weave).Lathe({0, 0, 0}, {{r * 0.8, 0}, {r, h}, {r * 0.95, h}, {r * 0.9, h - 0.08}}, 24);
  b.Use(style.accent).Puff({-r * 0.6, -r * 0.55, h - 0.16}, {r * 0.6, r * 0.55, h - 0.02}, 0.8);
  return b.Take();
}

constexpr FurnitureItem kItems[] = {{"toilet", Toilet},
                                    {"bathtub", Bathtub},
                                    {"bathroom vanity", Vanity},
                                    {"basin", Basin},
                                    {"towel", Towel},
                                    {"toilet paper", ToiletPaper},
                                    {"soap dispenser", SoapDispenser},
                                    {"scale", Scale},
                                    {"laundry basket", LaundryBasket}};

}  // namespace
}  // namespace spatium::synth

namespace spatium {

const FurnitureInfo& FurnitureInfo_bathroom() {
  static constexpr FurnitureInfo kInfo{synth::kItems};
  return kInfo;
}

}  // namespace spatium
