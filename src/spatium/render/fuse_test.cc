#include "spatium/render/fuse.h"

#include <gtest/gtest.h>

#include "spatium/render/id_buffer.h"
#include "spatium/render/render_test_scenes.h"

namespace spatium {
namespace {

using testing::AddBox;
using testing::LookAt;

// A closed room seen from its middle by `n` cameras in a circle.
Scene Room(int n) {
  Scene scene;
  scene.mesh.emplace();
  AddBox(*scene.mesh, {{-2, -2, 0}, {2, 2, 2.5}}, -1);
  AddBox(*scene.mesh, {{-1, 1, 0}, {-0.4, 1.5, 0.8}}, 1);
  for (int i = 0; i < n; ++i) {
    Frame frame;
    frame.name = std::to_string(i);
    frame.color_path = "color", frame.depth_path = "depth";
    frame.color = {{320, 240}, 300, 300, 160, 120};
    frame.depth = {{160, 120}, 150, 150, 80, 60};
    const double angle = 6.283 * i / n;
    frame.cam_from_world =
        LookAt({0, 0, 1.4}, {std::cos(angle), std::sin(angle), 1.2 - 0.3 * (i % 3)});
    scene.frames.push_back(frame);
  }
  return scene;
}

struct Images {
  Surface surface;
  explicit Images(const Scene& scene) : surface(*Surface::FromMesh(*scene.mesh)) {}
  FrameImages Readers() const {
    return {[this](const Frame& f) -> Result<MetricDepth> {
              return RenderIds(surface, f.depth, f.cam_from_world).depth;
            },
            [](const Frame& f) -> Result<RgbImage> {
              RgbImage image(f.color.size.width, f.color.size.height);
              for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                  image.at(x, y)[0] = 200, image.at(x, y)[1] = 40;
              return image;
            }};
  }
};

TEST(FuseDepth, PointsLieOnTheSurfacesTheyCameFrom) {
  const Scene scene = Room(12);
  const Images images(scene);
  const auto cloud = FuseDepth(scene, images.Readers(), {.voxel_m = 0.05, .threads = 2});
  ASSERT_TRUE(cloud) << cloud.error().Message();
  ASSERT_GT(cloud->points.size(), 5000u);
  ASSERT_EQ(cloud->colors.size(), cloud->points.size());
  EXPECT_EQ(cloud->colors[0], (std::array<uint8_t, 3>{200, 40, 0}));
  for (const auto& p : cloud->points) {
    const double to_wall =
        std::min({2 - std::abs(p.x()), 2 - std::abs(p.y()), p.z(), 2.5f - p.z()});
    const bool on_box =
        p.x() > -1.03 && p.x() < -0.37 && p.y() > 0.97 && p.y() < 1.53 && p.z() < 0.83;
    ASSERT_TRUE(std::abs(to_wall) < 0.03 || on_box) << p.transpose();
  }
}

TEST(FuseDepth, ThreadsDoNotMatter) {
  const Scene scene = Room(40);  // more than one batch
  const Images images(scene);
  const auto one = FuseDepth(scene, images.Readers(), {.threads = 1});
  const auto two = FuseDepth(scene, images.Readers(), {.threads = 2});
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->points, two->points);
  EXPECT_EQ(one->colors, two->colors);
}

TEST(FuseDepth, LonePixelsAndRimsAreLeftOut) {
  Scene scene = Room(2);
  const auto read = [](const Frame& f) -> Result<MetricDepth> {
    MetricDepth depth(f.depth.size.width, f.depth.size.height, 2.f);
    for (int y = 0; y < depth.height(); ++y) *depth.at(80, y) = 1.f;  // a wire
    return depth;
  };
  const auto cloud = FuseDepth(scene, {read, {}}, {.voxel_m = 0.05});
  ASSERT_TRUE(cloud);
  ASSERT_FALSE(cloud->points.empty());
  EXPECT_TRUE(cloud->colors.empty());
  for (const auto& p : cloud->points) EXPECT_GT((p - Eigen::Vector3f(0, 0, 1.4f)).norm(), 1.5f);
}

TEST(FuseDepth, SaysWhatIsWrong) {
  Scene scene = Room(1);
  const Images images(scene);
  EXPECT_FALSE(FuseDepth(scene, images.Readers(), {.voxel_m = 0}));
  scene.frames[0].depth_path.clear();
  const auto none = FuseDepth(scene, images.Readers(), {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().expected, "frames with depth");
}

}  // namespace
}  // namespace spatium
