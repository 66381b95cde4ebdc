#pragma once
#include <Eigen/Core>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/readers/cameras.h"

namespace spatium {

// posed_rgbd.json: what a folder of posed RGB-D says about itself, so that no flag is needed. Our
// exports have one; anybody may write one. All fields are optional:
//   {"scene": "kitchen", "dataset": "tum", "depth_scale": 5000,
//    "intrinsics": [fx,fy,cx,cy] or [fx,fy,cx,cy,w,h], "depth_intrinsics": likewise,
//    "axis_alignment": "axis_alignment.txt", "objects": "objects.json", "mesh": "mesh.ply",
//    "outline": [[x,y],…]}
// Paths are relative to the folder. Intrinsics count pixels from 0 at the first pixel's centre.
struct PosedManifest {
  std::string scene, dataset;
  std::optional<double> depth_scale;
  std::optional<CameraNumbers> intrinsics, depth_intrinsics;
  std::optional<Path> axis_alignment, objects, mesh;
  std::vector<Eigen::Vector2d> outline;
};
inline constexpr std::string_view kPosedManifestFile = "posed_rgbd.json";

// An empty manifest if the folder has none. Errors: kParse, kBadValue; a key that is not known.
Result<PosedManifest> ReadPosedManifest(const Path& folder);
// The text of such a file.
std::string PosedManifestText(const PosedManifest& manifest);

}  // namespace spatium
