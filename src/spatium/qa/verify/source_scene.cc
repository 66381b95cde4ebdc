#include "spatium/qa/verify/source_scene.h"

#include <algorithm>

#include "spatium/base/hash.h"

namespace spatium::verify {

Result<SourceScene> SourceScene::Open(const Path& folder) {
  SPATIUM_TRY(auto store, SceneStore::Open(folder));
  SourceScene source(std::move(store));
  const Scene& scene = source.scene();
  for (size_t i = 0; i < scene.frames.size(); ++i) {
    const Frame& frame = scene.frames[i];
    source.views_.push_back(ColorView(frame));
    source.frame_by_name_.emplace(frame.name, i);
    const auto bytes = frame.color_path.empty() ? Result<std::string>(std::string())
                                                : source.store_.ReadColorBytes(frame);
    source.color_hash_.push_back(bytes && !bytes->empty() ? Hash64(*bytes) : 0);
  }
  return source;
}

std::optional<size_t> SourceScene::FrameIndex(std::string_view name) const {
  const auto it = frame_by_name_.find(name);
  if (it == frame_by_name_.end()) return std::nullopt;
  return it->second;
}

std::optional<size_t> SourceScene::ObjectIndex(int64_t id) const {
  const auto& objects = scene().objects;
  const auto it = std::ranges::find(objects, id, [](const Object& o) { return o.id.value; });
  if (it == objects.end()) return std::nullopt;
  return static_cast<size_t>(it - objects.begin());
}

bool SourceScene::HasDepth() const {
  return std::ranges::any_of(scene().frames,
                             [](const Frame& frame) { return !frame.depth_path.empty(); });
}

std::vector<size_t> SourceScene::FramesWithBytes(uint64_t hash) const {
  std::vector<size_t> found;
  for (size_t i = 0; i < color_hash_.size(); ++i)
    if (hash != 0 && color_hash_[i] == hash) found.push_back(i);
  return found;
}

uint64_t SourceScene::ColorHash(size_t frame_idx) const { return color_hash_[frame_idx]; }

}  // namespace spatium::verify
