#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spatium {

// Words and n-grams as small integers, so that counting them is hashing of numbers.
// An n-gram's id is made from the id of its first n-1 words and its last word.
class NgramTable {
 public:
  static constexpr int kMaxOrder = 4;
  struct Counts {
    int num_words = 0;
    // Distinct n-grams in the order that Python's dictionaries hold them: by order, then by place.
    struct Entry {
      uint32_t ngram;
      int order;  // 1..4
      int count;
    };
    std::vector<Entry> entries;
  };
  // Counts the n-grams of the white-space separated words of a text (UTF-8, Unicode white space).
  Counts Count(std::string_view text);
  size_t size() const { return num_ngrams_; }  // ids are below this

 private:
  uint32_t WordId(std::string_view word);
  uint32_t NgramId(uint64_t key);
  void Grow();

  // A slot of the open-addressed table of n-grams.
  struct Slot {
    uint64_t key;
    uint32_t id_plus_one;  // 0: free
  };
  // The slot of a key, or the free one where it belongs. Fibonacci hashing.
  size_t SlotOf(uint64_t key) const {
    size_t at = key * 0x9e3779b97f4a7c15ull >> shift_;
    while (slots_[at].id_plus_one != 0 && slots_[at].key != key) at = (at + 1) % slots_.size();
    return at;
  }
  struct TextHash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, uint32_t, TextHash, std::equal_to<>> words_;
  static constexpr int kFirstBits = 12;
  std::vector<Slot> slots_ = std::vector<Slot>(size_t{1} << kFirstBits);  // (prefix, word) -> id
  int shift_ = 64 - kFirstBits;  // 64 less the bits of the table's size
  uint32_t num_ngrams_ = 0;
  std::vector<int> entry_;  // by n-gram id: its entry in the counts being made, -1 elsewhere
};

}  // namespace spatium
