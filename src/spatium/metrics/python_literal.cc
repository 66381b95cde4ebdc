#include "spatium/metrics/python_value.h"

namespace spatium::py {
namespace {

constexpr int kMaxDepth =
    90;  // CPython's parser stops nesting of brackets at 200, its stack earlier

// A reader of the expressions ast.literal_eval accepts: constants, containers, signs.
class LiteralReader {
 public:
  explicit LiteralReader(View text) : text_(text) {}

  Parsed Run() {
    while (at_ < text_.size() && (text_[at_] == U' ' || text_[at_] == U'\t')) ++at_;
    Value value;
    if (!ReadTupleOrValue(value, 0, false)) return {std::nullopt, failure_};
    depth_of_brackets_ = 1;  // trailing line ends and comments
    SkipSpace();
    if (at_ != text_.size()) return {std::nullopt, ParseFailure::kSyntax};
    return {std::move(value), {}};
  }

 private:
  char32_t Peek(size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : 0;
  }
  bool Take(View token) {
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }
  bool Fail(ParseFailure failure) {
    failure_ = failure;
    return false;
  }
  void SkipSpace() {
    while (at_ < text_.size()) {
      const char32_t c = text_[at_];
      if (c == U' ' || c == U'\t' || c == U'\f' ||
          (depth_of_brackets_ > 0 && (c == U'\n' || c == U'\r'))) {
        ++at_;
      } else if (c == U'#') {
        while (at_ < text_.size() && text_[at_] != U'\n') ++at_;
      } else if (c == U'\\' && Peek(1) == U'\n') {
        at_ += 2;
      } else {
        return;
      }
    }
  }

  // "a, b" without brackets is a tuple; inside parentheses too.
  bool ReadTupleOrValue(Value& out, int depth, bool in_parentheses) {
    SkipSpace();
    if (in_parentheses && Peek() == U')') {
      out.v = Tuple{};
      return true;
    }
    if (!ReadSum(out, depth)) return false;
    SkipSpace();
    if (Peek() != U',') return true;
    Tuple tuple;
    tuple.items.push_back(std::move(out));
    while (Take(U",")) {
      SkipSpace();
      if (at_ == text_.size() || Peek() == U')' || Peek() == U'\n') break;
      if (!ReadSum(tuple.items.emplace_back(), depth)) return false;
      SkipSpace();
    }
    out = Value{std::move(tuple)};
    return true;
  }

  // number [+-] imaginary is allowed; the result is a complex number.
  bool ReadSum(Value& out, int depth) {
    if (!ReadSigned(out, depth)) return false;
    SkipSpace();
    while (Peek() == U'+' || Peek() == U'-') {
      ++at_;
      Value right;
      if (!out.IsNumber() || !ReadSigned(right, depth) || !right.As<Other>())
        return Fail(ParseFailure::kSyntax);
      out.v = Other{};
      SkipSpace();
    }
    return true;
  }

  // literal_eval allows a sign before a number, not a sign before a sign.
  bool ReadSigned(Value& out, int depth) {
    SkipSpace();
    const char32_t sign = Peek();
    if (sign != U'+' && sign != U'-') return ReadAtom(out, depth);
    ++at_;
    SkipSpace();
    if (!ReadAtom(out, depth)) return false;
    if (out.As<bool>() || !(out.IsNumber() || out.As<Other>())) return Fail(ParseFailure::kSyntax);
    if (sign == U'-') {
      if (Int* i = std::get_if<Int>(&out.v)) {
        i->value = i->value == 0 ? 0 : -i->value;
        if (i->i64) i->i64 = -*i->i64;
      } else if (double* d = std::get_if<double>(&out.v)) {
        *d = -*d;
      }
    }
    return true;
  }

  bool ReadAtom(Value& out, int depth) {
    if (depth > kMaxDepth) return Fail(ParseFailure::kDepth);
    const char32_t c = Peek();
    if (c == U'(' || c == U'[' || c == U'{') {
      ++at_;
      ++depth_of_brackets_;
      const bool ok = c == U'('   ? ReadParentheses(out, depth)
                      : c == U'[' ? ReadList(out, depth)
                                  : ReadBraces(out, depth);
      --depth_of_brackets_;
      return ok;
    }
    if ((c >= U'0' && c <= U'9') || (c == U'.' && Peek(1) >= U'0' && Peek(1) <= U'9')) {
      return ReadNumber(out);
    }
    if (Take(U"...")) {
      out.v = Other{};
      return true;
    }
    return ReadWordOrText(out);
  }

