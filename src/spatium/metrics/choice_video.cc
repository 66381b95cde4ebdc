#include "spatium/metrics/choice.h"
#include "spatium/metrics/regex.h"

// Option letters of the video benchmarks.
namespace spatium {
namespace {

using py::Regex;
using py::Str;
using py::View;

// MMSI-Video. Two more than the authors' list, which their shorter forms cover.
constexpr View kPhrases[] = {U"\"answer\":",
                             U"answer is",
                             U"answer:",
                             U"\"Answer\":",
                             U"Answer is",
                             U"Answer:",
                             U"The answer is",
                             U"the answer is"};

Str WithoutTags(View reply) {
  return py::Replace(py::Replace(reply, U"<answer>", U""), U"</answer>", U"");
}

Str Clean(View part) {
  Str out;
  for (const char32_t c : part) {
    if (!py::Contains(U" \"'\n:", View(&c, 1))) out += c;
  }
  return out;
}

bool IsOption(View text) { return text.size() == 1 && text[0] >= U'A' && text[0] <= U'F'; }

// What the first boxed{} holds.
Str Boxed(View text) {
  const View inside = text.substr(text.find(U"boxed{") + 6);
  return Clean(py::FirstPiece(py::FirstPiece(inside, U"boxed{"), U"}"));
}

// What follows the last `phrase`, up to a comma or full stop.
Str Behind(View text, View phrase) {
  return Clean(py::FirstPiece(py::FirstPiece(py::LastPiece(text, phrase), U","), U"."));
}

Letter IfOption(Str text) { return IsOption(text) ? Letter(std::move(text)) : std::nullopt; }

}  // namespace

Str MmsiVideoLetter(View reply) {
  const Str none = U"O";
  if (py::Contains(py::Lower(reply), U"no answer")) return none;
  const Str text = WithoutTags(reply);
  if (py::Contains(text, U"boxed{")) {
    if (const Str letter = Boxed(text); IsOption(letter)) return letter;
  }
  for (const View phrase : kPhrases) {
    if (!py::Contains(text, phrase)) continue;
    if (const Str letter = Behind(text, phrase); IsOption(letter)) return letter;
  }
  if (const Str first = Clean(py::FirstPiece(text, U".")); IsOption(first)) return first;
  const Str padded = U" " + text + U" ";
  for (char32_t c = U'A'; c <= U'F'; ++c) {
    const Str letter(1, c);
    if (py::Contains(text, U"(" + letter + U")") || py::Contains(padded, U" " + letter + U" ") ||
        py::Contains(text, letter + U".")) {
      return letter;
    }
  }
  return none;
}

Letter MmsiVideoOwnLetter(View reply) {
  const Str text = WithoutTags(reply);
  if (py::Contains(text, U"no answer")) return std::nullopt;
  if (py::Contains(text, U"boxed{")) return IfOption(Boxed(text));
  for (const View phrase : kPhrases) {
    if (py::Contains(text, phrase)) return IfOption(Behind(text, phrase));
  }
  return IfOption(Clean(py::FirstPiece(text, U".")));
}

Letter StiLetter(View reply) {
  constexpr unsigned kFlags = Regex::kIgnoreCase | Regex::kMultiLine;
  static const Regex kPatterns[] = {Regex(UR"(\(([A-E])\))", kFlags),
                                    Regex(UR"(Ans\s*=\s*['"]?([A-E])['"]?)", kFlags),
                                    Regex(UR"(Answer\s*[:=]\s*([A-E]))", kFlags),
                                    Regex(UR"(Option\s+([A-E]))", kFlags),
                                    Regex(UR"(\b([A-E])\s*(?:is|was)\s*correct)", kFlags),
                                    Regex(UR"(\b([A-E])[\.\)]\s*$)", kFlags)};
  for (const Regex& pattern : kPatterns) {
    if (const auto match = pattern.Search(reply)) return py::Upper(match->Group(1));
  }
  return std::nullopt;
}

Letter StiOwnLetter(View reply) {
  if (auto letter = StiLetter(reply)) return letter;
  const View text = py::Strip(reply);
  if (text.empty() || text.back() < U'A' || text.back() > U'E') return std::nullopt;
  return Str(1, text.back());
}

}  // namespace spatium
