#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace spatium {

// A set of 62-bit hashes for tables of millions, each with two marks: open addressing, 8 bytes a
// slot, at most two thirds of them full. A key's upper 62 bits are the hash, its lower two the
// marks, of which one at least is set; what is inserted again gets the marks of both.
class KeySet {
 public:
  static constexpr uint64_t kMarks = 3;

  // Inserts many at once: their places are fetched side by side.
  void Insert(std::span<const uint64_t> keys);
  // The marks of the key's hash, whatever those of `key`; 0 if it is not held.
  uint64_t Marks(uint64_t key) const;
  // Starts fetching the place of a key that will soon be asked for.
  void Prefetch(uint64_t key) const { __builtin_prefetch(&slots_[SlotOf(key)]); }
  size_t size() const { return size_; }

 private:
  size_t SlotOf(uint64_t key) const { return key / (kMarks + 1) & (slots_.size() - 1); }
  static bool SameHash(uint64_t a, uint64_t b) { return ((a ^ b) & ~kMarks) == 0; }
  void InsertOne(uint64_t key);
  void Grow();

  std::vector<uint64_t> slots_ = std::vector<uint64_t>(size_t{1} << 10);  // 0: free
  size_t size_ = 0;
};

}  // namespace spatium
