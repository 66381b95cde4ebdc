#include "spatium/metrics/ptb.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "spatium/base/text.h"
#include "spatium/metrics/ptb_shapes.h"
#include "spatium/metrics/ptb_text.h"
#include "spatium/metrics/ptb_words.h"

namespace spatium {
namespace {

using ptb::IsAlnum;
using ptb::IsApostrophe;
using ptb::IsAsciiDigit;
using ptb::IsAsciiLetter;
using ptb::IsHyphen;
using ptb::IsLetter;
using py::Str;
using py::View;

bool IsCapital(char32_t c) { return c >= U'A' && c <= U'Z'; }
bool IsAsciiAlnum(char32_t c) { return IsAsciiLetter(c) || IsAsciiDigit(c); }
bool OneOf(char32_t c, View set) { return c != 0 && set.find(c) != View::npos; }

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
// Words with an apostrophe, whatever follows them.
constexpr View kApostropheWords[] = {
    U"nat'l", U"cap'n", U"li'l", U"s'mores", U"ev'ry", U"e'er", U"c'mon", U"ol'"};
constexpr View kClitics[] = {U"s", U"m", U"d", U"re", U"ve", U"ll"};

// At each place the longest token wins, as in the reference's generated lexer; of equal ones the
// first that is tried.
class Scanner {
 public:
  explicit Scanner(View line) : s_(Prepare(line)) {}

  std::vector<Str> Run() {
    while (i_ < s_.size()) {
      end_ = i_;
      form_ = Form::kSign;
      Try(MarkupEnd(i_), Form::kMarkup);
      Try(ptb::EntityEnd(s_, i_), Form::kPlain);
      Try(ptb::AddressEnd(s_, i_), Form::kPlain);
      Try(MailEnd(), Form::kPlain);
      Try(SiteEnd(), Form::kPlain);
      Try(ptb::HandleEnd(s_, i_), Form::kPlain);
      Try(ptb::FaceEnd(s_, i_), Form::kFace);
      Try(ptb::PhoneEnd(s_, i_), Form::kNumbers);
      Try(ptb::FractionEnd(s_, i_), Form::kNumbers);
      Try(ptb::NumberEnd(s_, i_), Form::kPlain);
      Try(ptb::BracketNameEnd(s_, i_), Form::kPlain);
      Try(ApostropheEnd(), Form::kPlain);
      Words();
      Signs();
      Take();
    }
    return std::move(out_);
  }

 private:
  // How a token is written.
  enum class Form {
    kPlain,
    kMarkup,    // blanks inside as no-break spaces
    kNumbers,   // the same, and brackets escaped
    kFace,      // brackets escaped
    kFused,     // gon|na
    kBeforeNt,  // is|n't: the part before
    kClitic,    // a curly apostrophe becomes plain
    kQuotes,    // two quotation marks, which stay as they are not on the wrapper's list
    kDropped,
    kSign
  };

  // Entities in plain form; soft hyphens inside words dropped.
  static Str Prepare(View line) {
    Str text(line);
    if (py::Contains(line, U"&")) {
      constexpr std::pair<View, View> kEntities[] = {{U"&lt;", U"<"},
                                                     {U"&LT;", U"<"},
                                                     {U"&Lt;", U"<"},
                                                     {U"&gt;", U">"},
                                                     {U"&GT;", U">"},
                                                     {U"&Gt;", U">"},
                                                     {U"&quot;", U"\""},
                                                     {U"&apos;", U"'"},
                                                     {U"&nbsp;", U" "},
                                                     {U"&NBSP;", U" "},
                                                     {U"&mdash;", U"\u2014"},
                                                     {U"&ndash;", U"\u2014"},
                                                     {U"&amp;", U"&"},
                                                     {U"&AMP;", U"&"}};
      for (const auto& [entity, plain] : kEntities) text = py::Replace(text, entity, plain);
    }
    std::erase(text, char32_t{0xad});
    return text;
  }

