#pragma once
#include <cstdint>
#include <span>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/qa/qa_scene.h"
#include "spatium/scene/store.h"

namespace spatium {

// The pictures of a scene that its questions use, in SPAR's tree:
//   image_color/NAME.jpg image_depth/NAME.png pose/NAME.txt (camera to world, 4x4)
//   video_color/frameI_NAME.jpg video_depth video_pose video_idx.txt
//   intrinsic/intrinsic_color.txt intrinsic_depth.txt (4x4, first pixel's centre at 0 as there)
// Bytes are those of the store. A file that is there with the same size is left alone.
struct PictureList {
  std::span<const int32_t> frames;  // indices into Scene::frames
  bool video = false;
};
// Returns how many pictures it wrote.
Result<uint64_t> WritePictures(const SceneStore& store,
                               const QaScene& scene,
                               const PictureList& list,
                               const Path& scene_folder,
                               unsigned threads);

}  // namespace spatium
