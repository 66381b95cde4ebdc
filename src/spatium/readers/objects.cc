#include "spatium/readers/objects.h"

#include <algorithm>
#include <limits>

#include "spatium/base/json.h"
#include "spatium/base/text.h"
#include "spatium/scene/category.h"

namespace spatium {
namespace {

struct Keys {
  std::string_view id, label, box;
};
constexpr Keys kShapes[] = {{"bbox_id", "target", "bbox_3d"}, {"id", "label", "box"}};

Result<Obb<frame::World>> ReadObb(const JsonCursor& at) {
  SPATIUM_TRY(const auto center_at, at.At("center"));
  SPATIUM_TRY(const auto center, center_at.Numbers(3));
  SPATIUM_TRY(const auto half_at, at.At("half"));
  SPATIUM_TRY(const auto half, half_at.Numbers(3));
  SPATIUM_TRY(const auto axes_at, at.At("axes"));
  SPATIUM_TRY(const auto axes, axes_at.Numbers(9));
  Obb<frame::World> obb;
  obb.f_from_object.R = Eigen::Map<const Eigen::Matrix3d>(axes.data());
  obb.f_from_object.t = Eigen::Map<const Eigen::Vector3d>(center.data());
  obb.half = Eigen::Map<const Eigen::Vector3d>(half.data());
  return obb;
}

Result<Object> ReadObject(const JsonCursor& item) {
  const auto shape = std::find_if(std::begin(kShapes), std::end(kShapes), [&](const Keys& keys) {
    return item.Has(keys.id) && item.Has(keys.box);
  });
  if (shape == std::end(kShapes))
    return item.Expected(R"({"bbox_id","target","bbox_3d"} or {"id","label","box"})");
  Object object;
  SPATIUM_TRY(const auto id_at, item.At(shape->id));
  SPATIUM_TRY(const int64_t id, id_at.Int());
  if (id < 0 || id > std::numeric_limits<int32_t>::max())
    return id_at.Expected("an id from 0 to 2147483647");
  object.id.value = static_cast<int32_t>(id);
  SPATIUM_TRY(const auto label_at, item.At(shape->label));
  SPATIUM_TRY(object.label, label_at.String());
  if (Trim(object.label).empty()) return label_at.Expected("a label");
  SPATIUM_TRY(const auto box_at, item.At(shape->box));
  SPATIUM_TRY(const auto b, box_at.Numbers(6));
  if (b[3] < 0 || b[4] < 0 || b[5] < 0)
    return box_at.Expected("[cx, cy, cz, dx, dy, dz] with sizes of 0 or more");
  object.box = Aabb<frame::World>::FromCenterSize({b[0], b[1], b[2]}, {b[3], b[4], b[5]});
  if (item.Has("aabb")) {
    SPATIUM_TRY(const auto aabb_at, item.At("aabb"));
    SPATIUM_TRY(const auto c, aabb_at.Numbers(6));
    object.box = {{c[0], c[1], c[2]}, {c[3], c[4], c[5]}};
  }
  if (item.Has("category")) {
    SPATIUM_TRY(const auto category_at, item.At("category"));
    SPATIUM_TRY(object.category, category_at.String());
  }
  if (item.Has("obb") && !item.value().Find("obb")->IsNull()) {
    SPATIUM_TRY(const auto obb_at, item.At("obb"));
    SPATIUM_TRY(object.obb, ReadObb(obb_at));
  }
  return object;
}

Json Numbers(const double* values, size_t n) {
  return Json(std::vector<double>(values, values + n));
}

Json ObjectJson(const Object& object) {
  const Eigen::Vector3d center = object.box.center().v, size = object.box.size();
  const Eigen::Vector3d &lo = object.box.min, &hi = object.box.max;
  Json json = Json::MakeObject(
      {{"bbox_id", object.id.value},
       {"target", object.label},
       {"bbox_3d",
        std::vector<double>{center.x(), center.y(), center.z(), size.x(), size.y(), size.z()}},
       {"category", object.category},
       {"aabb", std::vector<double>{lo.x(), lo.y(), lo.z(), hi.x(), hi.y(), hi.z()}}});
  if (object.obb)
    json.Set("obb",
             Json::MakeObject({{"center", Numbers(object.obb->f_from_object.t.data(), 3)},
                               {"half", Numbers(object.obb->half.data(), 3)},
                               {"axes", Numbers(object.obb->f_from_object.R.data(), 9)}}));
  return json;
}

}  // namespace

Result<std::vector<Object>> ParseObjects(std::string_view text, std::string_view where) {
  SPATIUM_TRY(const Json json, Json::Parse(text, where));
  const JsonCursor root(json, std::string(where));
  SPATIUM_TRY(const auto items, root.Items());
  std::vector<Object> objects;
  for (const auto& item : items) {
    SPATIUM_TRY(Object object, ReadObject(item));
    objects.push_back(std::move(object));
  }
  std::sort(
      objects.begin(), objects.end(), [](const Object& a, const Object& b) { return a.id < b.id; });
  for (size_t i = 1; i < objects.size(); ++i)
    if (objects[i].id == objects[i - 1].id)
      return Error{ErrorCode::kBadValue,
                   std::string(where),
                   "each object's id once",
                   StrCat("id ",
                          objects[i].id.value,
                          " twice (",
                          objects[i - 1].label,
                          ", ",
                          objects[i].label,
                          ")")};
  return objects;
}

std::string WriteObjects(const std::vector<Object>& objects) {
  std::string out = "[";
  for (size_t i = 0; i < objects.size(); ++i) {
    out += i == 0 ? "\n" : ",\n";
    ObjectJson(objects[i]).DumpTo(out);
  }
  return out + "\n]\n";
}

std::vector<std::string> SetCategories(const LabelTable* table, std::vector<Object>& objects) {
  std::vector<std::string> unknown;
  for (Object& object : objects) {
    const auto known = table ? table->Category(object.label) : std::nullopt;
    if (known) {
      object.category = *known;
      continue;
    }
    if (object.category.empty()) object.category = CanonicalCategory(object.label);
    if (table && std::find(unknown.begin(), unknown.end(), object.label) == unknown.end())
      unknown.push_back(object.label);
  }
  return unknown;
}

}  // namespace spatium
