#include "spatium/synth/openings.h"

namespace spatium::synth {
namespace {

constexpr double kT = kWallThickness_m;
constexpr unsigned kMinusX = 1, kPlusX = 2, kPlusY = 8, kMinusZ = 16, kPlusZ = 32;

}  // namespace

Material FloorMaterial(RoomKind kind, RandomStream& rng) {
  const auto seed = static_cast<uint32_t>(rng.Next());
  const bool wet = kind == RoomKind::kBathroom || kind == RoomKind::kKitchen;
  const bool work = kind == RoomKind::kOffice || kind == RoomKind::kMeeting;
  if (wet || rng.Coin(0.08)) {
    constexpr uint32_t kTiles[] = {0xcfcac0, 0x8f8b86, 0xe2ddd2, 0x6d6a68, 0xb9a58c};
    return {.pattern = Pattern::kTiles,
            .color = FromHex(kTiles[rng.Index(5)]),
            .color2 = FromHex(0x9a958c),
            .scale = static_cast<float>(rng.Uniform(0.25, 0.5)),
            .gloss = 0.3f,
            .seed = seed};
  }
  if (work ? rng.Coin(0.7) : rng.Coin(0.2)) {
    constexpr uint32_t kCarpets[] = {0x6d737a, 0x8a8378, 0x4b5560, 0xa59b8b, 0x5b5049};
    const Color c = FromHex(kCarpets[rng.Index(5)]);
    return {.pattern = Pattern::kCarpet,
            .color = c * 0.8f,
            .color2 = c * 1.35f,
            .gloss = 0,
            .seed = seed};
  }
  constexpr uint32_t kBoards[][2] = {{0xc69c6d, 0x9a6f42},
                                     {0xa9764a, 0x744a28},
                                     {0x7d5436, 0x4f3220},
                                     {0xd9c3a0, 0xb6996f},
                                     {0x9b8b78, 0x6f6152}};
  const auto& board = kBoards[rng.Index(5)];
  return {.pattern = Pattern::kPlanks,
          .color = FromHex(board[0]),
          .color2 = FromHex(board[1]),
          .scale = static_cast<float>(rng.Uniform(0.09, 0.17)),
          .gloss = 0.25f,
          .seed = seed};
}

Model Doorframe(const Opening& o, const Material& paint) {
  ModelBuilder b("doorframe");
  b.Use(paint);
  const double w = o.s1 - o.s0, h = o.z1;
  b.Box({0, -kT, 0}, {kLining_m, 0, h})
      .Box({w - kLining_m, -kT, 0}, {w, 0, h})
      .Box({kLining_m, -kT, h - kLining_m}, {w - kLining_m, 0, h});
  b.Soft({-0.06, 0, 0}, {0.012, 0.016, h + 0.06}, 0.004)
      .Soft({w - 0.012, 0, 0}, {w + 0.06, 0.016, h + 0.06}, 0.004);
  b.Soft({0.012, 0, h - 0.012}, {w - 0.012, 0.016, h + 0.06}, 0.004);
  return b.Take();
}

Model DoorLeaf(double w, double side, const Style& style, const Material& skin, RandomStream& rng) {
  ModelBuilder b("door");
  const double h = kDoorHeight_m - kLining_m - 0.012, t = 0.04, y0 = side > 0 ? 0 : -t, y1 = y0 + t;
  b.Use(skin).Box({0, y0 + 0.004, 0.008}, {w, y1 - 0.004, h});
  const int panels = static_cast<int>(rng.Int(0, 2));
  for (const bool front : {false, true}) {
    const double a = front ? y1 - 0.004 : y0, c = a + 0.004;
    b.Box({0, a, 0.008}, {0.1, c, h})
        .Box({w - 0.1, a, 0.008}, {w, c, h})
        .Box({0.1, a, 0.008}, {w - 0.1, c, 0.2})
        .Box({0.1, a, h - 0.12}, {w - 0.1, c, h});
    if (panels > 0) b.Box({0.1, a, 0.9}, {w - 0.1, c, 1.02});
    if (panels > 1)
      b.Box({w / 2 - 0.04, a, 0.2}, {w / 2 + 0.04, c, 0.9})
          .Box({w / 2 - 0.04, a, 1.02}, {w / 2 + 0.04, c, h - 0.12});
  }
  b.Use(style.metal);
  for (const double y : {y0, y1}) {
    const double out = y == y0 ? -1 : 1;
    b.Rod({w - 0.06, y, 1.0}, {w - 0.06, y + out * 0.045, 1.0}, 0.011)
        .Rod({w - 0.065, y + out * 0.042, 1.0}, {w - 0.17, y + out * 0.042, 1.0}, 0.009);
  }
  return b.Take();
}

Model NextRoom(const Opening& o,
               double depth,
               double left,
               double right,
               double h,
               const Material& floor,
               RandomStream& rng) {
  ModelBuilder b("next room");
  const double w = o.s1 - o.s0, y1 = -kT, y0 = y1 - depth;
  b.Use(floor)
      .Sides({0, y1, -0.1}, {w, 0, 0}, kPlusZ)
      .Sides({-left, y0, -0.1}, {w + right, y1, 0}, kPlusZ);
  constexpr uint32_t kPaints[] = {0xd9d2c4, 0xc8d0cf, 0xd8c9b4, 0xc4c9d4};
  const Material paint{
      .pattern = Pattern::kPaint, .color = FromHex(kPaints[rng.Index(4)]), .gloss = 0, .seed = 3};
  b.Use(paint).Sides({-left, y0 - 0.1, 0}, {w + right, y0, h}, kPlusY);
  b.Sides({-left - 0.1, y0, 0}, {-left, y1, h}, kPlusX)
      .Sides({w + right, y0, 0}, {w + right + 0.1, y1, h}, kMinusX);
  b.Use(Plain(FromHex(0xeeece6), 0)).Sides({-left, y0, h}, {w + right, y1, h + 0.1}, kMinusZ);
  b.Use(Glowing(Color(1.f, 0.93f, 0.8f) * 2.2f))
      .Box({w / 2 - 0.2, (y0 + y1) / 2 - 0.2, h - 0.03}, {w / 2 + 0.2, (y0 + y1) / 2 + 0.2, h});
  if (rng.Coin(0.7)) {
    const double x = rng.Uniform(0.1, w - 0.5);
    b.Use(Plain(DrawColor(rng) * 0.5f, 0.1f)).Box({x, y0, 1.1}, {x + 0.42, y0 + 0.02, 1.65});
    b.Use({.pattern = Pattern::kPicture,
           .color = DrawColor(rng),
           .color2 = DrawColor(rng),
           .seed = static_cast<uint32_t>(rng.Next()),
           .facing = 1});
    b.Box({x + 0.03, y0 + 0.02, 1.13}, {x + 0.39, y0 + 0.024, 1.62});
  }
  if (rng.Coin(0.6)) {
    b.Use(Plain(FromHex(0x8a5a35), 0.2f))
        .Box({-left + 0.02, y0 + 0.02, 0}, {-left + 0.4, y0 + 0.34, 0.85});
  }
  return b.Take();
}

Model WindowModel(const Opening& o, const Style& style, const Color& daylight, RandomStream& rng) {
  ModelBuilder b("window");
  const double w = o.s1 - o.s0, h = o.z1 - o.z0, f = 0.055;
  const Material frame = rng.Coin(0.75) ? Plain(FromHex(0xf2f1ec), 0.3f) : style.wood;
  b.Use(frame);
  const double y0 = -0.095, y1 = -0.04;
  b.Box({0, y0, 0.02}, {f, y1, h})
      .Box({w - f, y0, 0.02}, {w, y1, h})
      .Box({f, y0, 0.02}, {w - f, y1, 0.02 + f})
      .Box({f, y0, h - f}, {w - f, y1, h});
  const int panes = w > 1.3 ? static_cast<int>(rng.Int(2, 3)) : static_cast<int>(rng.Int(1, 2));
  for (int i = 1; i < panes; ++i)
    b.Box({w * i / panes - 0.03, y0, 0.02 + f}, {w * i / panes + 0.03, y1, h - f});
  const bool bars = rng.Coin(0.25);
  if (bars) b.Box({f, y0 + 0.012, h * 0.6}, {w - f, y1 - 0.008, h * 0.6 + 0.025});
  const double latch = panes > 1 ? w / panes : w - f / 2;
  b.Use(style.metal).Box({latch - 0.012, y1, h * 0.45}, {latch + 0.012, y1 + 0.03, h * 0.45 + 0.1});
  Material sky{.pattern = Pattern::kOutdoors,
               .color = Color::Ones(),
               .glow = daylight,
               .seed = static_cast<uint32_t>(rng.Next())};
  b.Use(sky).Sides({f, -0.075, 0.02 + f}, {w - f, -0.068, h - f}, kPlusY);
  b.Use(frame).Soft({0.001, -0.1, 0}, {w - 0.001, 0.07, 0.02}, 0.005);
  b.Stand({0.04, -0.035}, {w - 0.04, 0.062}, 0.02, h - 0.1);
  return b.Take();
}

}  // namespace spatium::synth
