#include "spatium/render/color_render.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>

#include "spatium/base/parallel.h"
#include "spatium/render/id_buffer.h"
#include "spatium/render/raster.h"
#include "spatium/render/triangle.h"

namespace spatium {
namespace {

using Pose = Rigid<frame::Cam<>, frame::World>;
constexpr std::array<uint8_t, 3> kGrey{170, 170, 170};

Pinhole Finer(const Pinhole& camera, int factor) {
  return {{camera.size.width * factor, camera.size.height * factor},
          camera.fx * factor,
          camera.fy * factor,
          camera.cx * factor,
          camera.cy * factor};
}

// The mean of factor x factor samples.
RgbImage Average(const RgbImage& samples, int factor) {
  if (factor == 1) return samples;
  RgbImage out(samples.width() / factor, samples.height() / factor);
  const int n = factor * factor;
  for (int y = 0; y < out.height(); ++y)
    for (int x = 0; x < out.width(); ++x)
      for (int c = 0; c < 3; ++c) {
        int sum = n / 2;
        for (int j = 0; j < factor; ++j)
          for (int i = 0; i < factor; ++i) sum += samples.at(x * factor + i, y * factor + j)[c];
        out.at(x, y)[c] = static_cast<uint8_t>(sum / n);
      }
  return out;
}

RgbImage Filled(ImageSize size, Rgb color) {
  RgbImage out(size.width, size.height);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      uint8_t* p = out.at(x, y);
      p[0] = color.r, p[1] = color.g, p[2] = color.b;
    }
  return out;
}

}  // namespace

RgbImage RenderColor(const Mesh& mesh,
                     const Surface& surface,
                     const Pinhole& camera,
                     const Pose& cam_from_world,
                     const RenderStyle& style) {
  const Pinhole fine = Finer(camera, style.samples_per_axis);
  const IdBuffer ids = RenderIds(surface, fine, cam_from_world, style.threads);
  RgbImage samples = Filled(fine.size, style.background);
  const auto in_cam = [&](uint32_t v) -> Eigen::Vector3d {
    return cam_from_world.R * mesh.vertices[v].cast<double>() + cam_from_world.t;
  };
  ParallelFor(static_cast<size_t>(std::max(0, fine.size.height)), style.threads, [&](size_t row) {
    const int y = static_cast<int>(row);
    for (int x = 0; x < fine.size.width; ++x) {
      const PrimId prim = *ids.prims.at(x, y);
      if (prim == kNoPrim) continue;
      const auto& face = mesh.faces[prim];
      const Eigen::Vector3d a = in_cam(face[0]), b = in_cam(face[1]), c = in_cam(face[2]);
      const Eigen::Vector3d dir((x + 0.5 - fine.cx) / fine.fx, (y + 0.5 - fine.cy) / fine.fy, 1);
      const auto hit = IntersectTriangle(dir, dir.squaredNorm(), a, b, c);
      const double v = hit ? hit->u : 1. / 3, w = hit ? hit->v : 1. / 3, u = 1 - v - w;
      const Eigen::Vector3d normal = (b - a).cross(c - a).normalized();
      const double facing = std::abs(normal.dot(dir)) / dir.norm();
      const double light = 1 - style.headlight * (1 - facing);
      uint8_t* out = samples.at(x, y);
      for (size_t k = 0; k < 3; ++k) {
        const double value = mesh.colors.empty()
                                 ? kGrey[k]
                                 : u * mesh.colors[face[0]][k] + v * mesh.colors[face[1]][k] +
                                       w * mesh.colors[face[2]][k];
        out[k] = static_cast<uint8_t>(std::clamp(value * light + 0.5, 0.0, 255.0));
      }
    }
  });
  return Average(samples, style.samples_per_axis);
}

CloudRender RenderCloud(const PointCloud& cloud,
                        const Pinhole& camera,
                        const Pose& cam_from_world,
                        const RenderStyle& style) {
  const auto [width, height] = camera.size;
  CloudRender out{Filled(camera.size, style.background), MetricDepth(width, height, 0.f)};
  const double half = style.splat_m / 2;
  for (size_t i = 0; i < cloud.points.size(); ++i) {
    const auto p = cam_from_world * Point<frame::World>{cloud.points[i].cast<double>()};
    if (!(p.v.z() >= kMinDepth_m)) continue;
    const auto center = camera.Project(p);
    const double rx = half * camera.fx / p.v.z(), ry = half * camera.fy / p.v.z();
    // Pixels whose centre the square covers, at least the one it is in.
    const auto range = [](double middle, double radius, int limit) {
      double begin = std::ceil(middle - radius - 0.5), end = std::ceil(middle + radius - 0.5);
      if (begin >= end) begin = std::floor(middle), end = begin + 1;
      return std::pair(static_cast<int>(std::clamp(begin, 0.0, 1.0 * limit)),
                       static_cast<int>(std::clamp(end, 0.0, 1.0 * limit)));
    };
    const auto [x0, x1] = range(center->u, rx, width);
    const auto [y0, y1] = range(center->v, ry, height);
    const float z = static_cast<float>(p.v.z());
    const auto& rgb = cloud.colors.empty() ? kGrey : cloud.colors[i];
    for (int y = y0; y < y1; ++y)
      for (int x = x0; x < x1; ++x) {
        float& nearest = *out.depth.at(x, y);
        if (nearest > 0 && nearest <= z) continue;
        nearest = z;
        std::copy(rgb.begin(), rgb.end(), out.color.at(x, y));
      }
  }
  return out;
}

}  // namespace spatium
