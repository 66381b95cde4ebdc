#pragma once
#include "spatium/metrics/python.h"

namespace spatium {

// Spatial457, answers in the form {'Reasoning': …, 'Answer': …}.

// lmms-eval 0.7.2: the "Answer" of a JSON-like reply, else the stripped text; and its comparison,
// with yes = true = 1 and no = false = 0; none where int() raises ValueError (a digit like U+2460).
py::Str Spatial457Answer(py::View reply);
std::optional<bool> Spatial457Correct(py::View gold, py::View answer);

// VLMEvalKit, which the authors' README names as their evaluation: the quoted answer, else the
// whole reply. Right are the same word, number words, "none" for "no", a digit from 1 for "yes",
// and any subtype of the gold answer's vehicle ("suv" for "sedan").
py::Str Spatial457KitAnswer(py::View reply);
bool Spatial457KitCorrect(py::View gold, py::View answer);

// Strict: the answer of either form, without a full stop; the same word or number, case aside.
bool Spatial457StrictCorrect(py::View gold, py::View reply);

}  // namespace spatium
