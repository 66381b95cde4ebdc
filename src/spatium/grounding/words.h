#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace spatium {

// A word of a sentence: lower case, with its singular.
struct Word {
  std::string text;
  std::string lemma;
};

// Letters and digits make words; an apostrophe's tail is dropped ("chair's" -> "chair"); hyphens
// part words; '.', ';', '!' and '?' become the word ".", ',' the word ",". At most kMaxWords words.
std::vector<Word> SplitWords(std::string_view sentence);
inline constexpr size_t kMaxWords = 512;

// English singular of a lower-case noun: "shelves" -> "shelf", "boxes" -> "box", "glass" ->
// "glass".
std::string Singular(std::string_view noun);

}  // namespace spatium
