// Bedrooms, bathrooms and the studio that is everything at once.
#include "spatium/synth/layout/layout.h"

namespace spatium::synth {

Spot BedGroup(Planner& p) {
  RandomStream& rng = p.rng();
  const Spot bed = p.AgainstWall("bed", {.front = 0.5, .centered = true});
  if (!bed) return bed;
  const V3 size = p.room().objects[static_cast<size_t>(*bed)].model.size();
  if (size.x() > 1.3) {
    p.OnAt(
        "bed pillow", bed, {-size.x() / 4 + 0.02, -size.y() / 2 + 0.36}, rng.Uniform(-0.06, 0.06));
    p.OnAt(
        "bed pillow", bed, {size.x() / 4 - 0.02, -size.y() / 2 + 0.36}, rng.Uniform(-0.06, 0.06));
  } else {
    p.OnAt("bed pillow", bed, {0, -size.y() / 2 + 0.36}, rng.Uniform(-0.1, 0.1));
  }
  p.Scatter({"book", "stuffed animal", "laptop", "backpack"}, bed, rng.Coin(0.6) ? 1 : 2);
  for (const int side : {-1, 1}) {
    const Spot night = p.Beside("nightstand", bed, side, rng.Uniform(0.05, 0.12));
    if (!night) continue;
    if (rng.Coin(0.85)) p.On("table lamp", night, 0);
    p.Scatter({"book", "mug", "cup", "book pile", "tissue box", "candle", "telephone"}, night, 2);
  }
  if (rng.Coin(0.7)) p.Above("picture", bed, rng.Uniform(1.35, 1.5));
  if (rng.Coin(0.6)) p.OnFloor("rug", true);
  return bed;
}

void FurnishBedroom(Planner& p) {
  RandomStream& rng = p.rng();
  BedGroup(p);
  p.AgainstWall("wardrobe", {.front = 0.6, .corner = rng.Coin()});
  const Spot dresser = p.AgainstWall("dresser", {.front = 0.6});
  p.Scatter({"vase",
             "book pile",
             "table lamp",
             "storage box",
             "candle",
             "potted plant",
             "soap dispenser",
             "tissue box"},
            dresser,
            4);
  if (rng.Coin(0.4))
    p.OnAt("tv", dresser, {0, -0.05}, 0);
  else
    p.Above(rng.Coin(0.6) ? "mirror" : "picture", dresser, rng.Uniform(1.15, 1.3));
  if (rng.Coin(0.6)) Workplace(p);
  if (rng.Coin(0.4)) Bookcase(p, 0.6);
  if (rng.Coin(0.35)) p.AgainstWall("armchair", {.front = 0.3, .corner = true});
  if (rng.Coin(0.5)) p.AgainstWall("laundry basket", {.front = 0});
  if (rng.Coin(0.4)) p.AgainstWall("suitcase", {.front = 0});
  if (rng.Coin(0.5)) p.AgainstWall("backpack", {.front = 0});
  if (rng.Coin(0.5)) p.AgainstWall("plant", {.front = 0, .corner = true});
  if (rng.Coin(0.3)) p.AgainstWall("guitar", {.front = 0});
  if (rng.Coin(0.3)) p.AgainstWall("floor lamp", {.front = 0, .corner = true});
  if (rng.Coin(0.5)) p.Scatter({"shoes"}, p.AgainstWall("shoe rack", {.front = 0.3}), 5);
  if (rng.Coin(0.6)) p.OnFloor("shoes", false);
  if (rng.Coin(0.3)) p.OnFloor("ball", false);
  if (rng.Coin(0.4)) p.AgainstWall("cardboard box", {.front = 0});
  if (rng.Coin(0.4)) p.AgainstWall("trash can", {.front = 0});
  if (rng.Coin(0.25)) p.AgainstWall("fan", {.front = 0});
  p.DressWindows(rng.Coin(0.9));
  Walls(p, static_cast<int>(rng.Int(1, 3)));
}

void FurnishBathroom(Planner& p) {
  RandomStream& rng = p.rng();
  p.AgainstWall("bathtub", {.front = 0.4, .corner = true});
  const Spot vanity = p.AgainstWall("bathroom vanity", {.front = 0.6});
  p.OnAt("basin", vanity, {rng.Uniform(-0.05, 0.05), 0}, 0);
  p.Scatter({"soap dispenser", "cup", "tissue box", "candle", "bottle", "potted plant"}, vanity, 4);
  p.Above("mirror", vanity, rng.Uniform(1.12, 1.2));
  const Spot toilet = p.AgainstWall("toilet", {.front = 0.5});
  if (toilet) {
    const int wall = p.room().objects[static_cast<size_t>(*toilet)].wall;
    p.OnWall("toilet paper", 0.65, 0.8, wall);
  }
  for (int i = 0; i < 2; ++i) p.OnWall("towel", 0.75, 1.1);
  p.OnFloor("bath mat", true);
  if (rng.Coin(0.6)) p.AgainstWall("washing machine", {.front = 0.5, .corner = true});
  if (rng.Coin(0.6)) p.AgainstWall("laundry basket", {.front = 0});
  if (rng.Coin(0.7)) p.AgainstWall("trash can", {.front = 0});
  if (rng.Coin(0.4)) p.AgainstWall("scale", {.front = 0});
  if (rng.Coin(0.4))
    p.Scatter(
        {"soap dispenser", "bottle", "candle", "storage box"}, p.OnWall("shelf", 1.3, 1.5), 3);
  if (rng.Coin(0.4)) p.AgainstWall("stool", {.front = 0});
  if (rng.Coin(0.4)) p.AgainstWall("basket", {.front = 0});
  p.DressWindows(false);
  if (rng.Coin(0.4)) Walls(p, 1);
}

void FurnishStudio(Planner& p) {
  RandomStream& rng = p.rng();
  KitchenRun(p, -1);
  BedGroup(p);
  SofaGroup(p, true);
  p.AgainstWall("wardrobe", {.front = 0.5});
  DiningGroup(p);
  if (rng.Coin(0.6)) Workplace(p);
  Bookcase(p, 0.7);
  if (rng.Coin(0.5)) p.AgainstWall("dresser", {.front = 0.5});
  p.AgainstWall("plant", {.front = 0, .corner = true});
  p.AgainstWall("floor lamp", {.front = 0, .corner = true});
  p.AgainstWall("trash can", {.front = 0});
  if (rng.Coin(0.5)) p.Scatter({"shoes"}, p.AgainstWall("shoe rack", {.front = 0.3}), 4);
  if (rng.Coin(0.5)) p.AgainstWall("suitcase", {.front = 0});
  if (rng.Coin(0.5)) p.AgainstWall("backpack", {.front = 0});
  p.DressWindows(rng.Coin(0.7));
  Walls(p, 3);
}

}  // namespace spatium::synth
