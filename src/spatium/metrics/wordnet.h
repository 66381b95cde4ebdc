#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"

namespace spatium {

// WordNet's `dict` folder: SPATIUM_WORDNET, else where Debian puts it; none if it is not there.
std::optional<Path> WordNetFolder();

// The nouns of WordNet and their irregular forms, for finding singulars.
class NounForms {
 public:
  static Result<NounForms> Read(const Path& dict);
  // nltk's WordNetLemmatizer with its default part of speech: the shortest form in WordNet, else
  // the word itself. Case matters.
  std::string Lemma(const std::string& word) const;

 private:
  std::vector<std::string> Known(const std::vector<std::string>& forms) const;
  std::unordered_set<std::string> nouns_;
  std::unordered_map<std::string, std::vector<std::string>> exceptions_;
};

}  // namespace spatium
