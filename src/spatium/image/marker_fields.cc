#include "spatium/image/marker_fields.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "spatium/base/check.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

using enum MarkerColor;
using enum MarkerShape;
using enum SparLook;

constexpr double kFullScale = 1000;
// Boxes may reach a little out of their picture; numbers far outside are no such coordinates.
constexpr double kMaxOutside = 1000;

// How a task type lays out its markers.
enum class Layout {
  kOnePicture,  // all on the first picture, no index field
  kSlots,       // one index per colour, in the order of `slots`
  kPresent,     // one index per colour that is there, in the order of `slots`
  kAllOnFirst,  // colours that are there, all on the picture of the first index
  kList         // "bbox_list" or "point_list" with one index per item, labelled
};
struct TypeRow {
  std::string_view type = {};
  Layout layout;
  MarkerShape shape;
  std::vector<MarkerColor> slots;
  SparLook look = kPlain;
};

// Types that draw nothing are not listed. Single-picture types draw in the order of their slots.
const std::vector<TypeRow>& Table() {
  static const std::vector<TypeRow> kTable = {
      {"obj_spatial_relation_oo", Layout::kOnePicture, kBox, {kRed, kBlue}},
      {"depth_prediction_oc", Layout::kOnePicture, kPoint, {kRed, kBlue}},
      {"depth_prediction_oo", Layout::kOnePicture, kPoint, {kRed, kBlue, kGreen}},
      {"distance_prediction_oc", Layout::kOnePicture, kPoint, {kRed}},
      {"distance_prediction_oo", Layout::kOnePicture, kPoint, {kRed, kBlue}},
      {"distance_infer_center_oo", Layout::kOnePicture, kPoint, {kRed, kBlue, kGreen}},
      {"spatial_volume_infer", Layout::kOnePicture, kBox, {kRed}},
      {"spatial_imagination_oc", Layout::kOnePicture, kBox, {kRed, kBlue, kGreen}},
      {"spatial_imagination_oo", Layout::kOnePicture, kBox, {kRed, kBlue, kGreen, kYellow}},
      {"position_matching", Layout::kOnePicture, kBox, {kRed}},
      {"depth_prediction_oc_mv", Layout::kSlots, kPoint, {kRed, kBlue}},
      {"depth_prediction_oo_mv", Layout::kSlots, kPoint, {kRed, kBlue, kGreen}},
      {"distance_prediction_oc_mv", Layout::kSlots, kPoint, {kRed}},
      {"distance_prediction_oo_mv", Layout::kSlots, kPoint, {kRed, kBlue}},
      {"distance_infer_center_oo_mv", Layout::kSlots, kPoint, {kRed, kGreen, kBlue}},
      {"obj_spatial_relation_oc_mv", Layout::kAllOnFirst, kBox, {kRed, kBlue, kGreen}},
      {"obj_spatial_relation_oo_mv", Layout::kPresent, kBox, {kRed, kBlue, kGreen}},
      {"spatial_imagination_oc_mv", Layout::kSlots, kBox, {kGreen, kBlue, kRed}},
      {"spatial_imagination_oo_mv", Layout::kSlots, kBox, {kGreen, kBlue, kRed, kYellow}},
      {"spatial_imagination_map_mv", Layout::kList, kBox, {}, kMapObject},
      {"distance_prediction_oo_video", Layout::kSlots, kPoint, {kRed, kBlue}},
      {"distance_infer_center_oo_video", Layout::kList, kPoint, {}, kCandidate},
      {"spatial_imagination_oc_video", Layout::kSlots, kBox, {kGreen, kBlue, kRed}, kVideoObject},
      {"spatial_imagination_oo_video",
       Layout::kSlots,
       kBox,
       {kGreen, kBlue, kRed, kYellow},
       kVideoObject},
      {"obj_frame_locate", Layout::kSlots, kBox, {kRed}},
  };
  return kTable;
}

const TypeRow* FindType(std::string_view type) {
  const auto& table = Table();
  const auto row = std::ranges::find(table, type, &TypeRow::type);
  return row == table.end() ? nullptr : &*row;
}

std::string FieldName(MarkerColor color, MarkerShape shape) {
  return StrCat(Name(color), shape == kPoint ? "_point" : "_bbox");
}

std::string_view IndexField(MarkerShape shape) {
  return shape == kPoint ? "point_img_idx" : "bbox_img_idx";
}

// The labels that the reference writes.
std::string LabelOf(SparLook look, size_t i) {
  if (look == kPlain) return "";
  if (look == kCandidate) return i == 0 ? "objectA" : StrCat("object", i - 1);
  return StrCat("object", i);
}

Result<Marker> ReadMarker(const JsonCursor& place, const TypeRow& row, MarkerColor color) {
  Marker marker{.shape = row.shape, .color = color, .look = row.look};
  SPATIUM_TRY(const auto numbers, place.Numbers(row.shape == kPoint ? 2 : 4));
  for (const double v : numbers)
    if (v < -kMaxOutside || v > kFullScale + kMaxOutside)
      return place.Expected("coordinates of about 0 to 1000");
  std::ranges::copy(numbers, marker.at.begin());
  return marker;
}

// The first element of the list at `key`: SPAR wraps each field once more.
Result<JsonCursor> Inner(const JsonCursor& record, std::string_view key) {
  SPATIUM_TRY(const JsonCursor field, record.At(key));
  SPATIUM_TRY(const auto items, field.Items());
  if (items.empty()) return field.Expected("a list of one element");
  return items[0];
}

