#include "spatium/metrics/python.h"

#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace spatium::py {
namespace {

std::u16string ToUtf16(View text) {
  std::u16string out;
  out.reserve(text.size());
  for (const char32_t c : text) {
    if (c > 0xffff) {
      out.push_back(static_cast<char16_t>(U16_LEAD(c)));
      out.push_back(static_cast<char16_t>(U16_TRAIL(c)));
    } else {
      out.push_back(static_cast<char16_t>(c));
    }
  }
  return out;
}

Str FromUtf16(std::u16string_view text) {
  Str out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const char16_t c = text[i];
    if (U16_IS_LEAD(c) && i + 1 < text.size() && U16_IS_TRAIL(text[i + 1])) {
      out.push_back(static_cast<char32_t>(U16_GET_SUPPLEMENTARY(c, text[i + 1])));
      ++i;
    } else {
      out.push_back(c);
    }
  }
  return out;
}

template <class Text>
bool AllAscii(Text text) {
  char32_t any = 0;
  for (const auto c : text) any |= static_cast<std::make_unsigned_t<decltype(c)>>(c);
  return any < 0x80;
}

using CaseMap = int32_t (*)(char16_t*, int32_t, const char16_t*, int32_t, const char*, UErrorCode*);

Str MapCase(View text, CaseMap map) {
  const std::u16string in = ToUtf16(text);
  std::u16string out(in.size() * 3 + 8, u'\0');  // no mapping triples UTF-16 length
  UErrorCode status = U_ZERO_ERROR;
  const int32_t n = map(out.data(),
                        static_cast<int32_t>(out.size()),
                        in.data(),
                        static_cast<int32_t>(in.size()),
                        "",
                        &status);
  if (U_FAILURE(status)) return Str(text);
  out.resize(static_cast<size_t>(n));
  return FromUtf16(out);
}

bool IsLineBreak(char32_t c) {
  return (c >= 0x0a && c <= 0x0d) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

}  // namespace

Str FromUtf8(std::string_view text) {
  Str out;
  out.reserve(text.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const int64_t n = static_cast<int64_t>(text.size());
  for (int64_t i = 0; i < n;) {
    if (bytes[i] < 0x80) {
      out.push_back(bytes[i++]);
      continue;
    }
    UChar32 c;
    U8_NEXT(bytes, i, n, c);
    out.push_back(c < 0 ? 0xfffd : static_cast<char32_t>(c));
  }
  return out;
}

template <class Text, class General>
Scratch::Scratch(Text text, General general) {
  if (text.size() > std::size(short_) || !AllAscii(text)) {
    long_ = general(text);
    view_ = long_;
    return;
  }
  const bool lower = std::is_same_v<Text, View>;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    short_[i] = lower && c >= 'A' && c <= 'Z' ? c + 32u : c;
  }
  view_ = View(short_, text.size());
}

Scratch Scratch::FromUtf8(std::string_view text) { return {text, py::FromUtf8}; }
Scratch Scratch::Lower(View text) { return {text, py::Lower}; }

std::string ToUtf8(View text) {
  std::string out;
  out.reserve(text.size());
  for (char32_t c : text) {
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
      continue;
    }
    if (U_IS_SURROGATE(c) || c > 0x10ffff) c = 0xfffd;
    uint8_t buffer[U8_MAX_LENGTH];
    int32_t n = 0;
    U8_APPEND_UNSAFE(buffer, n, c);
    out.append(reinterpret_cast<const char*>(buffer), static_cast<size_t>(n));
  }
  return out;
}

bool IsSpace(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x1f);
  return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
         c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

bool IsDecimal(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER;
}

int DecimalValue(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  return u_charDigitValue(static_cast<UChar32>(c));
}

bool IsAlpha(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_L_MASK) != 0;
}

bool IsMark(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }

bool IsDigit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  const int32_t type = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_NUMERIC_TYPE);
  return type == U_NT_DECIMAL || type == U_NT_DIGIT;
}

bool IsAlnum(char32_t c) {
  if (c < 0x80) return IsAlpha(c) || (c >= '0' && c <= '9');
  return IsAlpha(c) ||
         u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}

