#include "spatium/metrics/ptb_words.h"

#include <algorithm>

#include "spatium/metrics/ptb_text.h"

namespace spatium::ptb {
namespace {

using py::Str;
using py::View;

constexpr int kMaxSlashParts = 3, kMaxSlashHyphens = 2;  // the reference's
// Chosen: more than words have, so that hostile text costs what its length costs.
constexpr size_t kMaxParts = 100, kMaxMeasure = 200;

char32_t At(View text, size_t i) { return i < text.size() ? text[i] : 0; }
char32_t Lower(View text, size_t i) { return py::SimpleLower(At(text, i)); }
bool AlnumAt(View text, size_t i) { return i < text.size() && IsAlnum(text[i]); }
bool OneOf(char32_t c, View set) { return c != 0 && set.find(c) != View::npos; }
bool IsAsciiAlnum(char32_t c) { return IsAsciiLetter(c) || IsAsciiDigit(c); }
size_t AlnumEnd(View text, size_t i) {
  while (AlnumAt(text, i)) ++i;
  return i;
}

// Names that hyphens join have no combining marks.
size_t MarklessEnd(View text, size_t i) {
  while (AlnumAt(text, i) && !py::IsMark(text[i])) ++i;
  return i;
}

// The end of letters and digits, with a leading o', d' or l' ("O'Brien"); `at` if there is none.
size_t NameEnd(View text, size_t at) {
  if (OneOf(Lower(text, at), U"dlo") && IsApostrophe(At(text, at + 1)) && AlnumAt(text, at + 2) &&
      AlnumAt(text, at + 3)) {
    return MarklessEnd(text, at + 2);
  }
  return MarklessEnd(text, at);
}

size_t AsciiEnd(View text, size_t i) {
  while (IsAsciiAlnum(At(text, i))) ++i;
  return i;
}

// The end of "U.S." or "a.b."; `at` if there are not two letters.
size_t AcronymEnd(View text, size_t at) {
  size_t end = at;
  while (IsAsciiLetter(At(text, end)) && At(text, end + 1) == U'.') end += 2;
  return end > at + 2 ? end : at;
}

}  // namespace

size_t HyphenEnd(View text, size_t at) {
  size_t end = NameEnd(text, at);
  while (end > at && (IsHyphen(At(text, end)) || At(text, end) == U'_')) {
    const size_t next = NameEnd(text, end + 1);
    if (next == end + 1) break;
    end = next;
  }
  return std::max(end, AlnumEnd(text, at));
}

size_t SlashEnd(View text, size_t at) {
  const auto part = [&](size_t k) {
    const size_t begin = k;
    k = AsciiEnd(text, k);
    for (int hyphens = 0; k > begin && hyphens < kMaxSlashHyphens; ++hyphens) {
      if (At(text, k) != U'-' || !IsAsciiLetter(At(text, k + 1))) break;
      ++k;
      while (IsAsciiLetter(At(text, k))) ++k;
    }
    return k;
  };
  size_t end = part(at);
  int parts = 1;
  while (end > at && parts < kMaxSlashParts) {
    const size_t slash = At(text, end) == U'\\' ? end + 1 : end;
    if (At(text, slash) != U'/') break;
    const size_t next = part(slash + 1);
    if (next == slash + 1) break;
    ++parts;
    end = next;
  }
  return parts > 1 ? end : at;
}

size_t MeasureEnd(View text, size_t at) {
  if (!IsAsciiAlnum(At(text, at))) return at;
  size_t end = at + 1;
  while (end - at < kMaxMeasure && (IsAsciiAlnum(At(text, end)) || OneOf(At(text, end), U".,")))
    ++end;
  size_t tail = at;
  while (At(text, end) == U'-') {
    end = std::max(AsciiEnd(text, end + 1), AcronymEnd(text, end + 1));
    if (At(text, end - 1) == U'-') break;
    tail = end;
  }
  return tail;
}

size_t FileEnd(View text, size_t at) {
  size_t end = AlnumEnd(text, at), file = at;
  for (size_t parts = 0; parts < kMaxParts; ++parts) {
    if (At(text, end) != U'.' || !AlnumAt(text, end + 1)) break;
    const size_t next = AlnumEnd(text, end + 1);
    const Str ending = py::Lower(text.substr(end + 1, std::min<size_t>(next - end - 1, 8)));
    const bool ends = next >= text.size() || py::IsSpace(text[next]) || OneOf(text[next], U".?!,");
    if (ends && IsFileEnding(ending)) file = next;
    end = next;
  }
  return file;
}

}  // namespace spatium::ptb
