#include <algorithm>

#include "spatium/metrics/choice.h"
#include "spatium/metrics/regex.h"

namespace spatium {

py::Str SatAnswer(py::View reply, py::View question) {
  static const py::Regex kOption(UR"(\b([A-Z])\.\s+([^\n]*))");
  py::Str cleaned;
  for (const char32_t c : reply) {
    if (py::IsWord(c) || py::IsSpace(c)) cleaned += c;
  }
  const py::View text = py::Strip(cleaned);
  // The leftmost option text in the reply; of several that begin there, the first listed.
  size_t at = py::View::npos;
  py::Str letter;
  const auto options = kOption.FindAll(question);
  for (size_t i = 0; i < options.size(); ++i) {
    const py::View option = py::Strip(options[i].Group(2));
    const size_t place = text.find(option);
    if (place >= at) continue;
    at = place;
    // Letters are counted, not read; of equal texts the last one's stands.
    for (size_t k = i; k < options.size(); ++k) {
      if (py::Strip(options[k].Group(2)) == option)
        letter = py::Str(1, U'A' + static_cast<char32_t>(k));
    }
  }
  return py::Str(py::FirstPiece(letter.empty() ? text : py::View(letter), U" "));
}

}  // namespace spatium
