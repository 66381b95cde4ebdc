#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/json.h"
#include "spatium/qa/verify/vec.h"

namespace spatium::verify {

// What provenance says about one object. Which fields are there depends on its level: all of
// them for `full`, role, id and perhaps label and frame for `ids`.
struct NamedObject {
  std::string role;  // a marker's colour, or the task's own word
  std::optional<int64_t> id;
  std::optional<std::string> label;
  std::optional<Vec> center_in_world;
  std::optional<std::vector<double>> aabb_in_world;  // [6]
  std::optional<int64_t> frame;                      // index into frames
  std::optional<Mark> pixel;                         // pixels, not 0..1000
  std::optional<double> visible_fraction;
};

struct Option {
  std::string text;
  Json value;
};

struct Margin {
  std::string name;
  double value = 0, threshold = 0;
};

struct Provenance {
  int64_t version = 0;
  std::optional<std::string> key;
  std::optional<std::string> scene;
  std::vector<std::string> frames;
  std::vector<std::vector<double>> size, intrinsics, cam_from_world;  // per frame, or empty
  std::vector<NamedObject> objects;
  Json value;  // null if absent
  std::optional<std::vector<Option>> options;
  std::optional<int64_t> correct;
  std::optional<Margin> margin;

  const NamedObject* Find(std::string_view role) const;
  // Everything needed to derive the answer from it alone.
  bool full() const { return !value.IsNull(); }
};

// One line of SPAR's JSONL.
struct Record {
  std::string id, type, question, answer;
  std::vector<std::string> images, depths;            // depths: one per image, or empty
  std::map<std::string, Mark, std::less<>> points;    // "red" -> red_point
  std::map<std::string, MarkBox, std::less<>> boxes;  // "blue" -> blue_bbox
  std::vector<int64_t> point_img_idx, bbox_img_idx;
  bool has_point_img_idx = false, has_bbox_img_idx = false;
  std::optional<Provenance> provenance;
};

// Reads one line. Strict: a field that is there has its exact shape, markers are whole numbers
// 0..1000 and boxes not empty. Errors: kParse, kNotFound, kBadValue with the path in the line.
Result<Record> ReadRecord(std::string_view line, std::string_view where);

}  // namespace spatium::verify
