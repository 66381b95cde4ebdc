#include "spatium/metrics/ptb.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "spatium/base/text.h"
#include "spatium/metrics/python.h"

namespace spatium {
namespace {

using py::Str;
using py::View;

// Abbreviations that keep their period, found by trying words on the reference tokenizer: always,
// only with a capital, only before a digit.
constexpr std::string_view kAbbreviations =
    "al cf co ct dr ft ga jr ky lt md mo mr ms mt ph rd rt sq sr st va vs vt wm adj adm "
    "adv ala apr aug ave bhd cie col cos cpl dak dec det drs ens esq est etc ext feb fla "
    "fri gen gov hon inc ind jan jos jul jun kan ltd maj mar mfg mme mon mrs mtg neb nev "
    "nov oct pfc plc pte pty pvt rep rev sen sep seq sfc sgt spc ste sys tel thu tue wed "
    "wis wyo alex ariz assn asst atty bldg blvd brig bros capt cmdr colo conn corp dept "
    "elec govs insp intl invt kans mich minn mlle mont msgr natl okla penn ppte ppty pres "
    "prof ptes ptys reps sens sept supt tenn tues univ wisc comdr calif messrs lieut "
    "assoc bancorp profs thurs attys fig ";
constexpr std::string_view kCapitalAbbreviations = "az la pa ark del ill ore tex mass miss wash";
// Words that begin a sentence where, with a capital, they follow a single letter and a period.
constexpr std::string_view kStarters =
    "a about according additionally after an as at but earlier he her here however if in it last "
    "many more now once one other our she since so some such that the their then there these they "
    "this we what when while yet you";
constexpr std::string_view kNumberAbbreviations = "ca no op pp art nos figs prop";

const std::unordered_set<std::string>& WordSet(std::string_view list) {
  static const auto make = [](std::string_view words) {
    std::unordered_set<std::string> out;
    for (const std::string_view word : SplitWhitespace(words)) out.emplace(word);
    return out;
  };
  static const auto always = make(kAbbreviations);
  static const auto capital = make(kCapitalAbbreviations);
  static const auto number = make(kNumberAbbreviations);
  static const auto starters = make(kStarters);
  if (list == kStarters) return starters;
  return list == kAbbreviations ? always : list == kCapitalAbbreviations ? capital : number;
}

bool IsAsciiLetter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

struct Range {
  char32_t low, high;
};
// Signs outside ASCII that are tokens of their own; other signs are dropped like blanks.
constexpr Range kSigns[] = {
    {0xa1, 0xa1},     {0xa5, 0xa9},     {0xac, 0xac},     {0xae, 0xb4},     {0xb6, 0xb9},
    {0xbf, 0xbf},     {0xd7, 0xd7},     {0xf7, 0xf7},     {0x37e, 0x37e},   {0x387, 0x387},
    {0x589, 0x589},   {0x5be, 0x5be},   {0x5c0, 0x5c0},   {0x5c3, 0x5c3},   {0x5c6, 0x5c6},
    {0x5f3, 0x5f4},   {0x600, 0x603},   {0x606, 0x60c},   {0x614, 0x614},   {0x61b, 0x61b},
    {0x61e, 0x61f},   {0x66a, 0x66a},   {0x66d, 0x66d},   {0x6d4, 0x6d4},   {0x700, 0x70d},
    {0x7f6, 0x7f8},   {0x964, 0x965},   {0xe3f, 0xe3f},   {0xe4f, 0xe4f},   {0x1fbd, 0x1fbd},
    {0x2016, 0x2017}, {0x201a, 0x201a}, {0x201e, 0x2023}, {0x2030, 0x2038}, {0x203b, 0x203b},
    {0x203e, 0x2042}, {0x2044, 0x2044}, {0x2070, 0x2070}, {0x2074, 0x207e}, {0x2080, 0x208e},
    {0x20a4, 0x20a4}, {0x2100, 0x2101}, {0x2103, 0x2106}, {0x2108, 0x2109}, {0x2114, 0x2114},
    {0x2116, 0x2118}, {0x211e, 0x2123}, {0x2125, 0x2125}, {0x2127, 0x2127}, {0x2129, 0x2129},
    {0x212e, 0x212e}, {0x213a, 0x213b}, {0x2140, 0x2144}, {0x214a, 0x214d}, {0x214f, 0x214f},
    {0x2155, 0x215e}, {0x2190, 0x2bff}, {0x3001, 0x3002}, {0x3012, 0x3012}, {0x30fb, 0x30fb},
    {0xff01, 0xff0f}, {0xff1a, 0xff20}, {0xff3b, 0xff40}, {0xff5b, 0xff65}, {0xffe0, 0xffe1},
    {0xffe5, 0xffe6}};

bool IsSign(char32_t c) {
  if (c < 0x80) return c > U' ' && !IsAsciiLetter(c) && !IsDigit(c);
  for (const Range& range : kSigns) {
    if (c >= range.low && c <= range.high) return true;
  }
  return false;
}

// Letters of words: also marks and digits of other scripts.
bool IsLetter(char32_t c) {
  if (c < 0x80) return IsAsciiLetter(c);
  if (c > 0xffff || IsSign(c)) return false;
  return py::IsAlpha(c) || py::IsMark(c) || py::IsDecimal(c);
}
bool IsAlnum(char32_t c) { return IsDigit(c) || IsLetter(c); }

struct Replacement {
  char32_t sign;
  View token;
};
// Signs that the tokenizer writes otherwise; "" is punctuation that is dropped.
constexpr Replacement kReplacements[] = {
    {U'(', U"-lrb-"}, {U')', U"-rrb-"}, {U'[', U"-lsb-"}, {U']', U"-rsb-"}, {U'{', U"-lcb-"},
    {U'}', U"-rcb-"}, {0xa2, U"cents"}, {0xa3, U"#"},     {0xa4, U"$"},     {0x20a0, U"$"},
    {0x20ac, U"$"},   {0xbc, U"1/4"},   {0xbd, U"1/2"},   {0xbe, U"3/4"},   {0x2153, U"1/3"},
    {0x2154, U"2/3"}, {U'.', U""},      {U',', U""},      {U':', U""},      {U';', U""},
    {U'?', U""},      {U'!', U""},      {U'-', U""},      {U'\'', U""},     {U'"', U""},
    {U'`', U""},      {0x2013, U""},    {0x2014, U""},    {0x2015, U""},    {0x2026, U""},
    {0x2018, U""},    {0x2019, U""},    {0x201b, U""},    {0x2039, U""},    {0x203a, U""},
    {0xab, U""},      {0xbb, U""},      {0x201c, U""},    {0x201d, U""}};

// Words whose two parts are tokens.
struct Fused {
  View word, first;
};
constexpr Fused kFused[] = {{U"cannot", U"can"},
                            {U"gonna", U"gon"},
                            {U"gotta", U"got"},
                            {U"lemme", U"lem"},
                            {U"gimme", U"gim"},
                            {U"wanna", U"wan"}};

class Scanner {
 public:
  explicit Scanner(View line) : s_(Prepare(line)) {}

