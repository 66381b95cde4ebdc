#pragma once
#include <string>
#include <string_view>

namespace spatium {

// The canonical form of a label where no label table has one: lower case, single spaces for
// underscores and runs of blanks, last word in the singular ("Kitchen_cabinets" -> "kitchen
// cabinet", "shelves" -> "shelf"). Words that have no singular ("stairs", "clothes", "scissors")
// stay. English only, by rules and a list of exceptions.
std::string CanonicalCategory(std::string_view label);

// Whether a category is a part of the room itself: wall, floor or ceiling.
bool IsStructure(std::string_view category);

}  // namespace spatium
