#include "spatium/metrics/key_set.h"

#include <algorithm>
#include <utility>

namespace spatium {

void KeySet::Prefetch(uint64_t key) const { __builtin_prefetch(&slots_[SlotOf(NonZero(key))]); }

bool KeySet::Contains(uint64_t key) const {
  key = NonZero(key);
  for (size_t slot = SlotOf(key);; slot = (slot + 1) & (slots_.size() - 1)) {
    if (slots_[slot] == key) return true;
    if (slots_[slot] == 0) return false;
  }
}

void KeySet::InsertOne(uint64_t key) {
  size_t slot = SlotOf(key);
  while (slots_[slot] != 0 && slots_[slot] != key) slot = (slot + 1) & (slots_.size() - 1);
  size_ += slots_[slot] == 0;
  slots_[slot] = key;
}

void KeySet::Grow() {
  const std::vector<uint64_t> old = std::exchange(slots_, std::vector<uint64_t>(slots_.size() * 2));
  size_ = 0;
  // In the order of their old places the new ones are fetched in order too.
  for (const uint64_t key : old)
    if (key != 0) InsertOne(key);
}

void KeySet::Insert(std::span<const uint64_t> keys) {
  constexpr size_t kAtOnce = 64;
  for (; !keys.empty(); keys = keys.subspan(std::min(kAtOnce, keys.size()))) {
    const auto some = keys.first(std::min(kAtOnce, keys.size()));
    if ((size_ + some.size()) * 3 > slots_.size() * 2) Grow();
    for (const uint64_t key : some) Prefetch(key);
    for (const uint64_t key : some) InsertOne(NonZero(key));
  }
}

}  // namespace spatium