  bool ReadParentheses(Value& out, int depth) {
    return ReadTupleOrValue(out, depth + 1, true) && (SkipSpace(), Take(U")"));
  }

  bool ReadList(Value& out, int depth) {
    List list;
    for (SkipSpace(); Peek() != U']'; SkipSpace()) {
      if (!ReadSum(list.items.emplace_back(), depth + 1)) return false;
      SkipSpace();
      if (!Take(U",")) break;
    }
    SkipSpace();
    out.v = std::move(list);
    return Take(U"]");
  }

  static bool Hashable(const Value& value) {
    if (const Tuple* tuple = value.As<Tuple>()) {
      for (const Value& item : tuple->items) {
        if (!Hashable(item)) return false;
      }
      return true;
    }
    return !value.As<List>() && !value.As<Set>() && !value.As<Dict>();
  }

  bool ReadBraces(Value& out, int depth) {
    Dict dict;
    Set set;
    bool is_set = false, hashable = true;
    for (SkipSpace(); Peek() != U'}'; SkipSpace()) {
      Value key, value;
      if (!ReadSum(key, depth + 1)) return false;
      hashable = hashable && Hashable(key);
      SkipSpace();
      const bool pair = Take(U":");
      if (dict.keys.empty() && set.items.empty()) is_set = !pair;
      if (pair == is_set) return Fail(ParseFailure::kSyntax);
      if (pair) {
        if (!ReadSum(value, depth + 1)) return false;
        dict.keys.push_back(std::move(key));
        dict.values.push_back(std::move(value));
      } else {
        set.items.push_back(std::move(key));
      }
      SkipSpace();
      if (!Take(U",")) break;
    }
    SkipSpace();
    if (!Take(U"}")) return Fail(ParseFailure::kSyntax);
    if (!hashable) return Fail(ParseFailure::kType);
    if (is_set) {
      out.v = std::move(set);
    } else {
      out.v = std::move(dict);
    }
    return true;
  }

  size_t SkipDigits(size_t i) const {
    while (i < text_.size() && ((text_[i] >= U'0' && text_[i] <= U'9') || text_[i] == U'_')) ++i;
    return i;
  }

  bool ReadNumber(Value& out) {
    const size_t begin = at_;
    const char32_t base = Peek(1) | 0x20;
    if (Peek() == U'0' && (base == U'x' || base == U'o' || base == U'b')) return ReadBased(out);
    size_t i = SkipDigits(at_);
    const size_t whole_end = i;
    bool is_float = false;
    if (i < text_.size() && text_[i] == U'.') {
      i = SkipDigits(i + 1);
      is_float = true;
    }
    if (i < text_.size() && (text_[i] == U'e' || text_[i] == U'E')) {
      size_t j = i + 1;
      if (j < text_.size() && (text_[j] == U'+' || text_[j] == U'-')) ++j;
      if (SkipDigits(j) > j) {
        i = SkipDigits(j);
        is_float = true;
      }
    }
    const View number = text_.substr(begin, i - begin);
    at_ = i;
    if ((Peek() | 0x20) == U'j') {
      ++at_;
      out.v = Other{};
      return Float(number).has_value();
    }
    if (IsAlnum(Peek()) || Peek() == U'_') return Fail(ParseFailure::kSyntax);
    if (is_float) {
      const auto value = Float(number);
      if (!value) return Fail(ParseFailure::kSyntax);
      out.v = *value;
      return true;
    }
    const auto value = ParseInt(number);
    const bool leading_zero = whole_end - begin > 1 && text_[begin] == U'0';
    if (!value || (leading_zero && value->value != 0)) return Fail(ParseFailure::kSyntax);
    out.v = *value;
    return true;
  }

