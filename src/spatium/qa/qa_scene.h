#pragma once
#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/qa/fact.h"
#include "spatium/scene/pose_by_surfaces.h"
#include "spatium/scene/scene.h"
#include "spatium/visibility/visibility.h"

namespace spatium {

// A scene as the tasks see it: rounded geometry, what is seen where and for which uses it is good
// enough, and the JSON that every record repeats, made once.
//
// Geometry is rounded first (rotations to 9 decimals, everything in metres to 6) and all answers
// follow from the rounded numbers, which are the ones in the provenance.

struct QaObject {
  ObjectId id;
  std::string name;  // the label as it is written in questions
  bool plural = false;
  bool structure = false;  // a wall, the floor
  Point<frame::World> center;
  Aabb<frame::World> box;
  std::string json;  // "id":3,"label":"chair","center_world":[...],"aabb_world":[...]
};

// An object in one frame. Refusals say what the view is good for: kNone is good.
struct SeenObject {
  int32_t object = -1;
  Pixel center_px;  // projection of the box's centre, pixels of the colour camera
  double depth_m = 0, distance_m = 0;
  // The least and the most that any measurement of the visibility gives.
  double visible_fraction = 1, truncated_fraction = 0;
  std::array<int, 2> marker{};               // the centre, 0..1000 per axis
  std::array<double, 4> box_exact{};         // the projected box, clipped, 0..1000 before rounding
  std::array<int, 4> box{};                  // and rounded
  Refusal as_point = Refusal::kNone;         // its centre may be marked
  Refusal as_box = Refusal::kNone;           // it may be boxed
  Refusal as_centered_box = Refusal::kNone;  // ... and its centre is in view
  Refusal as_match = Refusal::kNone;         // its box may be the answer
};

struct QaFrame {
  std::string name;
  int32_t source = -1;  // index into Scene::frames
  ImageSize size;
  Pinhole camera;  // the colour camera
  Rigid<frame::Cam<>, frame::World> cam_from_world;
  SurfacePoints surface;  // a grid of what the depth map shows
  // The pose by what the other frames show, if that says something (PoseBySurfaces). No answer
  // follows from it: it tells which pictures show things beside their boxes.
  std::optional<Rigid<frame::Cam<>, frame::World>> seen_from_world;
  bool pose_off = false;         // they are so far apart that no point of the frame is marked
  std::vector<SeenObject> seen;  // by object; all with a visible pixel or the centre in view
  std::string name_json, color_json, depth_json;  // quoted; depth empty if there is none
  std::string size_json, k_json, pose_json;

  const SeenObject* Find(int32_t object) const;  // null if not seen
};

// Objects of one name, for counting.
struct QaCategory {
  std::string name;
  std::vector<int32_t> objects;
  Refusal refusal = Refusal::kNone;
};

struct QaScene {
  std::string id, dataset;
  bool aligned = false;
  std::vector<QaFrame> frames;
  std::vector<QaObject> objects;
  std::vector<QaCategory> categories;        // sorted by name
  std::vector<std::string> categories_json;  // their names, quoted
  std::vector<int32_t> video;                // indices of the video's frames
  // The pictures of the video have names of their own: "video_color/frame3_00015.jpg".
  std::vector<std::string> video_color_json, video_depth_json;

  // Two objects are (nearly) one thing: their boxes share more than limits::kMaxIou.
  bool SameThing(int32_t a, int32_t b) const { return same_thing[Cell(a, b)] != 0; }
  // The centre of one lies in the other's box.
  bool Inside(int32_t a, int32_t b) const { return inside[Cell(a, b)] != 0; }

  std::vector<char> same_thing, inside;  // n x n, symmetric

 private:
  size_t Cell(int32_t a, int32_t b) const {
    return static_cast<size_t>(a) * objects.size() + static_cast<size_t>(b);
  }
};

// The metric depth map of a frame, empty if it has none.
using DepthSource = std::function<Result<MetricDepth>(const Frame&)>;

// Frames without a colour picture are left out. `threads` as ParallelFor.
//   visibility  at least one; what is seen is what the first lists, and it is good for a use only
//               if all of them say so
// Errors: those of `depth`.
Result<QaScene> BuildQaScene(const Scene& scene,
                             std::span<const Visibility> visibility,
                             const DepthSource& depth,
                             unsigned threads);

// File names inside the SPAR tree, relative to images/SCENE: "image_color/00005.jpg".
std::string ColorFileName(const Frame& frame);
std::string DepthFileName(const Frame& frame);
std::string VideoColorFileName(const Frame& frame, size_t position);
std::string VideoDepthFileName(const Frame& frame, size_t position);

}  // namespace spatium
