#include "spatium/grounding/words.h"

#include <algorithm>
#include <utility>

namespace spatium {
namespace {

constexpr std::pair<std::string_view, std::string_view> kIrregular[] = {
    {"shelves", "shelf"}, {"bookshelves", "bookshelf"},
    {"knives", "knife"},  {"leaves", "leaf"},
    {"people", "person"}, {"feet", "foot"},
    {"mice", "mouse"},    {"couches", "couch"},
    {"benches", "bench"}, {"scissors", "scissors"},
    {"jeans", "jeans"},   {"clothes", "clothes"},
    {"stairs", "stairs"}, {"blinds", "blinds"},
    {"glasses", "glass"}, {"drapes", "curtain"},
    {"men", "man"},       {"women", "woman"},
    {"loaves", "loaf"},   {"this", "this"},
    {"is", "is"},         {"was", "was"},
    {"has", "has"},       {"its", "its"},
    {"series", "series"}, {"bus", "bus"},
    {"canvas", "canvas"}, {"gas", "gas"},
    {"across", "across"}, {"lens", "lens"},
    {"as", "as"},         {"us", "us"}};

bool EndsWithAny(std::string_view word, std::initializer_list<std::string_view> endings) {
  return std::any_of(
      endings.begin(), endings.end(), [&](auto ending) { return word.ends_with(ending); });
}

}  // namespace

std::string Singular(std::string_view noun) {
  for (const auto& [plural, singular] : kIrregular)
    if (noun == plural) return std::string(singular);
  const std::string word(noun);
  if (word.size() < 4 || !word.ends_with('s') || EndsWithAny(word, {"ss", "us", "is"})) return word;
  if (word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  if (EndsWithAny(word, {"shes", "ches", "sses", "xes", "zes"}))
    return word.substr(0, word.size() - 2);
  return word.substr(0, word.size() - 1);
}

std::vector<Word> SplitWords(std::string_view sentence) {
  std::vector<Word> words;
  std::string current;
  const auto flush = [&] {
    if (!current.empty()) words.push_back({current, Singular(current)});
    current.clear();
  };
  for (size_t i = 0; i < sentence.size() && words.size() < kMaxWords; ++i) {
    const char c = sentence[i];
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool letter = (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
                        static_cast<unsigned char>(c) >= 0x80;
    if (letter) {
      current += lower;
    } else if (c == '\'') {
      flush();
      while (i + 1 < sentence.size() &&
             ((sentence[i + 1] | 32) >= 'a' && (sentence[i + 1] | 32) <= 'z'))
        ++i;
    } else {
      flush();
      if (c == '.' || c == ';' || c == '!' || c == '?') words.push_back({".", "."});
      if (c == ',') words.push_back({",", ","});
    }
  }
  flush();
  return words;
}

}  // namespace spatium