  std::vector<Str> Run() {
    while (i_ < s_.size()) {
      if (Dash() || Markup() || Address() || Apostrophe() || Number() || Word() || Runs()) continue;
      Sign();
    }
    return std::move(out_);
  }

 private:
  // Entities and curly apostrophes in plain form; soft hyphens inside words dropped.
  static Str Prepare(View line) {
    Str text(line);
    if (py::Contains(line, U"&")) {
      constexpr std::pair<View, View> kEntities[] = {{U"&lt;", U"<"},
                                                     {U"&gt;", U">"},
                                                     {U"&quot;", U"\""},
                                                     {U"&apos;", U"'"},
                                                     {U"&nbsp;", U" "},
                                                     {U"&mdash;", U"--"},
                                                     {U"&amp;", U"&"}};
      for (const auto& [entity, plain] : kEntities) text = py::Replace(text, entity, plain);
    }
    Str out;
    for (const char32_t c : text) {
      if (c == 0x2019) {
        out += U'\'';
      } else if (c != 0xad) {
        out += c;
      }
    }
    return out;
  }

  char32_t At(size_t i) const { return i < s_.size() ? s_[i] : 0; }
  char32_t Lower(size_t i) const { return py::SimpleLower(At(i)); }
  bool LetterAt(size_t i) const { return i < s_.size() && IsLetter(s_[i]); }
  bool AlnumAt(size_t i) const { return i < s_.size() && IsAlnum(s_[i]); }
  bool DigitAt(size_t i) const { return i < s_.size() && IsDigit(s_[i]); }
  bool BlankAt(size_t i) const { return i >= s_.size() || py::IsSpace(s_[i]); }

  void Emit(size_t end) {
    out_.push_back(py::Lower(View(s_).substr(i_, end - i_)));
    i_ = end;
  }
  void EmitText(View text) { out_.emplace_back(text); }

  // Two hyphens or more: a dash, dropped.
  bool Dash() {
    if (At(i_) != U'-' || At(i_ + 1) != U'-') return false;
    while (At(i_) == U'-') ++i_;
    return true;
  }