char32_t SimpleLower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

bool IsDigitText(View text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

View LStrip(View text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  return text;
}

View RStrip(View text) {
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

View Strip(View text) { return LStrip(RStrip(text)); }

View RStrip(View text, View chars) {
  while (!text.empty() && Contains(chars, text.substr(text.size() - 1))) text.remove_suffix(1);
  return text;
}

View Strip(View text, View chars) {
  while (!text.empty() && Contains(chars, text.substr(0, 1))) text.remove_prefix(1);
  return RStrip(text, chars);
}

Str Lower(View text) {
  if (!AllAscii(text)) return MapCase(text, u_strToLower);
  Str out(text);
  for (char32_t& c : out) c = SimpleLower(c);
  return out;
}

bool EqualLower(View a, View b) {
  if (!AllAscii(a) || !AllAscii(b)) return Lower(a) == Lower(b);
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char32_t x, char32_t y) {
    return SimpleLower(x) == SimpleLower(y);
  });
}

Str Upper(View text) {
  if (!AllAscii(text)) return MapCase(text, u_strToUpper);
  Str out(text);
  for (char32_t& c : out) {
    if (c >= 'a' && c <= 'z') c -= 32;
  }
  return out;
}

Str Capitalize(View text) {
  if (text.empty()) return {};
  // Title case of the first character; only the few digraphs and ligatures differ from upper case.
  const UChar32 title = u_totitle(static_cast<UChar32>(text[0]));
  Str first = Upper(text.substr(0, 1));
  if (first.size() == 1) {
    first[0] = static_cast<char32_t>(title);
  } else {
    first = first.substr(0, 1) + Lower(View(first).substr(1));
  }
  // Lower with the first character in front, so that a final sigma sees what precedes it.
  const Str lowered = Lower(text);
  const size_t head = Lower(text.substr(0, 1)).size();
  return first + lowered.substr(std::min(head, lowered.size()));
}

std::vector<View> Split(View text) {
  std::vector<View> out;
  for (size_t i = 0; i < text.size();) {
    while (i < text.size() && IsSpace(text[i])) ++i;
    const size_t begin = i;
    while (i < text.size() && !IsSpace(text[i])) ++i;
    if (i > begin) out.push_back(text.substr(begin, i - begin));
  }
  return out;
}

std::vector<View> Split(View text, View sep) {
  std::vector<View> out;
  for (size_t begin = 0;;) {
    const size_t end = text.find(sep, begin);
    out.push_back(text.substr(begin, end == View::npos ? View::npos : end - begin));
    if (end == View::npos) return out;
    begin = end + sep.size();
  }
}

View TakeLine(View& text) {
  size_t end = 0;
  while (end < text.size() && !IsLineBreak(text[end])) ++end;
  const View line = text.substr(0, end);
  const View rest = text.substr(end);
  text.remove_prefix(end + (rest.starts_with(U"\r\n") ? 2 : rest.empty() ? 0 : 1));
  return line;
}

std::vector<View> SplitLines(View text) {
  std::vector<View> out;
  while (!text.empty()) out.push_back(TakeLine(text));
  return out;
}

View FirstPiece(View text, View sep) { return text.substr(0, text.find(sep)); }

View LastPiece(View text, View sep) {
  const size_t at = text.rfind(sep);
  if (at == View::npos) return text;
  // split() works from the left: overlapping separators end earlier than rfind says.
  size_t begin = 0;
  for (size_t next = text.find(sep); next != View::npos; next = text.find(sep, begin)) {
    begin = next + sep.size();
  }
  return text.substr(begin);
}

Str Replace(View text, View from, View to) {
  Str out;
  for (size_t begin = 0;;) {
    const size_t end = text.find(from, begin);
    out += text.substr(begin, end == View::npos ? View::npos : end - begin);
    if (end == View::npos) return out;
    out += to;
    begin = end + from.size();
  }
}

Str Join(std::span<const View> pieces, View sep) {
  Str out;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0) out += sep;
    out += pieces[i];
  }
  return out;
}

}  // namespace spatium::py