  char32_t At(size_t i) const { return i < s_.size() ? s_[i] : 0; }
  char32_t Lower(size_t i) const { return py::SimpleLower(At(i)); }
  bool LetterAt(size_t i) const { return i < s_.size() && IsLetter(s_[i]); }
  bool AlnumAt(size_t i) const { return i < s_.size() && IsAlnum(s_[i]); }
  bool DigitAt(size_t i) const { return i < s_.size() && IsAsciiDigit(s_[i]); }
  bool ApostropheAt(size_t i) const { return i < s_.size() && IsApostrophe(s_[i]); }
  bool BlankAt(size_t i) const { return i >= s_.size() || py::IsSpace(s_[i]); }
  size_t LettersEnd(size_t i) const {
    while (LetterAt(i)) ++i;
    return i;
  }
  size_t AlnumEnd(size_t i) const {
    while (AlnumAt(i)) ++i;
    return i;
  }

  void Try(size_t end, Form form) { TryBefore(end, 0, form); }
  // `end` decides the length; the token is what lies before `end - seen`, which is only seen.
  void TryBefore(size_t end, size_t seen, Form form) {
    if (end > end_) {
      end_ = end;
      seen_ = seen;
      form_ = form;
    }
  }

  // Whether the letters `word` stand at `at`, in any case; an apostrophe may be curly.
  bool PrefixAt(size_t at, View word) const {
    for (size_t k = 0; k < word.size(); ++k) {
      if (word[k] == U'\'' ? !ApostropheAt(at + k) : Lower(at + k) != word[k]) return false;
    }
    return true;
  }
  // The same, and no letter or digit follows.
  bool WordAt(size_t at, View word) const {
    return PrefixAt(at, word) && !AlnumAt(at + word.size());
  }
  // 's 'm 'd 're 've 'll at `at`: their length, 0 if there is none. Behind a typewriter apostrophe
  // no ASCII letter may follow.
  size_t Clitic(size_t at) const {
    if (!ApostropheAt(at)) return 0;
    for (const View end : kClitics) {
      if (!PrefixAt(at + 1, end)) continue;
      if (At(at) == U'\'' && IsAsciiLetter(At(at + 1 + end.size()))) continue;
      return end.size() + 1;
    }
    return 0;
  }

  // The end of the tag at `at`.
  size_t MarkupEnd(size_t at) {
    if (At(at) != U'<') return at;
    if (close_ <= at) close_ = View(s_).find(U'>', at);
    return ptb::MarkupEnd(s_, at, close_);
  }

  // name@host, also after "mailto:" and in angle brackets. Whatever stands in one piece with an
  // "@" that is followed by a host belongs to it.
  size_t MailEnd() {
    const size_t begin = i_ + (At(i_) == U'<' ? 1 : 0);
    if (!IsAsciiAlnum(At(begin))) return i_;
    const auto stops = [&](size_t k) {
      return k >= s_.size() || py::IsSpace(s_[k]) || OneOf(s_[k], U"\"<>|(){}");
    };
    if (begin >= piece_end_) {  // a new piece: find its last "@" with a host
      piece_at_ = View::npos;
      for (piece_end_ = begin; !stops(piece_end_); ++piece_end_) {
        const bool host = !stops(piece_end_ + 1) && At(piece_end_ + 1) != U'.';
        if (s_[piece_end_] == U'@' && host) piece_at_ = piece_end_;
      }
    }
    if (piece_at_ == View::npos || piece_at_ <= begin) return i_;
    size_t end = piece_at_ + 1;
    while (!stops(end) && (At(end) != U'.' || (!stops(end + 1) && At(end + 1) != U'.'))) ++end;
    return end + (At(end) == U'>' ? 1 : 0);
  }

  // host.com/path with one of four domains: the host is odd, as the reference reads ",-_" as a
  // range of characters.
  size_t SiteEnd() {
    if (!LetterAt(i_)) return i_;
    const auto in_host = [&](size_t k) {
      const char32_t c = At(k);
      return c != 0 && !py::IsSpace(c) && !OneOf(c, U"\"`'<>|!?(){}$") &&
             !(c >= U',' && c <= U'_' && c != U'.');
    };
    if (i_ >= site_end_) {
      site_dot_ = i_;
      for (site_end_ = i_; in_host(site_end_); ++site_end_) {
        if (s_[site_end_] == U'.') site_dot_ = site_end_;
      }
    }
    size_t end = site_end_;
    const size_t dot = site_dot_;
    if (dot <= i_ || At(dot - 1) == U'.') return i_;
    if (dot + 1 == end && IsAsciiLetter(At(end))) end += 3;  // a domain in capitals
    const View domain = View(s_).substr(dot + 1, end - dot - 1);
    const Str lower = py::Lower(domain);
    if (lower != U"com" && lower != U"net" && lower != U"org" && lower != U"edu") return i_;
    if (At(end) != U'/') return end;
    const auto in_path = [&](size_t k) {
      return k < s_.size() && !py::IsSpace(s_[k]) && !OneOf(s_[k], U"\"<>|()");
    };
    size_t path = end + 1;
    while (in_path(path)) ++path;
    while (path > end + 2 && OneOf(At(path - 1), U".!?,-{}")) --path;
    return path > end + 2 ? path : end;
  }