  // <b>, </b>, <a href="x">, <!-- x -->: one token, its blanks no-break spaces.
  bool Markup() {
    if (At(i_) != U'<') return false;
    size_t name = i_ + 1;
    if (At(name) == U'/' || At(name) == U'!' || At(name) == U'?') ++name;
    const bool comment = At(i_ + 1) == U'!' && At(i_ + 2) == U'-';
    if (!IsAsciiLetter(At(name)) && !comment) return false;
    size_t end = name;
    while (end < s_.size() && s_[end] != U'>' && s_[end] != U'<' && s_[end] != U'\n') ++end;
    if (At(end) != U'>') return false;
    for (size_t k = i_; k < end; ++k) {
      if (s_[k] == U' ') s_[k] = 0xa0;
    }
    Emit(end + 1);
    return true;
  }

  // http://…, www.…, name@host, @name, #name.
  bool Address() {
    const bool http = View(s_).substr(i_, 7) == U"http://" || View(s_).substr(i_, 8) == U"https://";
    const bool www = View(s_).substr(i_, 4) == U"www.";
    if (http || www) {
      size_t end = i_;
      while (end < s_.size() && !py::IsSpace(s_[end]) &&
             !py::Contains(U"\"<>|(){}", View(s_).substr(end, 1))) {
        ++end;
      }
      while (end > i_ && py::Contains(U".,!?;:'-", View(s_).substr(end - 1, 1))) --end;
      Emit(end);
      return true;
    }
    const char32_t c = At(i_);
    if ((c == U'@' || c == U'#') && LetterAt(i_ + 1)) {
      size_t end = i_ + 1;
      while (LetterAt(end) || (c == U'@' && (DigitAt(end) || At(end) == U'_'))) ++end;
      Emit(end);
      return true;
    }
    if (!IsAlnum(c)) return false;
    size_t at = i_;
    while (AlnumAt(at) ||
           ((At(at) == U'.' || At(at) == U'-' || At(at) == U'_') && AlnumAt(at + 1))) {
      ++at;
    }
    if (At(at) != U'@' || !AlnumAt(at + 1)) return false;
    size_t end = at + 1;
    while (AlnumAt(end) || ((At(end) == U'.' || At(end) == U'-') && AlnumAt(end + 1))) ++end;
    Emit(end);
    return true;
  }

  // Whether the letters `word` stand at `at`, in any case, and no letter follows.
  bool WordAt(size_t at, View word) const {
    for (size_t k = 0; k < word.size(); ++k) {
      if (Lower(at + k) != word[k]) return false;
    }
    return !AlnumAt(at + word.size());
  }
  // 's 'm 'd 're 've 'll at `at`: their length, 0 if there is none.
  size_t Clitic(size_t at) const {
    if (At(at) != U'\'') return 0;
    for (const View end :
         {View(U"s"), View(U"m"), View(U"d"), View(U"re"), View(U"ve"), View(U"ll")}) {
      if (WordAt(at + 1, end)) return end.size() + 1;
    }
    return 0;
  }

  // Tokens that begin with an apostrophe.
  bool Apostrophe() {
    if (At(i_) != U'\'') return false;
    if (const size_t n = Clitic(i_)) {
      Emit(i_ + n);
      return true;
    }
    for (const View word : {View(U"em"), View(U"til"), View(U"till"), View(U"cause")}) {
      if (WordAt(i_ + 1, word)) {
        Emit(i_ + 1 + word.size());
        return true;
      }
    }
    if (WordAt(i_ + 1, U"n")) {
      Emit(i_ + 2 + (At(i_ + 2) == U'\''));
      return true;
    }
    for (const View word : {View(U"tis"), View(U"twas")}) {
      if (!WordAt(i_ + 1, word)) continue;
      Emit(i_ + 2);
      Emit(i_ + word.size() - 1);
      return true;
    }
    if (DigitAt(i_ + 1) && DigitAt(i_ + 2) && WordAt(i_ + 3, U"s")) {
      Emit(i_ + 4);
      return true;
    }
    return false;
  }

  // The end of [sign][digits][.,:digits]… at `at`; `at` if there is none.
  size_t NumberEnd(size_t at) const {
    size_t end = at;
    if ((At(end) == U'+' || At(end) == U'-') &&
        (DigitAt(end + 1) || (IsPoint(At(end + 1)) && DigitAt(end + 2)))) {
      ++end;
    }
    const size_t begin = end;
    while (DigitAt(end)) ++end;
    while (IsPoint(At(end)) && DigitAt(end + 1)) {
      ++end;
      while (DigitAt(end)) ++end;
    }
    return end > begin ? end : at;
  }
  static bool IsPoint(char32_t c) { return c == U'.' || c == U',' || c == U':'; }

