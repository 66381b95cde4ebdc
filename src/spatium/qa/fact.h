#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace spatium {

// Why a candidate was not asked. Counted per task; the names are in run.json and CLI output.
enum class Refusal : uint8_t {
  kNone,
  kStructure,  // walls, floors, the room: no thing with a centre
  kTooSmall,
  kTooNear,
  kTooFar,
  kTruncated,
  kMostlyHidden,
  kCenterHidden,   // the centre is out of view, behind something, or not on the thing itself
  kMarkerOnOther,  // another thing's box claims the surface under the marker
  kPoseOff,        // the frame shows surfaces beside where the other frames show them
  kFillsPicture,
  kLooseBox,  // the projected 3D box is far from the box of what is seen
  kObjectsOverlap,
  kMarkersTooClose,
  kTie,             // within the dead zone
  kRoundingBorder,  // the answer would hang on the last digit
  kDeadZoneBorder,
  kViewAgainstGravity,  // the camera's up and the world's disagree about above and below
  kNoOverlap,           // two views that share too little
  kTooLittleMotion,
  kTooMuchMotion,
  kRolled,
  kNoLevel,  // two readings of the same turn differ
  kNoRoomForOptions,
  kPluralLabel,
  kGenericLabel,
  kSynonyms,   // another category of the scene may be meant by the same word
  kTwoLabels,  // one thing under two labels
  kDuplicateBoxes,
  kNotSeen,    // an instance is not seen well enough in the chosen frames
  kNoUpright,  // the world's z axis is not known to be up
  kBalance,    // left out so that no answer dominates
  kQuota,
  kCount
};
inline constexpr size_t kNumRefusals = static_cast<size_t>(Refusal::kCount);
std::string_view Name(Refusal refusal);  // "center_hidden", ...
using RefusalCounts = std::array<uint64_t, kNumRefusals>;

enum class ObjectRole : uint8_t { kRed, kBlue, kGreen, kTarget, kCounted };
std::string_view Name(ObjectRole role);

// An object's part in a fact. Indices, not ids: into QaScene::objects and into Fact's frames.
struct FactObject {
  ObjectRole role = ObjectRole::kRed;
  uint8_t frame = 0;
  int32_t object = -1;
};

// One thing that can be asked: a task about frames and objects. It may appear once per format.
struct Fact {
  uint64_t key = 0;           // of scene, task, frames and objects with their parts
  uint64_t answer_class = 0;  // equal for facts with the same answer: what balance is about
  int32_t category = -1;      // obj_count: index into QaScene::categories
  uint8_t num_frames = 0;     // 0: the scene's video
  uint8_t num_objects = 0;
  uint8_t ask = 0;  // a drawn turn of the question: which of two ways it is asked
  std::array<int32_t, 2> frame{-1, -1};  // indices into QaScene::frames
  std::array<FactObject, 3> object;
};

// What a task finds in a scene.
struct FactList {
  std::vector<Fact> facts;
  RefusalCounts refused{};
  void Refuse(Refusal reason, uint64_t n = 1) { refused[static_cast<size_t>(reason)] += n; }
};

}  // namespace spatium
