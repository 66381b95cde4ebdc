#include "spatium/base/check.h"
#include "spatium/synth/furniture.h"

namespace spatium::synth {
namespace {

struct WoodTone {
  uint32_t light, dark;
};
constexpr WoodTone kWoods[] = {{0xd9b88a, 0xa97f4e},
                               {0xb98552, 0x7d5228},
                               {0x8a5a35, 0x57351c},
                               {0x5d4030, 0x35231a},
                               {0xe3d3b8, 0xc3ab86},
                               {0xa5683c, 0x6e3d20},
                               {0xcfc2b0, 0x9f907c}};
constexpr uint32_t kFabrics[] = {0x6b7280,
                                 0x8c8478,
                                 0x3f4c5a,
                                 0xb7a58c,
                                 0x556b4f,
                                 0x7a3b36,
                                 0x2f4858,
                                 0xa9a9a4,
                                 0x5b4636,
                                 0xc9bfae,
                                 0x44506b,
                                 0x34343a};
constexpr uint32_t kColors[] = {0xc0392b,
                                0xd98032,
                                0xe0b84c,
                                0x6f9a4b,
                                0x2e7d6b,
                                0x3b7ea1,
                                0x2f4f8f,
                                0x6d4a8c,
                                0xa8456b,
                                0xece4d6,
                                0x4a4a4f,
                                0x9a6b4a,
                                0x8fb3c4,
                                0xd7a9a0};

template <size_t N>
uint32_t Pick(const uint32_t (&table)[N], RandomStream& rng) {
  return table[rng.Index(N)];
}

Material MakeWood(const WoodTone& tone, RandomStream& rng) {
  return {.pattern = Pattern::kWood,
          .color = FromHex(tone.light),
          .color2 = FromHex(tone.dark),
          .gloss = 0.15f,
          .seed = static_cast<uint32_t>(rng.Next())};
}

}  // namespace

Material Plain(const Color& color, float gloss) {
  return {.pattern = Pattern::kPlain, .color = color, .gloss = gloss};
}

Material Cloth(const Color& color, uint32_t seed) {
  return {.pattern = Pattern::kFabric, .color = color, .gloss = 0, .seed = seed};
}

Material Glowing(const Color& light) {
  return {.pattern = Pattern::kPlain, .color = Color::Constant(0.85f), .glow = light};
}

Color DrawColor(RandomStream& rng, double saturation) {
  const Color c = FromHex(Pick(kColors, rng));
  const Color grey = Color::Constant(c.mean());
  return grey + static_cast<float>(saturation) * (c - grey);
}

Style MakeStyle(RandomStream rng) {
  Style s;
  const size_t wood = rng.Index(std::size(kWoods));
  s.wood = MakeWood(kWoods[wood], rng);
  s.wood_other =
      MakeWood(kWoods[(wood + 1 + rng.Index(std::size(kWoods) - 1)) % std::size(kWoods)], rng);
  constexpr uint32_t kPaints[] = {0xf1efe9, 0xe9e4da, 0xd8dde0, 0xf4f4f2, 0xc9d2c8, 0x454b52};
  s.paint = Plain(FromHex(Pick(kPaints, rng)), 0.2f);
  constexpr uint32_t kMetals[] = {0xb9bcc0, 0x8f9499, 0x2b2c2f, 0xc8b48a};
  s.metal = Plain(FromHex(Pick(kMetals, rng)), 0.6f);
  s.dark = Plain(FromHex(rng.Coin(0.7) ? 0x1d1e20 : 0xc9cacb), 0.35f);
  s.fabric = Cloth(FromHex(Pick(kFabrics, rng)), static_cast<uint32_t>(rng.Next()));
  s.accent = Cloth(DrawColor(rng, 0.8), static_cast<uint32_t>(rng.Next()));
  s.ceramic = Plain(FromHex(0xf3f2ee), 0.5f);
  constexpr uint32_t kLeaves[] = {0x3f6b35, 0x577d3c, 0x2f5a3a, 0x6f8f4a};
  s.leaf = {.pattern = Pattern::kLeaf,
            .color = FromHex(Pick(kLeaves, rng)),
            .gloss = 0.15f,
            .seed = static_cast<uint32_t>(rng.Next())};
  return s;
}

Model BuildItem(std::string_view name, const Style& style, RandomStream& rng) {
  for (const FurnitureEntry& family : Furnitures())
    for (const FurnitureItem& item : family.info().items)
      if (item.name == name) return item.build(style, rng);
  SPATIUM_CHECK(false) << "no such furniture: " << name;
  return {};
}

}  // namespace spatium::synth
