#include "spatium/synth/camera_path.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <limits>
#include <numbers>
#include <queue>

#include "spatium/base/check.h"
#include "spatium/geometry/trig.h"

namespace spatium::synth {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kCell_m = 0.05;
constexpr double kStep_m = 0.7;        // between decisions where to look
constexpr double kHalfView_rad = 0.5;  // what counts as looked at
constexpr double kEyes_m = 1.55;
constexpr double kLevelPitch_rad = -0.15;
constexpr double kMaxTurn_rad = 1.1;  // from one decision to the next

// The floor as cells: how far each is from the nearest thing, in cells (0: blocked).
struct Grid {
  V2 origin;
  int nx = 0, ny = 0;
  std::vector<int> clear;
  size_t Index(int x, int y) const {
    return static_cast<size_t>(y) * static_cast<size_t>(nx) + static_cast<size_t>(x);
  }
  int Row(int cell) const { return cell / nx; }
  int At(int x, int y) const {
    return x < 0 || y < 0 || x >= nx || y >= ny ? 0 : clear[Index(x, y)];
  }
  V2 Center(int cell) const { return origin + kCell_m * V2(cell % nx + 0.5, Row(cell) + 0.5); }
  bool Free(const V2& p) const {
    const V2 q = (p - origin) / kCell_m;
    return q.x() >= 0 && q.y() >= 0 && At(static_cast<int>(q.x()), static_cast<int>(q.y())) > 0;
  }
};

Grid FreeFloor(const Room& room, double radius) {
  V2 low = room.outline[0], high = low;
  for (const V2& p : room.outline) {
    low = low.cwiseMin(p);
    high = high.cwiseMax(p);
  }
  Grid g;
  g.origin = low;
  g.nx = static_cast<int>((high.x() - low.x()) / kCell_m) + 1;
  g.ny = static_cast<int>((high.y() - low.y()) / kCell_m) + 1;
  const auto size = static_cast<size_t>(g.nx) * static_cast<size_t>(g.ny);
  g.clear.assign(size, 1 << 20);
  for (int c = 0; c < g.nx * g.ny; ++c) {
    const V2 p = g.Center(c), r = V2::Constant(radius);
    if (!room.Encloses(p - r, p + r)) g.clear[static_cast<size_t>(c)] = 0;
  }
  for (const Placed& o : room.objects)
    for (const Solid& s : o.solids) {
      if (s.max.z() < 0.05 || s.min.z() > 1.9) continue;
      const V2 a = (s.min.head<2>() - V2::Constant(radius) - g.origin) / kCell_m,
               b = (s.max.head<2>() + V2::Constant(radius) - g.origin) / kCell_m;
      for (int y = std::max(0, static_cast<int>(a.y()));
           y <= std::min(g.ny - 1, static_cast<int>(b.y()));
           ++y)
        for (int x = std::max(0, static_cast<int>(a.x()));
             x <= std::min(g.nx - 1, static_cast<int>(b.x()));
             ++x)
          g.clear[g.Index(x, y)] = 0;
    }
  // Distances by two sweeps (city blocks).
  const auto relax = [&](int x, int y, int dx, int dy) {
    int& c = g.clear[g.Index(x, y)];
    c = std::min(c, g.At(x + dx, y + dy) + 1);
  };
  for (int y = 0; y < g.ny; ++y)
    for (int x = 0; x < g.nx; ++x) relax(x, y, -1, 0), relax(x, y, 0, -1);
  for (int y = g.ny - 1; y >= 0; --y)
    for (int x = g.nx - 1; x >= 0; --x) relax(x, y, 1, 0), relax(x, y, 0, 1);
  return g;
}

// Keeps only the largest connected area.
size_t KeepLargest(Grid& g) {
  std::vector<int> area(g.clear.size(), -1);
  std::vector<size_t> sizes;
  for (size_t start = 0; start < g.clear.size(); ++start) {
    if (g.clear[start] == 0 || area[start] >= 0) continue;
    const int id = static_cast<int>(sizes.size());
    sizes.push_back(0);
    std::vector<int> stack{static_cast<int>(start)};
    area[start] = id;
    while (!stack.empty()) {
      const int c = stack.back();
      stack.pop_back();
      ++sizes.back();
      for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
        const int x = c % g.nx + dx, y = c / g.nx + dy;
        if (g.At(x, y) == 0) continue;
        const auto n = g.Index(x, y);
        if (area[n] >= 0) continue;
        area[n] = id;
        stack.push_back(static_cast<int>(n));
      }
    }
  }
  if (sizes.empty()) return 0;
  const int best = static_cast<int>(std::max_element(sizes.begin(), sizes.end()) - sizes.begin());
  for (size_t c = 0; c < g.clear.size(); ++c)
    if (area[c] != best) g.clear[c] = 0;
  return sizes[static_cast<size_t>(best)];
}

