#include "spatium/readers/frame_images.h"

namespace spatium {

ImageSource ImagesOf(const SceneStore& store) {
  return [&store](size_t frame_idx) -> Result<FrameImages> {
    const Frame& frame = store.scene().frames[frame_idx];
    FrameImages images;
    if (!frame.color_path.empty()) {
      SPATIUM_TRY(images.color, store.ReadColorBytes(frame));
    }
    if (!frame.depth_path.empty()) {
      SPATIUM_TRY(images.depth, store.ReadDepth(frame));
    }
    return images;
  };
}

}  // namespace spatium
