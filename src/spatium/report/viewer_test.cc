#include "spatium/report/viewer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <set>

#include "spatium/base/random.h"
#include "spatium/image/codec.h"
#include "spatium/report/browser_test_util.h"

namespace spatium {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A sphere of radius 1 m in `n` rings, red above and blue below.
Mesh Sphere(int n) {
  Mesh mesh;
  for (int i = 0; i <= n; ++i)
    for (int j = 0; j < 2 * n; ++j) {
      const double a = M_PI * i / n, b = M_PI * j / n;
      mesh.vertices.emplace_back(static_cast<float>(std::sin(a) * std::cos(b)),
                                 static_cast<float>(std::sin(a) * std::sin(b)),
                                 static_cast<float>(std::cos(a)));
      mesh.colors.push_back(i < n / 2 ? std::array<uint8_t, 3>{255, 0, 0}
                                      : std::array<uint8_t, 3>{0, 0, 255});
    }
  const auto at = [&](int i, int j) { return static_cast<uint32_t>(i * 2 * n + j % (2 * n)); };
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < 2 * n; ++j) {
      mesh.faces.push_back({at(i, j), at(i + 1, j), at(i + 1, j + 1)});
      mesh.faces.push_back({at(i, j), at(i + 1, j + 1), at(i, j + 1)});
    }
  return mesh;
}

TEST(Decimate, KeepsTheShapeAndItsColoursWithinTheLimit) {
  const Mesh mesh = Sphere(120);
  const ViewSurface surface = Decimate(mesh, 2000);
  EXPECT_LE(surface.points.size(), 2000U);
  EXPECT_GT(surface.points.size(), 500U);
  EXPECT_EQ(surface.colors.size(), surface.points.size());
  EXPECT_GT(surface.faces.size(), surface.points.size());
  for (size_t i = 0; i < surface.points.size(); ++i) {
    EXPECT_NEAR(surface.points[i].norm(), 1, surface.spacing_m);
    if (surface.points[i].z() > 0.2) EXPECT_EQ(surface.colors[i][0], 255);
    if (surface.points[i].z() < -0.2) EXPECT_EQ(surface.colors[i][2], 255);
  }
  std::set<std::array<uint32_t, 3>> seen;
  for (const auto& face : surface.faces) {
    for (const uint32_t v : face) ASSERT_LT(v, surface.points.size());
    EXPECT_TRUE(seen.insert(face).second);
    // Still facing outwards (slivers where rings meet aside).
    const Eigen::Vector3f a = surface.points[face[0]], b = surface.points[face[1]],
                          c = surface.points[face[2]];
    const Eigen::Vector3f normal = (b - a).cross(c - a);
    if (normal.norm() > 1e-3F) EXPECT_GT(normal.dot(a + b + c), 0);
  }
}

TEST(Decimate, LeavesASmallCloudAlone) {
  PointCloud cloud;
  for (int i = 0; i < 50; ++i) cloud.points.emplace_back(0.1F * static_cast<float>(i), 0.F, -5.F);
  const ViewSurface surface = Decimate(cloud, 100);
  EXPECT_EQ(surface.points.size(), 50U);
  EXPECT_TRUE(surface.colors.empty());
  EXPECT_TRUE(surface.faces.empty());
}

