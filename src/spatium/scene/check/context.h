#pragma once
#include <Eigen/Core>
#include <string>
#include <vector>

#include "spatium/scene/check/check.h"
#include "spatium/scene/depth_consistency.h"
#include "spatium/scene/store.h"

namespace spatium {

// What the checks look at. Images are read once, on all cores, before the checks run.
struct CheckContext {
  const SceneStore& store;
  const Scene& scene;
  std::vector<Problem> image_problems;  // what reading the images found
  // Of at most kMaxDepthFrames frames, evenly spread; by index into `depth_frames`.
  std::vector<size_t> depth_frames;  // frame indices, rising
  std::vector<DepthImage> depths;    // empty where the depth could not be read
  std::vector<PosedDepth> maps;      // of those that could be
  // Surface points in World, and the object each belongs to if the mesh says it (else -1 or -2):
  // mesh vertices where there is a mesh, else the cloud's points or a grid of each depth map.
  std::vector<Eigen::Vector3f> points;
  std::vector<int32_t> point_object;  // empty: unknown

  static constexpr size_t kMaxDepthFrames = 240;
};

CheckContext MakeCheckContext(const SceneStore& store, unsigned threads);

using CheckFunction = void (*)(const CheckContext& context, std::vector<Problem>& problems);

// The rows of the table, each in its own file by subject.
void CheckImages(const CheckContext&, std::vector<Problem>&);          // files.cc
void CheckCameras(const CheckContext&, std::vector<Problem>&);         // cameras.cc
void CheckDepthUnit(const CheckContext&, std::vector<Problem>&);       // depth.cc
void CheckDepthCoverage(const CheckContext&, std::vector<Problem>&);   // depth.cc
void CheckPoses(const CheckContext&, std::vector<Problem>&);           // poses.cc
void CheckPoseOffset(const CheckContext&, std::vector<Problem>&);      // pose_offset.cc
void CheckGravity(const CheckContext&, std::vector<Problem>&);         // gravity.cc
void CheckFloor(const CheckContext&, std::vector<Problem>&);           // gravity.cc
void CheckLabels(const CheckContext&, std::vector<Problem>&);          // labels.cc
void CheckSizes(const CheckContext&, std::vector<Problem>&);           // sizes.cc
void CheckOverlaps(const CheckContext&, std::vector<Problem>&);        // overlaps.cc
void CheckObjectGeometry(const CheckContext&, std::vector<Problem>&);  // object_geometry.cc
void CheckFloating(const CheckContext&, std::vector<Problem>&);        // floating.cc

// Walls, floors and ceilings: flat, large and touched by everything as a matter of course.
bool IsStructure(const Object& object);

// "object 9 (door)"
std::string PlaceOf(const Object& object);
std::string PlaceOf(const Frame& frame);

}  // namespace spatium
