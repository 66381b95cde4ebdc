#pragma once
#include <cstddef>

#include "spatium/metrics/python.h"

// Words of more than letters: where one that begins at `at` ends, `at` if none does.
namespace spatium::ptb {

// Names joined by hyphens and underscores, a leading o', d' or l' included ("x-O'Brien").
size_t HyphenEnd(py::View text, size_t at);
// Two or three ASCII words joined by slashes; behind hyphens stand letters only.
size_t SlashEnd(py::View text, size_t at);
// ASCII letters and digits, points and commas, then words or acronyms behind hyphens: "3.5-inch",
// "sq.-foot", "red,blue-green", "non-U.S.".
size_t MeasureEnd(py::View text, size_t at);
// "12.tar.gz": a file's name by the ending it has.
size_t FileEnd(py::View text, size_t at);

}  // namespace spatium::ptb
