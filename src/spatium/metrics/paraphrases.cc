#include "spatium/metrics/paraphrases.h"

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "spatium/base/hash.h"
#include "spatium/metrics/zip_text.h"

namespace spatium {

// The mark makes it a key.
uint64_t Paraphrases::Hash(std::string_view phrase) { return Hash64(phrase) | 1; }

Result<const Paraphrases*> Paraphrases::Open(const Path& path) {
  static std::mutex mutex;
  static std::map<Path, std::unique_ptr<const Paraphrases>> opened;
  const std::scoped_lock lock(mutex);
  std::unique_ptr<const Paraphrases>& table = opened[path];
  if (table) return table.get();
  auto read = std::make_unique<Paraphrases>();
  constexpr size_t kAtOnce = 4096;
  std::vector<uint64_t> pairs, phrases;
  const auto flush = [&] {
    read->pairs_.Insert(pairs);
    read->phrases_.Insert(phrases);
    pairs.clear();
    phrases.clear();
  };
  int line_of_pair = 0;
  SPATIUM_TRY_DO(ForEachGzipLine(path, [&](std::string_view line) {
    if (line_of_pair > 0) phrases.push_back(Hash(line));
    if (line_of_pair == 2) {
      const Pair pair = PairOf(phrases.end()[-2], phrases.back());
      pairs.push_back((pair.key & ~KeySet::kMarks) | (pair.swapped ? kDescending : kAscending));
      if (pairs.size() == kAtOnce) flush();
    }
    line_of_pair = (line_of_pair + 1) % 3;
    return true;
  }));
  // A table cut off in the middle of a pair has a phrase too many.
  if (line_of_pair == 2) phrases.pop_back();
  flush();
  table = std::move(read);
  return table.get();
}

}  // namespace spatium
