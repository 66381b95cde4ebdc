#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "spatium/grounding/parse.h"

namespace spatium {

// A phrase that states a relation. `words` are matched against the sentence's words as written.
struct RelationPhrase {
  std::string_view words;
  Relation relation;
  bool superlative = false;
};

// The longest relation phrase that starts at words[at]; its length in words with it.
struct PhraseMatch {
  const RelationPhrase* phrase = nullptr;
  size_t length = 0;
};
PhraseMatch MatchRelation(const std::vector<Word>& words, size_t at);

std::optional<int> OrdinalOf(std::string_view word);  // "second", "2nd", "middle" is none
std::optional<int> NumberOf(std::string_view word);   // "two", "2"

}  // namespace spatium