// The way from cell a to cell b that keeps away from things.
std::vector<int> Walk(const Grid& g, int a, int b) {
  std::vector<double> cost(g.clear.size(), std::numeric_limits<double>::infinity());
  std::vector<int> from(g.clear.size(), -1);
  std::priority_queue<std::pair<double, int>, std::vector<std::pair<double, int>>, std::greater<>>
      open;
  cost[static_cast<size_t>(a)] = 0;
  open.emplace(0, a);
  while (!open.empty()) {
    const auto [c, cell] = open.top();
    open.pop();
    if (cell == b) break;
    if (c > cost[static_cast<size_t>(cell)]) continue;
    for (int d = 0; d < 8; ++d) {
      constexpr int kDx[] = {1, -1, 0, 0, 1, 1, -1, -1}, kDy[] = {0, 0, 1, -1, 1, -1, 1, -1};
      const int x = cell % g.nx + kDx[d], y = cell / g.nx + kDy[d];
      const int room = g.At(x, y);
      if (room == 0) continue;
      const int n = y * g.nx + x;
      const double step = (d < 4 ? 1 : std::numbers::sqrt2) * (1 + 6.0 / (room + 1));
      if (c + step < cost[static_cast<size_t>(n)]) {
        cost[static_cast<size_t>(n)] = c + step;
        from[static_cast<size_t>(n)] = cell;
        open.emplace(c + step, n);
      }
    }
  }
  std::vector<int> path;
  for (int c = b; c >= 0 && c != a; c = from[static_cast<size_t>(c)]) path.push_back(c);
  path.push_back(a);
  std::reverse(path.begin(), path.end());
  return path;
}

std::vector<V2> Route(const Grid& g, RandomStream& rng) {
  std::vector<int> cells;
  for (size_t c = 0; c < g.clear.size(); ++c)
    if (g.clear[c] > 0) cells.push_back(static_cast<int>(c));
  // Stations far from each other, then in their order around the middle.
  std::vector<int> stations{cells[rng.Index(cells.size())]};
  for (int k = 0; k < 6; ++k) {
    int best = cells[0];
    double best_score = -1;
    for (const int c : cells) {
      double nearest = 1e9;
      for (const int s : stations) nearest = std::min(nearest, (g.Center(c) - g.Center(s)).norm());
      const double score = nearest + 0.03 * std::min(g.clear[static_cast<size_t>(c)], 8);
      if (score > best_score) {
        best_score = score;
        best = c;
      }
    }
    if (k > 1 && best_score < 0.5) break;
    stations.push_back(best);
  }
  V2 mid = V2::Zero();
  for (const int s : stations) mid += g.Center(s) / static_cast<double>(stations.size());
  std::stable_sort(stations.begin(), stations.end(), [&](int a, int b) {
    const V2 p = g.Center(a) - mid, q = g.Center(b) - mid;
    return Atan2(p.y(), p.x()) < Atan2(q.y(), q.x());
  });
  std::vector<V2> route;
  for (size_t i = 0; i + 1 < stations.size(); ++i)
    for (const int c : Walk(g, stations[i], stations[i + 1])) route.push_back(g.Center(c));
  if (route.empty()) route.push_back(g.Center(stations[0]));
  // Rounded: each point becomes the mean of its surroundings where that is free.
  std::vector<V2> round = route;
  const int reach = 9;
  for (size_t i = 0; i < route.size(); ++i) {
    V2 sum = V2::Zero();
    int n = 0;
    for (int k = -reach; k <= reach; ++k) {
      const auto j = static_cast<size_t>(
          std::clamp(static_cast<int>(i) + k, 0, static_cast<int>(route.size()) - 1));
      sum += route[j];
      ++n;
    }
    if (g.Free(sum / n)) round[i] = sum / n;
  }
  return round;
}

