#include "spatium/image/marker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "spatium/base/json.h"
#include "spatium/base/random.h"
#include "spatium/base/text.h"
#include "spatium/image/marker_fields.h"

namespace spatium {
namespace {

constexpr Rgb kGround{90, 100, 110};

RgbImage Ground(int width, int height) {
  RgbImage image(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      image.at(x, y)[0] = kGround.r;
      image.at(x, y)[1] = kGround.g;
      image.at(x, y)[2] = kGround.b;
    }
  return image;
}

struct ColorCount {
  int64_t pixels = 0;
  std::array<int, 4> extent = {1 << 30, 1 << 30, -1, -1};
};

std::map<std::array<uint8_t, 3>, ColorCount> CountColors(const RgbImage& image) {
  std::map<std::array<uint8_t, 3>, ColorCount> counts;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) {
      const uint8_t* p = image.at(x, y);
      ColorCount& count = counts[{p[0], p[1], p[2]}];
      ++count.pixels;
      count.extent = {std::min(count.extent[0], x),
                      std::min(count.extent[1], y),
                      std::max(count.extent[2], x),
                      std::max(count.extent[3], y)};
    }
  return counts;
}

// The record behind the reference's pixel counts: its fields follow from the extents.
Json ReferenceRecord(std::string_view type) {
  const auto array = [](std::initializer_list<int> values) {
    return Json(std::vector<int>(values));
  };
  Json record;
  record.Set("type", type);
  Json images = Json::MakeArray();
  for (int i = 0; i < 32; ++i) images.Push(StrCat(i, ".jpg"));
  record.Set("image", std::move(images));
  record.Set("red_point", Json(Json::Array{array({100, 200})}));
  record.Set("blue_point", Json(Json::Array{array({500, 500})}));
  record.Set("green_point", Json(Json::Array{array({900, 800})}));
  record.Set("red_bbox", Json(Json::Array{array({100, 100, 300, 300})}));
  record.Set("blue_bbox", Json(Json::Array{array({400, 400, 600, 600})}));
  if (type != "obj_spatial_relation_oo_mv")
    record.Set("green_bbox", Json(Json::Array{array({50, 700, 200, 900})}));
  record.Set("yellow_bbox", Json(Json::Array{array({700, 100, 900, 300})}));
  record.Set(
      "bbox_list",
      Json(Json::Array{Json(Json::Array{
          array({100, 100, 300, 300}), array({400, 400, 600, 600}), array({50, 700, 200, 900})})}));
  record.Set("point_list",
             Json(Json::Array{
                 Json(Json::Array{array({100, 200}), array({500, 500}), array({900, 800})})}));
  record.Set("point_img_idx", Json(Json::Array{array({0, 1, 2})}));
  record.Set("bbox_img_idx", Json(Json::Array{array({0, 1, 2, 0})}));
  return record;
}

TEST(SparMarkers, EqualTheReferencesPixelsForEveryTask) {
  const Path golden = Path(SPATIUM_SHARED_DIR) / "golden/spar_draw_reference.json";
  if (!std::filesystem::exists(golden)) GTEST_SKIP() << "no " << golden;
  const auto reference = ReadJsonFile(golden);
  ASSERT_TRUE(reference);
  int num_types = 0;
  for (const auto& [type, expected] : reference->AsObject()) {
    SCOPED_TRACE(type);
    ++num_types;
    const Json record = ReferenceRecord(type);
    const auto markers = MarkersOfRecord(JsonCursor(record, type));
    ASSERT_TRUE(markers) << markers.error().Message();
    // Smoothed labels (see marker_spar.cc): their colours' counts differ by the edges' pixels.
    const bool smoothed = std::ranges::any_of(
        *markers, [](const Marker& m) { return m.look == SparLook::kVideoObject; });
    std::map<std::pair<int64_t, std::array<uint8_t, 3>>, ColorCount> want;
    std::set<int64_t> pictures;
    for (const Json& row : expected.Find("pixels")->AsArray()) {
      const auto& cells = row.AsArray();
      std::array<uint8_t, 3> color{};
      ColorCount count{.pixels = cells[2].AsInt()};
      for (size_t k = 0; k < 3; ++k) color[k] = static_cast<uint8_t>(cells[1].AsArray()[k].AsInt());
      for (size_t k = 0; k < 4; ++k)
        count.extent[k] = static_cast<int>(cells[3].AsArray()[k].AsInt());
      want[{cells[0].AsInt(), color}] = count;
      pictures.insert(cells[0].AsInt());
    }
    std::set<int64_t> drawn;
    for (const Marker& marker : *markers) drawn.insert(marker.image);
    EXPECT_EQ(drawn, pictures);
    for (const int64_t picture : pictures) {
      RgbImage image = Ground(1296, 968);
      ASSERT_TRUE(DrawMarkers(image, *markers, static_cast<int>(picture), MarkerStyle::kSpar));
      const auto counts = CountColors(image);
      for (const auto& [key, count] : want) {
        if (key.first != picture) continue;
        const auto found = counts.find(key.second);
        ASSERT_NE(found, counts.end());
        const double tolerance = smoothed ? 0.08 * static_cast<double>(count.pixels) : 0;
        EXPECT_NEAR(
            static_cast<double>(found->second.pixels), static_cast<double>(count.pixels), tolerance)
            << int{key.second[0]} << "," << int{key.second[1]} << "," << int{key.second[2]};
        EXPECT_EQ(found->second.extent, count.extent);
      }
    }
  }
  EXPECT_GE(num_types, 35);
}

TEST(SparMarkers, AreCutOffAtThePicturesEdge) {
  RgbImage image = Ground(100, 80);
  const std::vector<Marker> markers = {Marker::Point(MarkerColor::kRed, 0, 0),
                                       Marker::Box(MarkerColor::kBlue, {900, 900, 1000, 1000})};
  ASSERT_TRUE(DrawMarkers(image, markers, 0, MarkerStyle::kSpar));
  const auto counts = CountColors(image);
  EXPECT_EQ(counts.at({255, 0, 0}).extent, (std::array{0, 0, 20, 20}));
  EXPECT_EQ(counts.at({0, 0, 255}).extent, (std::array{72, 54, 99, 79}));
}

TEST(MarkerFields, RoundTripForEveryTypeInItsOwnOrder) {
  Json record;
  record.Set("type", "distance_infer_center_oo_mv");
  record.Set("image", Json(std::vector<std::string>{"a", "b", "c"}));
  const std::vector<Marker> markers = {Marker::Point(MarkerColor::kRed, 1, 2, 0),
                                       Marker::Point(MarkerColor::kBlue, 3, 4, 1),
                                       Marker::Point(MarkerColor::kGreen, 5, 6, 2)};
  SetMarkerFields(record, "distance_infer_center_oo_mv", markers);
  // Red, green, blue: this type's own order.
  EXPECT_EQ(record.Find("point_img_idx")->Dump(), "[[0,2,1]]");
  EXPECT_EQ(record.Find("green_point")->Dump(), "[[5,6]]");
  const auto read = MarkersOfRecord(JsonCursor(record, "r"));
  ASSERT_TRUE(read) << read.error().Message();
  ASSERT_EQ(read->size(), 3U);
  for (const Marker& marker : *read)
    EXPECT_TRUE(std::ranges::any_of(markers, [&](const Marker& m) {
      return m.color == marker.color && m.image == marker.image && m.at == marker.at;
    }));
}

TEST(MarkerFields, MissingFieldsAndWrongPicturesAreErrors) {
  Json record;
  record.Set("type", "depth_prediction_oc");
  record.Set("red_point", *Json::Parse("[[1,2]]", ""));
  EXPECT_EQ(MarkersOfRecord(JsonCursor(record, "r")).error().code, ErrorCode::kNotFound);
  record.Set("type", "distance_prediction_oc_mv");
  record.Set("image", Json(std::vector<std::string>{"a"}));
  record.Set("point_img_idx", *Json::Parse("[[1]]", ""));
  EXPECT_EQ(MarkersOfRecord(JsonCursor(record, "r")).error().code, ErrorCode::kBadValue);
  record.Set("point_img_idx", *Json::Parse("[[]]", ""));
  EXPECT_EQ(MarkersOfRecord(JsonCursor(record, "r")).error().code, ErrorCode::kBadValue);
  record.Set("type", "distance_prediction_oc");
  record.Set("red_point", *Json::Parse("[[1,20000000]]", ""));
  EXPECT_EQ(MarkersOfRecord(JsonCursor(record, "r")).error().code, ErrorCode::kBadValue);
  record.Set("type", "room_size");
  EXPECT_TRUE(MarkersOfRecord(JsonCursor(record, "r"))->empty());
}

TEST(ClearMarkers, ScaleWithThePictureAndLeaveBoxesOpen) {
  const auto area = [](int width, int height) {
    RgbImage image = Ground(width, height);
    EXPECT_TRUE(DrawMarkers(
        image, std::array{Marker::Point(MarkerColor::kRed, 500, 500)}, 0, MarkerStyle::kClear));
    int64_t changed = 0;
    for (const auto& [color, count] : CountColors(image))
      if (color != std::array{kGround.r, kGround.g, kGround.b}) changed += count.pixels;
    return static_cast<double>(changed) / (width * height);
  };
  EXPECT_NEAR(area(1296, 968) / area(2592, 1936), 1, 0.1);
  EXPECT_LT(area(1296, 968), 0.0008);

  RgbImage image = Ground(640, 480);
  const Marker box = Marker::Box(MarkerColor::kBlue, {250, 250, 750, 750});
  ASSERT_TRUE(DrawMarkers(image, std::array{box}, 0, MarkerStyle::kClear));
  for (int y = 120; y < 360; ++y)
    for (int x = 160; x < 480; ++x) ASSERT_EQ(image.at(x, y)[0], kGround.r) << x << "," << y;
  EXPECT_NE(image.at(159, 200)[0], kGround.r);
}

TEST(ClearMarkers, ABoxAtThePicturesEdgeStaysClosed) {
  RgbImage image = Ground(640, 480);
  const Marker box = Marker::Box(MarkerColor::kBlue, {-50, 0, 500, 1000});
  ASSERT_TRUE(DrawMarkers(image, std::array{box}, 0, MarkerStyle::kClear));
  const auto has_blue = [&](int x0, int y0, int x1, int y1) {
    for (int y = y0; y < y1; ++y)
      for (int x = x0; x < x1; ++x)
        if (image.at(x, y)[2] > 200 && image.at(x, y)[0] < 60) return true;
    return false;
  };
  EXPECT_TRUE(has_blue(0, 240, 6, 241));
  EXPECT_TRUE(has_blue(160, 0, 161, 6));
  EXPECT_TRUE(has_blue(160, 474, 161, 480));
}

TEST(ClearMarkers, AnotherPicturesMarkersAreNotDrawn) {
  RgbImage image = Ground(64, 48);
  ASSERT_TRUE(DrawMarkers(
      image, std::array{Marker::Point(MarkerColor::kRed, 500, 500, 1)}, 0, MarkerStyle::kClear));
  EXPECT_EQ(image, Ground(64, 48));
}

}  // namespace
}  // namespace spatium
