#pragma once
#include <optional>
#include <string_view>

#include "spatium/metrics/python.h"

namespace spatium {

// VSI-Bench's official extraction of letters and numbers: before the first ASCII space, without
// trailing dots, stripped. "A.\n" keeps its dot; a leading space gives "".
py::View VsiFirstToken(py::View reply);
// GS-Reasoner's: what follows the last "<answer>", "</answer>" removed.
py::Str AfterLastAnswerTag(py::View reply);

// lmms-eval's VSI-Bench number: the first of a digit token (-?digits[.digits]) or a run of English
// number words ("three hundred and twenty-one"; "and" is skipped, any other word ends the run).
std::optional<double> LmmsEvalNumber(py::View reply);

// SPAR-Bench: digits[.digits] not right behind "^", sign ignored; the first one, or the last for
// a multi-view task (there -1 if there is none).
struct SparNumber {
  std::string_view error;   // "IndexError": no number; "ValueError": an integer too long for int()
  py::Int number;           // as Python has it: an integer ...
  bool is_float = false;    // ... or a float, in number.value
  std::string digits = {};  // of an integer beyond 64 bits
};
SparNumber ParseSparNumber(py::View reply, bool multi_view);

// EASI / VLMEvalKit: words up to twenty become digits; then the number of an <answer> block, else
// the last number behind </think>, else the last one.
std::optional<double> EasiNumber(py::View reply);

// SpatialScore v0: the first number as digits, from digits or words ("second" is 2), an option
// letter behind "ASSISTANT:", else the cleaned text.
py::Str SpatialScoreNumber(py::View reply);

struct NumberWithUnit {
  std::optional<double> value;
  std::optional<py::Str> unit;
  bool is_correct = false;
};
// SpatialScore v0: a number and a unit, compared with the gold text's in centimetres; right if
// neither is more than twice the other.
NumberWithUnit SpatialScoreNumberWithUnit(py::View reply, py::View gold);
// The tags that SpatialScore's parsers remove (<conclusion>, <answer>, <assistant> in two cases),
// stripped.
py::Str SpatialScoreClean(py::View reply);

}  // namespace spatium
