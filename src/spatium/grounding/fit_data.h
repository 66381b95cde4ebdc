#pragma once
#include <map>
#include <string>
#include <vector>

#include "spatium/grounding/fit.h"

namespace spatium {

// A room under one set of boxes, and what its boxes truly are.
struct FitScene {
  size_t set = 0;
  std::string scan_id;
  BoxScene shown;
  std::vector<std::string> truth;      // canonical true class of each object; empty: of nothing
  std::vector<std::string> canonical;  // of the shown labels
};

struct FitQuery {
  size_t set = 0;
  size_t scene = 0;  // of FitData::scenes
  size_t row = 0;    // of its query file
  std::string caption;
  Parse parse;
  std::vector<double> iou;  // of each object with the target's box
  int target_id = -1;
};

struct FitData {
  std::vector<FitScene> scenes;
  std::vector<FitQuery> queries;
  std::map<std::string, int> fold_of_scan;  // rooms in the order of their hash, dealt out in turn
  int FoldOf(const FitScene& scene) const { return fold_of_scan.at(scene.scan_id); }
};

Result<FitData> LoadFitData(const FitOptions& options);

// Label models of the scenes outside `fold` (-1: of all): of all of them together, and for each
// scene (index by index) the one that it is judged by: without its own room.
struct FitLabels {
  LabelModel together;
  std::vector<LabelModel> by_scene;
};
FitLabels FitLabelModels(const FitData& data, int fold);

}  // namespace spatium
