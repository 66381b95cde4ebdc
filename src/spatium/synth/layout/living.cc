// Rooms where people sit and eat.
#include "spatium/synth/layout/layout.h"

namespace spatium::synth {

Spot SofaGroup(Planner& p, bool with_tv) {
  RandomStream& rng = p.rng();
  const Spot couch = p.AgainstWall("couch", {.front = 1.9, .centered = true});
  if (!couch) return couch;
  if (rng.Coin(0.75)) p.InFrontOf("rug", couch, rng.Uniform(0.12, 0.3), 0);
  const Spot table = p.InFrontOf("coffee table", couch, rng.Uniform(0.38, 0.5), 0);
  p.Scatter({"book pile", "mug", "bowl", "vase", "candle", "laptop", "book", "paper", "cup"},
            table,
            static_cast<int>(rng.Int(3, 5)));
  for (const int side : {-1, 1})
    if (rng.Coin(0.7)) {
      const Spot end = p.Beside("end table", couch, side, rng.Uniform(0.04, 0.1));
      if (end && rng.Coin(0.75)) p.On("table lamp", end, 0, 0);
      p.Scatter({"mug", "book", "potted plant", "book pile", "tissue box"}, end, 2);
      if (!end) p.Beside("floor lamp", couch, side, 0.12);
    } else {
      p.Beside(rng.Coin() ? "floor lamp" : "plant", couch, side, 0.1);
    }
  // Cushions lean against the back.
  for (int i = 0, n = static_cast<int>(rng.Int(2, 4)); i < n; ++i) {
    const Placed& seat = p.room().objects[static_cast<size_t>(*couch)];
    const Support s = seat.model.supports[0];
    const double x = rng.Coin()   ? s.min.x() + rng.Uniform(0.2, 0.3)
                     : rng.Coin() ? s.max.x() - rng.Uniform(0.2, 0.3)
                                  : rng.Uniform(s.min.x() + 0.2, s.max.x() - 0.2);
    p.OnAt("pillow", couch, {x, s.min.y() + 0.075}, rng.Uniform(-0.12, 0.12));
  }
  if (rng.Coin(0.25)) p.On("stuffed animal", couch, 0.3);
  if (p.room().objects[static_cast<size_t>(*couch)].wall >= 0 && rng.Coin(0.8))
    p.Above("picture", couch, rng.Uniform(1.25, 1.4));
  if (with_tv) {
    const Spot stand = p.AgainstWall("tv stand", {.front = 0.8, .centered = true});
    p.OnAt("tv", stand, {0, 0.0}, 0);
    p.Scatter({"speaker", "book pile", "vase", "storage box", "potted plant", "candle"}, stand, 4);
  }
  return couch;
}

Spot DiningGroup(Planner& p) {
  RandomStream& rng = p.rng();
  // Somewhere in the open: try the floor, square to the walls.
  Spot table;
  for (int i = 0; i < 6 && !table; ++i) table = p.OnFloor("dining table", true);
  if (!table) return table;
  p.SeatsAround("chair", table, 0.85);
  p.Scatter({"plate", "bowl", "vase", "mug", "cup", "bottle", "plate", "candle", "book"},
            table,
            static_cast<int>(rng.Int(4, 7)));
  const Placed& t = p.room().objects[static_cast<size_t>(*table)];
  p.OnCeiling("ceiling light", t.room_from_model.t.head<2>());
  return table;
}

void Bookcase(Planner& p, double fill) {
  RandomStream& rng = p.rng();
  const Spot shelf = p.AgainstWall("bookshelf", {.front = 0.6});
  if (!shelf) return;
  const size_t levels = p.room().objects[static_cast<size_t>(*shelf)].model.supports.size();
  for (size_t i = 0; i < levels; ++i) {
    const auto level = static_cast<int>(i);
    for (int k = 0; k < 2; ++k)
      if (rng.Coin(fill)) p.On("book row", shelf, 0, level);
    if (rng.Coin(0.5)) p.On(rng.Coin() ? "book pile" : "storage box", shelf, 0.1, level);
    if (rng.Coin(0.4))
      p.On(rng.Coin() ? "vase" : rng.Coin() ? "potted plant" : "candle", shelf, 0.4, level);
  }
}

void Walls(Planner& p, int pictures) {
  RandomStream& rng = p.rng();
  for (int i = 0; i < pictures; ++i) p.OnWall("picture", 1.25, 1.55);
  if (rng.Coin(0.5)) p.OnWall("clock", 1.7, 1.95);
}

void FurnishLiving(Planner& p) {
  RandomStream& rng = p.rng();
  SofaGroup(p, true);
  if (rng.Coin(0.35)) {
    const Spot piano = p.AgainstWall("piano", {.front = 0.8});
    p.SeatsAround("stool", piano, 1);
    p.Scatter({"vase", "book pile", "candle"}, piano, 2);
  }
  for (int i = 0, n = static_cast<int>(rng.Int(1, 2)); i < n; ++i) Bookcase(p, 0.75);
  for (int i = 0, n = static_cast<int>(rng.Int(1, 2)); i < n; ++i)
    p.AgainstWall("armchair", {.front = 0.4, .corner = rng.Coin()});
  if (rng.Coin(0.6)) {
    const Spot cabinet = p.AgainstWall("cabinet", {.front = 0.6});
    p.Scatter({"vase", "book pile", "table lamp", "bowl", "candle", "speaker", "potted plant"},
              cabinet,
              4);
    p.Above(rng.Coin(0.4) ? "mirror" : "picture", cabinet, rng.Uniform(1.3, 1.45));
  }
  if (rng.Coin(0.5)) DiningGroup(p);
  if (rng.Coin(0.6)) p.OnFloor("ottoman", true);
  p.AgainstWall("plant", {.front = 0, .corner = true});
  if (rng.Coin(0.5))
    p.AgainstWall(rng.Coin() ? "floor lamp" : "arc lamp", {.front = 0.2, .corner = true});
  if (rng.Coin(0.3)) p.AgainstWall("guitar", {.front = 0.1});
  if (rng.Coin(0.5)) p.AgainstWall("basket", {.front = 0.1});
  if (rng.Coin(0.3)) p.OnFloor("ball", false);
  if (rng.Coin(0.4)) p.OnFloor("shoes", false);
  if (rng.Coin(0.3)) p.AgainstWall("backpack", {.front = 0});
  if (rng.Coin(0.3)) p.AgainstWall("cardboard box", {.front = 0});
  if (rng.Coin(0.4)) p.On("book pile", p.OnWall("shelf", 1.4, 1.6));
  p.DressWindows(rng.Coin(0.8));
  Walls(p, static_cast<int>(rng.Int(2, 4)));
}

void FurnishDining(Planner& p) {
  RandomStream& rng = p.rng();
  const Spot table = DiningGroup(p);
  if (table && rng.Coin(0.5)) p.Scatter({"plate", "cup", "bowl"}, table, 4);
  for (int i = 0; i < 2; ++i) {
    const Spot cabinet =
        p.AgainstWall(rng.Coin(0.7) ? "cabinet" : "dresser", {.front = 0.6, .centered = i == 0});
    p.Scatter(
        {"vase", "bowl", "plate", "bottle", "candle", "table lamp", "book pile", "coffee maker"},
        cabinet,
        5);
    p.Above(rng.Coin(0.4) ? "mirror" : "picture", cabinet, rng.Uniform(1.3, 1.45));
  }
  if (rng.Coin(0.5)) p.AgainstWall("bench", {.front = 0.2});
  if (rng.Coin(0.4)) Bookcase(p, 0.5);
  if (rng.Coin(0.4)) p.AgainstWall("armchair", {.front = 0.3, .corner = true});
  p.AgainstWall("plant", {.front = 0, .corner = true});
  if (rng.Coin(0.5)) p.AgainstWall("floor lamp", {.front = 0, .corner = true});
  if (rng.Coin(0.4)) p.AgainstWall("basket", {.front = 0});
  if (rng.Coin(0.3)) p.AgainstWall("cardboard box", {.front = 0});
  p.DressWindows(rng.Coin(0.7));
  Walls(p, static_cast<int>(rng.Int(2, 4)));
}

}  // namespace spatium::synth
