#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spatium/qa/verify/view.h"
#include "spatium/scene/store.h"

namespace spatium::verify {

// A source scene opened for checking: its views spelled out, its pictures recognisable.
class SourceScene {
 public:
  static Result<SourceScene> Open(const Path& store);

  const SceneStore& store() const { return store_; }
  const Scene& scene() const { return store_.scene(); }
  const View& view(size_t frame_idx) const { return views_[frame_idx]; }
  std::optional<size_t> FrameIndex(std::string_view name) const;
  std::optional<size_t> ObjectIndex(int64_t id) const;
  bool HasDepth() const;  // of any frame
  // The frames whose colour picture has these bytes (usually one, none if foreign).
  std::vector<size_t> FramesWithBytes(uint64_t hash) const;
  // The hash of a frame's colour bytes; 0 if they cannot be read.
  uint64_t ColorHash(size_t frame_idx) const;

 private:
  explicit SourceScene(SceneStore store) : store_(std::move(store)) {}

  SceneStore store_;
  std::vector<View> views_;
  std::map<std::string, size_t, std::less<>> frame_by_name_;
  std::vector<uint64_t> color_hash_;
};

}  // namespace spatium::verify
