#include "spatium/synth/lighting.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "spatium/base/parallel.h"
#include "spatium/geometry/trig.h"

namespace spatium::synth {
namespace {

using V3f = Eigen::Vector3f;

constexpr size_t kGather = 20;  // directions in which a vertex looks for light passed on
constexpr int kBounces = 3;
constexpr size_t kBlock = 256;  // vertices a task works on
constexpr float kFar = 0.1f;    // footprint at which patterns are averaged, for passing light on
constexpr double kBuried_m = 0.03;  // a vertex that sees nothing farther lies under something
constexpr double kLift_m = 0.004;   // from the surface, so that a ray does not start inside it

struct LightPoint {
  V3f at, normal;
  Color flux;  // radiance times its share of the area
};

// Points spread over what glows, more on large areas. Triangles are taken in order by area, so that
// the points cover each part evenly.
std::vector<LightPoint> Emitters(const SurfaceMesh& s, std::vector<BakedLight::Lamp>& lamps) {
  std::vector<LightPoint> points;
  std::vector<std::vector<size_t>> faces_of(s.parts.size());
  for (size_t f = 0; f < s.mesh.faces.size(); ++f)
    if (s.parts[s.PartOfFace(f)].material.glow.maxCoeff() > 0)
      faces_of[s.PartOfFace(f)].push_back(f);
  for (size_t p = 0; p < s.parts.size(); ++p) {
    if (faces_of[p].empty()) continue;
    const auto area_of = [&](size_t f) {
      const auto& v = s.mesh.faces[f];
      const V3f a = s.mesh.vertices[v[0]], b = s.mesh.vertices[v[1]], c = s.mesh.vertices[v[2]];
      return 0.5f * (b - a).cross(c - a).norm();
    };
    float total = 0;
    for (const size_t f : faces_of[p]) total += area_of(f);
    if (total <= 0) continue;
    const bool window = s.parts[p].material.pattern == Pattern::kOutdoors;
    const int n = std::clamp(static_cast<int>(total * 8), 5, 12);
    // Outdoors is seen brighter above the horizon; on average it gives about half its colour.
    const Color radiance =
        s.parts[p].material.glow * (window                                            ? 0.55f
                                    : s.parts[p].material.pattern == Pattern::kScreen ? 0.3f
                                                                                      : 1.f);
    float walked = 0;
    int placed = 0;
    V3f center = V3f::Zero();
    for (const size_t f : faces_of[p]) {
      const float area = area_of(f);
      while (placed < n &&
             walked + area >= total * (static_cast<float>(placed) + 0.5f) / static_cast<float>(n)) {
        const auto& v = s.mesh.faces[f];
        const V3f a = s.mesh.vertices[v[0]], b = s.mesh.vertices[v[1]], c = s.mesh.vertices[v[2]];
        points.push_back({(a + b + c) / 3,
                          (b - a).cross(c - a).normalized(),
                          radiance * (total / static_cast<float>(n))});
        center += points.back().at;
        ++placed;
      }
      walked += area;
    }
    if (placed > 0) lamps.push_back({center / static_cast<float>(placed), radiance * total});
  }
  std::stable_sort(lamps.begin(), lamps.end(), [](const auto& a, const auto& b) {
    return a.power.sum() > b.power.sum();
  });
  if (lamps.size() > 5) lamps.resize(5);
  return points;
}

// Directions about +z, denser towards it as Lambert's law weighs them (Hammersley points).
std::array<V3f, kGather> CosineDirections() {
  std::array<V3f, kGather> d;
  for (uint32_t i = 0; i < kGather; ++i) {
    uint32_t bits = i, reversed = 0;
    for (int k = 0; k < 32; ++k, bits >>= 1) reversed = reversed << 1 | (bits & 1);
    const double u = (i + 0.5) / kGather,
                 a = 2 * std::numbers::pi * static_cast<double>(reversed) * 0x1.0p-32;
    const double r = std::sqrt(u);
    d[i] = V3f(static_cast<float>(r * Cos(a)),
               static_cast<float>(r * Sin(a)),
               static_cast<float>(std::sqrt(1 - u)));
  }
  return d;
}

}  // namespace

BakedLight BakeLight(const SurfaceMesh& s, const RayScene& rays, unsigned threads) {
  BakedLight light;
  const std::vector<LightPoint> points = Emitters(s, light.lamps);
  const std::array<V3f, kGather> directions = CosineDirections();
  const size_t n = s.mesh.vertices.size();
  std::vector<Color> direct(n, Color::Zero()), albedo(n);
  std::vector<uint8_t> buried(n, 0);
  std::vector<uint32_t> seen(n * kGather, 0xffffffffu);  // the vertex that each direction ends at

  // A vertex is lit as seen from a little inside its faces: corners are not in their neighbours.
  std::vector<V3f> inner(n, V3f::Zero());
  std::vector<float> faces_at(n, 0);
  for (const auto& f : s.mesh.faces) {
    const V3f center = (s.mesh.vertices[f[0]] + s.mesh.vertices[f[1]] + s.mesh.vertices[f[2]]) / 3;
    for (const uint32_t v : f) {
      inner[v] += center;
      faces_at[v] += 1;
    }
  }
  ParallelFor((n + kBlock - 1) / kBlock, threads, [&](size_t block) {
    std::vector<Ray> shadow;
    std::vector<std::pair<size_t, Color>> gain;
    std::vector<Ray> look;
    const size_t begin = block * kBlock, end = std::min(n, begin + kBlock);
    for (size_t v = begin; v < end; ++v) {
      const V3f normal = s.normals[v];
      V3f at = s.mesh.vertices[v];
      if (faces_at[v] > 0) at += 0.12f * (inner[v] / faces_at[v] - at);
      const V3 origin = at.cast<double>() + kLift_m * normal.cast<double>();
      SurfacePoint where = s.parts[s.vertex_part[v]].At(s.mesh.vertices[v]);
      where.footprint_m = kFar;
      albedo[v] = s.parts[s.vertex_part[v]].material.glow.maxCoeff() > 0
                      ? Color::Zero()
                      : Color(Albedo(s.parts[s.vertex_part[v]].material, where).cwiseMin(0.9f));
      for (const LightPoint& l : points) {
        const V3f to = l.at - at;
        const float d2 = std::max(to.squaredNorm(), 0.02f), d = std::sqrt(d2);
        const float cos_v = normal.dot(to) / d, cos_l = -l.normal.dot(to) / d;
        if (cos_v <= 0.001f || cos_l <= 0.001f) continue;
        const Color c = l.flux * (cos_v * cos_l / (d2 * static_cast<float>(std::numbers::pi)));
        if (c.maxCoeff() < 2e-4f) continue;
        shadow.push_back(
            {.origin = origin, .dir = l.at.cast<double>() - origin, .tnear = 0, .tfar = 0.995});
        gain.emplace_back(v, c);
      }
      const V3f x =
          (std::abs(normal.z()) < 0.9f ? normal.cross(V3f::UnitZ()) : normal.cross(V3f::UnitX()))
              .normalized();
      const V3f y = normal.cross(x);
      for (const V3f& d : directions)
        look.push_back(
            {.origin = origin, .dir = (d.x() * x + d.y() * y + d.z() * normal).cast<double>()});
    }
    std::vector<uint8_t> dark(shadow.size());
    rays.Occluded(shadow, dark);
    for (size_t i = 0; i < gain.size(); ++i)
      if (!dark[i]) direct[gain[i].first] += gain[i].second;
    std::vector<Hit> hits(look.size());
    rays.Closest(look, hits);
    for (size_t v = begin; v < end; ++v) {
      size_t near = 0;
      for (size_t k = 0; k < kGather; ++k) near += hits[(v - begin) * kGather + k].t < kBuried_m;
      buried[v] = near * 10 >= kGather * 8;
    }
    for (size_t i = 0; i < hits.size(); ++i) {
      if (!hits[i].hit()) continue;
      const auto& f = s.mesh.faces[hits[i].prim];
      const double a = 1 - hits[i].u - hits[i].v;
      const size_t k = a >= hits[i].u && a >= hits[i].v ? 0 : hits[i].u >= hits[i].v ? 1 : 2;
      if (look[i].dir.cast<float>().dot(s.normals[f[k]]) < 0)
        seen[begin * kGather + i] = f[k];  // else its back
    }
  });

  // Passing it on: what a vertex gets is the mean of what it sees.
  std::vector<Color> passed(n, Color::Zero()), next(n);
  for (int bounce = 0; bounce < kBounces; ++bounce) {
    ParallelFor((n + kBlock - 1) / kBlock, threads, [&](size_t block) {
      for (size_t v = block * kBlock; v < std::min(n, (block + 1) * kBlock); ++v) {
        Color sum = Color::Zero();
        for (size_t k = 0; k < kGather; ++k)
          if (const uint32_t w = seen[v * kGather + k]; w != 0xffffffffu)
            sum += albedo[w].cwiseProduct(direct[w] + passed[w]);
        next[v] = sum / static_cast<float>(kGather);
      }
    });
    passed.swap(next);
  }
  // Few directions leave bands: even them out between neighbours on one face.
  for (int round = 0; round < 2; ++round) {
    std::vector<Color> sum = passed;
    std::vector<float> weight(n, 1);
    for (const auto& f : s.mesh.faces)
      for (size_t k = 0; k < 3; ++k) {
        const uint32_t a = f[k], b = f[(k + 1) % 3];
        sum[a] += passed[b];
        sum[b] += passed[a];
        weight[a] += 1;
        weight[b] += 1;
      }
    for (size_t v = 0; v < n; ++v) passed[v] = sum[v] / weight[v];
  }
  light.arriving.resize(n);
  for (size_t v = 0; v < n; ++v) light.arriving[v] = direct[v] + passed[v];
  // What lies under a table's leg is black and would darken all that is around: it takes its
  // neighbours' light.
  for (int round = 0; round < 3; ++round) {
    std::vector<Color> sum(n, Color::Zero());
    std::vector<float> weight(n, 0);
    for (const auto& f : s.mesh.faces)
      for (size_t k = 0; k < 3; ++k)
        for (size_t j = 1; j < 3; ++j) {
          const uint32_t a = f[k], b = f[(k + j) % 3];
          if (!buried[a] || buried[b]) continue;
          sum[a] += light.arriving[b];
          weight[a] += 1;
        }
    for (size_t v = 0; v < n; ++v)
      if (weight[v] > 0) {
        light.arriving[v] = sum[v] * (0.75f / weight[v]);
        buried[v] = 0;
      }
  }
  // Shadows' edges follow the triangles: soften them by one step.
  {
    std::vector<Color> sum = light.arriving;
    std::vector<float> weight(n, 2);
    for (Color& c : sum) c *= 2;
    for (const auto& f : s.mesh.faces)
      for (size_t k = 0; k < 3; ++k)
        for (size_t j = 1; j < 3; ++j) {
          sum[f[k]] += 0.5f * light.arriving[f[(k + j) % 3]];
          weight[f[k]] += 0.5f;
        }
    for (size_t v = 0; v < n; ++v) light.arriving[v] = sum[v] / weight[v];
  }
  // A camera's automatic exposure: the mean of what annotated surfaces send out, by area.
  double mean = 0, area_sum = 0;
  for (const auto& f : s.mesh.faces) {
    if (s.mesh.vertex_object[f[0]] < 0) continue;
    const V3f a = s.mesh.vertices[f[0]], b = s.mesh.vertices[f[1]], c = s.mesh.vertices[f[2]];
    const double area = static_cast<double>((b - a).cross(c - a).norm());
    mean += area * static_cast<double>(albedo[f[0]].cwiseProduct(light.arriving[f[0]]).mean());
    area_sum += area;
  }
  light.exposure = static_cast<float>(0.28 / std::max(mean / std::max(area_sum, 1e-9), 1e-3));
  return light;
}

Color GlowSeen(const Material& m, const Color& albedo, float exposure) {
  if (m.glow.maxCoeff() <= 0) return Color::Zero();
  if (m.pattern == Pattern::kOutdoors) return albedo * 1.6f;
  if (m.pattern == Pattern::kScreen) return albedo * 1.3f;
  return (albedo.cwiseProduct(m.glow) * exposure).cwiseMin(6.f);
}

uint8_t ToSrgb(float linear) {
  constexpr float kWhite = 4.f;  // this much light is white
  const float x0 = std::clamp(linear, 0.f, kWhite);
  const float x = x0 * (1 + x0 / (kWhite * kWhite)) / (1 + x0) * 1.35f;
  const float y = std::min(x, 1.f);
  const float s1 = std::sqrt(y), s2 = std::sqrt(s1), s3 = std::sqrt(s2);
  const float srgb = 0.662002687f * s1 + 0.684122060f * s2 - 0.323583601f * s3 - 0.0225411470f * y;
  return static_cast<uint8_t>(std::floor(std::clamp(srgb, 0.f, 1.f) * 255.f + 0.5f));
}

void ColorMesh(SurfaceMesh& s, const BakedLight& light) {
  s.mesh.colors.resize(s.mesh.vertices.size());
  for (size_t v = 0; v < s.mesh.vertices.size(); ++v) {
    const PartRef& part = s.parts[s.vertex_part[v]];
    SurfacePoint at = part.At(s.mesh.vertices[v]);
    at.footprint_m = 0.03f;
    const Color albedo = Albedo(part.material, at);
    const Color c = light.exposure * (albedo.cwiseProduct(light.arriving[v]) +
                                      albedo.cwiseProduct(part.material.glow));
    for (int k = 0; k < 3; ++k) s.mesh.colors[v][static_cast<size_t>(k)] = ToSrgb(c[k]);
  }
}

}  // namespace spatium::synth
