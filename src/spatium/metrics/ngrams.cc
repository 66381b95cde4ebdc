#include "spatium/metrics/ngrams.h"

#include <utility>

#include "spatium/metrics/python.h"

namespace spatium {

uint32_t NgramTable::WordId(std::string_view word) {
  const auto it = words_.find(word);
  if (it != words_.end()) return it->second;
  const auto id = static_cast<uint32_t>(words_.size());
  words_.emplace(std::string(word), id);
  return id;
}

void NgramTable::Grow() {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  --shift_;
  for (const Slot& slot : old)
    if (slot.id_plus_one != 0) slots_[SlotOf(slot.key)] = slot;
}

uint32_t NgramTable::NgramId(uint64_t key) {
  size_t at = SlotOf(key);
  if (slots_[at].id_plus_one == 0) {
    if (num_ngrams_ * size_t{2} >= slots_.size()) {
      Grow();
      at = SlotOf(key);
    }
    entry_.push_back(-1);
    slots_[at] = {.key = key, .id_plus_one = ++num_ngrams_};
  }
  return slots_[at].id_plus_one - 1;
}

NgramTable::Counts NgramTable::Count(std::string_view text) {
  // Words by Python's white space; plain ASCII needs no decoding.
  std::vector<uint32_t> words;
  bool ascii = true;
  for (const char c : text) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
  if (ascii) {
    for (size_t i = 0; i < text.size();) {
      const auto space = [&](size_t k) { return py::IsSpace(static_cast<unsigned char>(text[k])); };
      while (i < text.size() && space(i)) ++i;
      const size_t begin = i;
      while (i < text.size() && !space(i)) ++i;
      if (i > begin) words.push_back(WordId(text.substr(begin, i - begin)));
    }
  } else {
    const py::Str decoded = py::FromUtf8(text);
    for (const py::View word : py::Split(decoded)) words.push_back(WordId(py::ToUtf8(word)));
  }

  Counts out;
  out.num_words = static_cast<int>(words.size());
  constexpr uint64_t kNoPrefix = 0xffffffff;
  std::vector<uint64_t> prefix(words.size(), kNoPrefix);
  for (int order = 1; order <= kMaxOrder; ++order) {
    for (size_t i = 0; i + static_cast<size_t>(order) <= words.size(); ++i) {
      const uint64_t key = prefix[i] << 32 | words[i + static_cast<size_t>(order) - 1];
      const uint32_t id = NgramId(key);
      prefix[i] = id;
      if (entry_[id] < 0) {
        entry_[id] = static_cast<int>(out.entries.size());
        out.entries.push_back({id, order, 0});
      }
      ++out.entries[static_cast<size_t>(entry_[id])].count;
    }
  }
  for (const Counts::Entry& entry : out.entries) entry_[entry.ngram] = -1;
  return out;
}

}  // namespace spatium
