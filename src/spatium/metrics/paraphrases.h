#pragma once
#include <cstdint>
#include <string_view>
#include <utility>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/metrics/key_set.h"

namespace spatium {

// METEOR's paraphrase table: which phrases say much the same. Phrases are words joined by spaces
// and are held as 64-bit hashes, pairs as hashes of both (134 MB for the English table of 5 million
// pairs; that any two of its phrases or pairs are taken for one another has a chance of three in a
// million).
class Paraphrases {
 public:
  static constexpr size_t kMaxWords = 7;  // of a phrase

  // The table at `path` (gzip; three lines for a pair: probability, phrase, phrase), read when
  // first asked for and then kept by the process. Thread-safe. Errors: those of reading a gzip
  // file.
  static Result<const Paraphrases*> Open(const Path& path);

  static uint64_t Hash(std::string_view phrase);
  // Whether some pair holds the phrase.
  bool Knows(uint64_t phrase) const { return phrases_.Marks(phrase) != 0; }
  // Knows will soon be asked about the phrase.
  void Prefetch(uint64_t phrase) const { phrases_.Prefetch(phrase); }

  // Which orders of a pair the table lists. Either makes a match; it lists some pairs in both.
  struct Listed {
    bool forward = false;   // the first phrase, the second
    bool backward = false;  // the second, the first
  };
  // A pair as it is asked for, its place in the table being fetched.
  struct Pair {
    uint64_t key = 0;
    bool swapped = false;
  };
  Pair Prefetch(uint64_t first, uint64_t second) const {
    const Pair pair = PairOf(first, second);
    pairs_.Prefetch(pair.key);
    return pair;
  }
  Listed Find(const Pair& pair) const {
    const uint64_t marks = pairs_.Marks(pair.key);
    const bool ascending = marks & kAscending, descending = marks & kDescending;
    return pair.swapped ? Listed{descending, ascending} : Listed{ascending, descending};
  }

 private:
  // Marks of the pairs: the order of the hashes of their phrases as the table lists them.
  static constexpr uint64_t kAscending = 1, kDescending = 2;
  // Phrases' hashes are as good as random: their sum with odd weights tells pairs apart as well as
  // another hash does.
  static Pair PairOf(uint64_t first, uint64_t second) {
    const bool swapped = first > second;
    if (swapped) std::swap(first, second);
    return {.key = first * 0x9e3779b97f4a7c15u + second, .swapped = swapped};
  }

  KeySet pairs_, phrases_;
};

}  // namespace spatium