  // The end of letters and digits joined by single hyphens, slashes or underscores.
  size_t ThingEnd(size_t at) const {
    size_t end = at;
    while (AlnumAt(end)) ++end;
    while (end > at && (At(end) == U'-' || At(end) == U'/' || At(end) == U'_') &&
           AlnumAt(end + 1)) {
      ++end;
      while (AlnumAt(end)) ++end;
    }
    return end;
  }

  bool Number() {
    size_t end = NumberEnd(i_);
    if (end == i_) return false;
    if (DigitAt(i_)) {
      // "1.5-in": a decimal may be followed by a hyphen and more. "1 1/2" is one token.
      const bool clock = View(s_).substr(i_, end - i_).find(U':') != View::npos;
      if (At(end) == U'-' && !clock && AlnumAt(end + 1)) end = ThingEnd(end + 1);
      end = std::max(end, ThingEnd(i_));
      if (const size_t mixed = MixedFractionEnd(i_); mixed > end) {
        std::replace(s_.begin() + static_cast<int64_t>(i_),
                     s_.begin() + static_cast<int64_t>(mixed),
                     U' ',
                     char32_t{0xa0});
        end = mixed;
      }
    }
    Emit(end);
    return true;
  }

  // The end of "1 1/2" at `at`; `at` if there is none.
  size_t MixedFractionEnd(size_t at) const {
    const auto digits = [&](size_t k) {
      while (DigitAt(k)) ++k;
      return k;
    };
    const size_t whole = digits(at);
    const size_t over = digits(whole + 1);
    const size_t under = digits(over + 1);
    const bool ok = whole > at && At(whole) == U' ' && over > whole + 1 && At(over) == U'/' &&
                    under > over + 1 && !AlnumAt(under);
    return ok ? under : at;
  }

  // Whether a capitalised starter stands behind blanks at `at`.
  bool StartsSentence(size_t at) const {
    if (!BlankAt(at)) return false;
    while (at < s_.size() && py::IsSpace(s_[at])) ++at;
    if (!(At(at) >= U'A' && At(at) <= U'Z')) return false;
    const size_t end = ThingEnd(at);
    return WordSet(kStarters).contains(py::ToUtf8(py::Lower(View(s_).substr(at, end - at))));
  }

  // Letters that keep their periods: "U.S.", "Mr.", "a.", "room.it". Returns the end with them.
  size_t PeriodEnd(size_t begin, size_t end) const {
    if (At(end) != U'.') return end;
    size_t last = end;  // the end of letters joined by single periods
    size_t parts = 1;
    bool single = end - begin == 1 && LetterAt(begin);
    if (LetterAt(begin)) {
      while (At(last) == U'.' && LetterAt(last + 1)) {
        const size_t next = ThingEnd(last + 1);
        single = single && next - last == 2;
        last = next;
        ++parts;
      }
    }
    if (At(last) != U'.') return last;
    if (single && parts == 1 && StartsSentence(last + 1)) return last;
    if (single) return last + 1;  // "a.", "U.S."
    const std::string word = py::ToUtf8(py::Lower(View(s_).substr(begin, last - begin)));
    if (parts > 1) return word == "ph.d" || word == "ed.d" ? last + 1 : last;
    if (WordSet(kAbbreviations).contains(word)) return last + 1;
    const bool capital = At(begin) >= U'A' && At(begin) <= U'Z';
    if (capital && WordSet(kCapitalAbbreviations).contains(word)) return last + 1;
    size_t after = last + 1;
    while (after < s_.size() && py::IsSpace(s_[after])) ++after;
    if (DigitAt(after) && WordSet(kNumberAbbreviations).contains(word)) return last + 1;
    return last;
  }

