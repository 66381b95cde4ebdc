#include "spatium/qa/wording/language.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <utility>

#include "spatium/base/text.h"

namespace spatium {
namespace {

using Words = std::span<const std::string_view>;

bool IsIn(Words words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// Singular words that end in s.
constexpr std::string_view kSingularInS[] = {
    "bus",   "lens",      "canvas",  "iris",    "gas",     "atlas", "christmas",
    "chess", "news",      "cactus",  "octopus", "walrus",  "bonus", "status",
    "menus", "apparatus", "trellis", "basis",   "chassis", "series"};
constexpr std::string_view kPluralNoS[] = {
    "people", "men", "women", "children", "feet", "teeth", "mice", "dice", "geese"};
constexpr std::string_view kMass[] = {
    "paper",       "clothing",  "furniture",  "luggage", "water",      "food",
    "laundry",     "bedding",   "equipment",  "trash",   "garbage",    "rubbish",
    "stuff",       "soap",      "tissue",     "wood",    "hair",       "cardboard",
    "fabric",      "cloth",     "linen",      "cutlery", "dirt",       "foam",
    "electronics", "machinery", "wiring",     "tape",    "molding",    "carpet",
    "flooring",    "paneling",  "insulation", "grass",   "decoration", "structure"};
// Compounds of man; other words in -man take an s (ottomans).
constexpr std::string_view kMen[] = {
    "snowman", "fireman", "policeman", "mailman", "postman", "salesman", "workman", "gunman"};
constexpr std::string_view kGeneric[] = {"object",
                                         "objects",
                                         "other",
                                         "otherprop",
                                         "otherfurniture",
                                         "otherstructure",
                                         "other furniture",
                                         "other prop",
                                         "other structure",
                                         "other object",
                                         "unknown",
                                         "unlabeled",
                                         "unlabelled",
                                         "misc",
                                         "item",
                                         "items",
                                         "thing",
                                         "things",
                                         "remove",
                                         "void",
                                         "undefined",
                                         "none",
                                         "stuff"};
constexpr std::string_view kStructure[] = {"wall",
                                           "walls",
                                           "floor",
                                           "floors",
                                           "ceiling",
                                           "ceilings",
                                           "room",
                                           "ground",
                                           "building",
                                           "roof",
                                           "staircase",
                                           "stairs"};

struct Irregular {
  std::string_view singular, plural;
};
constexpr Irregular kIrregular[] = {
    {"person", "people"}, {"man", "men"},         {"woman", "women"},       {"child", "children"},
    {"foot", "feet"},     {"tooth", "teeth"},     {"mouse", "mice"},        {"die", "dice"},
    {"goose", "geese"},   {"potato", "potatoes"}, {"tomato", "tomatoes"},   {"hero", "heroes"},
    {"roof", "roofs"},    {"chief", "chiefs"},    {"cliff", "cliffs"},      {"proof", "proofs"},
    {"sheep", "sheep"},   {"fish", "fish"},       {"aircraft", "aircraft"}, {"bus", "buses"},
    {"gas", "gases"},     {"quiz", "quizzes"}};

bool EndsWith(std::string_view text, std::string_view end) { return text.ends_with(end); }
bool IsVowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

// Starts with a vowel letter, sounds like a consonant, and the other way round.
constexpr std::string_view kConsonantSound[] = {
    "uni", "use", "usb", "usual", "uten", "ukul", "urin", "eu", "one", "once", "ufo", "u-"};
constexpr std::string_view kVowelSound[] = {
    "hour", "honest", "honor", "heir", "x-ray", "xbox", "mp3"};
// Letters whose names begin with a vowel: an LCD, a TV.
constexpr std::string_view kVowelLetters = "AEFHILMNORSX";

}  // namespace

std::string_view LastWord(std::string_view label) {
  const size_t blank = label.find_last_of(' ');
  return blank == std::string_view::npos ? label : label.substr(blank + 1);
}

std::string CleanLabel(std::string_view label) {
  std::string text(label);
  for (char& c : text)
    if (c == '_' || static_cast<unsigned char>(c) < 0x20) c = ' ';
  std::string clean;
  for (const std::string_view word : SplitWhitespace(text)) {
    if (!clean.empty()) clean += ' ';
    // A word of two to four capitals is an abbreviation and stays.
    const bool abbreviation =
        word.size() >= 2 && word.size() <= 4 &&
        std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
    clean += abbreviation ? std::string(word) : ToLower(word);
  }
  return clean.empty() ? "object" : clean;
}

bool IsPlural(std::string_view label) {
  const std::string head = ToLower(LastWord(label));
  if (IsIn(kPluralNoS, head)) return true;
  if (!EndsWith(head, "s") || EndsWith(head, "ss") || EndsWith(head, "us") || head.size() < 4)
    return false;
  return !IsIn(kSingularInS, head);
}

bool IsMassNoun(std::string_view label) { return IsIn(kMass, ToLower(LastWord(label))); }
bool IsGenericLabel(std::string_view label) { return IsIn(kGeneric, ToLower(label)); }
bool IsStructureLabel(std::string_view label) { return IsIn(kStructure, ToLower(label)); }

std::string Pluralize(std::string_view singular) {
  const std::string_view head = LastWord(singular);
  const std::string start(singular.substr(0, singular.size() - head.size()));
  const std::string word(head);
  for (const auto& [one, many] : kIrregular)
    if (word == one) return start + std::string(many);
  const auto cut = [&](size_t n, std::string_view end) {
    return start + word.substr(0, word.size() - n) + std::string(end);
  };
  if (word.size() < 2) return start + word + "s";
  const char before = word[word.size() - 2];
  for (const std::string_view hiss : {"s", "x", "z", "ch", "sh"})
    if (EndsWith(word, hiss)) return cut(0, "es");
  if (EndsWith(word, "y") && !IsVowel(before)) return cut(1, "ies");
  if (EndsWith(word, "fe") && !EndsWith(word, "safe")) return cut(2, "ves");
  if (EndsWith(word, "lf") || EndsWith(word, "eaf") || EndsWith(word, "oaf") ||
      EndsWith(word, "arf"))
    return cut(1, "ves");
  if (IsIn(kMen, word)) return cut(2, "en");
  return cut(0, "s");
}

std::string_view IndefiniteArticle(std::string_view label) {
  if (label.empty()) return "a";
  const std::string_view first = label.substr(0, label.find(' '));
  const bool capitals =
      first.size() >= 2 && std::ranges::all_of(first, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (capitals) return kVowelLetters.find(first[0]) != std::string_view::npos ? "an" : "a";
  const std::string lower = ToLower(first);
  for (const std::string_view start : kConsonantSound)
    if (lower.starts_with(start)) return "a";
  for (const std::string_view start : kVowelSound)
    if (lower.starts_with(start)) return "an";
  return IsVowel(lower[0]) || lower[0] == '8' ? "an" : "a";
}

}  // namespace spatium
