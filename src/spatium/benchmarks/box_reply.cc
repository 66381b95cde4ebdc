#include "spatium/benchmarks/box_reply.h"

namespace spatium {

std::optional<Box6> BoxOf(const Json* value) {
  if (value == nullptr || !value->IsArray()) return std::nullopt;
  // SPAZER's undetected records hold a list of boxes.
  if (value->AsArray().size() == 1) return BoxOf(&value->AsArray()[0]);
  if (value->AsArray().size() != 6) return std::nullopt;
  Box6 box;
  for (size_t i = 0; i < 6; ++i) {
    if (!value->AsArray()[i].IsNumber()) return std::nullopt;
    box[i] = value->AsArray()[i].AsDouble();
  }
  return box;
}

std::optional<std::vector<Box6>> BoxesOf(const Json* value) {
  if (value == nullptr || !value->IsArray()) return std::nullopt;
  std::vector<Box6> boxes;
  if (value->AsArray().empty()) return boxes;
  if (const auto box = BoxOf(value)) return std::vector<Box6>{*box};
  for (const Json& entry : value->AsArray()) {
    const auto box = BoxOf(&entry);
    if (!box) return std::nullopt;
    boxes.push_back(*box);
  }
  return boxes;
}

Result<std::optional<std::map<int64_t, Box6>>> ReadSceneBoxes(const Path& data,
                                                              const std::string& scene) {
  for (const char* folder : {"boxes", "boxes_gt"}) {
    const Path file = data / folder / (scene + ".json");
    std::error_code ignored;  // of a name that no file can have
    if (!std::filesystem::is_regular_file(file, ignored)) continue;
    SPATIUM_TRY(const Json json, ReadJsonFile(file));
    SPATIUM_TRY(const auto rows, JsonCursor(json, file.string()).Items());
    std::map<int64_t, Box6> boxes;
    for (const JsonCursor& row : rows) {
      const bool first_shape = row.Has("bbox_3d");
      SPATIUM_TRY(const auto id_field, row.At(first_shape ? "bbox_id" : "id"));
      SPATIUM_TRY(const int64_t id, id_field.Int());
      SPATIUM_TRY(const auto box_field, row.At(first_shape ? "bbox_3d" : "box"));
      SPATIUM_TRY(const auto numbers, box_field.Numbers(6));
      Box6& box = boxes[id];
      std::copy(numbers.begin(), numbers.end(), box.begin());
    }
    return std::optional(std::move(boxes));
  }
  return std::optional<std::map<int64_t, Box6>>();
}

}  // namespace spatium
