#pragma once
#include <set>
#include <string>
#include <vector>

#include "spatium/metrics/python.h"

namespace spatium {

// Words before a period that does not end a sentence ("Mr"), and those that do not only before a
// number ("No").
struct NonbreakingPrefixes {
  std::set<std::string, std::less<>> any, before_number;
};

// METEOR 1.5's `-norm`: quotes and dashes made plain, punctuation split off, contractions split
// before the apostrophe, periods kept on abbreviations, acronyms joined ("U.S." is "us"), lower
// case. Words of the line.
std::vector<py::Str> MeteorNormalize(py::View line, const NonbreakingPrefixes& prefixes);

}  // namespace spatium
