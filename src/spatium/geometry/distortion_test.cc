#include "spatium/geometry/distortion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "spatium/base/random.h"
#include "spatium/geometry/camera_import.h"

namespace spatium {
namespace {

using Eigen::Vector2d;

constexpr ImageSize kSize{640, 480};

struct Case {
  const char* model;
  std::vector<double> params;
  Vector2d pixels[3];
};
// Where pycolmap 4.2 shows (0.1, -0.2), (-0.45, 0.3) and (0.6, 0.5) at depth 1.
const std::vector<Case>& ColmapCases() {
  static const std::vector<Case> kCases = {
      {"SIMPLE_PINHOLE", {500, 320, 240}, {{370, 140}, {95, 390}, {620, 490}}},
      {"PINHOLE", {500, 510, 320, 240}, {{370, 138}, {95, 393}, {620, 495}}},
      {"SIMPLE_RADIAL",
       {500, 320, 240, -0.1},
       {{369.75, 140.5}, {101.58125, 385.6125}, {601.7, 474.75}}},
      {"RADIAL",
       {500, 320, 240, -0.1, 0.02},
       {{369.7525, 140.495}, {101.196246875, 385.86916875}, {603.9326, 476.6105}}},
      {"OPENCV",
       {500, 510, 320, 240, -0.1, 0.02, 0.001, -0.002},
       {{369.6625, 138.612}, {100.363746875, 389.302927125}, {602.9026, 481.29681}}},
      {"OPENCV_FISHEYE",
       {500, 510, 320, 240, 0.05, -0.01, 0.003, -0.001},
       {{369.308700296, 139.410251396},
        {111.325328370, 381.898776708},
        {579.851510554, 460.873783971}}},
      {"FULL_OPENCV",
       {500, 510, 320, 240, 0.4, -0.1, 0.001, -0.002, 0.02, 0.3, 0.05, 0.01},
       {{370.137865746, 137.642253879},
        {90.734277828, 395.850966077},
        {620.827703958, 496.533148365}}},
      {"FOV",
       {500, 510, 320, 240, 0.9},
       {{372.860470531, 132.164640116},
        {97.431973627, 391.346257933},
        {595.881348260, 474.499146021}}},
      {"SIMPLE_RADIAL_FISHEYE",
       {500, 320, 240, 0.05},
       {{369.309835912, 141.380328176},
        {111.209153630, 379.193897580},
        {580.288395373, 456.906996144}}},
      {"RADIAL_FISHEYE",
       {500, 320, 240, 0.05, -0.01},
       {{369.308683839, 141.382632321},
        {111.333764143, 379.110823904},
        {579.796093960, 456.496744967}}},
      {"THIN_PRISM_FISHEYE",
       {500, 510, 320, 240, 0.05, -0.01, 0.001, -0.002, 0.003, -0.001, 0.004, -0.003},
       {{369.318379238, 139.439868959},
        {111.117347508, 381.956633203},
        {579.988451608, 460.168033027}}}};
  return kCases;
}
constexpr double kSlopes[3][2] = {{0.1, -0.2}, {-0.45, 0.3}, {0.6, 0.5}};

void ExpectPixels(const LensCamera& camera, const Vector2d (&pixels)[3], double shift) {
  for (int i = 0; i < 3; ++i) {
    const Point<frame::Cam<>> p{{2 * kSlopes[i][0], 2 * kSlopes[i][1], 2}};
    const auto pixel = camera.Project(p);
    ASSERT_TRUE(pixel);
    EXPECT_NEAR(pixel->u, pixels[i].x() + shift, 1e-8);
    EXPECT_NEAR(pixel->v, pixels[i].y() + shift, 1e-8);
    const auto back = camera.Unproject(*pixel, Meters(2));
    ASSERT_TRUE(back);
    EXPECT_TRUE(back->v.isApprox(p.v, 1e-10));
  }
}

TEST(Distortion, EveryColmapModelShowsPointsWhereColmapDoes) {
  for (const auto& c : ColmapCases()) {
    SCOPED_TRACE(c.model);
    const auto camera = FromColmap({c.model, kSize, c.params}, "cameras.txt:4");
    ASSERT_TRUE(camera);
    ExpectPixels(*camera, c.pixels, 0);
    const auto back = ToColmap(*camera);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->model, c.model);
    EXPECT_EQ(back->params, c.params);
  }
}

// cv2 5.0: projectPoints and fisheye.projectPoints; our first pixel's centre is at 0.5, not 0.
TEST(Distortion, OpenCvModelsShowPointsWhereOpenCvDoes) {
  struct Row {
    std::vector<double> k;
    bool fisheye;
    Vector2d pixels[3];
  };
  const std::vector<Row> rows = {
      {{-0.28, 0.07, 0.0002, -0.0011, 0.012},
       false,
       {{369.266325, 139.445697}, {111.601796014, 381.63121871}, {576.7197316, 458.55916686}}},
      {{0.4, -0.1, 0.001, -0.002, 0.02, 0.3, 0.05, 0.01},
       false,
       {{370.137865746, 137.642253879},
        {90.734277828, 395.850966077},
        {620.827703958, 496.533148365}}},
      {{0.1, -0.05, 0.001, 0.002, 0.01, 0.02, 0.01, 0.003, 0.004, -0.002, 0.003, 0.001},
       false,
       {{370.339846523, 137.710888094},
        {91.940484553, 396.259325941},
        {630.759273214, 504.340338232}}},
      {{0.05, -0.01, 0.003, -0.001},
       true,
       {{369.308700296, 139.410251396},
        {111.32532837, 381.898776708},
        {579.851510554, 460.873783971}}}};
  for (const auto& row : rows) {
    const auto camera = FromOpenCv({kSize, 500, 510, 320, 240, row.k, row.fisheye}, "calibration");
    ASSERT_TRUE(camera);
    ExpectPixels(*camera, row.pixels, 0.5);
  }
}

TEST(Distortion, RoundTripsOverThePicture) {
  for (const auto& c : ColmapCases()) {
    SCOPED_TRACE(c.model);
    const auto camera = FromColmap({c.model, kSize, c.params}, "test");
    ASSERT_TRUE(camera);
    for (double v = 0.5; v < 480; v += 23)
      for (double u = 0.5; u < 640; u += 23) {
        const auto p = camera->Unproject({u, v}, Meters(3));
        ASSERT_TRUE(p) << u << " " << v;
        const auto again = camera->Project(*p);
        ASSERT_TRUE(again);
        EXPECT_NEAR(again->u, u, 1e-8);
        EXPECT_NEAR(again->v, v, 1e-8);
      }
  }
}

// Random lenses, mild to absurd: what comes back is right, or nothing comes back.
TEST(Distortion, UndistortIsRightOrSaysNothing) {
  RandomStream rng(1, {"lenses"});
  int found = 0, refused = 0;
  for (int i = 0; i < 20000; ++i) {
    const double size = std::pow(10, rng.Uniform(-3, 1));
    const auto k = [&] { return rng.Uniform(-size, size); };
    Distortion lens;
    switch (rng.Index(4)) {
      case 0:
        lens = RadialTangential{
            .k1 = k(), .k2 = k(), .p1 = k() / 10, .p2 = k() / 10, .k3 = k(), .k4 = k()};
        break;
      case 1:
        lens = Fisheye{.k1 = k(), .k2 = k(), .k3 = k(), .k4 = k()};
        break;
      case 2:
        lens = FieldOfView{.omega = k()};
        break;
      default:
        lens = ThinPrismFisheye{.k1 = k(),
                                .k2 = k(),
                                .p1 = k() / 10,
                                .p2 = k() / 10,
                                .k3 = k(),
                                .k4 = k(),
                                .sx1 = k() / 10,
                                .sy1 = k() / 10};
    }
    const double x = rng.Uniform(-2, 2);
    const Vector2d d(x, rng.Uniform(-2, 2));
    const auto p = Undistort(lens, d);
    (p ? found : refused) += 1;
    if (!p) continue;
    EXPECT_TRUE(p->allFinite());
    EXPECT_LT((Distort(lens, *p) - d).norm(), 1e-8 * (1 + p->norm()));
    EXPECT_TRUE(IsUnfolded(lens, *p));
  }
  EXPECT_GT(found, 5000);
  EXPECT_GT(refused, 1000);
}

// k1 < 0 folds back at r^2 = -1 / (3 k1): what lies beyond must not be shown a second time.
TEST(Distortion, FoldsAreNotShown) {
  const LensCamera camera{{kSize, 500, 500, 320, 240}, RadialTangential{.k1 = -0.3}};
  const double fold = std::sqrt(1 / 0.9);
  EXPECT_TRUE(camera.Project({{0.99 * fold, 0, 1}}));
  EXPECT_FALSE(camera.Project({{1.01 * fold, 0, 1}}));
  const double rim = fold * (1 - 0.3 * fold * fold);
  EXPECT_TRUE(Undistort(camera.lens, {0.99 * rim, 0}));
  EXPECT_FALSE(Undistort(camera.lens, {1.01 * rim, 0}));
  EXPECT_FALSE(camera.Project({{0, 0, -1}}));
  EXPECT_FALSE(camera.Project({{0, 0, std::nan("")}}));
}

TEST(Distortion, WhatIsNotFiniteHasNoAnswer) {
  const double inf = std::numeric_limits<double>::infinity();
  for (const Distortion& lens : {Distortion(NoDistortion{}),
                                 Distortion(RadialTangential{.k1 = 0.1}),
                                 Distortion(Fisheye{.k1 = 0.1}),
                                 Distortion(FieldOfView{0.5}),
                                 Distortion(ThinPrismFisheye{.k1 = 0.1})})
    for (const double bad : {inf, -inf, std::nan("")}) EXPECT_FALSE(Undistort(lens, {bad, 0}));
  EXPECT_FALSE(Undistort(FieldOfView{0.5}, {4, 0}));  // beyond 90 degrees
}

TEST(Distortion, SmallOmegaContinuesTheFormula) {
  const Vector2d p(0.7, -0.4);
  EXPECT_TRUE(Distort(FieldOfView{0.99e-5}, p).isApprox(Distort(FieldOfView{1.01e-5}, p), 1e-11));
  EXPECT_EQ(Distort(FieldOfView{0}, p), p);
}

TEST(CameraImport, WrongListsAreRefusedWithTheirPlace) {
  const auto error = [](const char* model, std::vector<double> params, ImageSize size = kSize) {
    return FromColmap({model, size, std::move(params)}, "cameras.txt:4").error();
  };
  EXPECT_EQ(error("EUCM", {1, 2, 3}).code, ErrorCode::kUnsupported);
  EXPECT_EQ(error("PINHOLE", {500, 320, 240}).Message(),
            "cameras.txt:4: expected 4 parameters of PINHOLE, found 3 parameters");
  EXPECT_EQ(error("SIMPLE_PINHOLE", {-500, 320, 240}).code, ErrorCode::kBadValue);
  EXPECT_EQ(error("SIMPLE_PINHOLE", {500, std::nan(""), 240}).code, ErrorCode::kBadValue);
  EXPECT_EQ(error("SIMPLE_RADIAL", {500, 320, 240, std::nan("")}).code, ErrorCode::kBadValue);
  EXPECT_EQ(error("SIMPLE_PINHOLE", {500, 320, 240}, {0, 480}).code, ErrorCode::kBadValue);
  const auto cv = [](std::vector<double> k, bool fisheye = false) {
    return FromOpenCv({kSize, 500, 500, 320, 240, std::move(k), fisheye}, "K");
  };
  EXPECT_FALSE(cv({1, 2, 3}));
  EXPECT_FALSE(cv({1, 2, 3, 4, 5}, true));
  EXPECT_EQ(cv(std::vector<double>(14, 0.1)).error().code, ErrorCode::kUnsupported);
  EXPECT_TRUE(cv(std::vector<double>(14, 0.0)));
  EXPECT_TRUE(std::holds_alternative<NoDistortion>(cv({0, 0, 0, 0})->lens));
}

}  // namespace
}  // namespace spatium
