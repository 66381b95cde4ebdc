#include "spatium/visibility/view_json.h"

namespace spatium {
namespace {

Json BoxJson(const std::optional<PixelBox>& box) {
  return box ? Json(Json::Array{box->x0, box->y0, box->x1, box->y1}) : Json();
}

Json FlagJson(const std::optional<bool>& flag) { return flag ? Json(*flag) : Json(); }

Json PixelJson(const std::optional<Pixel>& pixel) {
  return pixel ? Json(Json::Array{pixel->u, pixel->v}) : Json();
}

Result<std::optional<PixelBox>> ReadBox(const JsonCursor& json) {
  if (json.value().IsNull()) return std::optional<PixelBox>();
  SPATIUM_TRY(const auto n, json.Numbers(4));
  return std::optional(PixelBox{n[0], n[1], n[2], n[3]});
}

Result<std::optional<Pixel>> ReadPixel(const JsonCursor& json) {
  if (json.value().IsNull()) return std::optional<Pixel>();
  SPATIUM_TRY(const auto n, json.Numbers(2));
  return std::optional(Pixel{n[0], n[1]});
}

Result<ObjectView> ReadView(const JsonCursor& row) {
  SPATIUM_TRY(const auto at, row.Items());
  constexpr size_t kFields = 12;
  if (at.size() != kFields) return row.Expected("12 values");
  ObjectView view;
  SPATIUM_TRY(const int64_t frame, at[0].Int());
  SPATIUM_TRY(const int64_t object, at[1].Int());
  view.frame_idx = static_cast<int>(frame);
  view.object = {static_cast<int32_t>(object)};
  SPATIUM_TRY(view.visible_px, at[2].Int());
  SPATIUM_TRY(view.visible_fraction, at[3].Number());
  SPATIUM_TRY(view.truncated_fraction, at[4].Number());
  SPATIUM_TRY(view.box_visible, ReadBox(at[5]));
  SPATIUM_TRY(view.box_full, ReadBox(at[6]));
  SPATIUM_TRY(view.center_px, ReadPixel(at[7]));
  SPATIUM_TRY(view.center_depth_m, at[8].Number());
  SPATIUM_TRY(view.center_in_view, at[9].Bool());
  SPATIUM_TRY(view.center_unoccluded, at[10].Bool());
  if (!at[11].value().IsNull()) {
    SPATIUM_TRY(view.center_on_object, at[11].Bool());
  }
  return view;
}

}  // namespace

std::string_view Name(VisibilityMethod method) {
  return method == VisibilityMethod::kIds ? "ids" : "depth";
}

Json ViewRow(const Scene& scene, const ObjectView& view, VisibilityMethod method) {
  return Json::MakeObject({{"frame", scene.frames[static_cast<size_t>(view.frame_idx)].name},
                           {"object", view.object.value},
                           {"visible_px", view.visible_px},
                           {"visible_fraction", view.visible_fraction},
                           {"truncated_fraction", view.truncated_fraction},
                           {"box_visible", BoxJson(view.box_visible)},
                           {"box_full", BoxJson(view.box_full)},
                           {"center_px", PixelJson(view.center_px)},
                           {"center_depth_m", view.center_depth_m},
                           {"center_in_view", view.center_in_view},
                           {"center_unoccluded", view.center_unoccluded},
                           {"center_on_object", FlagJson(view.center_on_object)},
                           {"method", Name(method)}});
}

Json VisibilityToJson(const Visibility& visibility, std::string_view key) {
  Json::Array rows;
  rows.reserve(visibility.views.size());
  for (const auto& v : visibility.views)
    rows.push_back(Json::Array{v.frame_idx,
                               v.object.value,
                               v.visible_px,
                               v.visible_fraction,
                               v.truncated_fraction,
                               BoxJson(v.box_visible),
                               BoxJson(v.box_full),
                               PixelJson(v.center_px),
                               v.center_depth_m,
                               v.center_in_view,
                               v.center_unoccluded,
                               FlagJson(v.center_on_object)});
  return Json::MakeObject(
      {{"key", key}, {"method", Name(visibility.method)}, {"views", Json(std::move(rows))}});
}

Result<Visibility> VisibilityFromJson(const JsonCursor& json, std::string_view key) {
  SPATIUM_TRY(const auto key_json, json.At("key"));
  SPATIUM_TRY(const std::string found, key_json.String());
  if (found != key) return key_json.Expected(std::string(key));
  SPATIUM_TRY(const auto method_json, json.At("method"));
  SPATIUM_TRY(const std::string method, method_json.String());
  Visibility out;
  if (method == Name(VisibilityMethod::kDepth))
    out.method = VisibilityMethod::kDepth;
  else if (method != Name(VisibilityMethod::kIds))
    return method_json.Expected("ids or depth");
  SPATIUM_TRY(const auto rows_json, json.At("views"));
  SPATIUM_TRY(const auto rows, rows_json.Items());
  out.views.reserve(rows.size());
  for (const auto& row : rows) {
    SPATIUM_TRY(const auto view, ReadView(row));
    out.views.push_back(view);
  }
  return out;
}

}  // namespace spatium
