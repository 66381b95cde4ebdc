#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/base/result.h"
#include "spatium/metrics/box_iou.h"

namespace spatium {

// Boxes in records and replies: [cx, cy, cz, dx, dy, dz], metres.

// Six numbers, also within a list of one.
std::optional<Box6> BoxOf(const Json* value);
// A list of boxes, or one; nothing if an entry is none. An empty list is no box at all.
std::optional<std::vector<Box6>> BoxesOf(const Json* value);

// The boxes of a scene by object id: DATA/boxes/SCENE.json or DATA/boxes_gt/SCENE.json, a list of
// {"id","box"} or {"bbox_id","bbox_3d"}. Nothing if there is no such file.
// Errors: kParse, kBadValue with file and JSON path.
Result<std::optional<std::map<int64_t, Box6>>> ReadSceneBoxes(const Path& data,
                                                              const std::string& scene);

}  // namespace spatium