// A value that wanders smoothly in [-1, 1] along t.
double Wander(double t, uint32_t seed) {
  return 2 * static_cast<double>(Noise({static_cast<float>(t), 0.37f, 0.61f}, seed)) - 1;
}

double WrapAngle(double a) {
  while (a > kPi) a -= 2 * kPi;
  while (a < -kPi) a += 2 * kPi;
  return a;
}

struct Blocker {
  V2 min, max;
};

// What stands in the way of eyes.
std::vector<Blocker> AtEyeLevel(const Room& room) {
  std::vector<Blocker> out;
  for (const Placed& o : room.objects)
    for (const Solid& s : o.solids)
      if (s.min.z() < kEyes_m + 0.1 && s.max.z() > kEyes_m - 0.25)
        out.push_back({s.min.head<2>(), s.max.head<2>()});
  return out;
}

// How far one can see from p in a direction, up to walls and tall things.
double Openness(const std::vector<Blocker>& blockers, const V2& p, double yaw) {
  const V2 d(Cos(yaw), Sin(yaw));
  for (double t = 0.2; t < 7; t += 0.1) {
    const V2 q = p + t * d;
    for (const Blocker& b : blockers)
      if ((q - b.min).minCoeff() > 0 && (b.max - q).minCoeff() > 0) return t;
  }
  return 7;
}

// Yaw and pitch at each decision point: towards what has been looked at least.
struct Look {
  std::vector<double> yaw, pitch;
};

Look LookPlan(const Room& room, const std::vector<V2>& points) {
  struct Target {
    V2 at;
    double z, weight, seen = 0;
  };
  std::vector<Target> targets;
  const std::vector<Blocker> blockers = AtEyeLevel(room);
  for (const Placed& o : room.objects) {
    if (!o.annotated || o.parent < 0) continue;
    const V3 c = (o.min + o.max) / 2;
    targets.push_back({c.head<2>(), c.z(), 0.5 + std::min(1.0, (o.max - o.min).norm())});
  }
  Look look;
  std::vector<double>& yaws = look.yaw;
  for (const V2& p : points) {
    double best = 0, best_score = -1e9;
    for (int k = 0; k < 24; ++k) {
      const double yaw = -kPi + 2 * kPi * k / 24;
      const double turn = yaws.empty() ? 0 : std::abs(WrapAngle(yaw - yaws.back()));
      if (turn > kMaxTurn_rad) continue;
      const double open = Openness(blockers, p, yaw);
      double score = -0.5 * turn + 0.9 * std::min(3.5, open) - (open < 1.2 ? 3 : 0);
      for (const Target& t : targets) {
        const V2 d = t.at - p;
        const double distance = d.norm();
        if (distance < 0.6 || distance > 6 ||
            std::abs(WrapAngle(Atan2(d.y(), d.x()) - yaw)) > kHalfView_rad)
          continue;
        if (distance > open + 1.5) continue;  // behind a wall
        score += t.weight / (1 + 0.7 * t.seen) / (0.6 + 0.15 * distance);
      }
      if (score > best_score) {
        best_score = score;
        best = yaw;
      }
    }
    yaws.push_back(best);
    // Nods towards what is there: the mean of its elevations, from a level gaze on.
    double sum = 0.4 * kLevelPitch_rad, weight = 0.4;
    for (Target& t : targets) {
      const V2 d = t.at - p;
      const double distance = d.norm();
      if (distance < 0.6 || distance > 6 ||
          std::abs(WrapAngle(Atan2(d.y(), d.x()) - best)) > kHalfView_rad)
        continue;
      const double w = t.weight / (1 + 2 * t.seen) / (0.6 + 0.15 * distance);
      sum += w * Atan2(t.z - kEyes_m, distance);
      weight += w;
      t.seen += 1;
    }
    look.pitch.push_back(std::clamp(sum / weight, -0.5, -0.08));
  }
  for (size_t i = 1; i < yaws.size(); ++i) yaws[i] = yaws[i - 1] + WrapAngle(yaws[i] - yaws[i - 1]);
  return look;
}

