#pragma once
#include <optional>
#include <string>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/geometry/box.h"
#include "spatium/scene/scene.h"

namespace spatium {

// What sentences are grounded in: labelled boxes. Everything else of a scene is optional.
struct BoxObject {
  ObjectId id;
  std::string label;
  Aabb<frame::World> box;
};

struct BoxScene {
  std::string id;
  std::vector<BoxObject> objects;  // in the order of the file: a detector's order carries meaning
  Aabb<frame::World> room;         // of all boxes
};

// Reads DIR/SCENE.json: a list of {"id","label","box"} or {"bbox_id","target","bbox_3d"}; boxes are
// centre and full size, metres. `labels`, if given, holds DIR/SCENE.json lists of {"id","label"}
// that replace the labels by id. Errors: kNotFound, kParse, kBadValue (a size that is negative).
Result<BoxScene> ReadBoxScene(const Path& boxes,
                              const std::optional<Path>& labels,
                              const std::string& scan_id);
BoxScene ToBoxScene(const Scene& scene);

}  // namespace spatium
