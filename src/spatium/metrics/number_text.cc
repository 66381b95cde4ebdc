#include "spatium/metrics/number_text.h"

#include <array>
#include <cmath>

#include "spatium/metrics/exact_integer.h"
#include "spatium/metrics/python_value.h"
#include "spatium/metrics/regex.h"

namespace spatium {
namespace {

constexpr std::array<py::View, 21> kUnitsAndTeens = {
    U"zero",     U"one",     U"two",     U"three",     U"four",     U"five",     U"six",
    U"seven",    U"eight",   U"nine",    U"ten",       U"eleven",   U"twelve",   U"thirteen",
    U"fourteen", U"fifteen", U"sixteen", U"seventeen", U"eighteen", U"nineteen", U"twenty"};
constexpr std::array<py::View, 8> kTens = {
    U"twenty", U"thirty", U"forty", U"fifty", U"sixty", U"seventy", U"eighty", U"ninety"};

// The value of an English number word; -1 if it is none.
int64_t WordValue(py::View word) {
  for (size_t i = 0; i < kUnitsAndTeens.size(); ++i) {
    if (word == kUnitsAndTeens[i]) return static_cast<int64_t>(i);
  }
  for (size_t i = 0; i < kTens.size(); ++i) {
    if (word == kTens[i]) return 20 + 10 * static_cast<int64_t>(i);
  }
  if (word == U"hundred") return 100;
  return word == U"thousand" ? 1000 : -1;
}

// The end of the digits that begin at `i`.
size_t DigitsEnd(py::View text, size_t i) {
  while (i < text.size() && py::IsDecimal(text[i])) ++i;
  return i;
}
// The end of digits[.digits] at `i`, where a digit stands.
size_t DecimalEnd(py::View text, size_t i) {
  const size_t end = DigitsEnd(text, i);
  if (end >= text.size() || text[end] != U'.') return end;
  const size_t fraction = DigitsEnd(text, end + 1);
  return fraction > end + 1 ? fraction : end;
}

bool IsAsciiLower(char32_t c) { return c >= U'a' && c <= U'z'; }

// Adds up the words of a run: Python's integers are unbounded, ours are doubles, which agree until
// a reply holds more "hundred"s than any number has.
double ValueOfWords(const std::vector<int64_t>& words) {
  double total = 0, current = 0;
  for (const int64_t value : words) {
    if (value == 100) {
      current = std::max(current, 1.0) * 100;
    } else if (value == 1000) {
      total += std::max(current, 1.0) * 1000;
      current = 0;
    } else {
      current += static_cast<double>(value);
    }
  }
  return total + current;
}

}  // namespace

py::View VsiFirstToken(py::View reply) {
  return py::Strip(py::RStrip(py::FirstPiece(reply, U" "), U"."));
}

py::Str AfterLastAnswerTag(py::View reply) {
  return py::Replace(py::LastPiece(reply, U"<answer>"), U"</answer>", U"");
}

std::optional<double> LmmsEvalNumber(py::View reply) {
  const py::Scratch lower = py::Scratch::Lower(py::Strip(reply));
  const py::View text = lower;
  size_t digits_begin = text.size();
  for (size_t i = 0; i < text.size(); ++i) {
    if (!py::IsDecimal(text[i])) continue;
    digits_begin = i > 0 && text[i - 1] == U'-' ? i - 1 : i;
    break;
  }
  size_t run_begin = text.size();
  std::vector<int64_t> run;
  for (size_t i = 0; i < text.size();) {
    if (!IsAsciiLower(text[i])) {
      ++i;
      continue;
    }
    size_t end = i;
    while (end < text.size() && IsAsciiLower(text[end])) ++end;
    const py::View word = text.substr(i, end - i);
    const int64_t value = WordValue(word);
    if (!run.empty() && value < 0 && word != U"and") break;
    if (value >= 0) {
      if (run.empty()) run_begin = i;
      run.push_back(value);
    }
    i = end;
  }
  if (digits_begin < run_begin) {
    const size_t first_digit = digits_begin + (text[digits_begin] == U'-' ? 1 : 0);
    const size_t end = DecimalEnd(text, first_digit);
    return py::Float(text.substr(digits_begin, end - digits_begin));
  }
  if (run.empty()) return std::nullopt;
  return ValueOfWords(run);
}

SparNumber ParseSparNumber(py::View reply, bool multi_view) {
  SparNumber first, last;
  bool any = false;
  for (size_t i = 0; i < reply.size();) {
    if (!py::IsDecimal(reply[i]) || (i > 0 && reply[i - 1] == U'^')) {
      ++i;
      continue;
    }
    const size_t end = DecimalEnd(reply, i);
    const py::View token = reply.substr(i, end - i);
    SparNumber number;
    number.is_float = py::Contains(token, U".");
    if (number.is_float) {
      number.number.value = *py::Float(token);
    } else if (const auto value = py::ParseInt(token)) {
      number.number = *value;
      if (!value->i64) number.digits = py::IntegerDigits(token);
    } else {
      number.error = "ValueError";
      return number;
    }
    if (!any) first = number;
    last = number;
    any = true;
    i = end;
  }
  if (any) return multi_view ? last : first;
  SparNumber none;
  if (multi_view) {
    none.number = {.value = -1, .i64 = -1};
  } else {
    none.error = "IndexError";
  }
  return none;
}

namespace {

constexpr py::View kEasiNumber = UR"([-+]?(?:\d*\.\d+|\d+)(?:[eE][-+]?\d+)?)";

py::Str WordsToDigits(py::View text) {
  static const py::Regex kWords = [] {
    py::Str pattern = UR"(\b()";
    for (size_t i = 0; i < kUnitsAndTeens.size(); ++i) {
      if (i > 0) pattern += U'|';
      pattern += kUnitsAndTeens[i];
    }
    return py::Regex(pattern + UR"()\b)", py::Regex::kIgnoreCase);
  }();
  py::Str out;
  size_t from = 0;
  for (const py::Match& match : kWords.FindAll(text)) {
    out += text.substr(from, match.begin() - from);
    const int64_t value = WordValue(py::Lower(match.Group(1)));
    if (value >= 0) {
      out += py::FromUtf8(std::to_string(value));
    } else {
      out += match.Group(0);
    }
    from = match.end();
  }
  out += text.substr(from);
  return out;
}

std::optional<double> LastEasiNumber(py::View text) {
  static const py::Regex kNumber(kEasiNumber);
  const auto numbers = kNumber.FindAll(text);
  if (numbers.empty()) return std::nullopt;
  return py::Float(numbers.back().Group(0));
}

// What follows the last </think>, else the last <think>, stripped; else all.
py::View AfterThinking(py::View text) {
  static const py::Regex kClose(UR"(</\s*think\s*>)", py::Regex::kIgnoreCase);
  static const py::Regex kOpen(UR"(<\s*think\s*>)", py::Regex::kIgnoreCase);
  for (const py::Regex* tag : {&kClose, &kOpen}) {
    const auto tags = tag->FindAll(text);
    if (!tags.empty()) return py::Strip(text.substr(tags.back().end()));
  }
  return text;
}

}  // namespace

std::optional<double> EasiNumber(py::View reply) {
  // "[2, 3]" is read as a Python list, of which the first item counts.
  const py::View bare = py::Strip(reply);
  py::Str first;
  if (bare.starts_with(U'[') && bare.ends_with(U']')) {
    const py::Parsed list = py::LiteralEval(reply);
    if (!list.value) return std::nullopt;
    const py::List* items = list.value->As<py::List>();
    if (items && !items->items.empty()) first = py::ToStr(items->items[0]);
  }
  py::Str visible;  // without zero-width characters
  for (const char32_t c : first.empty() ? bare : py::Strip(first)) {
    if (!(c >= 0x200b && c <= 0x200d) && c != 0xfeff) visible += c;
  }
  const py::Str text = WordsToDigits(visible);
  static const py::Regex kTagged(UR"(<\s*answer\b[^>]*>\s*()" + py::Str(kEasiNumber) +
                                     UR"()(?:[^\d<][^<]*)?<\s*/\s*answer\s*>)",
                                 py::Regex::kIgnoreCase | py::Regex::kDotAll);
  if (const auto match = kTagged.Search(text)) return py::Float(match->Group(1));
  if (const auto number = LastEasiNumber(AfterThinking(text))) return number;
  return LastEasiNumber(text);
}

py::Str SpatialScoreClean(py::View reply) {
  static const py::Regex kTag(U"</?(?:CONCLUSION|conclusion|ANSWER|answer|ASSISTANT|assistant)>");
  return py::Str(py::Strip(kTag.Sub(reply, U"")));
}

namespace {

struct NumberWord {
  py::View word, digits;
};
constexpr NumberWord kSpatialScoreWords[] = {
    {U"zero", U"0"},     {U"one", U"1"},        {U"two", U"2"},       {U"three", U"3"},
    {U"four", U"4"},     {U"five", U"5"},       {U"six", U"6"},       {U"seven", U"7"},
    {U"eight", U"8"},    {U"nine", U"9"},       {U"ten", U"10"},      {U"eleven", U"11"},
    {U"twelve", U"12"},  {U"thirteen", U"13"},  {U"fourteen", U"14"}, {U"fifteen", U"15"},
    {U"sixteen", U"16"}, {U"seventeen", U"17"}, {U"eighteen", U"18"}, {U"nineteen", U"19"},
    {U"twenty", U"20"},  {U"first", U"1"},      {U"second", U"2"},    {U"third", U"3"},
    {U"fourth", U"4"},   {U"fifth", U"5"},      {U"sixth", U"6"},     {U"seventh", U"7"},
    {U"eighth", U"8"},   {U"ninth", U"9"},      {U"tenth", U"10"}};

}  // namespace

py::Str SpatialScoreNumber(py::View reply) {
  const py::View text = py::Strip(reply);
  if (py::IsDigitText(text)) return py::Str(text);
  static const py::Regex kAssistant(UR"(ASSISTANT:\s*\(?([A-Fa-f])\)?)");
  if (const auto match = kAssistant.Search(text)) return py::Upper(match->Group(1));
  const py::Str clean = SpatialScoreClean(text);
  const py::Str lower = py::Lower(clean);
  static const py::Regex kConclusion(UR"(<conclusion>\s*(\d+)\s*</conclusion>)",
                                     py::Regex::kIgnoreCase);
  if (const auto match = kConclusion.Search(text)) return py::Str(match->Group(1));
  static const py::Regex kNumber(UR"(\d+(?:\.\d+)?)");
  if (const auto match = kNumber.Search(lower)) return py::Str(match->Group(0));
  for (const auto& [word, digits] : kSpatialScoreWords) {
    const py::Str w(word);
    if (lower.starts_with(w) || py::Contains(lower, U" " + w + U" ") ||
        py::Contains(lower, U"there are " + w) || py::Contains(lower, U"there is " + w) ||
        py::Contains(lower, U"shows " + w) || lower.ends_with(U" " + w)) {
      return py::Str(digits);
    }
  }
  const auto words = py::Split(lower);
  for (const auto& [word, digits] : kSpatialScoreWords) {
    for (const py::View w : words) {
      if (w == word) return py::Str(digits);
    }
  }
  return clean;
}

namespace {

double Centimetres(py::View unit) {
  struct Unit {
    py::View name;
    double centimetres;
  };
  static constexpr Unit kUnits[] = {{U"m", 100},
                                    {U"meter", 100},
                                    {U"meters", 100},
                                    {U"metre", 100},
                                    {U"metres", 100},
                                    {U"cm", 1},
                                    {U"centimeter", 1},
                                    {U"centimeters", 1},
                                    {U"mm", 0.1},
                                    {U"ft", 30.48},
                                    {U"foot", 30.48},
                                    {U"feet", 30.48},
                                    {U"in", 2.54},
                                    {U"inch", 2.54},
                                    {U"inches", 2.54}};
  for (const auto& [name, centimetres] : kUnits) {
    if (unit == name) return centimetres;
  }
  return 1;  // the official default for a unit it does not know, kilometres among them
}

std::optional<py::Str> FirstGroup(std::initializer_list<const py::Regex*> patterns, py::View text) {
  for (const py::Regex* pattern : patterns) {
    if (const auto match = pattern->Search(text)) return py::Str(match->Group(1));
  }
  return std::nullopt;
}

}  // namespace

NumberWithUnit SpatialScoreNumberWithUnit(py::View reply, py::View gold) {
  static const py::Regex kScalar(UR"(\\scalar\{([^}]+)\})");
  static const py::Regex kBoldValue(UR"(\*\*([\d.]+)\s*(?:[a-zA-Z]+)\*\*)");
  static const py::Regex kAboutValue(
      UR"((?:approximately|about|roughly)\s*\**([\d.]+)\s*(?:[a-zA-Z]+)\**)",
      py::Regex::kIgnoreCase);
  static const py::Regex kValue(UR"((\d+\.?\d*)\s*(?:[a-zA-Z]+))");
  static const py::Regex kUnitTag(UR"(\\distance_unit\{([^}]+)\})");
  static const py::Regex kBoldUnit(UR"(\*\*\d+\.?\d*\s*([a-zA-Z]+)\*\*)");
  static const py::Regex kAboutUnit(
      UR"((?:approximately|about|roughly)\s*\**\d+\.?\d*\s*([a-zA-Z]+)\**)",
      py::Regex::kIgnoreCase);
  static const py::Regex kUnit(UR"(\d+\.?\d*\s*([a-zA-Z]+))");
  static const py::Regex kNumber(UR"(\d+\.?\d*)");
  static const py::Regex kGold(UR"((\d+\.?\d*)\s*([a-zA-Z]+))");

  const py::Str text = SpatialScoreClean(reply);
  NumberWithUnit out;
  if (const auto value = FirstGroup({&kScalar, &kBoldValue, &kAboutValue, &kValue}, text)) {
    if (const auto number = kNumber.Search(*value)) out.value = py::Float(number->Group(0));
  }
  if (const auto unit = FirstGroup({&kUnitTag, &kBoldUnit, &kAboutUnit, &kUnit}, text)) {
    out.unit = py::Str(py::Strip(py::Lower(*unit)));
  }
  const auto gold_match = kGold.Search(gold);
  if (!out.value || !out.unit || !gold_match) return out;
  const double gold_value = *py::Float(gold_match->Group(1));
  if (*out.value == 0 || gold_value == 0) {
    out.is_correct = *out.value == 0 && gold_value == 0;
    return out;
  }
  const py::Str gold_unit(py::Strip(py::Lower(gold_match->Group(2))));
  const double a = *out.value * Centimetres(*out.unit), b = gold_value * Centimetres(gold_unit);
  // max(x, y) of Python keeps x unless y is greater; NaN compares false.
  const double ratio = b / a > a / b ? b / a : a / b;
  constexpr double kTolerance = 2;
  out.is_correct = a != 0 && b != 0 && ratio < kTolerance;
  return out;
}

}  // namespace spatium
