#include "spatium/metrics/ptb_shapes.h"

#include <algorithm>

#include "spatium/metrics/ptb_text.h"
#include "spatium/metrics/regex.h"

namespace spatium::ptb {
namespace {

using py::View;

char32_t At(View text, size_t i) { return i < text.size() ? text[i] : 0; }
bool DigitAt(View text, size_t i) { return IsAsciiDigit(At(text, i)); }
// Also those of other scripts.
bool DecimalAt(View text, size_t i) { return i < text.size() && py::IsDecimal(text[i]); }

size_t EndOf(const py::Regex& shape, View text, size_t at, size_t max_length) {
  const auto match = shape.MatchStart(text.substr(at, max_length));
  return match ? at + match->end() : at;
}

bool OneOf(char32_t c, View set) { return c != 0 && set.find(c) != View::npos; }

}  // namespace

size_t MarkupEnd(View text, size_t at, size_t close) {
  if (At(text, at) != U'<' || close == View::npos) return at;
  const char32_t c = At(text, at + 1);
  if (c == U'!' || c == U'?') {
    const char32_t first = At(text, at + 2);
    return IsAsciiLetter(first) || first == U'-' ? close + 1 : at;
  }
  constexpr size_t kMaxTag = 2000;  // chosen: longer than any tag, so that a text costs its length
  static const py::Regex kTag(
      UR"(</?[A-Za-z][A-Za-z0-9_:.-]*(?: +[A-Za-z][A-Za-z0-9_:.-]*(?: *= *(?:"[^"]*"|'[^']*'))?)* */?>)");
  return EndOf(kTag, text, at, kMaxTag);
}

size_t EntityEnd(View text, size_t at) {
  if (At(text, at) != U'&') return at;
  static const py::Regex kEntity(U"&(?:#[0-9]+|[aeiouAEIOU](?:acute|grave|uml)|QUOT|APOS);");
  return EndOf(kEntity, text, at, 64);
}

size_t AddressEnd(View text, size_t at) {
  if (!OneOf(At(text, at), U"hHwW")) return at;
  static const py::Regex kUrl(UR"(https?://[^\s"<>|(){}]+[^\s"<>|.!?(){},-])",
                              py::Regex::kIgnoreCase);
  static const py::Regex kHost(
      UR"(www\.(?:[^\s"<>|.!?(){},]+\.)+[a-zA-Z][a-zA-Z][a-zA-Z]?[a-zA-Z]?(?:/[^\s"<>|()]+[^\s"<>|.!?(){},-])?)",
      py::Regex::kIgnoreCase);
  return std::max(EndOf(kUrl, text, at, View::npos), EndOf(kHost, text, at, View::npos));
}

size_t HandleEnd(View text, size_t at) {
  size_t end = at + 1;
  if (At(text, at) == U'@' && (IsAsciiLetter(At(text, end)) || At(text, end) == U'_')) {
    while (IsAsciiLetter(At(text, end)) || DigitAt(text, end) || At(text, end) == U'_') ++end;
  } else if (At(text, at) == U'#') {
    while (IsLetter(At(text, end)) && !DecimalAt(text, end)) ++end;
  }
  return end == at + 1 ? at : end;
}

size_t FaceEnd(View text, size_t at) {
  size_t i = at;
  if (At(text, i) == U'<' || At(text, i) == U'>') ++i;
  if (OneOf(At(text, i), U":;=")) {
    ++i;
    if (OneOf(At(text, i), U"-o*'") && OneOf(At(text, i + 1), UR"(()@DOP[\]dp{|)")) ++i;
    if (OneOf(At(text, i), UR"(()@DOP[\]dp{|)") && !IsAsciiLetter(At(text, i + 1)) &&
        !DigitAt(text, i + 1)) {
      return i + 1;
    }
  }
  static constexpr View kEyes = U"-^x=~<>'";
  const bool bracket = At(text, at) == U'(';
  i = at + (bracket ? 1 : 0);
  if (!OneOf(At(text, i), kEyes)) return at;
  ++i;
  const auto closes = [&](size_t k) {
    return OneOf(At(text, k), kEyes) && At(text, k + 1) == U')';
  };
  const char32_t nose = At(text, i);
  if (!bracket) return nose == U'_' && OneOf(At(text, i + 1), kEyes) ? i + 2 : at;
  if (closes(i)) return i + 2;
  const bool dash = nose == U'-' && At(text, i - 1) != U'-';
  if (dash && At(text, i + 1) == U'`' && At(text, i + 2) == U')') return i + 3;
  return (nose == U'_' || nose == U'.' || dash) && closes(i + 1) ? i + 3 : at;
}

size_t PhoneEnd(View text, size_t at) {
  const bool area = At(text, at) == U'(' && DigitAt(text, at + 1);
  if (!DigitAt(text, at) && At(text, at) != U'+' && !area) return at;
  constexpr View kBlank = U"[- \u00a0]";
  const auto shape = [&](const char32_t* lead) {
    py::Str pattern(lead);
    pattern += U"[0-9]{3,4}";
    pattern += kBlank;
    return py::Regex(pattern + U"?[0-9]{3,5}");
  };
  static const py::Regex kPlain = shape(U"\\+?\\+?[0-9]{2,4}[- \u00a0](?:[0-9]{2,4}[- \u00a0])?");
  static const py::Regex kShort = shape(U"\\+?\\+?[0-9]{2,4}[- \u00a0]");
  static const py::Regex kArea = shape(U"\\([0-9]{2,3}\\)[ \u00a0]?");
  constexpr size_t kMaxPhone = 40;
  return std::max({EndOf(kPlain, text, at, kMaxPhone),
                   EndOf(kShort, text, at, kMaxPhone),
                   EndOf(kArea, text, at, kMaxPhone)});
}

size_t FractionEnd(View text, size_t at) {
  if (!DigitAt(text, at)) return at;
  static const py::Regex kFraction(
      U"(?:[0-9]{1,4}[- \u00a0])?[0-9]{1,4}(?:\\\\?/|\u2044)[0-9]{1,4}");
  return EndOf(kFraction, text, at, 20);
}

size_t NumberEnd(View text, size_t at) {
  const auto is_point = [](char32_t c) { return c == U'.' || c == U',' || c == U':'; };
  size_t end = at;
  const bool sign = At(text, end) == U'+' || At(text, end) == U'-';
  if (sign &&
      (DecimalAt(text, end + 1) || (is_point(At(text, end + 1)) && DecimalAt(text, end + 2)))) {
    ++end;
  }
  const size_t begin = end;
  while (DecimalAt(text, end)) ++end;
  while (is_point(At(text, end)) && DecimalAt(text, end + 1)) {
    ++end;
    while (DecimalAt(text, end)) ++end;
  }
  return end > begin ? end : at;
}

size_t BracketNameEnd(View text, size_t at) {
  if (At(text, at) != U'-') return at;
  static const py::Regex kName(U"-[lr][rsc]b-", py::Regex::kIgnoreCase);
  return EndOf(kName, text, at, 5);
}

}  // namespace spatium::ptb
