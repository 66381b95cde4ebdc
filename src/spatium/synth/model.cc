#include "spatium/synth/model.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <numbers>

#include "spatium/base/check.h"
#include "spatium/geometry/trig.h"

namespace spatium::synth {
namespace {

// Adds a flat polygon (convex, counter-clockwise from outside) with its own normal.
void AddFace(Triangles& t, std::span<const V3> corners) {
  V3 normal = V3::Zero();
  for (size_t i = 1; i + 1 < corners.size(); ++i)
    normal += (corners[i] - corners[0]).cross(corners[i + 1] - corners[0]);
  if (normal.norm() < 1e-14) return;
  normal.normalize();
  const auto first = static_cast<uint32_t>(t.positions.size());
  for (const V3& c : corners) {
    t.positions.push_back(c);
    t.normals.push_back(normal);
  }
  for (uint32_t i = 1; i + 1 < corners.size(); ++i)
    t.faces.push_back({first, first + i, first + i + 1});
}

void AddFace(Triangles& t, std::initializer_list<V3> corners) {
  AddFace(t, std::span<const V3>(corners.begin(), corners.size()));
}

// The corners of side 0..5 (-x +x -y +y -z +z) of a box, counter-clockwise from outside.
std::array<V3, 4> BoxSide(const V3& a, const V3& b, int side) {
  const int k = side / 2, i = (k + 1) % 3, j = (k + 2) % 3;
  std::array<V3, 4> c;
  const bool high = side % 2 == 1;
  for (size_t n = 0; n < 4; ++n) {
    c[n][k] = high ? b[k] : a[k];
    const bool on_i = n == 1 || n == 2, on_j = n >= 2;
    c[n][i] = (high ? on_i : on_j) ? b[i] : a[i];
    c[n][j] = (high ? on_j : on_i) ? b[j] : a[j];
  }
  return c;
}

std::vector<V3> Ring(const V3& center, const V3& x, const V3& y, double radius, int sides) {
  std::vector<V3> ring;
  for (int i = 0; i < sides; ++i) {
    const double a = 2 * std::numbers::pi * i / sides;
    ring.push_back(center + radius * (Cos(a) * x + Sin(a) * y));
  }
  return ring;
}

// A band between two rings, smooth around, its slope's normal at both ends.
void AddBand(Triangles& t,
             std::span<const V3> low,
             std::span<const V3> high,
             const V3& axis,
             const V3& low_center,
             const V3& high_center) {
  const size_t n = low.size();
  const auto first = static_cast<uint32_t>(t.positions.size());
  for (size_t i = 0; i < n; ++i) {
    const V3 along = high[i] - low[i];
    const V3 outward = (low[i] - low_center) + (high[i] - high_center);
    V3 normal = along.cross(axis.cross(outward));
    if (normal.norm() < 1e-14) normal = outward;
    // Turned so that the faces' winding and the normal agree: a band that comes back down (the
    // inside of a bowl) looks inward.
    const V3 winding = (low[(i + 1) % n] - low[i] + high[(i + 1) % n] - high[i]).cross(along);
    if (normal.dot(winding) < 0) normal = -normal;
    normal.normalize();
    t.positions.push_back(low[i]);
    t.normals.push_back(normal);
    t.positions.push_back(high[i]);
    t.normals.push_back(normal);
  }
  const auto at = [&](size_t i, uint32_t up) {
    return first + 2 * static_cast<uint32_t>(i % n) + up;
  };
  for (size_t i = 0; i < n; ++i) {
    if ((low[i] - low[(i + 1) % n]).norm() > 1e-9)
      t.faces.push_back({at(i, 0), at(i + 1, 0), at(i + 1, 1)});
    if ((high[i] - high[(i + 1) % n]).norm() > 1e-9)
      t.faces.push_back({at(i, 0), at(i + 1, 1), at(i, 1)});
  }
}

}  // namespace

ModelBuilder& ModelBuilder::Use(const Material& material) {
  material_ = material;
  return *this;
}

ModelBuilder& ModelBuilder::In(const Pose& model_from_part) {
  pose_ = model_from_part;
  return *this;
}

void ModelBuilder::Finish(Triangles surface, const std::vector<Solid>& solids) {
  Part part;
  part.material = material_;
  part.model_from_part = pose_;
  part.min = part.max = surface.positions.at(0);
  for (V3& p : surface.positions) {
    part.min = part.min.cwiseMin(p);
    part.max = part.max.cwiseMax(p);
    p = pose_ * p;
  }
  for (V3& n : surface.normals) n = pose_.R * n;
  part.surface = std::move(surface);
  for (const Solid& s : solids) part.solids.push_back(Transformed(s, pose_));
  model_.parts.push_back(std::move(part));
}

ModelBuilder& ModelBuilder::Box(const V3& min, const V3& max) { return Sides(min, max, 0x3f); }

ModelBuilder& ModelBuilder::Sides(const V3& min, const V3& max, unsigned sides) {
  SPATIUM_CHECK(((max - min).array() > 0).all())
      << model_.label << ": box " << min.transpose() << " to " << max.transpose();
  Triangles t;
  for (int s = 0; s < 6; ++s)
    if (sides >> s & 1u) AddFace(t, BoxSide(min, max, s));
  Finish(std::move(t), {BoxSolid(min, max)});
  return *this;
}

ModelBuilder& ModelBuilder::ReplaceSolid(const Solid& solid_in_part) {
  model_.parts.back().solids = {Transformed(solid_in_part, pose_)};
  return *this;
}

ModelBuilder& ModelBuilder::Soft(const V3& min, const V3& max, double bevel) {
  const double r = std::min(bevel, 0.45 * (max - min).minCoeff());
  SPATIUM_CHECK(r > 0) << model_.label << ": box " << min.transpose() << " to " << max.transpose();
  // Each corner has three points, one on each of its sides; their normals are the sides', which
  // makes the narrow faces between them look round.
  Triangles t;
  for (int c = 0; c < 8; ++c)
    for (int k = 0; k < 3; ++k) {
      V3 p, n = V3::Zero();
      for (int i = 0; i < 3; ++i) {
        const bool high = c >> i & 1;
        p[i] = (high ? max[i] : min[i]) + (i == k ? 0 : high ? -r : r);
        if (i == k) n[i] = high ? 1 : -1;
      }
      t.positions.push_back(p);
      t.normals.push_back(n);
    }
  const auto at = [](int corner, int k) { return static_cast<uint32_t>(3 * corner + k); };
  const auto quad = [&](uint32_t a, uint32_t b, uint32_t c, uint32_t d, bool flip) {
    if (flip) std::swap(b, d);
    t.faces.push_back({a, b, c});
    t.faces.push_back({a, c, d});
  };
  for (int k = 0; k < 3; ++k) {
    const int i = 1 << (k + 1) % 3, j = 1 << (k + 2) % 3, up = 1 << k;
    quad(at(up, k), at(up | i, k), at(up | i | j, k), at(up | j, k), false);
    quad(at(0, k), at(i, k), at(i | j, k), at(j, k), true);
    // The four edges along axis k, between sides i and j.
    const int ki = (k + 1) % 3, kj = (k + 2) % 3;
    for (int e = 0; e < 4; ++e) {
      const int c = (e & 1 ? i : 0) | (e & 2 ? j : 0);
      quad(at(c, ki), at(c, kj), at(c | up, kj), at(c | up, ki), e == 1 || e == 2);
    }
  }
  for (int c = 0; c < 8; ++c) {
    const bool flip = ((c & 1) + (c >> 1 & 1) + (c >> 2 & 1)) % 2 == 0;
    t.faces.push_back({at(c, 0), at(c, flip ? 2 : 1), at(c, flip ? 1 : 2)});
  }
  Finish(std::move(t), {BoxSolid(min, max)});
  return *this;
}

ModelBuilder& ModelBuilder::Puff(const V3& min, const V3& max, double roundness) {
  constexpr int kSteps = 6;
  const V3 center = (min + max) / 2, half = (max - min) / 2;
  Triangles t;
  for (int side = 0; side < 6; ++side) {
    const auto c = BoxSide(V3::Constant(-1), V3::Constant(1), side);
    const auto first = static_cast<uint32_t>(t.positions.size());
    for (int i = 0; i <= kSteps; ++i)
      for (int j = 0; j <= kSteps; ++j) {
        // Tan spaces the points evenly on the ball; here a cubic does nearly the same.
        const auto even = [](double x) { return x * (0.8 + 0.2 * x * x); };
        const double a = even(2.0 * i / kSteps - 1), b = even(2.0 * j / kSteps - 1);
        const V3 cube = ((1 - a) * (1 - b) * c[0] + (1 + a) * (1 - b) * c[1] +
                         (1 + a) * (1 + b) * c[2] + (1 - a) * (1 + b) * c[3]) /
                        4;
        const V3 ball = cube.normalized();
        t.positions.push_back(center +
                              half.cwiseProduct((1 - roundness) * cube + roundness * ball));
        V3 normal =
            ((1 - roundness) * cube.cwiseProduct(cube).cwiseProduct(cube) + roundness * ball);
        t.normals.push_back(normal.cwiseQuotient(half).normalized());
      }
    for (uint32_t i = 0; i < kSteps; ++i)
      for (uint32_t j = 0; j < kSteps; ++j) {
        const uint32_t p = first + i * (kSteps + 1) + j;
        t.faces.push_back({p, p + kSteps + 1, p + kSteps + 2});
        t.faces.push_back({p, p + kSteps + 2, p + 1});
      }
  }
  Finish(std::move(t), {BoxSolid(min, max)});
  return *this;
}

ModelBuilder& ModelBuilder::Rod(
    const V3& a, const V3& b, double radius_a, double radius_b, int sides) {
  const V3 axis = (b - a).normalized();
  // A bar that stands nearly upright ends level, as a splayed leg does on the floor.
  const bool upright = std::abs(axis.z()) > 0.9;
  const V3 x = upright ? V3(V3::UnitX()) : V3(axis.cross(V3::UnitZ()).normalized());
  const V3 y = !upright ? V3(axis.cross(x)) : V3(0, axis.z() > 0 ? 1 : -1, 0);
  const auto low = Ring(a, x, y, radius_a, sides), high = Ring(b, x, y, radius_b, sides);
  Triangles t;
  AddBand(t, low, high, axis, a, b);
  if (radius_b > 0) AddFace(t, high);
  const std::vector<V3> reversed(low.rbegin(), low.rend());
  if (radius_a > 0) AddFace(t, reversed);
  Finish(std::move(t), {Frustum(low, high)});
  return *this;
}

ModelBuilder& ModelBuilder::Lathe(const V3& base, std::span<const V2> rings, int sides) {
  Triangles t;
  std::vector<Solid> solids;
  std::vector<std::vector<V3>> loops;
  for (const V2& r : rings)
    loops.push_back(Ring(base + V3(0, 0, r.y()), V3::UnitX(), V3::UnitY(), r.x(), sides));
  for (size_t i = 0; i + 1 < rings.size(); ++i) {
    const V3 low(base.x(), base.y(), base.z() + rings[i].y());
    const V3 high(base.x(), base.y(), base.z() + rings[i + 1].y());
    AddBand(t, loops[i], loops[i + 1], V3::UnitZ(), low, high);
    if (rings[i + 1].y() > rings[i].y() + 1e-9) solids.push_back(Frustum(loops[i], loops[i + 1]));
  }
  if (rings.front().x() > 0) {
    const std::vector<V3> reversed(loops.front().rbegin(), loops.front().rend());
    AddFace(t, reversed);
  }
  if (rings.back().x() > 0) AddFace(t, loops.back());
  Finish(std::move(t), solids);
  return *this;
}

ModelBuilder& ModelBuilder::Prism(std::span<const V2> polygon, double z0, double z1) {
  std::vector<V3> low, high;
  for (const V2& p : polygon) {
    low.emplace_back(p.x(), p.y(), z0);
    high.emplace_back(p.x(), p.y(), z1);
  }
  Triangles t;
  AddFace(t, high);
  const std::vector<V3> reversed(low.rbegin(), low.rend());
  AddFace(t, reversed);
  for (size_t i = 0; i < low.size(); ++i) {
    const size_t j = (i + 1) % low.size();
    AddFace(t, {low[i], low[j], high[j], high[i]});
  }
  Finish(std::move(t), {Frustum(low, high)});
  return *this;
}

ModelBuilder& ModelBuilder::Leaf(const V3& a, const V3& b, double width, const V3& normal) {
  const V3 along = b - a;
  const V3 side = along.cross(normal).normalized() * (width / 2);
  const V3 up = side.cross(along).normalized() * 0.002;  // thin, but with two faces
  const V3 mid = a + 0.45 * along;
  const V3 left = mid - side, right = mid + side, top = mid + up, bottom = mid - up;
  Triangles t;
  AddFace(t, {a, top, left});
  AddFace(t, {a, right, top});
  AddFace(t, {b, left, top});
  AddFace(t, {b, top, right});
  AddFace(t, {a, left, bottom});
  AddFace(t, {a, bottom, right});
  AddFace(t, {b, bottom, left});
  AddFace(t, {b, right, bottom});
  // Wound the other way where the frame is left-handed.
  if ((top - a).cross(left - a).dot(up) < 0)
    for (size_t f = 0; f < t.faces.size(); ++f) std::swap(t.faces[f][1], t.faces[f][2]);
  for (size_t f = 0; f < t.faces.size(); ++f)
    for (const uint32_t v : t.faces[f]) t.normals[v] = (f < 4 ? 1 : -1) * up.normalized();
  V3 low = a, high = a;
  for (const V3& p : {b, left, right, top, bottom}) {
    low = low.cwiseMin(p);
    high = high.cwiseMax(p);
  }
  Finish(std::move(t), {BoxSolid(low, high)});
  return *this;
}

ModelBuilder& ModelBuilder::Drape(const V3& min, const V3& max, int waves) {
  constexpr int kPerWave = 8;
  const double mid = (min.y() + max.y()) / 2, amplitude = (max.y() - min.y()) / 2 * 0.96;
  const int n = waves * kPerWave;
  std::vector<V2> line;
  std::vector<V2> across;
  for (int i = 0; i <= n; ++i) {
    const double a = 2 * std::numbers::pi * i / kPerWave;
    line.emplace_back(min.x() + (max.x() - min.x()) * i / n, mid + amplitude * Sin(a));
    const V2 slope((max.x() - min.x()) / n * kPerWave / (2 * std::numbers::pi), amplitude * Cos(a));
    across.push_back(V2(slope.y(), -slope.x()).normalized());
  }
  Triangles t;
  for (const double sign : {1.0, -1.0}) {  // both faces, a hair apart
    const auto first = static_cast<uint32_t>(t.positions.size());
    for (size_t i = 0; i < line.size(); ++i)
      for (const double z : {min.z(), max.z()}) {
        const V2 p = line[i] + sign * 0.0008 * across[i];
        t.positions.emplace_back(
            std::clamp(p.x(), min.x(), max.x()), std::clamp(p.y(), min.y(), max.y()), z);
        t.normals.emplace_back(sign * across[i].x(), sign * across[i].y(), 0);
      }
    for (uint32_t i = 0; i < static_cast<uint32_t>(n); ++i) {
      const uint32_t p = first + 2 * i;
      if (sign > 0) {
        t.faces.push_back({p, p + 2, p + 3});
        t.faces.push_back({p, p + 3, p + 1});
      } else {
        t.faces.push_back({p, p + 3, p + 2});
        t.faces.push_back({p, p + 1, p + 3});
      }
    }
  }
  Finish(std::move(t), {BoxSolid(min, max)});
  return *this;
}

ModelBuilder& ModelBuilder::Stand(const V2& min, const V2& max, double z, double clearance) {
  model_.supports.push_back({min, max, z, clearance});
  return *this;
}

ModelBuilder& ModelBuilder::SeatAt(const V2& at, double yaw_rad) {
  model_.seats.push_back({at, yaw_rad});
  return *this;
}

Model ModelBuilder::Take() {
  SPATIUM_CHECK(!model_.parts.empty()) << model_.label;
  model_.min = model_.max = model_.parts[0].surface.positions[0];
  for (const Part& part : model_.parts)
    for (const V3& p : part.surface.positions) {
      model_.min = model_.min.cwiseMin(p);
      model_.max = model_.max.cwiseMax(p);
    }
  return std::move(model_);
}

}  // namespace spatium::synth
