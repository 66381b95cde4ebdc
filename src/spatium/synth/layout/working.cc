// Rooms where people work: offices, meeting rooms, kitchens.
#include <numbers>

#include "spatium/synth/layout/layout.h"

namespace spatium::synth {

Spot Workplace(Planner& p) {
  RandomStream& rng = p.rng();
  const Spot desk = p.AgainstWall("desk", {.front = 0.75, .under_window = true});
  if (!desk) return desk;
  const Model& model = p.room().objects[static_cast<size_t>(*desk)].model;
  const double x = model.seats[0].at.x(), back = model.min.y(), front = model.max.y();
  if (rng.Coin(0.8)) {
    const bool two = rng.Coin(0.3);
    p.OnAt("monitor", desk, {two ? x - 0.32 : x, back + 0.16}, two ? -0.12 : 0);
    if (two) p.OnAt("monitor", desk, {x + 0.34, back + 0.16}, 0.12);
    p.OnAt("keyboard", desk, {x, front - 0.2}, rng.Uniform(-0.06, 0.06));
    // The right hand of who sits there, looking along -y, is at -x.
    p.OnAt("mouse", desk, {x - 0.3, front - 0.18}, rng.Uniform(-0.2, 0.2));
  } else {
    p.OnAt("laptop", desk, {x, front - 0.26}, rng.Uniform(-0.1, 0.1));
  }
  if (rng.Coin(0.6)) p.On("desk lamp", desk, 0.8);
  p.Scatter({"mug",
             "book pile",
             "paper",
             "book",
             "telephone",
             "potted plant",
             "bottle",
             "tissue box",
             "paper",
             "speaker",
             "storage box"},
            desk,
            static_cast<int>(rng.Int(3, 6)));
  p.SeatsAround(rng.Coin(0.75) ? "office chair" : "chair", desk, 1);
  if (rng.Coin(0.5)) p.Beside("computer tower", desk, rng.Coin() ? 1 : -1, 0.04);
  if (rng.Coin(0.5)) p.Beside("trash can", desk, rng.Coin() ? 1 : -1, 0.05);
  return desk;
}

void FurnishOffice(Planner& p) {
  RandomStream& rng = p.rng();
  for (int i = 0, n = static_cast<int>(rng.Int(2, 4)); i < n; ++i) Workplace(p);
  p.OnWall("whiteboard", 0.9, 1.05);
  for (int i = 0, n = static_cast<int>(rng.Int(1, 3)); i < n; ++i) {
    const Spot files = p.AgainstWall("file cabinet", {.front = 0.5});
    p.Scatter({"printer", "storage box", "potted plant", "book pile", "paper", "cardboard box"},
              files,
              2);
  }
  for (int i = 0, n = static_cast<int>(rng.Int(1, 2)); i < n; ++i) Bookcase(p, 0.7);
  if (rng.Coin(0.5)) {
    const Spot cabinet = p.AgainstWall("cabinet", {.front = 0.5});
    p.Scatter({"printer", "coffee maker", "mug", "mug", "storage box", "kettle"}, cabinet, 4);
  }
  if (rng.Coin(0.4)) {
    const Spot table = p.OnFloor("dining table", true);
    p.SeatsAround("chair", table, 0.7);
    p.Scatter({"paper", "mug", "laptop", "book pile"}, table, 4);
  }
  if (rng.Coin(0.3)) p.AgainstWall("couch", {.front = 0.5});
  p.AgainstWall("plant", {.front = 0, .corner = true});
  p.AgainstWall("trash can", {.front = 0});
  for (int i = 0, n = static_cast<int>(rng.Int(0, 2)); i < n; ++i)
    p.AgainstWall("cardboard box", {.front = 0});
  p.AgainstWall("backpack", {.front = 0});
  if (rng.Coin(0.4)) p.AgainstWall("fan", {.front = 0});
  p.DressWindows(rng.Coin(0.3));
  Walls(p, static_cast<int>(rng.Int(1, 2)));
}

void FurnishMeeting(Planner& p) {
  RandomStream& rng = p.rng();
  Spot table;
  for (int i = 0; i < 8 && !table; ++i) table = p.OnFloor("conference table", true);
  p.SeatsAround("office chair", table, 0.85);
  p.Scatter({"laptop", "paper", "mug", "bottle", "paper", "telephone", "cup", "laptop", "book"},
            table,
            static_cast<int>(rng.Int(5, 9)));
  p.OnWall("wall tv", 0.95, 1.15);
  p.OnWall("whiteboard", 0.85, 1.0);
  const Spot cabinet = p.AgainstWall("cabinet", {.front = 0.5});
  p.Scatter({"coffee maker", "mug", "mug", "kettle", "printer", "bottle", "cup"}, cabinet, 5);
  if (rng.Coin(0.5)) p.AgainstWall("chair", {.front = 0.2});
  if (rng.Coin(0.5)) p.AgainstWall("chair", {.front = 0.2});
  if (rng.Coin(0.4)) Bookcase(p, 0.5);
  for (int i = 0; i < 2; ++i) p.AgainstWall("plant", {.front = 0, .corner = true});
  p.AgainstWall("trash can", {.front = 0});
  if (rng.Coin(0.4)) p.AgainstWall("backpack", {.front = 0});
  p.DressWindows(rng.Coin(0.2));
  Walls(p, 2);
}

// Puts the parts of a run side by side, from the corner on.
void KitchenRun(Planner& p, int wall) {
  RandomStream& rng = p.rng();
  const Spot first = p.AgainstWall(
      "sink counter", {.front = 0.9, .centered = true, .wall = wall, .under_window = true});
  if (!first) return;
  p.OnAt("kitchen sink", first, {0, 0}, 0);
  std::vector<Spot> run{first};
  const int start = rng.Coin() ? 1 : -1;
  Spot left = first, right = first;
  const std::string_view order[] = {
      "stove", "kitchen counter", "refrigerator", "kitchen counter", "washing machine"};
  int side = start;
  for (const std::string_view item : order) {
    Spot& end = side < 0 ? left : right;
    Spot next = p.Beside(item, end, side, 0.003);
    if (!next) {
      side = -side;
      Spot& other = side < 0 ? left : right;
      next = p.Beside(item, other, side, 0.003);
      if (next) other = next;
    } else {
      end = next;
    }
    if (next) run.push_back(next);
    if (rng.Coin(0.6)) side = -side;
  }
  for (const Spot spot : run) {
    const std::string label = p.room().objects[static_cast<size_t>(*spot)].model.label;
    if (label == "stove") {
      p.Above("range hood", spot, rng.Uniform(1.55, 1.65));
      if (rng.Coin(0.7)) p.On("pot", spot, 3);
      if (rng.Coin(0.4)) p.On("kettle", spot, 3);
    } else if (label == "kitchen counter") {
      p.Above("kitchen cabinet", spot, rng.Uniform(1.42, 1.46));
      if (rng.Coin(0.5)) p.On("microwave", spot, 0.05);
      p.Scatter({"toaster",
                 "kettle",
                 "coffee maker",
                 "bottle",
                 "bowl",
                 "plate",
                 "mug",
                 "pot",
                 "potted plant",
                 "cup",
                 "soap dispenser"},
                spot,
                static_cast<int>(rng.Int(3, 5)));
    } else if (label == "refrigerator" && rng.Coin(0.4)) {
      p.On("storage box", spot, 0.1);
    }
  }
}

void FurnishKitchen(Planner& p) {
  RandomStream& rng = p.rng();
  KitchenRun(p, -1);
  if (rng.Coin(0.5)) {
    const Spot more = p.AgainstWall("kitchen counter", {.front = 0.7});
    p.Above("kitchen cabinet", more, 1.44);
    if (rng.Coin(0.6)) p.On("microwave", more, 0.05);
    p.Scatter({"toaster", "bowl", "bottle", "coffee maker", "mug"}, more, 3);
  }
  if (rng.Coin(0.8)) DiningGroup(p);
  if (rng.Coin(0.4)) {
    p.AgainstWall("stool", {.front = 0});
    p.AgainstWall("stool", {.front = 0});
  }
  if (rng.Coin(0.5))
    p.Scatter({"bowl", "mug", "plate", "bottle", "potted plant"}, p.OnWall("shelf", 1.35, 1.55), 4);
  p.AgainstWall("trash can", {.front = 0});
  if (rng.Coin(0.5)) p.AgainstWall("plant", {.front = 0, .corner = true});
  if (rng.Coin(0.4)) p.AgainstWall("basket", {.front = 0});
  if (rng.Coin(0.4)) p.AgainstWall("cardboard box", {.front = 0});
  p.OnWall("towel", 0.9, 1.1);
  p.DressWindows(rng.Coin(0.4));
  Walls(p, 2);
}

}  // namespace spatium::synth