// A store with a label that would break out of its element, and one frame looking at a wall 2 m
// ahead.
Path MakeStore(const std::string& name, bool with_mesh) {
  const Path folder = Path(testing::TempDir()) / ("spatium_viewer_" + name);
  std::filesystem::remove_all(folder);
  auto writer = *SceneWriter::Create(folder);
  Scene scene;
  scene.id = "room </script> & co";
  scene.dataset = "test";
  scene.aligned = true;
  scene.depth_unit_m = 0.001;
  scene.depth_unit_from = "format";
  Frame frame;
  frame.name = "0";
  frame.color = {{80, 60}, 70, 70, 40, 30};
  frame.depth = {{320, 240}, 280, 280, 160, 120};
  // At (0, 0, 1), looking along x.
  frame.cam_from_world.R << 0, -1, 0, 0, 0, -1, 1, 0, 0;
  frame.cam_from_world.t = -frame.cam_from_world.R * Eigen::Vector3d(0, 0, 1);
  frame.color_path = *writer.WriteColor("0", EncodeJpeg(RgbImage(80, 60, 90)));
  frame.depth_path = *writer.WriteDepth("0", DepthImage(320, 240, 2000));
  scene.frames = {frame};
  scene.objects = {{.id = {3},
                    .label = "<b>sofa</b></script>",
                    .category = "sofa",
                    .box = {{0, 0, 0}, {1, 1, 1}},
                    .obb = std::nullopt}};
  scene.outline = {{-1, -1}, {1, -1}, {1, 1}};
  if (with_mesh) scene.mesh = Sphere(30);
  EXPECT_TRUE(writer.Commit(scene));
  return folder;
}

TEST(Viewer, DepthBecomesACloudWhereItWasSeen) {
  const SceneStore store = *SceneStore::Open(MakeStore("depth", false));
  const ViewSurface surface = *SurfaceOf(store, 5000, 1);
  EXPECT_EQ(surface.kind, "depth");
  ASSERT_FALSE(surface.points.empty());
  for (size_t i = 0; i < surface.points.size(); ++i) {
    EXPECT_NEAR(surface.points[i].x(), 2, 0.002);
    EXPECT_LT(std::abs(surface.points[i].y()), 2 * 20.0 / 35);
    EXPECT_NEAR(surface.colors[i][0], 90, 2);
  }
}

TEST(Viewer, ThePageHoldsTextAsText) {
  const SceneStore store = *SceneStore::Open(MakeStore("text", true));
  const std::string html = *ViewerPage(store, {.threads = 1});
  EXPECT_THAT(html, Not(HasSubstr("sofa</b>")));
  EXPECT_THAT(html, HasSubstr("<title>room &lt;/script&gt; &amp; co"));
  for (const char* outside : {"http://", "https://"}) EXPECT_THAT(html, Not(HasSubstr(outside)));
  EXPECT_EQ(html, *ViewerPage(store, {.threads = 2}));
}

TEST(Viewer, DrawsInABrowserAndAsksTheNetworkForNothing) {
  for (const bool with_mesh : {true, false}) {
    const SceneStore store = *SceneStore::Open(MakeStore("browser", with_mesh));
    const Path page = Path(testing::TempDir()) / "spatium_viewer.html";
    ASSERT_TRUE(WriteFileAtomic(page, *ViewerPage(store, {})));
    const auto visit = testing_browser::Open(page);
    if (!visit) GTEST_SKIP() << "no Chromium";
    EXPECT_EQ(visit->console, "");
    EXPECT_EQ(testing_browser::FirstNetworkAddress(visit->net_log), "");
    EXPECT_THAT(visit->net_log, HasSubstr("spatium_viewer.html"));
    const size_t at = visit->dom.find("data-drawn=\"");
    ASSERT_NE(at, std::string::npos) << "WebGL drew nothing";
    EXPECT_GT(std::atoi(visit->dom.c_str() + at + 12), 5000);
    EXPECT_THAT(visit->dom, HasSubstr("&lt;b&gt;sofa&lt;/b&gt;"));
    EXPECT_THAT(visit->dom, HasSubstr("frame 0"));
  }
}

// The test above would see a request: of a page that makes one it does.
TEST(Viewer, ARequestWouldBeSeen) {
  const Path page = Path(testing::TempDir()) / "spatium_request.html";
  ASSERT_TRUE(WriteFileAtomic(page, "<img src=\"http://127.0.0.1:9/a.png\">"));
  const auto visit = testing_browser::Open(page);
  if (!visit) GTEST_SKIP() << "no Chromium";
  EXPECT_THAT(testing_browser::FirstNetworkAddress(visit->net_log), HasSubstr("127.0.0.1:9"));
}

}  // namespace
}  // namespace spatium
