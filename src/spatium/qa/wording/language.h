#pragma once
#include <string>
#include <string_view>

namespace spatium {

// The little English that labels need. Labels are noun phrases as data sets have them: "trash
// can", "doors", "TV stand"; the head is the last word.

// A label as it is written in a question: trimmed, underscores and runs of blanks to one blank,
// lower case but for words that are all capitals ("TV"). "object" if nothing is left.
std::string CleanLabel(std::string_view label);

bool IsPlural(std::string_view label);    // "doors", "people", not "glass" or "bus"
bool IsMassNoun(std::string_view label);  // "toilet paper", "clothing": not countable
// Nothing is said by it: "object", "otherfurniture", "unknown".
bool IsGenericLabel(std::string_view label);
// A part of the building whose box is no thing with a centre: "wall", "floor", "ceiling".
bool IsStructureLabel(std::string_view label);

std::string Pluralize(std::string_view singular);  // "shelf" -> "shelves"
// "a" or "an" by sound: an hour, a uniform, an X-ray machine.
std::string_view IndefiniteArticle(std::string_view label);
std::string_view LastWord(std::string_view label);

}  // namespace spatium
