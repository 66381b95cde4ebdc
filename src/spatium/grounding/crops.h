#pragma once
#include <string>

#include "spatium/chat/message.h"
#include "spatium/grounding/frame_choice.h"
#include "spatium/scene/store.h"

namespace spatium {

// A camera frame with one object boxed and its id at the box, no side longer than max_side_px.
Result<ImagePart> MarkedFrame(const SceneStore& store,
                              const ChosenFrame& frame,
                              ObjectId object,
                              int max_side_px);

// The object's surroundings cut out of the same frame and enlarged, boxed and with its id; nothing
// for an object that fills the frame well enough.
Result<std::optional<ImagePart>> CloseUp(const SceneStore& store,
                                         const ChosenFrame& frame,
                                         ObjectId object,
                                         int side_px);

// Crops of many objects from their best frames, in a grid with ids: what is searched when no class
// matches. Objects without a frame are left out.
Result<std::optional<ImagePart>> CropGrid(const SceneStore& store,
                                          const Visibility& visibility,
                                          std::span<const ObjectId> objects);

}  // namespace spatium