  // Tokens that begin with an apostrophe.
  size_t ApostropheEnd() {
    if (!ApostropheAt(i_)) return i_;
    if (const size_t n = Clitic(i_)) {
      Try(i_ + n, Form::kClitic);
      return i_;
    }
    for (const View word : {View(U"em"), View(U"till"), View(U"til"), View(U"cause")}) {
      if (PrefixAt(i_ + 1, word)) return i_ + 1 + word.size();
    }
    if (Lower(i_ + 1) == U'n') {
      if (ApostropheAt(i_ + 2)) return i_ + 3;
      if (At(i_) == U'\'' ? BlankAt(i_ + 2) : !AlnumAt(i_ + 2)) return i_ + 2;
    }
    if (At(i_) == U'\'') {
      for (const View word : {View(U"tis"), View(U"twas")}) {
        if (PrefixAt(i_ + 1, word)) TryBefore(i_ + 1 + word.size(), word.size() - 1, Form::kPlain);
      }
    }
    if (DigitAt(i_ + 1) && DigitAt(i_ + 2)) {
      if (At(i_ + 2) == U'0' && Lower(i_ + 3) == U's') return i_ + 4;  // '90s
      if (BlankAt(i_ + 3)) return i_ + 3;
    }
    return i_;
  }

  // Whether a capitalised starter stands between blanks behind `at`, or a tag behind blanks.
  bool StartsSentence(size_t at) {
    if (!BlankAt(at)) return false;
    while (at < s_.size() && py::IsSpace(s_[at])) ++at;
    if (const size_t tag = MarkupEnd(at); tag > at) return BlankAt(tag);
    if (!IsCapital(At(at))) return false;
    const size_t end = ptb::HyphenEnd(s_, at);
    const std::string word = py::ToUtf8(py::Lower(View(s_).substr(at, end - at)));
    if (At(end) == U'.') return BlankAt(end + 1) && (word == "mr" || word == "ms");
    return BlankAt(end) && ptb::StartsSentences(word);
  }
  // What the word from i_ to `end` is as an abbreviation here.
  ptb::Abbreviation AbbreviationHere(size_t end) const {
    using ptb::Abbreviation;
    const auto kind = ptb::AbbreviationKind(py::ToUtf8(py::Lower(View(s_).substr(i_, end - i_))));
    if (kind == Abbreviation::kCapital && !IsCapital(At(i_))) return Abbreviation::kNone;
    if (kind == Abbreviation::kBeforeDigit) {
      size_t after = end + 1;
      while (after < s_.size() && py::IsSpace(s_[after])) ++after;
      if (!DigitAt(after)) return Abbreviation::kNone;
    }
    return kind;
  }

  // Letters that keep their periods: "U.S.", "Mr.", "a.", "room.it", "a!b". Nothing if no sign
  // follows the letters.
  void Dotted() {
    if (!LetterAt(i_)) return;
    constexpr size_t kAhead = 2;  // "Jr.B" is "Jr." "B", "Jr.Bo" is one
    size_t end = AlnumEnd(i_), parts = 1;
    bool single = end - i_ == 1 && IsAsciiLetter(At(i_));
    while (OneOf(At(end), U".!?") && LetterAt(end + 1) && !py::IsDecimal(s_[end + 1])) {
      const size_t next = AlnumEnd(end + 1);
      single = single && At(end) == U'.' && next - end == 2 && IsAsciiLetter(At(end + 1));
      end = next;
      ++parts;
    }
    const bool stops = At(end) == U'.';
    if (parts > 1) Try(end, Form::kPlain);
    const size_t first = AlnumEnd(i_);
    const auto kind = At(first) == U'.' ? AbbreviationHere(first) : ptb::Abbreviation::kNone;
    if (kind == ptb::Abbreviation::kFinal || kind == ptb::Abbreviation::kCapital) {
      TryBefore(first + 1 + kAhead, kAhead, Form::kPlain);
    }
    if (stops && OneOf(At(end + 1), U",;:") && (end - i_ > 1 || single)) {
      Try(end + 1, Form::kPlain);
    }
    if (!stops) return;
    if (single && parts == 1 && StartsSentence(end + 1)) return;
    const std::string word = py::ToUtf8(py::Lower(View(s_).substr(i_, end - i_)));
    if (single || (parts == 1 && kind != ptb::Abbreviation::kNone)) {
      Try(end + 1, Form::kPlain);
    } else if (word == "ph.d" || word == "ed.d") {
      TryBefore(end + 1 + kAhead, kAhead, Form::kPlain);
    }
  }

