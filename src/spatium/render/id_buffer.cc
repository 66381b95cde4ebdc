#include "spatium/render/id_buffer.h"

#include <limits>

#include "spatium/base/parallel.h"
#include "spatium/render/raster.h"

namespace spatium {
namespace {

using Pose = Rigid<frame::Cam<>, frame::World>;

std::array<Eigen::Vector3d, 3> InCam(const Surface& surface,
                                     const Surface::Face& face,
                                     const Pose& cam_from_world) {
  const auto at = [&](uint32_t v) -> Eigen::Vector3d {
    return cam_from_world.R * surface.vertices()[v] + cam_from_world.t;
  };
  return {at(face.vertex[0]), at(face.vertex[1]), at(face.vertex[2])};
}

void RenderBand(const Surface& surface,
                const Rasterizer& raster,
                const Pose& cam_from_world,
                int row_begin,
                int row_end,
                IdBuffer& out) {
  const int width = out.prims.width();
  std::vector<double> nearest(static_cast<size_t>(width) * static_cast<size_t>(row_end - row_begin),
                              std::numeric_limits<double>::infinity());
  const Eigen::Matrix3d abs_R = cam_from_world.R.cwiseAbs();
  for (const auto& chunk : surface.chunks()) {
    const Eigen::Vector3d center =
        cam_from_world.R * ((chunk.min + chunk.max) / 2) + cam_from_world.t;
    const Eigen::Vector3d half = abs_R * ((chunk.max - chunk.min) / 2);
    if (!raster.MayShow(center, half, row_begin, row_end)) continue;
    for (uint32_t i = chunk.begin; i < chunk.end; ++i) {
      const auto& face = surface.faces()[i];
      // Faces come in the order of their primitive, so "less than" leaves ties to the lower one.
      raster.Draw(
          InCam(surface, face, cam_from_world), row_begin, row_end, [&](int x, int y, double z) {
            double& best = nearest[static_cast<size_t>(y - row_begin) * static_cast<size_t>(width) +
                                   static_cast<size_t>(x)];
            if (!(z < best)) return;
            best = z;
            *out.prims.at(x, y) = i;  // the face; replaced below
          });
    }
  }
  for (int y = row_begin; y < row_end; ++y)
    for (int x = 0; x < width; ++x) {
      PrimId& prim = *out.prims.at(x, y);
      if (prim == kNoPrim) continue;
      const auto& face = surface.faces()[prim];
      prim = face.prim;
      *out.objects.at(x, y) = face.object;
      *out.depth.at(x, y) = static_cast<float>(
          nearest[static_cast<size_t>(y - row_begin) * static_cast<size_t>(width) +
                  static_cast<size_t>(x)]);
    }
}

}  // namespace

IdBuffer RenderIds(const Surface& surface,
                   const Pinhole& camera,
                   const Pose& cam_from_world,
                   unsigned threads) {
  const auto [width, height] = camera.size;
  IdBuffer out{IdImage(width, height, -1),
               PrimImage(width, height, kNoPrim),
               MetricDepth(width, height, 0.f)};
  if (width <= 0 || height <= 0) return out;
  const Rasterizer raster(camera, SampleGrid::OfPixels(camera.size));
  if (threads == 0) threads = NumCores();
  const int bands = static_cast<int>(std::min<unsigned>(threads, static_cast<unsigned>(height)));
  ParallelFor(static_cast<size_t>(bands), threads, [&](size_t band) {
    const int b = static_cast<int>(band);
    RenderBand(surface,
               raster,
               cam_from_world,
               static_cast<int>(int64_t{height} * b / bands),
               static_cast<int>(int64_t{height} * (b + 1) / bands),
               out);
  });
  return out;
}

std::vector<uint8_t> RenderCoverage(const Surface& surface,
                                    std::span<const uint32_t> faces,
                                    const Pinhole& camera,
                                    const Pose& cam_from_world,
                                    const SampleGrid& grid) {
  const auto columns = static_cast<size_t>(std::max(0, grid.columns));
  std::vector<uint8_t> covered(columns * static_cast<size_t>(std::max(0, grid.rows)), 0);
  const Rasterizer raster(camera, grid);
  for (const uint32_t i : faces)
    raster.Draw(InCam(surface, surface.faces()[i], cam_from_world),
                0,
                grid.rows,
                [&](int x, int y, double) {
                  covered[static_cast<size_t>(y) * columns + static_cast<size_t>(x)] = 1;
                });
  return covered;
}

}  // namespace spatium
