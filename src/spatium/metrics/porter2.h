#pragma once
#include "spatium/metrics/python.h"

namespace spatium {

// The English stemmer of Snowball ("Porter 2"), version of 2002 to 2015, of a lower-case word.
// Source: snowballstem.org/algorithms/english/stemmer.html.
py::Str Porter2Stem(py::View word);

}  // namespace spatium
