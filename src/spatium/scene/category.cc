#include "spatium/scene/category.h"

#include <algorithm>
#include <array>
#include <utility>

#include "spatium/base/text.h"

namespace spatium {
namespace {

// Names of one thing that end in s, and plurals without a singular of the same meaning.
constexpr std::array<std::string_view, 34> kUnchanged = {
    "bellows",    "binoculars", "bus",        "canvas",  "chess",    "christmas",  "clothes",
    "compass",    "gas",        "glass",      "glasses", "goggles",  "headphones", "jeans",
    "lens",       "mattress",   "pajamas",    "pants",   "pliers",   "scissors",   "series",
    "shorts",     "stairs",     "sunglasses", "tennis",  "tongs",    "trousers",   "upstairs",
    "downstairs", "atlas",      "bias",       "news",    "tweezers", "overalls"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kIrregular = {{
    {"shelves", "shelf"},
    {"bookshelves", "bookshelf"},
    {"knives", "knife"},
    {"leaves", "leaf"},
    {"loaves", "loaf"},
    {"scarves", "scarf"},
    {"people", "person"},
    {"men", "man"},
    {"women", "woman"},
    {"children", "child"},
    {"mice", "mouse"},
    {"feet", "foot"},
    {"potatoes", "potato"},
    {"tomatoes", "tomato"},
}};

std::string Singular(std::string_view word) {
  if (std::find(kUnchanged.begin(), kUnchanged.end(), word) != kUnchanged.end())
    return std::string(word);
  for (const auto& [plural, singular] : kIrregular)
    if (word == plural) return std::string(singular);
  const auto cut = [&](size_t n) { return std::string(word.substr(0, word.size() - n)); };
  if (word.size() <= 3 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us") ||
      word.ends_with("is"))
    return std::string(word);
  if (word.ends_with("ies")) return cut(3) + "y";
  for (const std::string_view end : {"sses", "shes", "ches", "xes", "zzes"})
    if (word.ends_with(end)) return cut(2);
  return cut(1);
}

}  // namespace

std::string CanonicalCategory(std::string_view label) {
  std::string text = ToLower(label);
  std::replace(text.begin(), text.end(), '_', ' ');
  std::string canonical;
  const auto words = SplitWhitespace(text);
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) canonical += ' ';
    canonical += i + 1 == words.size() ? Singular(words[i]) : std::string(words[i]);
  }
  return canonical;
}

bool IsStructure(std::string_view category) {
  return category == "wall" || category == "floor" || category == "ceiling";
}

}  // namespace spatium
