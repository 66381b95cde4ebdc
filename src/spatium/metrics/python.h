#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What the official scorers take from Python and what leaks into their scores: strings are
// sequences of code points, white space, digits and letters are Unicode's, float() and int() read
// more than C's functions do. Behaviour is CPython 3.11's; character data are ICU's.
namespace spatium::py {

using Str = std::u32string;
using View = std::u32string_view;

// Bytes that are not UTF-8 become U+FFFD, one for each maximal ill-formed part.
Str FromUtf8(std::string_view text);
std::string ToUtf8(View text);

// A text to look at once, as most replies are: short ones cost no heap memory.
class Scratch {
 public:
  static Scratch FromUtf8(std::string_view text);  // the same code points as py::FromUtf8
  static Scratch Lower(View text);                 // as py::Lower
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  View view() const { return view_; }
  operator View() const { return view_; }

 private:
  template <class Text, class General>
  Scratch(Text text, General general);

  char32_t short_[96];  // chosen: longer than the replies that scoring is about
  Str long_;
  View view_;
};

bool IsSpace(char32_t c);    // str.isspace, regex \s
bool IsDecimal(char32_t c);  // str.isdecimal, regex \d
bool IsAlpha(char32_t c);    // str.isalpha
bool IsAlnum(char32_t c);    // str.isalnum
bool IsMark(char32_t c);     // a combining mark (general category M)
bool IsDigit(char32_t c);    // str.isdigit: also superscripts
inline bool IsWord(char32_t c) { return c == U'_' || IsAlnum(c); }  // regex \w
int DecimalValue(char32_t c);                                       // 0..9, -1 if none
char32_t SimpleLower(char32_t c);  // the case folding of re.IGNORECASE
bool IsDigitText(View text);       // str.isdigit(): false for ""

View Strip(View text);
View LStrip(View text);
View RStrip(View text);
View Strip(View text, View chars);
View RStrip(View text, View chars);
Str Lower(View text);             // full mapping, final sigma included
bool EqualLower(View a, View b);  // Lower(a) == Lower(b)
Str Upper(View text);
Str Capitalize(View text);

std::vector<View> Split(View text);            // by white space, no empty pieces
std::vector<View> Split(View text, View sep);  // by `sep`, empty pieces kept
std::vector<View> SplitLines(View text);       // str.splitlines()
View TakeLine(View& text);                     // its first line, taken off; `text` is not empty
View FirstPiece(View text, View sep);          // text.split(sep)[0]
View LastPiece(View text, View sep);           // text.split(sep)[-1]
Str Replace(View text, View from, View to);
Str Join(std::span<const View> pieces, View sep);
inline bool Contains(View text, View part) { return text.find(part) != View::npos; }

// float(text): surrounding white space, "_" between digits, any Unicode decimal digits, "inf",
// "infinity" and "nan" in any case. None is ValueError.
std::optional<double> Float(View text);

// int(text) as far as scores need it: its value as a double, rounded as float(int(text)) is.
struct Int {
  double value = 0;            // infinite where float() of it would raise OverflowError
  std::optional<int64_t> i64;  // exact, if it fits
};
// None is ValueError: not an integer, or more than 4300 digits.
std::optional<Int> ParseInt(View text);

// round(x): half to even.
double RoundHalfEven(double x);
// round(x, digits) of CPython: correctly rounded decimal, half to even on the exact binary value.
double Round(double x, int digits);

// numpy.sum / numpy.mean of a contiguous array: pairwise in blocks of 128, as numpy did up to 2.2 a
// buffer of 8192 at a time.
double NumpySum(std::span<const double> values);
float NumpySum(std::span<const float> values);
double NumpyMean(std::span<const double> values);  // NaN for none
// sum(values), left to right from 0.
double Sum(std::span<const double> values);
// numpy.linspace(start, stop, n).
std::vector<double> Linspace(double start, double stop, int n);

}  // namespace spatium::py
