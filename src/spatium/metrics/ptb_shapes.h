#pragma once
#include <cstddef>

#include "spatium/metrics/python.h"

// Tokens that are not words: where one that begins at `at` ends, `at` if none does. Linear in the
// token.
namespace spatium::ptb {

// <b>, </b>, <a href="x">, <!-- x -->; `close` is where the next ">" stands, npos if none does.
size_t MarkupEnd(py::View text, size_t at, size_t close);
// &#39; and the accented vowels, &eacute;: entities that stay as they are.
size_t EntityEnd(py::View text, size_t at);
// http://…, https://…, www.…
size_t AddressEnd(py::View text, size_t at);
// @name, #word.
size_t HandleEnd(py::View text, size_t at);
// [<>] eyes [nose] mouth; ^_^ and, in brackets, (^_^), (x.x), (==).
size_t FaceEnd(py::View text, size_t at);
// (555) 123-4567, +44 20 7946 0958: groups of digits.
size_t PhoneEnd(py::View text, size_t at);
// 1/2, 1 1/2, 3-1/2.
size_t FractionEnd(py::View text, size_t at);
// [sign]digits with [.,:digits]…
size_t NumberEnd(py::View text, size_t at);
// -lrb- and the five like it.
size_t BracketNameEnd(py::View text, size_t at);

}  // namespace spatium::ptb
