#include "spatium/synth/material.h"

#include <algorithm>
#include <cmath>

namespace spatium::synth {
namespace {

using V3f = Eigen::Vector3f;

float Channel(uint32_t byte) {
  const float x = static_cast<float>(byte & 0xff) / 255.f;
  return x * (x * (x * 0.305306011f + 0.682171111f) + 0.012522878f);
}

float Fade(float footprint, float feature) {  // 1: detail of that size is resolved, 0: it is not
  return std::clamp(2.f - 3.f * footprint / feature, 0.f, 1.f);
}

float Fraction(float x) { return x - std::floor(x); }
int32_t Cell(float x) { return static_cast<int32_t>(std::floor(x)); }
Color Mix(const Color& a, const Color& b, float t) { return a + t * (b - a); }
float Smooth(float low, float high, float x) {
  const float t = std::clamp((x - low) / (high - low), 0.f, 1.f);
  return t * t * (3 - 2 * t);
}

// A line of width `width` around the integers of x, softened over a pixel.
float Line(float x, float width, float pixel) {
  const float d = std::abs(x - std::round(x));
  const float covered = std::min(1.f, width / std::max(pixel, 1e-6f));
  return covered * (1 - Smooth(width / 2, width / 2 + std::max(pixel, 0.2f * width), d));
}

// The longest side of a part, then the two others.
std::array<int, 3> AxesByLength(const V3f& size) {
  std::array<int, 3> axes{0, 1, 2};
  std::stable_sort(axes.begin(), axes.end(), [&](int a, int b) { return size[a] > size[b]; });
  return axes;
}

// Coordinates across a part seen along m.facing: u to the right, v up, both 0..1.
Eigen::Vector2f Across(const Material& m, const SurfacePoint& at) {
  return m.facing == 1   ? Eigen::Vector2f(1 - at.unit.x(), at.unit.z())
         : m.facing == 0 ? Eigen::Vector2f(at.unit.y(), at.unit.z())
                         : Eigen::Vector2f(1 - at.unit.x(), 1 - at.unit.y());
}

float Octaves(V3f p, int n, uint32_t seed) {
  float sum = 0, weight = 0.5f, total = 0;
  for (int i = 0; i < n; ++i) {
    sum += weight * Noise(p, seed + static_cast<uint32_t>(i));
    total += weight;
    weight *= 0.5f;
    p *= 2.03f;
  }
  return sum / total;
}

Color WoodGrain(const Material& m, const V3f& along_first, float footprint, uint32_t seed) {
  const V3f stretched(along_first.x() * 1.6f, along_first.y() * 22.f, along_first.z() * 22.f);
  const float coarse = Octaves(stretched * 0.35f, 2, seed);
  const float rings = std::abs(Fraction(5.f * coarse) - 0.5f) * 2.f;
  const float fine =
      Fade(footprint, 0.012f) *
      (Noise(V3f(stretched.x() * 2.f, stretched.y() * 6.f, stretched.z() * 6.f), seed + 9) - 0.5f);
  const float t =
      std::clamp(0.55f * rings * Fade(footprint, 0.06f) + 0.25f * coarse + 0.5f * fine, 0.f, 1.f);
  return Mix(m.color, m.color2, t);
}

Color Wood(const Material& m, const SurfacePoint& at) {
  const auto axes = AxesByLength(at.size);
  const V3f p(at.local[axes[0]], at.local[axes[1]], at.local[axes[2]]);
  return WoodGrain(m, p, at.footprint_m, m.seed);
}

Color Planks(const Material& m, const SurfacePoint& at) {
  const float row = at.local.y() / m.scale;
  const int32_t row_idx = Cell(row);
  const float shift = HashUnit(row_idx, 0, 0, m.seed);
  const float board = at.local.x() / (m.scale * 8) + shift;
  const int32_t board_idx = Cell(board);
  const float tone = HashUnit(row_idx, board_idx, 1, m.seed) - 0.5f;
  Color c = WoodGrain(m,
                      at.local + V3f(0, 0, 7.f * tone + 3.f * static_cast<float>(row_idx)),
                      at.footprint_m,
                      m.seed);
  c *= 1 + 0.35f * tone;
  const float pixel = at.footprint_m / m.scale;
  const float joint =
      std::max(Line(row, 0.003f / m.scale, pixel), Line(board, 0.003f / (8 * m.scale), pixel / 8));
  return c * (1 - 0.6f * joint);
}

// The two coordinates in the plane of the part's wide side.
Eigen::Vector2f InPlane(const SurfacePoint& at) {
  const auto axes = AxesByLength(at.size);
  const int i = std::min(axes[0], axes[1]), j = std::max(axes[0], axes[1]);
  return {at.local[i], at.local[j]};
}

Color Tiles(const Material& m, const SurfacePoint& at) {
  const Eigen::Vector2f p = InPlane(at) / m.scale;
  const float pixel = at.footprint_m / m.scale;
  const float grout =
      std::max(Line(p.x(), 0.006f / m.scale, pixel), Line(p.y(), 0.006f / m.scale, pixel));
  const float tone = HashUnit(Cell(p.x()), Cell(p.y()), 2, m.seed) - 0.5f;
  const float cloud = Octaves(at.local * 6.f, 2, m.seed) - 0.5f;
  return Mix(m.color * (1 + 0.08f * tone + 0.12f * cloud), m.color2, grout);
}

Color Bricks(const Material& m, const SurfacePoint& at) {
  const Eigen::Vector2f p = InPlane(at);
  const float row = p.y() / m.scale;
  const float along = p.x() / (3 * m.scale) + (Cell(row) % 2 == 0 ? 0.f : 0.5f);
  const float pixel = at.footprint_m / m.scale;
  const float joint =
      std::max(Line(row, 0.012f / m.scale, pixel), Line(along, 0.004f / m.scale, pixel / 3));
  const float tone = HashUnit(Cell(row), Cell(along), 3, m.seed) - 0.5f;
  return Mix(m.color * (1 + 0.4f * tone + 0.2f * (Noise(at.local * 60.f, m.seed) - 0.5f)),
             m.color2,
             joint);
}

Color Carpet(const Material& m, const SurfacePoint& at) {
  const float fleck = Noise(at.local * 220.f, m.seed) - 0.5f;
  const float patch = Octaves(at.local * 3.f, 2, m.seed + 5) - 0.5f;
  const float t = Fade(at.footprint_m, 0.012f) * 0.9f * fleck + 0.25f * patch;
  return Mix(m.color, m.color2, std::clamp(0.35f + t, 0.f, 1.f));
}

Color Fabric(const Material& m, const SurfacePoint& at) {
  const float weave = (Noise(at.local * 300.f, m.seed) - 0.5f) * Fade(at.footprint_m, 0.008f);
  const float soft = Octaves(at.local * 7.f, 2, m.seed + 3) - 0.5f;
  return m.color * (1 + 0.28f * weave + 0.22f * soft);
}

Color Stripes(const Material& m, const SurfacePoint& at) {
  const float x = at.local.x() / m.scale;
  return (Cell(x) % 2 == 0 ? m.color : m.color2) *
         (1 + 0.15f * (Octaves(at.local * 8.f, 2, m.seed) - 0.5f));
}

Color Paint(const Material& m, const SurfacePoint& at) {
  const float roller = (Octaves(at.local * 40.f, 2, m.seed) - 0.5f) * Fade(at.footprint_m, 0.03f);
  const float stain = Octaves(at.local * 0.9f, 3, m.seed + 4) - 0.5f;
  return m.color * (1 + 0.04f * roller + 0.07f * stain);
}

Color Wallpaper(const Material& m, const SurfacePoint& at) {
  const auto axes = AxesByLength(at.size);
  const int flat = axes[0] == 2 ? axes[1] : axes[0];
  const float u = at.local[flat] / m.scale, v = at.local.z() / m.scale;
  const int32_t row = Cell(v);
  const float du = Fraction(u + (row % 2 == 0 ? 0.f : 0.5f)) - 0.5f, dv = Fraction(v) - 0.5f;
  const float r = std::sqrt(du * du + dv * dv);
  const float petal = std::abs(du * dv) * 18.f;
  const float figure =
      (1 - Smooth(0.22f + petal * 0.2f, 0.27f + petal * 0.2f, r)) * Smooth(0.05f, 0.08f, r);
  return Mix(m.color, m.color2, 0.7f * figure);
}

Color Marble(const Material& m, const SurfacePoint& at) {
  const float warp = Octaves(at.local * 3.f, 4, m.seed);
  const float vein = 1 - std::abs(Fraction(4.f * warp) - 0.5f) * 2.f;
  const float speck = (Noise(at.local * 160.f, m.seed + 2) - 0.5f) * Fade(at.footprint_m, 0.012f);
  return Mix(m.color, m.color2, std::clamp(vein * vein * vein * 0.8f + 0.35f * speck, 0.f, 1.f));
}

Color Rug(const Material& m, const SurfacePoint& at) {
  const float x = std::abs(at.unit.x() - 0.5f) * at.size.x(),
              y = std::abs(at.unit.y() - 0.5f) * at.size.y();
  const float edge = std::min(at.size.x() / 2 - x, at.size.y() / 2 - y);
  const int style = static_cast<int>(m.seed % 3);
  const Color third = Mix(m.color, Color::Constant(0.75f), 0.7f);
  Color c = m.color;
  if (edge < 0.05f) {
    c = m.color2;
  } else if (edge < 0.12f && edge > 0.09f) {
    c = third;
  } else if (style == 0) {
    const float medal = x / at.size.x() + y / at.size.y();
    c = Cell(medal * 16) % 2 == 0 ? m.color : medal < 0.2f ? m.color2 : Mix(m.color, third, 0.35f);
  } else if (style == 1) {
    const float d = Fraction(at.local.x() / 0.18f) + Fraction(at.local.y() / 0.18f);
    c = d > 0.75f && d < 1.25f ? third : m.color;
  } else {
    c = Cell(at.local.x() / 0.11f + 2.f * (Noise(at.local * 2.f, m.seed) - 0.5f)) % 3 == 0
            ? m.color2
            : m.color;
  }
  return c * (0.85f + 0.3f * Fade(at.footprint_m, 0.015f) * Noise(at.local * 180.f, m.seed));
}

// A few wide brush areas of colours around one hue.
Color Picture(const Material& m, const SurfacePoint& at) {
  const Eigen::Vector2f q = Across(m, at);
  const V3f p(q.x() * 2.5f, q.y() * 2.5f, 0.5f);
  const float a = Octaves(p, 3, m.seed), b = Octaves(p + V3f(9, 3, 1), 3, m.seed + 11);
  const Color third(m.color2.z(), m.color.x(), m.color2.y());
  Color c = Mix(m.color, m.color2, Smooth(0.42f, 0.5f, a));
  c = Mix(c, third, Smooth(0.55f, 0.6f, b));
  if (m.seed % 3 == 0) {  // circles
    const float dx = q.x() - 0.35f - 0.3f * HashUnit(1, 0, 0, m.seed), dy = q.y() - 0.5f;
    if (dx * dx + dy * dy < 0.05f) c = Mix(m.color2, Color(0.9f, 0.75f, 0.4f), 0.6f);
  }
  return c * (0.9f + 0.2f * Noise(p * 20.f, m.seed + 2));
}

Color Photo(const Material& m, const SurfacePoint& at) {
  const Eigen::Vector2f q = Across(m, at);
  const float ridge = 0.45f + 0.25f * (Octaves(V3f(q.x() * 4, 0, 0.5f), 3, m.seed) - 0.3f);
  const float near = 0.2f + 0.2f * (Octaves(V3f(q.x() * 3 + 7, 0, 0.5f), 2, m.seed + 3) - 0.3f);
  const Color sky = Mix(Color(0.75f, 0.8f, 0.85f), m.color, q.y() * q.y());
  Color c = q.y() < near ? m.color2 * 0.5f : q.y() < ridge ? Mix(m.color2, sky, 0.35f) : sky;
  const float dx = q.x() - HashUnit(2, 0, 0, m.seed), dy = q.y() - 0.8f;
  if (q.y() > ridge && dx * dx + dy * dy < 0.004f) c = Color(0.95f, 0.85f, 0.6f);
  return c;
}

Color Screen(const Material& m, const SurfacePoint& at) {
  const Eigen::Vector2f q = Across(m, at);
  Color c = Mix(m.color, m.color2, q.y());
  if (m.seed % 4 == 0) return Color::Constant(0.012f);  // switched off
  if (q.y() < 0.05f) return Color::Constant(0.05f);
  for (int w = 0; w < 3; ++w) {  // windows with lines of text
    const float x0 = 0.05f + 0.5f * HashUnit(w, 1, 0, m.seed),
                y0 = 0.12f + 0.35f * HashUnit(w, 2, 0, m.seed);
    const float x = (q.x() - x0) / 0.4f, y = (q.y() - y0) / 0.45f;
    if (x < 0 || x > 1 || y < 0 || y > 1) continue;
    const bool dark = HashUnit(w, 3, 0, m.seed) < 0.4f;
    c = Color::Constant(dark ? 0.04f : 0.8f);
    if (y > 0.92f) c = m.color2;
    const int32_t line = Cell(y * 22);
    if (y < 0.88f && x > 0.06f && x < 0.3f + 0.6f * HashUnit(line, w, 4, m.seed) &&
        Fraction(y * 22) < 0.45f)
      c = Mix(
          c, dark ? m.color2 : Color::Constant(0.1f), Fade(at.footprint_m, 0.012f) * 0.5f + 0.3f);
  }
  return c;
}

Color Keys(const Material& m, const SurfacePoint& at) {
  const float rows = 5, columns = 15;
  const Eigen::Vector2f q = Across(m, at);
  const float v = q.y() * rows, u = q.x() * columns + 0.4f * HashUnit(Cell(v), 0, 0, 3);
  const float edge_u = std::abs(Fraction(u) - 0.5f), edge_v = std::abs(Fraction(v) - 0.5f);
  const bool space = Cell(v) == 0 && u > 4 && u < 9;
  const bool key = (space || edge_u < 0.41f) && edge_v < 0.41f;
  const float seen = Fade(at.footprint_m, 0.02f);
  return Mix(Mix(m.color, m.color2, 0.6f), key ? m.color2 : m.color, seen);
}

Color Clock(const Material& m, const SurfacePoint& at) {
  const Eigen::Vector2f q = Across(m, at) * 2.f - Eigen::Vector2f::Ones();
  const float r = q.norm();
  if (r > 0.93f) return m.color2;
  const Eigen::Vector2f hour(HashUnit(1, 1, 1, m.seed) - 0.5f, HashUnit(2, 1, 1, m.seed) - 0.5f);
  const Eigen::Vector2f minute(-hour.y() - 0.3f, hour.x());
  const auto hand = [&](Eigen::Vector2f d, float length, float width) {
    d.normalize();
    const float along = q.dot(d), off = std::abs(q.x() * d.y() - q.y() * d.x());
    return along > -0.08f && along < length && off < width;
  };
  if (hand(hour, 0.5f, 0.05f) || hand(minute, 0.75f, 0.035f)) return Color::Constant(0.02f);
  // Twelve marks: on the axes and at 30 and 60 degrees.
  if (r > 0.75f && r < 0.88f)
    for (const Eigen::Vector2f& d : {Eigen::Vector2f(1, 0),
                                     Eigen::Vector2f(0, 1),
                                     Eigen::Vector2f(0.866f, 0.5f),
                                     Eigen::Vector2f(0.5f, 0.866f),
                                     Eigen::Vector2f(0.866f, -0.5f),
                                     Eigen::Vector2f(0.5f, -0.866f)})
      if (std::abs(q.x() * d.y() - q.y() * d.x()) < 0.04f) return Color::Constant(0.03f);
  return m.color;
}

Color Scribble(const Material& m, const SurfacePoint& at) {
  const Eigen::Vector2f q = Across(m, at);
  const float aspect = m.facing == 1 ? at.size.x() / std::max(at.size.z(), 1e-3f) : 1.5f;
  const float x = q.x() * aspect * 9, y = q.y() * 9;
  const int32_t line = Cell(y);
  if (HashUnit(line, 0, 1, m.seed) < 0.55f && x > 0.6f &&
      x < 9 * aspect * (0.25f + 0.5f * HashUnit(line, 0, 2, m.seed))) {
    const float wave =
        0.5f + 0.55f * (Noise(V3f(x * 5.f, static_cast<float>(line), 0.5f), m.seed) - 0.5f);
    if (std::abs(Fraction(y) - wave) < 0.06f &&
        Noise(V3f(x * 1.7f, static_cast<float>(line), 3.5f), m.seed) > 0.35f)
      return m.color2;
  }
  return m.color * (0.96f + 0.06f * Noise(at.local * 4.f, m.seed));
}

Color Page(const Material& m, const SurfacePoint& at) {
  const Eigen::Vector2f q = Across(m, at);
  const int32_t line = Cell(q.y() * 28);
  const bool ink = q.x() > 0.1f && q.x() < 0.6f + 0.3f * HashUnit(line, 0, 0, m.seed) &&
                   q.y() > 0.08f && q.y() < 0.92f && Fraction(q.y() * 28) < 0.4f &&
                   HashUnit(line, 1, 0, m.seed) > 0.15f;
  return ink ? Mix(m.color, m.color2, 0.3f + 0.6f * Fade(at.footprint_m, 0.008f)) : m.color;
}

Color Quilt(const Material& m, const SurfacePoint& at) {
  const Eigen::Vector2f p = Eigen::Vector2f(at.local.x(), at.local.y()) / m.scale;
  const int32_t i = Cell(p.x()), j = Cell(p.y());
  const float pixel = at.footprint_m / m.scale;
  const float stitch = std::max(Line(p.x(), 0.06f, pixel), Line(p.y(), 0.06f, pixel));
  Color c = m.seed % 2 == 0 ? m.color : (i + j) % 2 == 0 ? m.color : m.color2;
  c *= 1 + 0.15f * (Octaves(at.local * 9.f, 2, m.seed) - 0.5f);
  return c * (1 - 0.25f * stitch);
}

Color Leaf(const Material& m, const SurfacePoint& at) {
  return m.color * (0.7f + 0.5f * Noise(at.local * 25.f, m.seed) + 0.15f * at.unit.z());
}

Color Outdoors(const Material& m, const SurfacePoint& at) {
  const V3f d = at.view;
  const float flat = std::sqrt(d.x() * d.x() + d.y() * d.y()) + 1e-6f;
  const float rise = d.z() / flat;  // 0 at the horizon
  const V3f around(d.x() / flat * 6, d.y() / flat * 6, 0);
  const float cloud =
      Smooth(0.45f, 0.8f, Octaves(V3f(around.x(), around.y(), rise * 9), 4, m.seed + 7));
  Color sky = Mix(
      Color(0.72f, 0.82f, 0.92f), Color(0.32f, 0.52f, 0.85f), std::clamp(rise * 1.6f, 0.f, 1.f));
  sky = Mix(sky, Color::Constant(0.95f), 0.6f * cloud);
  // Far hills in haze, nearer trees, ground.
  const float hills = 0.06f + 0.16f * (Octaves(around * 0.9f, 3, m.seed + 1) - 0.3f);
  const float trees = -0.02f + 0.5f * (Octaves(around * 2.2f, 5, m.seed) - 0.35f);
  const float leaves = Octaves(V3f(around.x() * 7, around.y() * 7, rise * 42), 4, m.seed + 2);
  if (rise < -0.22f)
    return Mix(Color(0.09f, 0.13f, 0.05f),
               Color(0.2f, 0.22f, 0.13f),
               Noise(around * 3.f + V3f(0, 0, rise * 20), m.seed));
  if (rise < trees)
    return Mix(Color(0.015f, 0.035f, 0.012f), Color(0.14f, 0.19f, 0.07f), leaves * leaves * 1.4f);
  if (rise < hills) return Mix(Color(0.16f, 0.24f, 0.22f), sky, 0.45f);
  return sky;
}

}  // namespace

Color FromHex(uint32_t rrggbb) {
  return {Channel(rrggbb >> 16), Channel(rrggbb >> 8), Channel(rrggbb)};
}

float HashUnit(int32_t x, int32_t y, int32_t z, uint32_t seed) {
  uint32_t h = static_cast<uint32_t>(x) * 0x8da6b343u ^ static_cast<uint32_t>(y) * 0xd8163841u ^
               static_cast<uint32_t>(z) * 0xcb1ab31fu ^ seed * 0x9e3779b9u;
  h ^= h >> 15;
  h *= 0x2c1b3c6du;
  h ^= h >> 12;
  h *= 0x297a2d39u;
  h ^= h >> 15;
  return static_cast<float>(h >> 8) * 0x1.0p-24f;
}

float Noise(const Eigen::Vector3f& p, uint32_t seed) {
  const int32_t x = Cell(p.x()), y = Cell(p.y()), z = Cell(p.z());
  V3f f(
      p.x() - static_cast<float>(x), p.y() - static_cast<float>(y), p.z() - static_cast<float>(z));
  for (int k = 0; k < 3; ++k) f[k] = f[k] * f[k] * (3 - 2 * f[k]);
  const auto lerp = [](float a, float b, float t) { return a + t * (b - a); };
  const auto row = [&](int32_t dy, int32_t dz) {
    return lerp(HashUnit(x, y + dy, z + dz, seed), HashUnit(x + 1, y + dy, z + dz, seed), f.x());
  };
  return lerp(lerp(row(0, 0), row(1, 0), f.y()), lerp(row(0, 1), row(1, 1), f.y()), f.z());
}

Color Albedo(const Material& m, const SurfacePoint& at) {
  switch (m.pattern) {
    case Pattern::kPlain:
      return m.color;
    case Pattern::kWood:
      return Wood(m, at);
    case Pattern::kPlanks:
      return Planks(m, at);
    case Pattern::kTiles:
      return Tiles(m, at);
    case Pattern::kCarpet:
      return Carpet(m, at);
    case Pattern::kFabric:
      return Fabric(m, at);
    case Pattern::kStripes:
      return Stripes(m, at);
    case Pattern::kPaint:
      return Paint(m, at);
    case Pattern::kWallpaper:
      return Wallpaper(m, at);
    case Pattern::kMarble:
      return Marble(m, at);
    case Pattern::kLeaf:
      return Leaf(m, at);
    case Pattern::kRug:
      return Rug(m, at);
    case Pattern::kPicture:
      return Picture(m, at);
    case Pattern::kPhoto:
      return Photo(m, at);
    case Pattern::kScreen:
      return Screen(m, at);
    case Pattern::kKeys:
      return Keys(m, at);
    case Pattern::kClock:
      return Clock(m, at);
    case Pattern::kScribble:
      return Scribble(m, at);
    case Pattern::kPage:
      return Page(m, at);
    case Pattern::kBricks:
      return Bricks(m, at);
    case Pattern::kQuilt:
      return Quilt(m, at);
    case Pattern::kOutdoors:
      return Outdoors(m, at);
    case Pattern::kMirror:
      return m.color;
  }
  return m.color;
}

}  // namespace spatium::synth
