#include "spatium/metrics/paraphrases.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "spatium/base/hash.h"
#include "spatium/metrics/zip_text.h"

namespace spatium {
namespace {

template <class T>
void SortUnique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  values.shrink_to_fit();
}

}  // namespace

uint64_t Paraphrases::Hash(std::string_view phrase) { return Hash64(phrase); }

Result<const Paraphrases*> Paraphrases::Open(const Path& path) {
  static std::mutex mutex;
  static std::map<Path, std::unique_ptr<const Paraphrases>> opened;
  const std::scoped_lock lock(mutex);
  std::unique_ptr<const Paraphrases>& table = opened[path];
  if (table) return table.get();
  auto read = std::make_unique<Paraphrases>();
  int line_of_pair = 0;
  uint64_t first = 0;
  SPATIUM_TRY_DO(ForEachGzipLine(path, [&](std::string_view line) {
    if (line_of_pair == 1) {
      first = Hash(line);
    } else if (line_of_pair == 2) {
      const uint64_t second = Hash(line);
      read->pairs_.push_back({std::min(first, second), std::max(first, second)});
    }
    line_of_pair = (line_of_pair + 1) % 3;
    return true;
  }));
  SortUnique(read->pairs_);
  for (const auto& pair : read->pairs_)
    read->phrases_.insert(read->phrases_.end(), pair.begin(), pair.end());
  SortUnique(read->phrases_);
  table = std::move(read);
  return table.get();
}

bool Paraphrases::Knows(uint64_t phrase) const {
  return std::binary_search(phrases_.begin(), phrases_.end(), phrase);
}

bool Paraphrases::Contains(uint64_t a, uint64_t b) const {
  return std::binary_search(
      pairs_.begin(), pairs_.end(), std::array{std::min(a, b), std::max(a, b)});
}

}  // namespace spatium
