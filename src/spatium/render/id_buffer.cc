#include "spatium/render/id_buffer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "spatium/base/parallel.h"
#include "spatium/render/placed_chunk.h"
#include "spatium/render/raster.h"

namespace spatium {
namespace {

using Pose = Rigid<frame::Cam<>, frame::World>;

// A band's z-buffer stays in the cache: 1 MB for 1300 columns.
constexpr int kBandRows = 64;

// The z-buffer of rows [row_begin, ...) of a picture.
struct NearestSink {
  int width, row_begin;
  std::vector<double> depth;
  std::vector<uint32_t> face;  // into Surface::faces()
  uint32_t drawing = 0;

  NearestSink(int columns, int begin, int end)
      : width(columns),
        row_begin(begin),
        depth(static_cast<size_t>(columns) * static_cast<size_t>(end - begin),
              std::numeric_limits<double>::infinity()),
        face(depth.size(), kNoPrim) {}
  size_t At(int column, int row) const {
    return static_cast<size_t>(row - row_begin) * static_cast<size_t>(width) +
           static_cast<size_t>(column);
  }
  bool Hidden(int column, int row, double low) const { return depth[At(column, row)] < low; }
  bool AllHidden(const Rasterizer::Extent& e, int row_end, double low) const {
    for (int row = std::max(e.row_begin, row_begin); row < std::min(e.row_end, row_end); ++row) {
      const double* at = &depth[At(0, row)];
      if (!(at[e.column_begin] < low)) return false;
      int64_t seen = 0;  // of the row, without a branch, so that it becomes vector code
      for (int column = e.column_begin; column < e.column_end; ++column)
        seen |= -static_cast<int64_t>(!(at[column] < low));
      if (seen != 0) return false;
    }
    return true;
  }
  // Of two at equal depth the lower face, whatever was drawn first.
  void operator()(int column, int row, double z) {
    const size_t at = At(column, row);
    if (z > depth[at] || (z == depth[at] && drawing > face[at])) return;
    depth[at] = z;
    face[at] = drawing;
  }
};

struct ChunkInView {
  double nearest;  // depth
  const Surface::Chunk* chunk;
  Rasterizer::Extent extent;
};

// From front to back: what is hidden is mostly found so before its depth is worked out. The order
// changes nothing else.
std::vector<ChunkInView> ChunksInView(const Surface& surface,
                                      const Rasterizer& raster,
                                      const Pose& cam_from_world) {
  const Eigen::Matrix3d abs_R = cam_from_world.R.cwiseAbs();
  std::vector<ChunkInView> out;
  for (const auto& chunk : surface.chunks()) {
    const Eigen::Vector3d center =
        cam_from_world.R * ((chunk.min + chunk.max) / 2) + cam_from_world.t;
    const Eigen::Vector3d half = abs_R * ((chunk.max - chunk.min) / 2);
    const auto extent = raster.ExtentOfBox(center, half);
    // A little nearer than it is: rounding.
    const double nearest = center.z() - half.z() - 1e-9 * (std::abs(center.z()) + half.z());
    if (!extent.empty()) out.push_back({nearest, &chunk, extent});
  }
  std::sort(out.begin(), out.end(), [](const ChunkInView& a, const ChunkInView& b) {
    return a.nearest < b.nearest;
  });
  return out;
}

void RenderBand(const Surface& surface,
                const Rasterizer& raster,
                const Pose& cam_from_world,
                std::span<const ChunkInView> in_view,
                int row_begin,
                int row_end,
                IdBuffer& out) {
  NearestSink sink(out.prims.width(), row_begin, row_end);
  PlacedChunk placed;
  for (const auto& [nearest, chunk, extent] : in_view) {
    if (extent.row_begin >= row_end || extent.row_end <= row_begin) continue;
    if (sink.AllHidden(extent, row_end, nearest)) continue;
    placed.Place(*chunk, raster, cam_from_world);
    for (size_t k = 0; k < chunk->faces.size(); ++k) {
      const auto& [a, b, c] = chunk->corners[k];
      if (!placed.MayCover(chunk->corners[k], row_begin, row_end)) continue;
      sink.drawing = chunk->faces[k];
      raster.Draw(placed.corner(a), placed.corner(b), placed.corner(c), row_begin, row_end, sink);
    }
  }
  for (int y = row_begin; y < row_end; ++y)
    for (int x = 0; x < out.prims.width(); ++x) {
      const size_t at = sink.At(x, y);
      if (sink.face[at] == kNoPrim) continue;
      const auto& face = surface.faces()[sink.face[at]];
      *out.prims.at(x, y) = face.prim;
      *out.objects.at(x, y) = face.object;
      *out.depth.at(x, y) = static_cast<float>(sink.depth[at]);
    }
}

struct CoverageSink {
  size_t columns;
  std::vector<uint8_t>& covered;
  uint8_t& At(int column, int row) const {
    return covered[static_cast<size_t>(row) * columns + static_cast<size_t>(column)];
  }
  bool Hidden(int column, int row, double) const { return At(column, row) != 0; }
  void operator()(int column, int row, double) const { At(column, row) = 1; }
};

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
  const auto in_view = ChunksInView(surface, raster, cam_from_world);
  const int bands = (height + kBandRows - 1) / kBandRows;
  ParallelFor(static_cast<size_t>(bands), threads, [&](size_t band) {
    const int begin = static_cast<int>(band) * kBandRows;
    RenderBand(
        surface, raster, cam_from_world, in_view, begin, std::min(begin + kBandRows, height), out);
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
  const auto corner = [&](uint32_t v) {
    return raster.Place(PointInCam(cam_from_world, surface.vertices()[v]));
  };
  const CoverageSink sink{columns, covered};
  for (const uint32_t i : faces) {
    const auto& v = surface.faces()[i].vertex;
    raster.Draw(corner(v[0]), corner(v[1]), corner(v[2]), 0, grid.rows, sink);
  }
  return covered;
}

}  // namespace spatium