Result<std::vector<int>> ReadIndices(const JsonCursor& record, const TypeRow& row) {
  const Json* images = record.value().Find("image");
  const auto num_images =
      static_cast<int64_t>(images && images->IsArray() ? images->AsArray().size() : 0);
  SPATIUM_TRY(const JsonCursor inner, Inner(record, IndexField(row.shape)));
  SPATIUM_TRY(const auto items, inner.Items());
  std::vector<int> indices;
  for (const JsonCursor& item : items) {
    SPATIUM_TRY(const int64_t index, item.Int());
    if (index < 0 || index >= num_images)
      return item.Expected(StrCat("a picture index below ", num_images));
    indices.push_back(static_cast<int>(index));
  }
  return indices;
}

Error TooFewIndices(const JsonCursor& record, const TypeRow& row, size_t needed) {
  return {ErrorCode::kBadValue,
          StrCat(record.path(), ".", IndexField(row.shape)),
          StrCat(needed, " picture indices"),
          "fewer"};
}

Result<std::vector<Marker>> ReadList(const JsonCursor& record, const TypeRow& row) {
  SPATIUM_TRY(const std::vector<int> indices, ReadIndices(record, row));
  SPATIUM_TRY(const JsonCursor inner,
              Inner(record, row.shape == kPoint ? "point_list" : "bbox_list"));
  SPATIUM_TRY(const auto items, inner.Items());
  std::vector<Marker> markers;
  for (size_t i = 0; i < items.size(); ++i) {
    SPATIUM_TRY(Marker marker, ReadMarker(items[i], row, kBlue));
    if (i >= indices.size()) return TooFewIndices(record, row, items.size());
    marker.image = indices[i];
    marker.label = LabelOf(row.look, i);
    markers.push_back(std::move(marker));
  }
  return markers;
}

}  // namespace

Result<std::vector<Marker>> MarkersOfRecord(const JsonCursor& record) {
  SPATIUM_TRY(const JsonCursor type_field, record.At("type"));
  SPATIUM_TRY(const std::string type, type_field.String());
  const TypeRow* row = FindType(type);
  std::vector<Marker> markers;
  if (!row) return markers;
  if (row->layout == Layout::kList) return ReadList(record, *row);

  std::vector<int> indices;
  if (row->layout != Layout::kOnePicture) {
    SPATIUM_TRY(indices, ReadIndices(record, *row));
  }
  const bool optional = row->layout == Layout::kPresent || row->layout == Layout::kAllOnFirst;
  for (size_t i = 0; i < row->slots.size(); ++i) {
    const std::string field = FieldName(row->slots[i], row->shape);
    const Json* value = record.value().Find(field);
    if (optional && (!value || value->IsNull())) continue;
    SPATIUM_TRY(const JsonCursor inner, Inner(record, field));
    SPATIUM_TRY(Marker marker, ReadMarker(inner, *row, row->slots[i]));
    marker.label = LabelOf(row->look, i);
    if (row->layout != Layout::kOnePicture) {
      const size_t slot = row->layout == Layout::kSlots     ? i
                          : row->layout == Layout::kPresent ? markers.size()
                                                            : 0;
      if (slot >= indices.size()) return TooFewIndices(record, *row, slot + 1);
      marker.image = indices[slot];
    }
    markers.push_back(std::move(marker));
  }
  // Where several share a picture, the reference draws red before green before blue: the slot
  // order of the imagination types does not decide what is on top.
  if (row->layout == Layout::kSlots && row->look == kPlain && row->shape == kBox) {
    const auto order = [](const Marker& m) {
      return m.color == kRed ? 0 : m.color == kGreen ? 1 : m.color == kBlue ? 2 : 3;
    };
    std::ranges::sort(markers, {}, order);
  }
  return markers;
}

void SetMarkerFields(Json& record, std::string_view type, std::span<const Marker> markers) {
  if (markers.empty()) return;
  const TypeRow* row = FindType(type);
  SPATIUM_CHECK(row != nullptr) << "type " << type << " has no markers";
  Json list = Json::MakeArray(), indices = Json::MakeArray();
  size_t num_written = 0;
  const auto add = [&](const Marker& marker) {
    Json at = Json::MakeArray();
    const size_t n = marker.shape == kPoint ? 2 : 4;
    for (size_t k = 0; k < n; ++k) at.Push(static_cast<int64_t>(std::floor(marker.at[k] + 0.5)));
    if (row->layout == Layout::kList) {
      list.Push(std::move(at));
    } else {
      record.Set(FieldName(marker.color, marker.shape), Json(Json::Array{std::move(at)}));
    }
    if (row->layout != Layout::kAllOnFirst || indices.AsArray().empty()) indices.Push(marker.image);
    ++num_written;
  };
  if (row->layout == Layout::kList) {
    for (const Marker& marker : markers) add(marker);
    record.Set(row->shape == kPoint ? "point_list" : "bbox_list", Json(Json::Array{list}));
  } else {
    for (const MarkerColor color : row->slots)
      for (const Marker& marker : markers)
        if (marker.color == color) add(marker);
    SPATIUM_CHECK(num_written == markers.size()) << type << ": a colour it lacks";
  }
  if (row->layout != Layout::kOnePicture)
    record.Set(IndexField(row->shape), Json(Json::Array{std::move(indices)}));
}

}  // namespace spatium
