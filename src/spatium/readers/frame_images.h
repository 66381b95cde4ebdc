#pragma once
#include <functional>
#include <optional>
#include <string>

#include "spatium/base/result.h"
#include "spatium/image/image.h"
#include "spatium/scene/store.h"

namespace spatium {

// The images of one frame, for a writer of a data set's format.
struct FrameImages {
  std::string color;                // bytes of a JPEG or PNG file; empty: none
  std::optional<DepthImage> depth;  // steps of Scene::depth_unit_m
};

// The images of frame `frame_idx` of a scene. Writers call it for each frame once, from several
// threads.
using ImageSource = std::function<Result<FrameImages>(size_t frame_idx)>;

// Those of a store: colour bytes as they are. The store must outlive the source.
ImageSource ImagesOf(const SceneStore& store);

}  // namespace spatium
