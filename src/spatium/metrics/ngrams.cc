#include "spatium/metrics/ngrams.h"

#include "spatium/metrics/python.h"

namespace spatium {

uint32_t NgramTable::WordId(std::string_view word) {
  const auto it = words_.find(word);
  if (it != words_.end()) return it->second;
  const auto id = static_cast<uint32_t>(words_.size());
  words_.emplace(std::string(word), id);
  return id;
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
      const auto [it, added] = ngrams_.emplace(key, num_ngrams_);
      if (added) {
        ++num_ngrams_;
        slot_.push_back(-1);
      }
      const uint32_t id = it->second;
      prefix[i] = id;
      if (slot_[id] < 0) {
        slot_[id] = static_cast<int>(out.entries.size());
        out.entries.push_back({id, order, 0});
      }
      ++out.entries[static_cast<size_t>(slot_[id])].count;
    }
  }
  for (const Counts::Entry& entry : out.entries) slot_[entry.ngram] = -1;
  return out;
}

}  // namespace spatium