  bool Word() {
    if (!AlnumAt(i_)) return false;
    // AT&T: capitals around "&".
    size_t end = i_;
    while (At(end) >= U'A' && At(end) <= U'Z') ++end;
    if (end > i_ && At(end) == U'&' && At(end + 1) >= U'A' && At(end + 1) <= U'Z') {
      ++end;
      while (At(end) >= U'A' && At(end) <= U'Z') ++end;
      Emit(end);
      return true;
    }
    const char32_t first = Lower(i_);
    if ((first == U'c' || first == U'f') && At(i_ + 1) == U'#' && !AlnumAt(i_ + 2)) {
      Emit(i_ + 2);
      return true;
    }
    if (first == U'c' && At(i_ + 1) == U'+' && At(i_ + 2) == U'+') {
      Emit(i_ + 3);
      return true;
    }
    end = ThingEnd(i_);
    if (Joined(end)) return true;
    // isn't: the n goes with the contraction.
    if (Lower(end - 1) == U'n' && At(end) == U'\'' && WordAt(end + 1, U"t")) {
      if (end > i_ + 1) Emit(end - 1);
      Emit(i_ + 3);
      return true;
    }
    for (const auto& [word, head] : kFused) {
      if (end - i_ != word.size() || !WordAt(i_, word) || At(end) == U'\'') continue;
      Emit(i_ + head.size());
      Emit(end);
      return true;
    }
    if ((At(end) == U'!' || At(end) == U'?') && LetterAt(end + 1)) {
      end = ThingEnd(end + 1);  // "a!b"
    }
    end = PeriodEnd(i_, end);
    if (At(end - 1) == U'.' && At(end) == U'-' && LetterAt(end + 1)) {
      end = ThingEnd(end + 1);  // "U.S.-based"
    }
    Emit(end);
    return true;
  }

  // o'clock, l'oeuvre, ma'am, c'mon, y'all, ol', d': words with an apostrophe inside.
  bool Joined(size_t end) {
    if (At(end) != U'\'' || Clitic(end) > 0) return false;
    const size_t n = end - i_;
    const char32_t first = Lower(i_);
    if (n == 1 && first == U'y' && LetterAt(end + 1)) {
      Emit(end + 1);  // y'
      return true;
    }
    const bool prefix = n == 1 && (first == U'o' || first == U'd' || first == U'l');
    if ((prefix && LetterAt(end + 1)) || (WordAt(i_, U"ma") && WordAt(end + 1, U"am")) ||
        (WordAt(i_, U"c") && WordAt(end + 1, U"mon"))) {
      Emit(ThingEnd(end + 1));
      return true;
    }
    if (!LetterAt(end + 1) && (WordAt(i_, U"ol") || (n == 1 && first == U'd'))) {
      Emit(end + 1);
      return true;
    }
    return false;
  }

  // Runs of stars, underscores, "?!" and the like, and faces.
  bool Runs() {
    const char32_t c = At(i_);
    if ((c == U'#' || c == U'@') && At(i_ + 1) == c) {
      size_t end = i_;
      while (At(end) == c) ++end;
      Emit(end);
      return true;
    }
    if (c == U'*' || c == U'_') {
      size_t end = i_;
      while (At(end) == c && (c == U'_' || end - i_ < 3)) ++end;
      Emit(end);
      return true;
    }
    if (c == U'?' || c == U'!') {
      size_t end = i_;
      while (At(end) == U'?' || At(end) == U'!') ++end;
      if (end - i_ == 1) return false;
      Emit(end);
      return true;
    }
    if (View(s_).substr(i_, 3) == U"^_^" || View(s_).substr(i_, 3) == U"-_-") {
      Emit(i_ + 3);
      return true;
    }
    return Face();
  }

  // [<>] eyes [nose] mouth, its brackets escaped: ":-)" is ":--rrb-".
  bool Face() {
    size_t at = i_;
    if (At(at) == U'<' || At(at) == U'>') ++at;
    if (!py::Contains(U":;=", View(s_).substr(at, 1)) || at >= s_.size()) return false;
    ++at;
    if (At(at) == U'-' || At(at) == U'o' || At(at) == U'*' || At(at) == U'\'') ++at;
    if (at >= s_.size() || !py::Contains(U"()DPp{[@", View(s_).substr(at, 1))) return false;
    if (AlnumAt(at + 1)) return false;
    Str token;
    for (size_t k = i_; k <= at; ++k) {
      const char32_t c = s_[k];
      token += c == U'(' ? Str(U"-lrb-") : c == U')' ? Str(U"-rrb-") : Str(1, py::SimpleLower(c));
    }
    EmitText(token);
    i_ = at + 1;
    return true;
  }

  void Sign() {
    const char32_t c = s_[i_];
    for (const auto& [sign, token] : kReplacements) {
      if (c != sign) continue;
      if (!token.empty()) EmitText(token);
      ++i_;
      return;
    }
    if (IsSign(c)) {
      Emit(i_ + 1);
    } else {
      ++i_;  // a blank, or a character that the tokenizer does not know
    }
  }

  Str s_;
  size_t i_ = 0;
  std::vector<Str> out_;
};

}  // namespace

std::string PtbTokenize(std::string_view caption) {
  std::string out;
  for (const Str& token : Scanner(py::FromUtf8(caption)).Run()) {
    if (!out.empty()) out += ' ';
    out += py::ToUtf8(token);
  }
  return out;
}

}  // namespace spatium