  void Words() {
    if (!AlnumAt(i_)) return;
    Dotted();  // first: of two forms of one length
    const size_t things = ptb::HyphenEnd(s_, i_);
    Try(things, Form::kPlain);
    Try(ptb::SlashEnd(s_, i_), Form::kPlain);
    const size_t measure = ptb::MeasureEnd(s_, i_);
    Try(measure, Form::kPlain);
    Try(ptb::FileEnd(s_, i_), Form::kPlain);
    for (const size_t end : {things, measure}) {
      if (At(end) == U'.' && OneOf(At(end + 1), U",;:") && (end - i_ > 1 || IsAsciiAlnum(At(i_)))) {
        Try(end + 1, Form::kPlain);
      }
    }
    // AT&T, A+B; US$.
    size_t capitals = i_;
    while (IsCapital(At(capitals))) ++capitals;
    size_t joined = capitals;
    while (joined > i_ && OneOf(At(joined), U"&+") && IsCapital(At(joined + 1))) {
      ++joined;
      while (IsCapital(At(joined))) ++joined;
    }
    if (joined > capitals) Try(joined, Form::kPlain);
    if (capitals > i_ && At(capitals) == U'$') Try(capitals + 1, Form::kPlain);
    const char32_t first = Lower(i_);
    if (OneOf(first, U"cf") && At(i_ + 1) == U'#') Try(i_ + 2, Form::kPlain);
    if (first == U'c' && At(i_ + 1) == U'+' && At(i_ + 2) == U'+') Try(i_ + 3, Form::kPlain);
    for (const auto& [word, head] : kFused) {
      // Of the same length as the word itself, which was tried before.
      if (WordAt(i_, word) && end_ == i_ + word.size()) {
        form_ = Form::kFused;
        fused_ = head.size();
      }
    }
    Contracted();
  }

  // Words with an apostrophe behind or inside.
  void Contracted() {
    const size_t letters = LettersEnd(i_);
    const size_t n = letters - i_;
    if (n == 0 || !ApostropheAt(letters)) return;
    if (const size_t clitic = Clitic(letters)) {
      TryBefore(letters + clitic, clitic, Form::kPlain);
    }
    for (const View joined : kApostropheWords) {
      if (PrefixAt(i_, joined)) Try(i_ + joined.size(), Form::kPlain);
    }
    const char32_t first = At(i_), last = At(letters - 1), next = At(letters + 1);
    if (n == 1) {
      if (OneOf(Lower(i_), U"dlj") || (Lower(i_) == U'y' && AlnumAt(letters + 1))) {
        Try(letters + 1, Form::kPlain);  // d', y'
      }
      const bool name = (IsCapital(first) && first != U'I' && first != U'Y') || first == U'n';
      if (name && LetterAt(letters + 1) && LetterAt(letters + 2)) {
        Try(LettersEnd(letters + 1), Form::kPlain);  // O'Brien, B'day
      }
    } else if (OneOf(Lower(letters - 1), U"aeiouy") && (OneOf(next, U"aeiou") || IsCapital(next))) {
      Try(LettersEnd(letters + 1), Form::kPlain);  // ma'am, Hawai'i
    }
    // isn't: the n goes with the contraction.
    const View word = View(s_).substr(i_, n);
    const bool ascii = std::all_of(word.begin(), word.end(), IsAsciiLetter);
    if (ascii && OneOf(last, U"nN") && Lower(letters + 1) == U't') {
      if (n > 1 && Lower(letters - 2) == U'n') return;  // "cann't"
      if (n > 1) {
        TryBefore(letters + 2, 3, Form::kBeforeNt);
      } else {
        Try(letters + 2, Form::kClitic);
      }
    }
  }

