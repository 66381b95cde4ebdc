#pragma once
#include <functional>
#include <string>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/geometry/camera.h"
#include "spatium/scene/scene.h"

namespace spatium::synth {

enum class SceneFormat { kScanNet, kPosedRgbd };

struct SynthOptions {
  Path out;  // scenes appear as out/NAME, truths as out/truth/NAME.json
  int num_rooms = 1;
  int num_frames = 60;
  ImageSize size{640, 480};  // of the colour pictures; depth has at most 640 columns
  uint64_t seed = 0;
  SceneFormat format = SceneFormat::kScanNet;
  unsigned threads = 0;
};

// "synth7_0003": room 3 of seed 7.
std::string SceneName(uint64_t seed, int index);

// What a room's truth file holds besides the scene.
struct SynthScene {
  Scene scene;  // in World, with its mesh; image paths are names only
  std::vector<std::pair<ObjectId, ObjectId>> supports;  // (what stands or hangs, on what)
  Rigid<frame::World, frame::World> world_from_source;  // what the files call axis alignment
  std::string scene_type;                               // "bedroom"
};

// Furnishes, lights and films rooms and writes each in a real data set's format; see CLI.md,
// `synth`. Rooms that an earlier run with the same options finished are left as they are.
//   each_frame  called from many threads when a picture is done
// Returns the scenes' names. Errors: kIo, kDiskFull, kCancelled.
Result<std::vector<std::string>> MakeScenes(const SynthOptions& options,
                                            const std::function<void()>& each_frame);

}  // namespace spatium::synth
