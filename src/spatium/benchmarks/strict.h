#pragma once
#include <optional>
#include <string>

#include "spatium/metrics/python.h"

namespace spatium {

// The strict profile's readers, the same for every benchmark: lenient about form, never about
// truth.

// The option letter that a reply commits to: what an <answer> tag or \boxed{} holds, "answer is X",
// or a reply that is one letter with brackets, dots or stars around it and perhaps its option's
// text. Nothing where letters disagree or none stands alone. `num_options` 0: A to Z.
std::optional<py::Str> StrictLetter(py::View reply, size_t num_options);

// The one number that a reply commits to, by the same places; units and thousands commas allowed.
std::optional<double> StrictNumber(py::View reply);

// Yes or no: the first word if it is one of them, else the one that occurs; nothing if both do or
// neither.
std::optional<bool> StrictYesNo(py::View reply);

}  // namespace spatium
