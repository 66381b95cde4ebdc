#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/base/result.h"
#include "spatium/geometry/box.h"
#include "spatium/geometry/rigid.h"

namespace spatium {

// One instance of a 3D detector: what is left of its mask is the box.
struct Detection {
  std::string label;
  Aabb<frame::World> box;
  double score = 1;
  size_t num_points = 0;
};

struct DetectionFilter {
  double min_score = 0;
  size_t min_points = 1;
  double same_iou = 0.9;  // boxes that overlap by more are one thing; the best score stays
  // Keep one label per thing, or all labels that a mask was given.
  bool keep_labels = false;
};

struct DetectionCounts {
  size_t read = 0, below_score = 0, too_small = 0, duplicates = 0, kept = 0;
};

// Instances of a Mask3D .npz: ins_pcds (per instance points [n, 3 or more], the first three are
// World or `world_from_points`), ins_labels (names, or numbers that `names` holds), ins_scores
// (optional: 1). Boxes of the points, best score first among duplicates, order of the file kept.
// Errors: kNotFound, kParse, kUnsupported of the file; kBadValue for lists of unequal lengths.
Result<std::vector<Detection>> ReadMask3dNpz(
    const Path& file,
    const std::map<int64_t, std::string>& names,
    const std::optional<Rigid<frame::World, frame::World>>& world_from_points,
    const DetectionFilter& filter,
    DetectionCounts& counts);

// Keeps the best of detections that are the same thing.
std::vector<Detection> WithoutDuplicates(std::vector<Detection> all,
                                         const DetectionFilter& filter,
                                         DetectionCounts& counts);

// A box file's text: [{"id","label","box","score"}], ids are places in the list.
Json BoxFileJson(const std::vector<Detection>& detections);

}  // namespace spatium
