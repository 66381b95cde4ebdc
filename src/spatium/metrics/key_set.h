#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace spatium {

// A set of 64-bit hashes for tables of millions: open addressing, 8 bytes a slot, at most two
// thirds of them full. Key 0 is not kept apart from key 1.
class KeySet {
 public:
  // Inserts many at once: their places are fetched side by side.
  void Insert(std::span<const uint64_t> keys);
  bool Contains(uint64_t key) const;
  // Starts fetching the place of a key that will soon be asked for.
  void Prefetch(uint64_t key) const;
  size_t size() const { return size_; }

 private:
  static uint64_t NonZero(uint64_t key) { return key == 0 ? 1 : key; }
  size_t SlotOf(uint64_t key) const { return key & (slots_.size() - 1); }
  void InsertOne(uint64_t key);
  void Grow();

  std::vector<uint64_t> slots_ = std::vector<uint64_t>(size_t{1} << 10);  // 0: free
  size_t size_ = 0;
};

}  // namespace spatium
