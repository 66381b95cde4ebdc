#pragma once
#include <string_view>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/readers/label_table.h"
#include "spatium/scene/scene.h"

namespace spatium {

// Objects of a JSON list in either published shape, boxes as centre and full size in World:
//   {"bbox_id": 3, "target": "armchair", "bbox_3d": [cx, cy, cz, dx, dy, dz]}
//   {"id": 3, "label": "armchair", "box": [cx, cy, cz, dx, dy, dz]}
// What our own exports add is read too: "category", "aabb" (exact corners), "obb". Sorted by id.
// Errors: kParse, kNotFound, kBadValue with `where` and the JSON path: a negative size, an id that
// is there twice.
Result<std::vector<Object>> ParseObjects(std::string_view text, std::string_view where);

// The same list in the first shape, with those additions; every number reads back the same.
std::string WriteObjects(const std::vector<Object>& objects);

// Sets the categories from the table, or by rule where the table is null or lacks the label.
// Returns the labels that the table lacks, each once.
std::vector<std::string> SetCategories(const LabelTable* table, std::vector<Object>& objects);

}  // namespace spatium
