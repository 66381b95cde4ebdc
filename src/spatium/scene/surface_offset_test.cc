#include "spatium/scene/surface_offset.h"

#include <gtest/gtest.h>

#include "spatium/scene/test_room.h"

namespace spatium {
namespace {

MetricDepth InMeters(const DepthImage& raw) {
  MetricDepth depth(raw.width(), raw.height());
  for (size_t i = 0; i < raw.data().size(); ++i)
    depth.data()[i] = static_cast<float>(raw.data()[i] * 1e-3);
  return depth;
}

std::vector<Point<frame::World>> PointsOf(const Frame& frame, const MetricDepth& depth) {
  std::vector<Point<frame::World>> points;
  for (int y = 0; y < depth.height(); y += 2)
    for (int x = 0; x < depth.width(); x += 2)
      if (const double z = *depth.at(x, y); z > 0)
        points.push_back(Inverse(frame.cam_from_world) *
                         frame.depth.Unproject({x + 0.5, y + 0.5}, Meters(z)));
  return points;
}

// The offset of the first frame, moved by `shift` in its own axes, from what the others show.
std::optional<double> OffsetAfter(const Eigen::Vector3d& shift) {
  const auto room = test::MakeTestRoom();
  Frame first = room.scene.frames[0];
  first.cam_from_world.t += shift;
  const MetricDepth depth = InMeters(room.depths[0]);
  SurfaceOffset offset(depth, first.depth, first.cam_from_world);
  for (size_t i = 1; i < room.scene.frames.size(); ++i)
    offset.Add(PointsOf(room.scene.frames[i], InMeters(room.depths[i])));
  return offset.MedianM();
}

TEST(SurfaceOffset, IsMillimetresUnderTruePosesAndTheShiftUnderAMovedOne) {
  ASSERT_TRUE(OffsetAfter({0, 0, 0}));
  EXPECT_LT(*OffsetAfter({0, 0, 0}), 0.004);
  // Along the optical axis most surfaces move by much of the shift along their normals.
  EXPECT_GT(*OffsetAfter({0, 0, 0.08}), kPoseOff_m);
  EXPECT_LT(*OffsetAfter({0, 0, 0.08}), 0.081);
}

TEST(SurfaceOffset, SaysNothingWhereNothingOverlaps) { EXPECT_FALSE(OffsetAfter({100, 0, 0})); }

}  // namespace
}  // namespace spatium
