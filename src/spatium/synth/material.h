#pragma once
#include <Eigen/Core>
#include <cstdint>

#include "spatium/synth/solid.h"

namespace spatium::synth {

using Color = Eigen::Vector3f;  // linear RGB, 1: white paper in the room's full light

// Linear colour of an sRGB hex code: Hex(0xrrggbb). Source: Chilliant's cubic fit, within 0.5 %;
// without pow, so the same bits everywhere.
Color FromHex(uint32_t rrggbb);

// What a surface looks like, point by point. All patterns are computed, there are no pictures.
enum class Pattern {
  kPlain,
  kWood,       // grain along the part's longest side
  kPlanks,     // floor boards along x, joints every `scale` metres across
  kTiles,      // squares of `scale` metres, grout in color2
  kCarpet,     // flecks
  kFabric,     // weave
  kStripes,    // bands of `scale` metres along x of the part, color and color2
  kPaint,      // roller texture on walls
  kWallpaper,  // a small repeated figure in color2
  kMarble,
  kLeaf,      // darker towards the stem
  kRug,       // border and medallion
  kPicture,   // an abstract painting, by seed
  kPhoto,     // a landscape, by seed
  kScreen,    // a lit desktop, by seed
  kKeys,      // a keyboard seen from above
  kClock,     // a dial
  kScribble,  // writing on a board
  kPage,      // print on paper
  kBricks,
  kQuilt,     // stitched squares
  kOutdoors,  // seen through a window: sky and trees by direction of view
  kMirror     // shows what it reflects
};

struct Material {
  Pattern pattern = Pattern::kPlain;
  Color color = Color::Constant(0.6f);
  Color color2 = Color::Constant(0.3f);
  float scale = 0.1f;          // metres, as the pattern says
  float gloss = 0.f;           // strength of the highlight, 0..1
  Color glow = Color::Zero();  // light given off
  uint32_t seed = 0;
  int facing = 2;  // the axis that picture-like patterns are seen along: 1: y, 2: z
};

// Where on a part a point lies.
struct SurfacePoint {
  Eigen::Vector3f local;  // metres, in the part's own frame
  Eigen::Vector3f unit;   // 0..1 across the part's bounds in that frame
  Eigen::Vector3f size;   // of the part, metres
  Eigen::Vector3f view;   // unit direction of sight in World, for kOutdoors
  float footprint_m = 0;  // size of a pixel there: detail below it is averaged away
};

// The diffuse colour there (for kOutdoors the light that comes through).
Color Albedo(const Material& material, const SurfacePoint& at);

// Smooth noise in [0, 1] and its sum over octaves; lattice hashing, the same bits everywhere.
float Noise(const Eigen::Vector3f& p, uint32_t seed);
float HashUnit(int32_t x, int32_t y, int32_t z, uint32_t seed);

}  // namespace spatium::synth
