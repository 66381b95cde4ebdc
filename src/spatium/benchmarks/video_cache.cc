#include "spatium/benchmarks/video_cache.h"

#include <algorithm>

namespace spatium {

std::shared_ptr<VideoCache::Slot> VideoCache::SlotOf(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  const auto it =
      std::ranges::find_if(recent_, [&](const auto& entry) { return entry.first == key; });
  if (it != recent_.end())
    recent_.splice(recent_.begin(), recent_, it);
  else
    recent_.emplace_front(key, std::make_shared<Slot>());
  return recent_.front().second;
}

void VideoCache::Count(const std::shared_ptr<Slot>& slot) {
  size_t num_bytes = 0;
  for (const ContentPart& part : *slot->frames)
    if (const auto* image = std::get_if<ImagePart>(&part)) num_bytes += image->bytes.size();
  const std::scoped_lock lock(mutex_);
  // Gone already: pushed out while it was decoded.
  if (std::ranges::none_of(recent_, [&](const auto& entry) { return entry.second == slot; }))
    return;
  slot->num_bytes = num_bytes;
  num_bytes_ += num_bytes;
  while (num_bytes_ > max_bytes_ && recent_.size() > 1) {
    num_bytes_ -= recent_.back().second->num_bytes;
    recent_.pop_back();
  }
}

Result<std::shared_ptr<const VideoCache::Frames>> VideoCache::Get(
    const std::string& key, const std::function<Result<Frames>()>& decode) {
  const std::shared_ptr<Slot> slot = SlotOf(key);
  const std::scoped_lock lock(slot->mutex);
  if (slot->error) return *slot->error;
  if (slot->frames) return slot->frames;
  auto frames = decode();
  if (!frames) {
    slot->error = std::move(frames).error();
    return *slot->error;
  }
  slot->frames = std::make_shared<const Frames>(*std::move(frames));
  Count(slot);
  return slot->frames;
}

}  // namespace spatium
