#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/grounding/words.h"

namespace spatium {

// How far two class names mean the same thing: from our own alias list, WordNet's synonyms where it
// is installed, and the shape of compounds ("office chair" is a chair). Soft: predicted labels are
// noisy, so nothing is ever ruled out by it. Thread-safe once made.
class Lexicon {
 public:
  // `wordnet`: the folder with index.noun and data.noun; nothing: SPATIUM_WORDNET, else where the
  // distribution puts it; absent: aliases only.
  explicit Lexicon(std::optional<Path> wordnet = std::nullopt);
  static const Lexicon& Default();
  bool has_wordnet() const { return has_wordnet_; }

  // 1 the same name; 0.9 an alias; 0.85 a kind of it by its head noun; less for looser kin; 0
  // unrelated. phrase, label: lower-case words with single spaces, singular.
  double Similarity(const std::string& phrase, const std::string& label) const;

  // One name for all names of the same thing in our alias list; itself where it is in none.
  std::string Canonical(const std::string& name) const;

  // Whether the phrase names a kind of thing that rooms hold.
  bool IsObjectName(const std::string& phrase) const { return known_.contains(phrase); }
  // Longest name in words, for the parser.
  static constexpr size_t kMaxNameWords = 4;

  // "Office Chairs" -> "office chair".
  static std::string Normalize(std::string_view label);

 private:
  void AddAliases();
  void AddWordNet(const Path& folder);

  struct Entry {
    std::vector<int> strong;  // alias groups: the same thing
    std::vector<int> loose;   // groups of kin
    std::vector<int64_t> synsets;
    std::string canonical;
  };
  std::unordered_map<std::string, Entry> known_;
  bool has_wordnet_ = false;
};

}  // namespace spatium
