#pragma once
#include <cstdint>
#include <string_view>

#include "spatium/base/files.h"
#include "spatium/base/result.h"
#include "spatium/metrics/key_set.h"

namespace spatium {

// METEOR's paraphrase table: which phrases say much the same. Phrases are words joined by spaces
// and are held as 64-bit hashes, pairs as hashes of both (134 MB for the English table of 5 million
// pairs; that any two of its phrases or pairs are taken for one another has a chance of one in a
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
  bool Knows(uint64_t phrase) const { return phrases_.Contains(phrase); }
  // Knows will soon be asked about the phrase.
  void Prefetch(uint64_t phrase) const { phrases_.Prefetch(phrase); }
  // The table lists a pair once; it counts in both directions.
  bool Contains(uint64_t a, uint64_t b) const { return pairs_.Contains(PairKey(a, b)); }

 private:
  static uint64_t PairKey(uint64_t a, uint64_t b);

  KeySet pairs_, phrases_;
};

}  // namespace spatium
