// Small things that lie about.
#include <numbers>

#include "spatium/geometry/trig.h"
#include "spatium/synth/furniture.h"

namespace spatium::synth {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

Model Mug(const Style& style, RandomStream& rng) {
  ModelBuilder b("mug");
  b.Use(rng.Coin(0.4) ? style.ceramic : Plain(DrawColor(rng), 0.4f));
  b.Lathe(
      {0, 0, 0}, {{0.036, 0}, {0.041, 0.02}, {0.041, 0.095}, {0.036, 0.095}, {0.034, 0.03}}, 18);
  b.Rod({0.04, 0, 0.078}, {0.066, 0, 0.066}, 0.005, 0.005, 6)
      .Rod({0.066, 0, 0.068}, {0.066, 0, 0.036}, 0.005, 0.005, 6)
      .Rod({0.066, 0, 0.038}, {0.04, 0, 0.026}, 0.005, 0.005, 6);
  return b.Take();
}

Model Bottle(const Style&, RandomStream& rng) {
  ModelBuilder b("bottle");
  const double h = rng.Uniform(0.22, 0.31), r = rng.Uniform(0.032, 0.04);
  const uint32_t glass[] = {0x2f4f36, 0x5a2d22, 0x9fb8c0, 0x2b4a6f, 0xd8d3c4};
  b.Use(Plain(FromHex(glass[rng.Index(5)]), 0.7f))
      .Lathe({0, 0, 0},
             {{r * 0.9, 0}, {r, 0.01}, {r, h * 0.55}, {0.014, h * 0.75}, {0.013, h * 0.95}},
             18);
  b.Use(Plain(DrawColor(rng), 0.2f)).Lathe({0, 0, h * 0.94}, {{0.016, 0}, {0.016, h * 0.06}}, 14);
  b.Use(Plain(FromHex(0xece6d6), 0))
      .Lathe({0, 0, h * 0.15}, {{r + 0.0008, 0}, {r + 0.0008, h * 0.28}}, 18);
  return b.Take();
}

Model Bowl(const Style& style, RandomStream& rng) {
  ModelBuilder b("bowl");
  const double r = rng.Uniform(0.08, 0.13), h = r * 0.55;
  b.Use(rng.Coin() ? style.ceramic : rng.Coin() ? style.wood : Plain(DrawColor(rng), 0.4f));
  b.Lathe({0, 0, 0},
          {{r * 0.45, 0},
           {r * 0.85, h * 0.5},
           {r, h},
           {r * 0.95, h},
           {r * 0.78, h * 0.5},
           {r * 0.3, 0.015}},
          24);
  if (rng.Coin(0.5)) {  // fruit
    for (int i = 0; i < 4; ++i) {
      const double a = 90 * kDegree * i + 0.4;
      const V3 c(r * 0.4 * Cos(a), r * 0.4 * Sin(a), h * 0.75);
      const uint32_t fruit[] = {0xc0392b, 0xe08a2a, 0x8ba83a, 0xe0b83c};
      b.Use(Plain(FromHex(fruit[rng.Index(4)]), 0.3f))
          .Puff(c - V3::Constant(r * 0.32), c + V3::Constant(r * 0.32), 1);
    }
  }
  return b.Take();
}

Model Plate(const Style& style, RandomStream& rng) {
  ModelBuilder b("plate");
  const double r = rng.Uniform(0.1, 0.135);
  b.Use(rng.Coin(0.6) ? style.ceramic : Plain(DrawColor(rng, 0.6), 0.4f));
  b.Lathe({0, 0, 0}, {{r * 0.6, 0}, {r, 0.018}, {r * 0.97, 0.02}, {r * 0.62, 0.007}}, 28);
  return b.Take();
}

Model Cup(const Style&, RandomStream& rng) {
  ModelBuilder b("cup");
  b.Use(Plain(rng.Coin() ? FromHex(0xe9ecec) : DrawColor(rng), 0.5f))
      .Lathe({0, 0, 0}, {{0.027, 0}, {0.038, 0.11}, {0.035, 0.11}, {0.025, 0.015}}, 16);
  return b.Take();
}

void AddBook(ModelBuilder& b, const V3& min, const V3& max, RandomStream& rng) {
  // Two covers and the pages between them.
  const Material cover = Plain(DrawColor(rng) * 0.85f, 0.15f);
  const double t = 0.003;
  b.Use(cover).Box(min, {max.x(), max.y(), min.z() + t}).Box({min.x(), min.y(), max.z() - t}, max);
  b.Box({min.x(), min.y(), min.z() + t}, {max.x(), min.y() + t, max.z() - t});
  b.Use(Plain(FromHex(0xe9e2cf), 0))
      .Box({min.x() + t, min.y() + t, min.z() + t}, {max.x() - t, max.y() - t, max.z() - t});
}

Model Book(const Style&, RandomStream& rng) {
  ModelBuilder b("book");
  double z = 0;
  const double w = rng.Uniform(0.14, 0.2), d = w * 1.35, h = rng.Uniform(0.02, 0.04);
  AddBook(b, {-d / 2, -w / 2, z}, {d / 2, w / 2, z + h}, rng);
  return b.Take();
}

// A pile of books, and a row of them as on shelves.
Model BookPile(const Style&, RandomStream& rng) {
  ModelBuilder b("books");
  double z = 0;
  const int n = static_cast<int>(rng.Int(2, 5));
  for (int i = 0; i < n; ++i) {
    const double w = rng.Uniform(0.15, 0.19) - 0.008 * i, d = w * 1.35,
                 h = rng.Uniform(0.018, 0.04);
    b.In(YawAt({0, 0, z}, rng.Uniform(-0.25, 0.25)));
    AddBook(b, {-d / 2, -w / 2, 0}, {d / 2, w / 2, h}, rng);
    z += h;
  }
  return b.Take();
}

Model BookRow(const Style&, RandomStream& rng) {
  ModelBuilder b("books");
  double x = 0;
  const double length = rng.Uniform(0.22, 0.5);
  while (x < length) {
    const double t = rng.Uniform(0.016, 0.045), h = rng.Uniform(0.18, 0.255),
                 d = rng.Uniform(0.14, 0.19);
    const Material cover = Plain(DrawColor(rng) * 0.85f, 0.15f);
    b.Use(cover).Box({x, 0.1 - d, 0}, {x + t - 0.0008, 0.1, h});
    if (rng.Coin(0.6))
      b.Use(Plain(rng.Coin() ? FromHex(0xe0c47a) : FromHex(0xf0ece2), 0.2f))
          .Box({x + 0.002, 0.1, h * 0.6}, {x + t - 0.003, 0.1008, h * 0.75});
    x += t;
  }
  return b.Take();
}

Model CardboardBox(const Style&, RandomStream& rng) {
  ModelBuilder b("box");
  const double w = rng.Uniform(0.3, 0.5), d = rng.Uniform(0.25, 0.4), z = rng.Uniform(0.2, 0.38);
  const Material card{.pattern = Pattern::kFabric, .color = FromHex(0xb08a5e), .gloss = 0};
  b.Use(card).Box({-w / 2, -d / 2, 0}, {w / 2, d / 2, z});
  b.Use(Plain(FromHex(0xcdb58c), 0.3f)).Box({-w / 2, -0.025, z}, {w / 2, 0.025, z + 0.0012});
  b.Stand({-w / 2 + 0.01, -d / 2 + 0.01}, {w / 2 - 0.01, d / 2 - 0.01}, z + 0.0012, 0.5);
  return b.Take();
}

Model StorageBox(const Style&, RandomStream& rng) {
  ModelBuilder b("box");
  const double w = rng.Uniform(0.2, 0.3), d = rng.Uniform(0.16, 0.22), z = rng.Uniform(0.12, 0.18);
  const Material skin = Plain(DrawColor(rng, 0.7), 0.15f);
  b.Use(skin).Box({-w / 2 + 0.004, -d / 2 + 0.004, 0}, {w / 2 - 0.004, d / 2 - 0.004, z - 0.03});
  b.Use(Plain(skin.color * 0.8f, 0.15f)).Soft({-w / 2, -d / 2, z - 0.03}, {w / 2, d / 2, z}, 0.004);
  return b.Take();
}

Model Backpack(const Style& style, RandomStream& rng) {
  ModelBuilder b("backpack");
  const double h = rng.Uniform(0.42, 0.5);
  const Material cloth = Cloth(DrawColor(rng), 4);
  b.Use(cloth).Puff({-0.15, -0.1, 0}, {0.15, 0.09, h}, 0.35);
  b.Use(Cloth(cloth.color * 0.75f, 5)).Puff({-0.11, 0.04, 0.04}, {0.11, 0.14, h * 0.5}, 0.35);
  b.Use(style.dark);
  for (const double x : {-0.07, 0.07})
    b.Box({x - 0.02, -0.125, 0.06}, {x + 0.02, -0.1, h * 0.85})
        .Box({x - 0.02, -0.11, h * 0.8}, {x + 0.02, -0.04, h * 0.85});
  b.Rod({-0.04, -0.05, h - 0.01}, {-0.02, -0.05, h + 0.04}, 0.007, 0.007, 6)
      .Rod({-0.02, -0.05, h + 0.04}, {0.02, -0.05, h + 0.04}, 0.007, 0.007, 6)
      .Rod({0.02, -0.05, h + 0.04}, {0.04, -0.05, h - 0.01}, 0.007, 0.007, 6);
  return b.Take();
}

Model Suitcase(const Style& style, RandomStream& rng) {
  ModelBuilder b("suitcase");
  const double h = rng.Uniform(0.5, 0.68), w = h * 0.66;
  b.Use(Plain(DrawColor(rng) * 0.8f, 0.3f)).Soft({-w / 2, -0.12, 0.045}, {w / 2, 0.12, h}, 0.035);
  b.Use(style.dark);
  for (const double x : {-1.0, 1.0})
    for (const double y : {-1.0, 1.0})
      b.Rod({x * w * 0.38 - 0.012, y * 0.08, 0.025},
            {x * w * 0.38 + 0.012, y * 0.08, 0.025},
            0.025,
            0.025,
            12);
  b.Rod({-0.08, -0.08, h}, {-0.08, -0.08, h + 0.12}, 0.008, 0.008, 8)
      .Rod({0.08, -0.08, h}, {0.08, -0.08, h + 0.12}, 0.008, 0.008, 8)
      .Rod({-0.09, -0.08, h + 0.12}, {0.09, -0.08, h + 0.12}, 0.012, 0.012, 8);
  return b.Take();
}

Model TrashCan(const Style& style, RandomStream& rng) {
  ModelBuilder b("trash can");
  const double r = rng.Uniform(0.12, 0.16), h = rng.Uniform(0.28, 0.42);
  b.Use(rng.Coin() ? style.metal : rng.Coin() ? style.dark : Plain(FromHex(0xe4e3df), 0.2f));
  if (rng.Coin(0.65))
    b.Lathe({0, 0, 0}, {{r * 0.8, 0}, {r, h}, {r * 0.96, h}, {r * 0.78, 0.01}}, 22);
  else
    b.Lathe({0, 0, 0},
            {{r, 0},
             {r, h},
             {r * 1.04, h},
             {r * 1.04, h + 0.03},
             {r * 0.6, h + 0.07},
             {0.02, h + 0.08}},
            22);
  return b.Take();
}

Model Basket(const Style&, RandomStream& rng) {
  ModelBuilder b("basket");
  const double r = rng.Uniform(0.15, 0.2), h = rng.Uniform(0.18, 0.26);
  b.Use({.pattern = Pattern::kFabric,
         .color = FromHex(rng.Coin() ? 0xa8824f : 0xcdbb98),
         .gloss = 0})
      .Lathe({0, 0, 0},
             {{r * 0.85, 0}, {r, h * 0.6}, {r * 0.95, h}, {r * 0.88, h}, {r * 0.8, 0.02}},
             22);
  return b.Take();
}

Model TissueBox(const Style&, RandomStream& rng) {
  ModelBuilder b("tissue box");
  b.Use(Plain(DrawColor(rng, 0.6), 0.1f)).Soft({-0.115, -0.06, 0}, {0.115, 0.06, 0.075}, 0.004);
  b.Use(Plain(FromHex(0xf7f6f2), 0))
      .Leaf({-0.03, 0, 0.074}, {0.03, 0.015, 0.12}, 0.06, {0, 1, 0.3});
  return b.Take();
}

Model Paper(const Style&, RandomStream& rng) {
  ModelBuilder b("paper");
  const int n = static_cast<int>(rng.Int(1, 3));
  for (int i = 0; i < n; ++i) {
    b.In(YawAt({0, 0, 0.0015 * i}, i == 0 ? 0 : rng.Uniform(-0.3, 0.3)));
    b.Use({.pattern = Pattern::kPage,
           .color = FromHex(0xf6f5f0),
           .color2 = FromHex(0x55565a),
           .gloss = 0,
           .seed = static_cast<uint32_t>(rng.Next())})
        .Box({-0.105, -0.148, 0}, {0.105, 0.148, 0.0015});
  }
  return b.Take();
}

Model Shoes(const Style&, RandomStream& rng) {
  ModelBuilder b("shoes");
  const Material top = Plain(DrawColor(rng) * 0.7f, 0.2f),
                 sole = Plain(FromHex(rng.Coin() ? 0xe8e6e0 : 0x1c1c1e), 0.1f);
  for (const double x : {-0.07, 0.07}) {
    b.Use(sole).Soft({x - 0.045, -0.14, 0}, {x + 0.045, 0.14, 0.025}, 0.01);
    b.Use(top)
        .Puff({x - 0.042, -0.02, 0.02}, {x + 0.042, 0.135, 0.075}, 0.6)
        .Puff({x - 0.042, -0.135, 0.02}, {x + 0.042, 0.03, 0.11}, 0.45);
  }
  return b.Take();
}

Model Ball(const Style&, RandomStream& rng) {
  ModelBuilder b("ball");
  const double r = rng.Coin(0.3) ? rng.Uniform(0.27, 0.33) : rng.Uniform(0.1, 0.13);
  b.Use(Plain(DrawColor(rng), 0.3f)).Puff({-r, -r, 0}, {r, r, 2 * r}, 1);
  return b.Take();
}

Model TeddyBear(const Style&, RandomStream& rng) {
  ModelBuilder b("stuffed animal");
  const Material fur = Cloth(FromHex(rng.Coin() ? 0x9a6b42 : 0xcdb08a), 8);
  b.Use(fur)
      .Puff({-0.085, -0.075, 0}, {0.085, 0.075, 0.2}, 0.95)
      .Puff({-0.07, -0.065, 0.17}, {0.07, 0.07, 0.3}, 1);
  for (const double x : {-1.0, 1.0}) {
    b.Puff({x * 0.055 - 0.026, -0.02, 0.27}, {x * 0.055 + 0.026, 0.015, 0.322}, 1);
    b.Puff({x * 0.06 - 0.035, 0.03, 0}, {x * 0.06 + 0.035, 0.16, 0.07}, 0.9)
        .Puff({x * 0.1 - 0.03, 0, 0.09}, {x * 0.1 + 0.03, 0.1, 0.16}, 0.9);
  }
  b.Use(Plain(FromHex(0x151515), 0.6f));
  for (const double x : {-0.025, 0.025})
    b.Puff({x - 0.008, 0.056, 0.24}, {x + 0.008, 0.072, 0.256}, 1);
  b.Puff({-0.012, 0.062, 0.212}, {0.012, 0.08, 0.23}, 1);
  return b.Take();
}

constexpr FurnitureItem kItems[] = {{"mug", Mug},
                                    {"bottle", Bottle},
                                    {"bowl", Bowl},
                                    {"plate", Plate},
                                    {"cup", Cup},
                                    {"book", Book},
                                    {"book pile", BookPile},
                                    {"book row", BookRow},
                                    {"cardboard box", CardboardBox},
                                    {"storage box", StorageBox},
                                    {"backpack", Backpack},
                                    {"suitcase", Suitcase},
                                    {"trash can", TrashCan},
                                    {"basket", Basket},
                                    {"tissue box", TissueBox},
                                    {"paper", Paper},
                                    {"shoes", Shoes},
                                    {"ball", Ball},
                                    {"stuffed animal", TeddyBear}};

}  // namespace
}  // namespace spatium::synth

namespace spatium {

const FurnitureInfo& FurnitureInfo_small() {
  static constexpr FurnitureInfo kInfo{synth::kItems};
  return kInfo;
}

}  // namespace spatium
