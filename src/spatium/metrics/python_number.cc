#include <algorithm>
#include <charconv>
#include <clocale>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "spatium/base/text.h"
#include "spatium/metrics/exact_integer.h"
#include "spatium/metrics/python.h"

namespace spatium::py {
namespace {

constexpr size_t kMaxIntDigits = 4300;  // sys.int_info.default_max_str_digits

// The text as CPython's number parsers see it: Unicode digits as ASCII ones, Unicode spaces as ' ',
// anything else outside ASCII as '?'; then without the white space that C's isspace names.
std::string NumberText(View text) {
  std::string out;
  out.reserve(text.size());
  for (const char32_t c : text) {
    if (c < 127) {
      out.push_back(static_cast<char>(c));
    } else if (IsSpace(c)) {
      out.push_back(' ');
    } else {
      const int digit = IsDecimal(c) ? DecimalValue(c) : -1;
      out.push_back(digit >= 0 ? static_cast<char>('0' + digit) : '?');
    }
  }
  const auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!out.empty() && space(out.back())) out.pop_back();
  size_t begin = 0;
  while (begin < out.size() && space(out[begin])) ++begin;
  return out.substr(begin);
}

bool AsciiDigit(char c) { return c >= '0' && c <= '9'; }

// Removes each "_" that stands between two digits; false if there is any other.
bool DropUnderscores(std::string& text) {
  if (text.find('_') == std::string::npos) return true;
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      out.push_back(text[i]);
    } else if (i == 0 || i + 1 == text.size() || !AsciiDigit(text[i - 1]) ||
               !AsciiDigit(text[i + 1])) {
      return false;
    }
  }
  text = std::move(out);
  return true;
}

size_t SkipDigits(std::string_view text, size_t i) {
  while (i < text.size() && AsciiDigit(text[i])) ++i;
  return i;
}

// [digits][.digits][e[sign]digits] with at least one digit before the exponent.
bool IsDecimalFloat(std::string_view text) {
  size_t i = SkipDigits(text, 0);
  size_t digits = i;
  if (i < text.size() && text[i] == '.') {
    const size_t end = SkipDigits(text, i + 1);
    digits += end - i - 1;
    i = end;
  }
  if (digits == 0) return false;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    const size_t end = SkipDigits(text, i);
    if (end == i) return false;
    i = end;
  }
  return i == text.size();
}

// Correctly rounded; overflow is infinity, underflow 0 or a denormal. `text` is well-formed.
double DecimalToDouble(const std::string& text) {
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec == std::errc()) return value;
  static const locale_t c_locale = newlocale(LC_ALL_MASK, "C", nullptr);
  return strtod_l(text.c_str(), nullptr, c_locale);
}

}  // namespace

std::optional<double> Float(View text) {
  const auto space = [](char32_t c) { return c == U' ' || (c >= U'\t' && c <= U'\r'); };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  // Most texts begin like no number, or are short and plain.
  if (text.empty() || (text[0] < 0x80 && !Contains(U"0123456789+-.iInN", text.substr(0, 1))))
    return std::nullopt;
  char plain[32];
  if (text.size() <= std::size(plain)) {
    const size_t sign = text[0] == U'-' || text[0] == U'+' ? 1 : 0;
    size_t n = 0;
    for (const char32_t c : text.substr(sign)) plain[n++] = c < 0x80 ? static_cast<char>(c) : '?';
    double value = 0;
    if (IsDecimalFloat({plain, n}) && std::from_chars(plain, plain + n, value).ec == std::errc())
      return text[0] == U'-' ? -value : value;
  }
  std::string s = NumberText(text);
  if (!DropUnderscores(s) || s.empty()) return std::nullopt;
  const bool negative = s[0] == '-';
  if (s[0] == '-' || s[0] == '+') s.erase(0, 1);
  double value = 0;
  if (IsDecimalFloat(s)) {
    value = DecimalToDouble(s);
  } else {
    const std::string lower = ToLower(s);
    if (lower == "inf" || lower == "infinity") {
      value = std::numeric_limits<double>::infinity();
    } else if (lower == "nan") {
      value = std::numeric_limits<double>::quiet_NaN();
    } else {
      return std::nullopt;
    }
  }
  return negative ? -value : value;
}

std::optional<Int> ParseInt(View text) {
  std::string s = NumberText(text);
  if (!DropUnderscores(s) || s.empty()) return std::nullopt;
  const bool negative = s[0] == '-';
  if (s[0] == '-' || s[0] == '+') s.erase(0, 1);
  if (s.empty() || s.size() > kMaxIntDigits || SkipDigits(s, 0) != s.size()) return std::nullopt;
  Int out;
  out.value = DecimalToDouble(s);
  if (negative) out.value = -out.value;
  const std::string digits = (negative ? "-" : "") + s;
  int64_t exact = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), exact);
  if (result.ec == std::errc()) out.i64 = exact;
  return out;
}

std::string IntegerDigits(View text) {
  if (!ParseInt(text)) return "";
  std::string s = NumberText(text);
  DropUnderscores(s);
  const bool negative = s[0] == '-';
  if (negative || s[0] == '+') s.erase(0, 1);
  s.erase(0, std::min(s.find_first_not_of('0'), s.size() - 1));
  return (negative && s != "0" ? "-" : "") + s;
}

double RoundHalfEven(double x) { return std::nearbyint(x); }

double Round(double x, int digits) {
  if (!std::isfinite(x)) return x;
  const std::string text = FormatFixed(x, digits);
  return DecimalToDouble(text);
}

namespace {

template <class T>
T PairwiseSum(std::span<const T> values) {
  const size_t n = values.size();
  if (n < 8) {
    T sum = T{-0.0};  // numpy's identity for this loop
    for (const T v : values) sum += v;
    return n == 0 ? T{0} : sum;
  }
  if (n <= 128) {
    T r[8];
    for (size_t k = 0; k < 8; ++k) r[k] = values[k];
    size_t i = 8;
    for (; i + 8 <= n; i += 8) {
      for (size_t k = 0; k < 8; ++k) r[k] += values[i + k];
    }
    T sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    for (; i < n; ++i) sum += values[i];
    return sum;
  }
  size_t half = n / 2;
  half -= half % 8;
  return PairwiseSum(values.first(half)) + PairwiseSum(values.subspan(half));
}

template <class T>
T BufferedSum(std::span<const T> values) {
  constexpr size_t kBuffer = 8192;
  if (values.size() <= kBuffer) return PairwiseSum(values);
  T sum = 0;
  for (size_t i = 0; i < values.size(); i += kBuffer)
    sum += PairwiseSum(values.subspan(i, std::min(kBuffer, values.size() - i)));
  return sum;
}

}  // namespace

double NumpySum(std::span<const double> values) { return BufferedSum(values); }
float NumpySum(std::span<const float> values) { return BufferedSum(values); }

double NumpyMean(std::span<const double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  return NumpySum(values) / static_cast<double>(values.size());
}

double Sum(std::span<const double> values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum;
}

std::vector<double> Linspace(double start, double stop, int n) {
  std::vector<double> out;
  if (n <= 0) return out;
  out.reserve(static_cast<size_t>(n));
  const int div = n - 1;
  const double delta = stop - start;
  const double step = div > 0 ? delta / div : 0;
  for (int i = 0; i < n; ++i) {
    // numpy multiplies by the step, or divides first where the step underflows to 0.
    const double offset = div > 0 && step == 0 ? i / static_cast<double>(div) * delta : i * step;
    out.push_back(offset + start);
  }
  if (n > 1) out.back() = stop;
  return out;
}

}  // namespace spatium::py
