#include "spatium/metrics/meteor_text.h"

#include <algorithm>

namespace spatium {
namespace {

using py::Str;
using py::View;

bool IsAsciiDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

// The letters that METEOR keeps inside words: Latin and Cyrillic. Others stand alone.
bool IsLetter(char32_t c) {
  if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  return (c >= 0xc0 && c <= 0x17e && c != 0xd7 && c != 0xf7) || (c >= 0x400 && c <= 0x527) ||
         (c >= 0x1d00 && c <= 0x1d7f) || (c >= 0xa640 && c <= 0xa66e) ||
         (c >= 0xa67e && c <= 0xa697);
}
bool IsWordChar(char32_t c) { return IsLetter(c) || IsAsciiDigit(c); }

bool IsBlank(char32_t c) {
  return c == U' ' || (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x1f) || c == 0xa0 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f || c == 0x3000;
}

// Plain quotes and dashes; blanks are spaces.
Str PlainPunctuation(View line) {
  Str out = U" ";
  for (const char32_t c : line) {
    if (IsBlank(c)) {
      out += U' ';
    } else if (c == 0x2018 || c == 0x2019 || c == U'`') {
      out += U'\'';
    } else if (c == 0x201c || c == 0x201d) {
      out += U'"';
    } else if (c == 0x2013) {
      out += U" - ";
    } else {
      out += c;
    }
  }
  out += U' ';
  return py::Replace(py::Replace(out, U"''", U"\""), U"--", U"-");
}

// A hyphen between two words' characters is a blank. "a-b-c" is "a b-c": what a match has taken is
// not looked at again.
Str SplitHyphens(View text) {
  Str out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool match = i + 2 < text.size() && text[i + 1] == U'-' &&
                       (IsWordChar(text[i]) || text[i] == U'.') && IsWordChar(text[i + 2]);
    out += text[i];
    if (!match) continue;
    out += U' ';
    out += text[i + 2];
    i += 2;
  }
  return out;
}

// All but word characters, periods, commas, apostrophes and hyphens stand alone; so do runs of
// periods.
Str SeparateSymbols(View text) {
  Str out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (c == U'.' && i + 1 < text.size() && text[i + 1] == U'.') {
      out += U' ';
      while (i < text.size() && text[i] == U'.') out += text[i++];
      --i;
      out += U' ';
    } else if (IsWordChar(c) || c == U' ' || c == U'.' || c == U',' || c == U'\'' || c == U'-') {
      out += c;
    } else {
      out += U' ';
      out += c;
      out += U' ';
    }
  }
  return out;
}

// Rewrites each "x?y" around the sign where left(x) and right(y): one pass, what a match has taken
// is not looked at again.
template <class Left, class Right>
Str Around(View text, char32_t sign, Left left, Right right, View replacement) {
  Str out;
  for (size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (i + 2 >= text.size() || text[i + 1] != sign || !left(text[i]) || !right(text[i + 2])) {
      continue;
    }
    out += replacement;
    out += text[i + 2];
    i += 2;
  }
  return out;
}

Str SplitCommasAndApostrophes(Str text) {
  const auto digit = [](char32_t c) { return IsAsciiDigit(c); };
  const auto no_digit = [](char32_t c) { return !IsAsciiDigit(c); };
  text = Around(text, U',', no_digit, no_digit, U" , ");
  text = Around(text, U',', digit, no_digit, U" , ");
  text = Around(text, U',', no_digit, digit, U" , ");
  const auto letter = [](char32_t c) { return IsLetter(c); };
  const auto no_letter = [](char32_t c) { return !IsLetter(c); };
  const auto no_word = [](char32_t c) { return !IsWordChar(c); };
  text = Around(text, U'\'', no_letter, no_letter, U" ' ");
  text = Around(text, U'\'', no_word, letter, U" ' ");
  text = Around(text, U'\'', letter, no_letter, U" ' ");
  text = Around(text, U'\'', letter, letter, U" '");
  const auto is_s = [](char32_t c) { return c == U's'; };
  return Around(text, U'\'', digit, is_s, U" '");
}

}  // namespace

std::vector<Str> MeteorNormalize(View line, const NonbreakingPrefixes& prefixes) {
  const Str text = SplitCommasAndApostrophes(SplitHyphens(SeparateSymbols(PlainPunctuation(line))));
  const auto tokens = py::Split(text);
  std::vector<Str> out;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const View token = tokens[i];
    const View stem = token.substr(0, token.size() - 1);
    const bool period = token.back() == U'.' && stem.find_first_not_of(U'.') != View::npos;
    if (!period) {
      out.push_back(py::Lower(token));
      continue;
    }
    const View next = i + 1 < tokens.size() ? tokens[i + 1] : View();
    const std::string prefix = py::ToUtf8(stem);
    if (py::Contains(stem, U".") && std::any_of(stem.begin(), stem.end(), IsLetter)) {
      out.push_back(py::Lower(py::Replace(token, U".", U"")));  // an acronym
    } else if (prefixes.any.contains(prefix) ||
               (!next.empty() && next[0] >= U'a' && next[0] <= U'z') ||
               (prefixes.before_number.contains(prefix) && !next.empty() &&
                IsAsciiDigit(next[0]))) {
      out.push_back(py::Lower(token));
    } else {
      out.push_back(py::Lower(stem));
      out.push_back(U".");
    }
  }
  return out;
}

}  // namespace spatium
