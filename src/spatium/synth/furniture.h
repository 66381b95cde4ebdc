#pragma once
#include <span>
#include <string_view>

#include "spatium/synth/model.h"

namespace spatium::synth {

// The taste of one room: what its things have in common.
struct Style {
  Material wood;        // most furniture
  Material wood_other;  // the rest of it
  Material paint;       // painted furniture
  Material metal;
  Material dark;    // plastic of machines
  Material fabric;  // couches, chairs
  Material accent;  // cushions, curtains
  Material ceramic;
  Material leaf;
};
Style MakeStyle(RandomStream rng);

// A catalogue item: `build` draws its own proportions from rng.
struct FurnitureItem {
  std::string_view name;  // unique in the catalogue: "office chair"
  Model (*build)(const Style& style, RandomStream& rng);
};

// Builds the catalogue's item of that name (a bug if there is none).
Model BuildItem(std::string_view name, const Style& style, RandomStream& rng);

// Materials in common use.
Material Plain(const Color& color, float gloss = 0.1f);
Material Cloth(const Color& color, uint32_t seed = 0);
Material Glowing(const Color& light);
// One of a few colours that cloth, paint or book covers come in.
Color DrawColor(RandomStream& rng, double saturation = 1);

}  // namespace spatium::synth

namespace spatium {

// One family of things: synth/furniture/x.cc defines `const FurnitureInfo& FurnitureInfo_x()`.
struct FurnitureInfo {
  std::span<const synth::FurnitureItem> items;
};
struct FurnitureEntry {
  std::string_view name;
  const FurnitureInfo& (*info)();
};
std::span<const FurnitureEntry> Furnitures();

}  // namespace spatium
