#include "spatium/qa/verify/record.h"

#include <array>

#include "spatium/base/text.h"

namespace spatium::verify {
namespace {

constexpr std::array<std::string_view, 4> kColors{"red", "blue", "green", "yellow"};

// The single row of [[...]], as whole numbers.
Result<std::vector<int64_t>> OnlyRow(const JsonCursor& field) {
  SPATIUM_TRY(const auto rows, field.Items());
  if (rows.size() != 1) return field.Expected("a list of one list");
  SPATIUM_TRY(const auto items, rows[0].Items());
  std::vector<int64_t> row;
  for (const auto& item : items) {
    if (!item.value().IsInt()) return item.Expected("a whole number");
    row.push_back(item.value().AsInt());
  }
  return row;
}

Result<std::vector<int64_t>> MarkRow(const JsonCursor& field, size_t n) {
  SPATIUM_TRY(auto row, OnlyRow(field));
  if (row.size() != n) return field.Expected(StrCat(n, " whole numbers"));
  for (const int64_t v : row)
    if (v < 0 || v > 1000) return field.Expected("numbers from 0 to 1000");
  return row;
}

Result<void> ReadMarkers(const JsonCursor& line, Record& record) {
  for (const std::string_view color : kColors) {
    if (const auto name = StrCat(color, "_point"); line.Has(name)) {
      SPATIUM_TRY(const auto field, line.At(name));
      SPATIUM_TRY(const auto row, MarkRow(field, 2));
      record.points[std::string(color)] = {static_cast<double>(row[0]),
                                           static_cast<double>(row[1])};
    }
    if (const auto name = StrCat(color, "_bbox"); line.Has(name)) {
      SPATIUM_TRY(const auto field, line.At(name));
      SPATIUM_TRY(const auto row, MarkRow(field, 4));
      if (row[0] >= row[2] || row[1] >= row[3]) return field.Expected("a box that is not empty");
      record.boxes[std::string(color)] = {static_cast<double>(row[0]),
                                          static_cast<double>(row[1]),
                                          static_cast<double>(row[2]),
                                          static_cast<double>(row[3])};
    }
  }
  record.has_point_img_idx = line.Has("point_img_idx");
  if (record.has_point_img_idx) {
    SPATIUM_TRY(const auto field, line.At("point_img_idx"));
    SPATIUM_TRY(record.point_img_idx, OnlyRow(field));
  }
  record.has_bbox_img_idx = line.Has("bbox_img_idx");
  if (record.has_bbox_img_idx) {
    SPATIUM_TRY(const auto field, line.At("bbox_img_idx"));
    SPATIUM_TRY(record.bbox_img_idx, OnlyRow(field));
  }
  return {};
}

Result<void> ReadTexts(const JsonCursor& line, Record& record) {
  SPATIUM_TRY(const auto conversations, line.At("conversations"));
  SPATIUM_TRY(const auto turns, conversations.Items());
  if (turns.size() != 2) return conversations.Expected("two turns, human then gpt");
  for (size_t i = 0; i < 2; ++i) {
    SPATIUM_TRY(const auto from_field, turns[i].At("from"));
    SPATIUM_TRY(const auto from, from_field.String());
    const std::string_view who = i == 0 ? "human" : "gpt";
    if (from != who) return from_field.Expected(std::string(who));
    SPATIUM_TRY(const auto text_field, turns[i].At("value"));
    SPATIUM_TRY(auto text, text_field.String());
    if (Trim(text).empty()) return text_field.Expected("a text");
    (i == 0 ? record.question : record.answer) = std::move(text);
  }
  return {};
}

bool Present(const JsonCursor& object, std::string_view key) {
  const Json* field = object.value().Find(key);
  return field && !field->IsNull();
}

Result<NamedObject> ReadObject(const JsonCursor& item) {
  NamedObject object;
  SPATIUM_TRY(const auto role, item.At("role"));
  SPATIUM_TRY(object.role, role.String());
  if (Present(item, "id")) {
    SPATIUM_TRY(const auto field, item.At("id"));
    SPATIUM_TRY(object.id, field.Int());
  }
  if (Present(item, "label")) {
    SPATIUM_TRY(const auto field, item.At("label"));
    SPATIUM_TRY(object.label, field.String());
  }
  if (Present(item, "center_world")) {
    SPATIUM_TRY(const auto field, item.At("center_world"));
    SPATIUM_TRY(const auto v, field.Numbers(3));
    object.center_in_world = Vec{v[0], v[1], v[2]};
  }
  if (Present(item, "aabb_world")) {
    SPATIUM_TRY(const auto field, item.At("aabb_world"));
    SPATIUM_TRY(object.aabb_in_world, field.Numbers(6));
  }
  if (Present(item, "frame")) {
    SPATIUM_TRY(const auto field, item.At("frame"));
    SPATIUM_TRY(object.frame, field.Int());
  }
  if (Present(item, "pixel")) {
    SPATIUM_TRY(const auto field, item.At("pixel"));
    SPATIUM_TRY(const auto v, field.Numbers(2));
    object.pixel = Mark{v[0], v[1]};
  }
  if (Present(item, "visible_fraction")) {
    SPATIUM_TRY(const auto field, item.At("visible_fraction"));
    SPATIUM_TRY(object.visible_fraction, field.Number());
  }
  return object;
}

Result<std::vector<std::vector<double>>> ReadRows(const JsonCursor& line,
                                                  std::string_view key,
                                                  size_t n,
                                                  size_t num_rows) {
  std::vector<std::vector<double>> rows;
  if (!Present(line, key)) return rows;
  SPATIUM_TRY(const auto field, line.At(key));
  SPATIUM_TRY(const auto items, field.Items());
  if (items.size() != num_rows) return field.Expected(StrCat(num_rows, " rows, one per frame"));
  for (const auto& item : items) {
    SPATIUM_TRY(auto row, item.Numbers(n));
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<void> ReadOptions(const JsonCursor& from, Provenance& p) {
  if (Present(from, "options")) {
    SPATIUM_TRY(const auto field, from.At("options"));
    SPATIUM_TRY(const auto items, field.Items());
    p.options.emplace();
    for (const auto& item : items) {
      SPATIUM_TRY(const auto text_field, item.At("text"));
      SPATIUM_TRY(auto text, text_field.String());
      SPATIUM_TRY(const auto value, item.At("value"));
      p.options->push_back({std::move(text), value.value()});
    }
  }
  if (Present(from, "correct")) {
    SPATIUM_TRY(const auto field, from.At("correct"));
    SPATIUM_TRY(p.correct, field.Int());
  }
  if (Present(from, "margin")) {
    SPATIUM_TRY(const auto field, from.At("margin"));
    Margin margin;
    SPATIUM_TRY(const auto name, field.At("name"));
    SPATIUM_TRY(margin.name, name.String());
    SPATIUM_TRY(const auto value, field.At("value"));
    SPATIUM_TRY(margin.value, value.Number());
    SPATIUM_TRY(const auto threshold, field.At("threshold"));
    SPATIUM_TRY(margin.threshold, threshold.Number());
    p.margin = std::move(margin);
  }
  return {};
}

Result<Provenance> ReadProvenance(const JsonCursor& from) {
  Provenance p;
  SPATIUM_TRY(const auto version, from.At("v"));
  SPATIUM_TRY(p.version, version.Int());
  if (p.version != 1) return version.Expected("1");
  if (Present(from, "key")) {
    SPATIUM_TRY(const auto field, from.At("key"));
    SPATIUM_TRY(p.key, field.String());
  }
  if (Present(from, "scene")) {
    SPATIUM_TRY(const auto field, from.At("scene"));
    SPATIUM_TRY(p.scene, field.String());
  }
  if (Present(from, "frames")) {
    SPATIUM_TRY(const auto field, from.At("frames"));
    SPATIUM_TRY(const auto items, field.Items());
    for (const auto& item : items) {
      SPATIUM_TRY(auto name, item.String());
      p.frames.push_back(std::move(name));
    }
  }
  SPATIUM_TRY(p.size, ReadRows(from, "size", 2, p.frames.size()));
  SPATIUM_TRY(p.intrinsics, ReadRows(from, "K", 4, p.frames.size()));
  SPATIUM_TRY(p.cam_from_world, ReadRows(from, "cam_from_world", 16, p.frames.size()));
  if (Present(from, "objects")) {
    SPATIUM_TRY(const auto field, from.At("objects"));
    SPATIUM_TRY(const auto items, field.Items());
    for (const auto& item : items) {
      SPATIUM_TRY(auto object, ReadObject(item));
      p.objects.push_back(std::move(object));
    }
  }
  if (const Json* value = from.value().Find("value")) p.value = *value;
  SPATIUM_TRY_DO(ReadOptions(from, p));
  return p;
}

}  // namespace

const NamedObject* Provenance::Find(std::string_view role) const {
  for (const NamedObject& object : objects)
    if (object.role == role) return &object;
  return nullptr;
}

Result<Record> ReadRecord(std::string_view line, std::string_view where) {
  SPATIUM_TRY(const Json json, Json::Parse(line, where));
  const JsonCursor root(json, std::string(where));
  if (!json.IsObject()) return root.Expected("an object");
  Record record;
  SPATIUM_TRY(const auto id, root.At("id"));
  SPATIUM_TRY(record.id, id.String());
  SPATIUM_TRY(const auto type, root.At("type"));
  SPATIUM_TRY(record.type, type.String());
  SPATIUM_TRY_DO(ReadTexts(root, record));
  SPATIUM_TRY(const auto image_field, root.At("image"));
  SPATIUM_TRY(const auto images, image_field.Items());
  for (const auto& image : images) {
    SPATIUM_TRY(auto path, image.String());
    record.images.push_back(std::move(path));
  }
  if (Present(root, "depth")) {
    SPATIUM_TRY(const auto depth_field, root.At("depth"));
    SPATIUM_TRY(const auto depths, depth_field.Items());
    for (const auto& depth : depths) {
      SPATIUM_TRY(auto path, depth.String());
      record.depths.push_back(std::move(path));
    }
  }
  SPATIUM_TRY_DO(ReadMarkers(root, record));
  if (Present(root, "provenance")) {
    SPATIUM_TRY(const auto field, root.At("provenance"));
    SPATIUM_TRY(record.provenance, ReadProvenance(field));
  }
  return record;
}

}  // namespace spatium::verify
