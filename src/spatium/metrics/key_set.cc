#include "spatium/metrics/key_set.h"

#include <algorithm>
#include <utility>

namespace spatium {

uint64_t KeySet::Marks(uint64_t key) const {
  for (size_t slot = SlotOf(key);; slot = (slot + 1) & (slots_.size() - 1)) {
    if (slots_[slot] == 0) return 0;
    if (SameHash(slots_[slot], key)) return slots_[slot] & kMarks;
  }
}

void KeySet::InsertOne(uint64_t key) {
  size_t slot = SlotOf(key);
  while (slots_[slot] != 0 && !SameHash(slots_[slot], key)) slot = (slot + 1) & (slots_.size() - 1);
  size_ += slots_[slot] == 0;
  slots_[slot] |= key;
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
    for (const uint64_t key : some) InsertOne(key);
  }
}

}  // namespace spatium
