#include "spatium/grounding/box_scene.h"

#include <map>

#include "spatium/base/json.h"

namespace spatium {
namespace {

Aabb<frame::World> RoomOf(const std::vector<BoxObject>& objects) {
  if (objects.empty()) return {};
  Aabb<frame::World> room = objects[0].box;
  for (const BoxObject& object : objects) {
    room.min = room.min.cwiseMin(object.box.min);
    room.max = room.max.cwiseMax(object.box.max);
  }
  return room;
}

Result<JsonCursor> Either(const JsonCursor& row, std::string_view a, std::string_view b) {
  return row.Has(a) ? row.At(a) : row.At(b);
}

}  // namespace

Result<BoxScene> ReadBoxScene(const Path& boxes,
                              const std::optional<Path>& labels,
                              const std::string& scan_id) {
  BoxScene scene{.id = scan_id, .objects = {}, .room = {}};
  const Path file = boxes / (scan_id + ".json");
  SPATIUM_TRY(const Json json, ReadJsonFile(file));
  SPATIUM_TRY(const auto rows, JsonCursor(json, file.string()).Items());
  for (const JsonCursor& row : rows) {
    BoxObject object;
    SPATIUM_TRY(const auto id, Either(row, "id", "bbox_id"));
    SPATIUM_TRY(const int64_t id_value, id.Int());
    object.id.value = static_cast<int32_t>(id_value);
    SPATIUM_TRY(const auto label, Either(row, "label", "target"));
    SPATIUM_TRY(object.label, label.String());
    SPATIUM_TRY(const auto box, Either(row, "box", "bbox_3d"));
    SPATIUM_TRY(const auto v, box.Numbers(6));
    if (v[3] < 0 || v[4] < 0 || v[5] < 0) return box.Expected("a box with sizes of at least 0");
    object.box = Aabb<frame::World>::FromCenterSize({v[0], v[1], v[2]}, {v[3], v[4], v[5]});
    scene.objects.push_back(std::move(object));
  }
  if (labels) {
    const Path label_file = *labels / (scan_id + ".json");
    SPATIUM_TRY(const Json label_json, ReadJsonFile(label_file));
    SPATIUM_TRY(const auto label_rows, JsonCursor(label_json, label_file.string()).Items());
    std::map<int64_t, std::string> by_id;
    for (const JsonCursor& row : label_rows) {
      SPATIUM_TRY(const auto id, Either(row, "id", "bbox_id"));
      SPATIUM_TRY(const int64_t id_value, id.Int());
      SPATIUM_TRY(const auto label, Either(row, "label", "target"));
      SPATIUM_TRY(by_id[id_value], label.String());
    }
    for (BoxObject& object : scene.objects)
      if (const auto it = by_id.find(object.id.value); it != by_id.end()) object.label = it->second;
  }
  scene.room = RoomOf(scene.objects);
  return scene;
}

BoxScene ToBoxScene(const Scene& scene) {
  BoxScene boxes{.id = scene.id, .objects = {}, .room = {}};
  for (const Object& object : scene.objects)
    boxes.objects.push_back({.id = object.id, .label = object.label, .box = object.box});
  boxes.room = RoomOf(boxes.objects);
  return boxes;
}

}  // namespace spatium