  bool ReadBased(Value& out) {
    const char32_t kind = Peek(1) | 0x20;
    const int base = kind == U'x' ? 16 : kind == U'o' ? 8 : 2;
    at_ += 2;
    double value = 0;
    bool any = false, underscore = false;
    for (; at_ < text_.size(); ++at_) {
      const char32_t c = text_[at_], lower = c | 0x20;
      if (c == U'_' && !underscore) {
        underscore = true;
        continue;
      }
      const int digit = c >= U'0' && c <= U'9'           ? static_cast<int>(c - U'0')
                        : lower >= U'a' && lower <= U'f' ? static_cast<int>(lower - U'a') + 10
                                                         : 99;
      if (digit >= base) break;
      value = value * base + digit;
      any = true;
      underscore = false;
    }
    if (!any || underscore || IsAlnum(Peek())) return Fail(ParseFailure::kSyntax);
    Int result;
    result.value = value;
    if (value < 9007199254740992.0) result.i64 = static_cast<int64_t>(value);
    out.v = result;
    return true;
  }

  bool ReadWordOrText(Value& out) {
    size_t end = at_;
    while (end < text_.size() && IsWord(text_[end])) ++end;
    const View word = text_.substr(at_, end - at_);
    const char32_t quote = end < text_.size() ? text_[end] : 0;
    if (quote == U'"' || quote == U'\'') return ReadTexts(out);
    at_ = end;
    if (word == U"None") {
      out.v = std::monostate{};
    } else if (word == U"True" || word == U"False") {
      out.v = word == U"True";
    } else if (word == U"set" && Take(U"()")) {
      out.v = Set{};
    } else {
      return Fail(ParseFailure::kSyntax);
    }
    return true;
  }

  // One or more string literals side by side.
  bool ReadTexts(Value& out) {
    Str text;
    bool bytes = false;
    for (bool first = true;; first = false) {
      const size_t back = at_;
      SkipSpace();
      size_t end = at_;
      while (end < text_.size() && IsAlpha(text_[end])) ++end;
      const Str prefix = Lower(text_.substr(at_, end - at_));
      const char32_t quote = end < text_.size() ? text_[end] : 0;
      if (quote != U'"' && quote != U'\'') {
        at_ = back;
        break;
      }
      const bool raw = Contains(prefix, U"r"), is_bytes = Contains(prefix, U"b");
      const bool known = prefix.empty() || prefix == U"r" || prefix == U"u" || prefix == U"b" ||
                         prefix == U"br" || prefix == U"rb";
      if (!known || (!first && is_bytes != bytes)) return Fail(ParseFailure::kSyntax);
      bytes = is_bytes;
      at_ = end;
      if (!ReadText(quote, raw, text)) return Fail(ParseFailure::kSyntax);
    }
    if (bytes) {
      out.v = Other{};
    } else {
      out.v = std::move(text);
    }
    return true;
  }

  bool ReadText(char32_t quote, bool raw, Str& out) {
    const Str triple(3, quote);
    const bool long_text = Take(triple);
    if (!long_text) ++at_;
    while (at_ < text_.size()) {
      if (long_text ? Take(triple) : Take(View(triple).substr(0, 1))) return true;
      const char32_t c = text_[at_++];
      if (c == U'\n' && !long_text) return false;
      if (c != U'\\' || at_ >= text_.size()) {
        out += c;
        continue;
      }
      const char32_t escape = text_[at_++];
      constexpr View kEscapes = U"\\'\"abfnrtv", kValues = U"\\'\"\a\b\f\n\r\t\v";
      const size_t which = kEscapes.find(escape);
      if (raw || (which == View::npos && escape != U'\n' && escape != U'x' && escape != U'u')) {
        out += c;
        out += escape;
      } else if (which != View::npos) {
        out += kValues[which];
      } else if (escape != U'\n' && !ReadHex(escape == U'x' ? 2 : 4, out)) {
        return false;
      }
    }
    return false;
  }

  bool ReadHex(int n, Str& out) {
    char32_t value = 0;
    for (int i = 0; i < n; ++i) {
      const char32_t c = Peek(), lower = c | 0x20;
      if (c >= U'0' && c <= U'9') {
        value = value * 16 + (c - U'0');
      } else if (lower >= U'a' && lower <= U'f') {
        value = value * 16 + (lower - U'a' + 10);
      } else {
        return false;
      }
      ++at_;
    }
    out += value;
    return true;
  }

  View text_;
  size_t at_ = 0;
  int depth_of_brackets_ = 0;
  ParseFailure failure_ = ParseFailure::kSyntax;
};

}  // namespace

Parsed LiteralEval(View text) {
  if (Contains(text, View(U"\0", 1))) return {std::nullopt, ParseFailure::kSyntax};
  return LiteralReader(text).Run();
}

}  // namespace spatium::py