// A curve through evenly spaced values: Catmull-Rom.
double Curve(const std::vector<double>& values, double t) {
  const int i = static_cast<int>(t);
  const double f = t - i;
  const auto at = [&](int k) {
    return values[static_cast<size_t>(std::clamp(k, 0, static_cast<int>(values.size()) - 1))];
  };
  const double a = at(i - 1), b = at(i), c = at(i + 1), d = at(i + 2);
  return b + 0.5 * f * (c - a + f * (2 * a - 5 * b + 4 * c - d + f * (3 * (b - c) + d - a)));
}

Rigid<frame::Cam<>, frame::World> LookFrom(const V3& eye, double yaw, double pitch, double roll) {
  const V3 forward(Cos(yaw) * Cos(pitch), Sin(yaw) * Cos(pitch), Sin(pitch));
  const V3 level(Sin(yaw), -Cos(yaw), 0);
  const V3 down = forward.cross(level);
  const V3 x = Cos(roll) * level + Sin(roll) * down, y = Cos(roll) * down - Sin(roll) * level;
  Rigid<frame::Cam<>, frame::World> pose;
  pose.R.row(0) = x;
  pose.R.row(1) = y;
  pose.R.row(2) = forward;
  pose.t = -(pose.R * eye);
  return pose;
}

}  // namespace

double WalkableArea(const Room& room) {
  Grid grid = FreeFloor(room, kBodyRadius_m);
  return static_cast<double>(KeepLargest(grid)) * kCell_m * kCell_m;
}

std::vector<Rigid<frame::Cam<>, frame::World>> FilmPath(const Room& room,
                                                        int num_frames,
                                                        RandomStream rng) {
  Grid grid;
  for (const double radius : {kBodyRadius_m, 0.17, 0.1}) {  // in a crowded room one stands closer
    grid = FreeFloor(room, radius);
    if (static_cast<double>(KeepLargest(grid)) * kCell_m * kCell_m > 0.6) break;
  }
  SPATIUM_CHECK(std::any_of(grid.clear.begin(), grid.clear.end(), [](int c) { return c > 0; }))
      << "no place to stand";
  const std::vector<V2> route = Route(grid, rng);
  std::vector<double> length{0};
  for (size_t i = 1; i < route.size(); ++i)
    length.push_back(length.back() + (route[i] - route[i - 1]).norm());
  const double total = length.back();
  const auto place = [&](double s) {
    const auto it = std::lower_bound(length.begin(), length.end(), s);
    const auto j = static_cast<size_t>(std::min<std::ptrdiff_t>(
        it - length.begin(), static_cast<std::ptrdiff_t>(length.size()) - 1));
    if (j == 0) return route[0];
    const double f = (s - length[j - 1]) / std::max(length[j] - length[j - 1], 1e-9);
    return V2(route[j - 1] + f * (route[j] - route[j - 1]));
  };
  const int decisions = std::max(10, static_cast<int>(total / kStep_m));
  std::vector<V2> points;
  for (int k = 0; k <= decisions; ++k) points.push_back(place(total * k / decisions));
  const Look look = LookPlan(room, points);

  const auto seed = static_cast<uint32_t>(rng.Next());
  const double height = rng.Uniform(1.48, 1.62), tilt = rng.Uniform(-0.05, 0.03);
  std::vector<Rigid<frame::Cam<>, frame::World>> poses;
  for (int i = 0; i < num_frames; ++i) {
    const double u = (i + 0.5) / num_frames;  // along the walk
    const double t = u * decisions;
    const double yaw = Curve(look.yaw, t) + 0.03 * Wander(2.3 * t, seed);
    const double pitch = tilt + Curve(look.pitch, t) + 0.05 * Wander(0.7 * t, seed + 1) +
                         0.015 * Wander(3.1 * t, seed + 2);
    const double roll = 0.03 * Wander(1.3 * t, seed + 3);
    const V2 p = place(u * total);
    poses.push_back(
        LookFrom({p.x(), p.y(), std::clamp(height + 0.06 * Wander(0.9 * t, seed + 4), 1.4, 1.7)},
                 yaw,
                 pitch,
                 roll));
  }
  return poses;
}

}  // namespace spatium::synth
