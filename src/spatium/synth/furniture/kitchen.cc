// A kitchen's fittings and machines. Fronts look along +y.
#include "spatium/synth/furniture.h"

namespace spatium::synth {
namespace {

constexpr double kCounterZ = 0.9, kCounterD = 0.6;

// A run of base cupboards w wide with a worktop; a hole for the sink if asked.
Model Counter(const Style& style, RandomStream& rng, double w, bool sink) {
  ModelBuilder b("kitchen counter");
  const double d = kCounterD, z = kCounterZ, t = 0.04, front = d / 2 - 0.05;
  b.Use(style.dark).Box({-w / 2, -d / 2, 0}, {w / 2, front - 0.06, 0.1});
  const double body_top = sink ? z - 0.25 : z - t;
  b.Use(style.paint).Box({-w / 2, -d / 2, 0.1}, {w / 2, front, body_top});
  if (sink) b.Box({-w / 2, front - 0.02, body_top}, {w / 2, front, z - t});
  const int doors = std::max(1, static_cast<int>(w / 0.45));
  for (int i = 0; i < doors; ++i) {
    const double x0 = -w / 2 + i * w / doors, x1 = x0 + w / doors;
    b.Use(style.paint)
        .Soft({x0 + 0.003, front, 0.11}, {x1 - 0.003, front + 0.018, z - t - 0.17}, 0.004);
    b.Soft({x0 + 0.003, front, z - t - 0.16}, {x1 - 0.003, front + 0.018, z - t - 0.006}, 0.004);
    b.Use(style.metal)
        .Box({(x0 + x1) / 2 - 0.06, front + 0.018, z - t - 0.09},
             {(x0 + x1) / 2 + 0.06, front + 0.034, z - t - 0.078});
    b.Box({x1 - 0.06, front + 0.018, z - t - 0.33}, {x1 - 0.048, front + 0.034, z - t - 0.21});
  }
  const bool stone = rng.Coin(0.6);
  const Material top = stone ? Material{.pattern = Pattern::kMarble,
                                        .color = FromHex(rng.Coin() ? 0xd8d4cc : 0x3a3a3c),
                                        .color2 = FromHex(0x8b867e),
                                        .gloss = 0.4f,
                                        .seed = 7}
                             : style.wood_other;
  b.Use(top);
  if (!sink) {
    b.Soft({-w / 2, -d / 2, z - t}, {w / 2, d / 2, z}, 0.004);
    b.Stand({-w / 2 + 0.02, -d / 2 + 0.02}, {w / 2 - 0.02, d / 2 - 0.02}, z, 0.45);
    return b.Take();
  }
  // The hole is 0.50 x 0.38; the sink's basin (item "sink") fits it.
  b.Box({-w / 2, -d / 2, z - t}, {-0.25, d / 2, z}).Box({0.25, -d / 2, z - t}, {w / 2, d / 2, z});
  b.Box({-0.25, -d / 2, z - t}, {0.25, -0.16, z}).Box({-0.25, 0.22, z - t}, {0.25, d / 2, z});
  if (w / 2 > 0.5) {
    b.Stand({-w / 2 + 0.02, -d / 2 + 0.02}, {-0.3, d / 2 - 0.02}, z, 0.45);
    b.Stand({0.3, -d / 2 + 0.02}, {w / 2 - 0.02, d / 2 - 0.02}, z, 0.45);
  }
  return b.Take();
}

Model PlainCounter(const Style& style, RandomStream& rng) {
  return Counter(style, rng, rng.Uniform(0.9, 1.3), false);
}
Model SinkCounter(const Style& style, RandomStream& rng) {
  return Counter(style, rng, rng.Uniform(1.1, 1.5), true);
}

// Its rim lies on the worktop (z = 0), the basin hangs into the hole.
Model KitchenSink(const Style& style, RandomStream&) {
  ModelBuilder b("sink");
  const Material steel = Plain(FromHex(0xb4b8bb), 0.7f);
  b.Use(steel);
  const double x = 0.248, y0 = -0.158, y1 = 0.218, depth = 0.17, t = 0.006;
  b.Box({-x - 0.02, y1 - t, 0}, {x + 0.02, y1 + 0.02, 0.006})
      .Box({-x - 0.02, y0 - 0.06, 0}, {x + 0.02, y0 + t, 0.006});
  b.Box({-x - 0.02, y0 + t, 0}, {-x + t, y1 - t, 0.006})
      .Box({x - t, y0 + t, 0}, {x + 0.02, y1 - t, 0.006});
  b.Box({-x, y0, -depth}, {x, y0 + t, 0}).Box({-x, y1 - t, -depth}, {x, y1, 0});
  b.Box({-x, y0 + t, -depth}, {-x + t, y1 - t, 0}).Box({x - t, y0 + t, -depth}, {x, y1 - t, 0});
  b.Box({-x + t, y0 + t, -depth}, {x - t, y1 - t, -depth + t});
  b.Use(style.metal).Rod({0, y0 - 0.03, 0.006}, {0, y0 - 0.03, 0.26}, 0.013);
  b.Rod({0, y0 - 0.03, 0.25}, {0, y0 + 0.12, 0.27}, 0.011)
      .Rod({0, y0 + 0.115, 0.27}, {0, y0 + 0.12, 0.22}, 0.011);
  b.Rod({0, y0 - 0.03, 0.06}, {0.07, y0 - 0.03, 0.085}, 0.006, 0.006, 8);
  return b.Take();
}

Model WallCabinet(const Style& style, RandomStream& rng) {
  ModelBuilder b("kitchen cabinet");
  const double w = rng.Uniform(0.8, 1.2), d = 0.34, h = rng.Uniform(0.6, 0.75);
  b.Use(style.paint).Box({-w / 2, 0, 0}, {w / 2, d - 0.02, h});
  const int doors = std::max(2, static_cast<int>(w / 0.42));
  for (int i = 0; i < doors; ++i) {
    const double x0 = -w / 2 + i * w / doors, x1 = x0 + w / doors;
    b.Use(style.paint)
        .Soft({x0 + 0.003, d - 0.02, 0.003}, {x1 - 0.003, d - 0.002, h - 0.003}, 0.004);
    const double hx = i % 2 == 0 ? x1 - 0.05 : x0 + 0.038;
    b.Use(style.metal).Box({hx, d - 0.002, 0.04}, {hx + 0.012, d + 0.014, 0.16});
  }
  return b.Take();
}

Model Refrigerator(const Style& style, RandomStream& rng) {
  ModelBuilder b("refrigerator");
  const double w = rng.Uniform(0.6, 0.8), d = rng.Uniform(0.64, 0.72), z = rng.Uniform(1.65, 1.85),
               split = z * rng.Uniform(0.35, 0.68);
  const Material body = Plain(FromHex(rng.Coin() ? 0xeceded : 0xa9adb0), 0.5f);
  b.Use(style.dark).Box({-w / 2 + 0.02, -d / 2 + 0.03, 0}, {w / 2 - 0.02, d / 2 - 0.1, 0.05});
  b.Use(body).Soft({-w / 2, -d / 2, 0.05}, {w / 2, d / 2 - 0.08, z}, 0.008);
  b.Soft({-w / 2, d / 2 - 0.076, 0.06}, {w / 2, d / 2 - 0.03, split - 0.004}, 0.012);
  b.Soft({-w / 2, d / 2 - 0.076, split + 0.004}, {w / 2, d / 2 - 0.03, z}, 0.012);
  b.Use(style.metal)
      .Rod({w / 2 - 0.06, d / 2 - 0.012, split - 0.4},
           {w / 2 - 0.06, d / 2 - 0.012, split - 0.06},
           0.011);
  b.Rod({w / 2 - 0.06, d / 2 - 0.012, split + 0.06},
        {w / 2 - 0.06, d / 2 - 0.012, split + 0.34},
        0.011);
  for (const double z0 : {split - 0.36, split - 0.1, split + 0.1, split + 0.3})
    b.Box({w / 2 - 0.066, d / 2 - 0.03, z0}, {w / 2 - 0.054, d / 2 - 0.012, z0 + 0.015});
  b.Stand({-w / 2 + 0.03, -d / 2 + 0.03}, {w / 2 - 0.03, d / 2 - 0.1}, z, 0.4);
  return b.Take();
}

Model Stove(const Style& style, RandomStream& rng) {
  ModelBuilder b("stove");
  const double w = 0.6, d = kCounterD, z = kCounterZ;
  const Material body = Plain(FromHex(rng.Coin() ? 0xe6e6e4 : 0x8d9194), 0.5f);
  b.Use(style.dark).Box({-w / 2 + 0.01, -d / 2, 0}, {w / 2 - 0.01, d / 2 - 0.1, 0.08});
  b.Use(body).Box({-w / 2, -d / 2, 0.08}, {w / 2, d / 2 - 0.05, z - 0.02});
  b.Soft({-w / 2 + 0.005, d / 2 - 0.05, 0.1}, {w / 2 - 0.005, d / 2 - 0.025, 0.7}, 0.006);
  b.Use(Plain(FromHex(0x111214), 0.8f))
      .Box({-w / 2 + 0.08, d / 2 - 0.025, 0.25}, {w / 2 - 0.08, d / 2 - 0.02, 0.6});
  b.Use(style.metal)
      .Rod({-w / 2 + 0.06, d / 2 - 0.005, 0.65}, {w / 2 - 0.06, d / 2 - 0.005, 0.65}, 0.011);
  for (const double x : {-1.0, 1.0})
    b.Box({x * 0.22 - 0.008, d / 2 - 0.025, 0.645}, {x * 0.22 + 0.008, d / 2 - 0.005, 0.655});
  b.Use(body).Box({-w / 2, d / 2 - 0.05, 0.72}, {w / 2, d / 2 - 0.02, z - 0.02});
  b.Use(style.dark);
  for (int i = 0; i < 5; ++i)
    b.Rod({-0.22 + 0.11 * i, d / 2 - 0.02, 0.8},
          {-0.22 + 0.11 * i, d / 2 + 0.005, 0.8},
          0.02,
          0.017,
          12);
  b.Use(Plain(FromHex(0x16171a), 0.7f))
      .Soft({-w / 2, -d / 2, z - 0.02}, {w / 2, d / 2 - 0.02, z}, 0.004);
  b.Use(Plain(FromHex(0x3c3e42), 0.3f));
  for (const double x : {-0.14, 0.14})
    for (const double y : {-0.14, 0.12}) b.Lathe({x, y, z}, {{0.09, 0}, {0.09, 0.008}}, 20);
  for (const double x : {-0.14, 0.14})
    for (const double y : {-0.14, 0.12})
      b.Stand({x - 0.001, y - 0.001}, {x + 0.001, y + 0.001}, z + 0.008, 0.4);
  return b.Take();
}

Model RangeHood(const Style&, RandomStream& rng) {
  ModelBuilder b("range hood");
  b.Use(Plain(FromHex(rng.Coin() ? 0xb0b4b7 : 0x2a2b2e), 0.6f));
  b.Box({-0.3, 0, 0}, {0.3, 0.48, 0.06});
  b.Box({-0.2, 0, 0.06}, {0.2, 0.34, 0.12}).Box({-0.13, 0, 0.12}, {0.13, 0.26, 0.55});
  return b.Take();
}

Model Microwave(const Style& style, RandomStream& rng) {
  ModelBuilder b("microwave");
  const double w = rng.Uniform(0.45, 0.52), d = rng.Uniform(0.33, 0.38), z = rng.Uniform(0.26, 0.3);
  b.Use(Plain(FromHex(rng.Coin() ? 0xd9dadb : 0x222326), 0.45f))
      .Soft({-w / 2, -d / 2, 0.01}, {w / 2, d / 2 - 0.02, z}, 0.006);
  b.Use(style.dark).Box({-w / 2 + 0.04, -d / 2 + 0.03, 0}, {w / 2 - 0.04, d / 2 - 0.05, 0.01});
  b.Use(Plain(FromHex(0x0d0e10), 0.8f))
      .Box({-w / 2 + 0.14, d / 2 - 0.02, 0.03}, {w / 2 - 0.02, d / 2 - 0.006, z - 0.02});
  b.Use({.pattern = Pattern::kKeys,
         .color = FromHex(0x2b2c2e),
         .color2 = FromHex(0xb0b0b0),
         .facing = 1});
  b.Box({-w / 2 + 0.015, d / 2 - 0.02, 0.03}, {-w / 2 + 0.12, d / 2 - 0.014, z - 0.02});
  b.Stand({-w / 2 + 0.04, -d / 2 + 0.03}, {w / 2 - 0.04, d / 2 - 0.06}, z, 0.12);
  return b.Take();
}

Model Toaster(const Style& style, RandomStream& rng) {
  ModelBuilder b("toaster");
  b.Use(rng.Coin() ? style.metal : Plain(DrawColor(rng), 0.4f))
      .Soft({-0.14, -0.08, 0.01}, {0.14, 0.08, 0.19}, 0.025);
  b.Use(style.dark).Box({-0.12, -0.06, 0}, {0.12, 0.06, 0.01});
  for (const double y : {-0.03, 0.03}) b.Box({-0.1, y - 0.012, 0.188}, {0.1, y + 0.012, 0.191});
  b.Box({0.14, -0.015, 0.12}, {0.16, 0.015, 0.135});
  return b.Take();
}

Model Kettle(const Style& style, RandomStream& rng) {
  ModelBuilder b("kettle");
  b.Use(style.dark).Lathe({0, 0, 0}, {{0.085, 0}, {0.085, 0.02}}, 20);
  b.Use(rng.Coin() ? Plain(FromHex(0xc0c3c6), 0.7f) : Plain(DrawColor(rng), 0.4f));
  b.Lathe({0, 0, 0.02},
          {{0.08, 0}, {0.075, 0.09}, {0.055, 0.17}, {0.05, 0.18}, {0.015, 0.19}, {0.012, 0.205}},
          20);
  b.Rod({0.06, 0, 0.12}, {0.11, 0, 0.17}, 0.018, 0.01, 10);
  b.Use(style.dark)
      .Rod({-0.06, 0, 0.19}, {-0.115, 0, 0.18}, 0.01)
      .Rod({-0.115, 0, 0.18}, {-0.11, 0, 0.06}, 0.01)
      .Rod({-0.11, 0, 0.06}, {-0.07, 0, 0.05}, 0.01);
  return b.Take();
}

Model CoffeeMaker(const Style& style, RandomStream& rng) {
  ModelBuilder b("coffee maker");
  const double z = rng.Uniform(0.32, 0.38);
  b.Use(style.dark)
      .Soft({-0.1, -0.12, 0}, {0.1, 0.12, 0.03}, 0.006)
      .Soft({-0.1, -0.12, 0.03}, {0.1, -0.04, z}, 0.01);
  b.Soft({-0.1, -0.04, z - 0.1}, {0.1, 0.1, z}, 0.012);
  b.Use(Plain(FromHex(0x33241a), 0.7f))
      .Lathe({0, 0.035, 0.03}, {{0.06, 0}, {0.07, 0.05}, {0.05, 0.12}}, 18);
  return b.Take();
}

Model Pot(const Style& style, RandomStream& rng) {
  ModelBuilder b("pot");
  const double r = rng.Uniform(0.085, 0.11), h = rng.Uniform(0.1, 0.16);
  b.Use(rng.Coin() ? Plain(FromHex(0xb9bcbf), 0.7f) : Plain(DrawColor(rng), 0.4f));
  b.Lathe({0, 0, 0},
          {{r * 0.96, 0},
           {r, 0.01},
           {r, h},
           {r * 1.03, h + 0.004},
           {r * 0.5, h + 0.02},
           {0.015, h + 0.025},
           {0.015, h + 0.045}},
          24);
  b.Use(style.dark);
  for (const double x : {-1.0, 1.0})
    b.Box({x * (r + 0.02) - 0.025, -0.03, h - 0.03}, {x * (r + 0.02) + 0.025, 0.03, h - 0.018});
  return b.Take();
}

Model Dishwasher(const Style& style, RandomStream& rng) {
  const bool washer = rng.Coin();
  ModelBuilder b(washer ? "washing machine" : "dishwasher");
  const Material body = Plain(FromHex(0xe9e9e8), 0.45f);
  b.Use(body).Soft({-0.3, -0.3, 0.02}, {0.3, 0.27, 0.85}, 0.01);
  b.Use(style.dark)
      .Box({-0.27, -0.26, 0}, {0.27, 0.22, 0.02})
      .Box({-0.28, 0.27, 0.75}, {0.28, 0.276, 0.83});
  if (washer) {
    b.Use(style.metal).Rod({0, 0.27, 0.42}, {0, 0.295, 0.42}, 0.19, 0.175, 28);
    b.Use(Plain(FromHex(0x15181c), 0.8f)).Rod({0, 0.295, 0.42}, {0, 0.299, 0.42}, 0.135, 0.12, 28);
  } else {
    b.Use(style.metal).Box({-0.22, 0.27, 0.68}, {0.22, 0.3, 0.7});
  }
  b.Stand({-0.26, -0.26}, {0.26, 0.22}, 0.85);
  return b.Take();
}

constexpr FurnitureItem kItems[] = {{"kitchen counter", PlainCounter},
                                    {"sink counter", SinkCounter},
                                    {"kitchen sink", KitchenSink},
                                    {"kitchen cabinet", WallCabinet},
                                    {"refrigerator", Refrigerator},
                                    {"stove", Stove},
                                    {"range hood", RangeHood},
                                    {"microwave", Microwave},
                                    {"toaster", Toaster},
                                    {"kettle", Kettle},
                                    {"coffee maker", CoffeeMaker},
                                    {"pot", Pot},
                                    {"washing machine", Dishwasher}};

}  // namespace
}  // namespace spatium::synth

namespace spatium {

const FurnitureInfo& FurnitureInfo_kitchen() {
  static constexpr FurnitureInfo kInfo{synth::kItems};
  return kInfo;
}

}  // namespace spatium
