#pragma once
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "spatium/base/result.h"
#include "spatium/chat/message.h"

namespace spatium {

// The encoded frames of the videos used last: many questions are asked about one video, and
// decoding it is the dearest part of a request. Thread-safe.
class VideoCache {
 public:
  using Frames = std::vector<ContentPart>;
  explicit VideoCache(size_t max_bytes = size_t{256} << 20) : max_bytes_(max_bytes) {}

  // The frames of `key`: known ones, or what `decode` gives. Who asks for a key that another
  // thread decodes waits for that thread. The videos used longest ago go when all are larger than
  // max_bytes. An error is kept like frames are.
  Result<std::shared_ptr<const Frames>> Get(const std::string& key,
                                            const std::function<Result<Frames>()>& decode);

 private:
  struct Slot {
    std::mutex mutex;  // held while decoding; guards `frames`
    std::shared_ptr<const Frames> frames = {};
    std::optional<Error> error = {};
    size_t num_bytes = 0;  // guarded by the cache's mutex
  };
  std::shared_ptr<Slot> SlotOf(const std::string& key);
  void Count(const std::shared_ptr<Slot>& slot);

  size_t max_bytes_;
  std::mutex mutex_;  // guards what follows; taken after a slot's, never before one
  std::list<std::pair<std::string, std::shared_ptr<Slot>>> recent_;  // the last used first
  size_t num_bytes_ = 0;
};

}  // namespace spatium