  // Runs of dashes, stars, underscores, "?!" and the like, and single signs.
  void Signs() {
    const char32_t c = At(i_);
    const auto run = [&](size_t max) {
      size_t end = i_;
      while (At(end) == c && end - i_ < max) ++end;
      return end;
    };
    if (c == U'-' && At(i_ + 1) == U'-') {
      const size_t end = run(View::npos);
      Try(end, end - i_ > 4 ? Form::kPlain : Form::kDropped);
    } else if (c == U'.' && run(3) == i_ + 3) {
      Try(run(View::npos), Form::kDropped);
    } else if (View(s_).substr(i_, 5) == U". . .") {
      Try(i_ + 5, Form::kDropped);
    } else if (c == U'\'' && At(i_ + 1) == c) {
      Try(i_ + 2, Form::kDropped);
    } else if (!ptb::QuoteText(c).empty() && !ptb::QuoteText(At(i_ + 1)).empty()) {
      Try(i_ + 2, Form::kQuotes);
    } else if ((c == U'#' || c == U'@') && At(i_ + 1) == c) {
      Try(run(View::npos), Form::kPlain);
    } else if ((c == U'<' || c == U'>') && At(i_ + 1) == c) {
      Try(i_ + 2, Form::kPlain);
    } else if (c == U'*') {
      Try(run(View::npos), Form::kPlain);
    } else if (c == U'_') {
      Try(run(View::npos), Form::kPlain);
    } else if (c == U'\\' && At(i_ + 1) == U'*') {
      size_t end = i_;
      while (At(end) == U'\\' && At(end + 1) == U'*' && end - i_ < 6) end += 2;
      Try(end, Form::kPlain);
    } else if (c == U'?' || c == U'!') {
      size_t end = i_;
      while (At(end) == U'?' || At(end) == U'!') ++end;
      if (end - i_ > 1) Try(end, Form::kPlain);
    }
  }

  // Writes the token found, or the sign at i_, and goes on behind it.
  void Take() {
    size_t end = end_ - std::exchange(seen_, 0);
    if (form_ == Form::kSign) {
      end = i_ + 1;
      const char32_t c = s_[i_];
      if (const View* text = ptb::Replacement(c)) {
        if (!text->empty()) out_.emplace_back(*text);
      } else if (ptb::IsSign(c)) {
        out_.emplace_back(1, py::SimpleLower(c));
      }  // else a blank, or a character that the tokenizer does not know
    } else if (form_ == Form::kQuotes) {
      Str token(ptb::QuoteText(s_[i_]));
      token += ptb::QuoteText(s_[i_ + 1]);
      if (token != U"``" && token != U"''") out_.push_back(std::move(token));
    } else if (form_ != Form::kDropped) {
      Emit(i_, form_ == Form::kFused ? i_ + fused_ : end);
      if (form_ == Form::kFused) Emit(i_ + fused_, end);
    }
    i_ = end;
  }
  void Emit(size_t begin, size_t end) {
    const Str text = py::Lower(View(s_).substr(begin, end - begin));
    const bool keeps_blanks = form_ == Form::kMarkup || form_ == Form::kNumbers;
    const bool escapes = form_ == Form::kNumbers || form_ == Form::kFace;
    Str token;
    for (const char32_t c : text) {
      if (keeps_blanks && c == U' ') {
        token += char32_t{0xa0};
      } else if (form_ == Form::kClitic && IsApostrophe(c)) {
        token += U'\'';
      } else if (escapes && (c == U'(' || c == U')')) {
        token += c == U'(' ? U"-lrb-" : U"-rrb-";
      } else {
        token += c;
      }
    }
    out_.push_back(std::move(token));
  }

  Str s_;
  size_t i_ = 0;
  // The best token at i_: where it ends, what of it is only seen, how it is written.
  size_t end_ = 0, seen_ = 0, fused_ = 0;
  Form form_ = Form::kSign;
  // Of the piece without blanks and brackets around i_: its end and its "@"; of the host: its end
  // and last dot; the next ">".
  size_t piece_end_ = 0, piece_at_ = View::npos, site_end_ = 0, site_dot_ = 0, close_ = 0;
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
