#include <algorithm>
#include <limits>

#include "spatium/metrics/python_value.h"

namespace spatium::py {
namespace {

constexpr int kMaxDepth = 990;  // CPython's recursion limit of 1000, less the frames above

class JsonReader {
 public:
  explicit JsonReader(View text) : text_(text) {}

  Parsed Run() {
    Value value;
    SkipSpace();
    if (!ReadValue(value, 0)) return {std::nullopt, failure_};
    SkipSpace();
    if (at_ != text_.size()) return {std::nullopt, ParseFailure::kSyntax};
    return {std::move(value), {}};
  }

 private:
  char32_t Peek() const { return at_ < text_.size() ? text_[at_] : 0; }
  bool Take(View token) {
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }
  void SkipSpace() {
    while (at_ < text_.size() && Contains(U" \t\n\r", text_.substr(at_, 1))) ++at_;
  }

  bool ReadValue(Value& out, int depth) {
    if (depth > kMaxDepth) {
      failure_ = ParseFailure::kDepth;
      return false;
    }
    constexpr double kInf = std::numeric_limits<double>::infinity();
    if (Peek() == U'"') {
      Str text;
      if (!ReadString(text)) return false;
      out.v = std::move(text);
      return true;
    }
    if (Peek() == U'{') return ReadObject(out, depth);
    if (Peek() == U'[') return ReadArray(out, depth);
    if (Take(U"null")) {
      out.v = std::monostate{};
    } else if (Take(U"true")) {
      out.v = true;
    } else if (Take(U"false")) {
      out.v = false;
    } else if (Take(U"NaN")) {
      out.v = std::numeric_limits<double>::quiet_NaN();
    } else if (Take(U"Infinity")) {
      out.v = kInf;
    } else if (Take(U"-Infinity")) {
      out.v = -kInf;
    } else {
      return ReadNumber(out);
    }
    return true;
  }

  size_t SkipDigits(size_t i) const {
    while (i < text_.size() && text_[i] >= U'0' && text_[i] <= U'9') ++i;
    return i;
  }

  bool ReadNumber(Value& out) {
    size_t i = at_;
    if (i < text_.size() && text_[i] == U'-') ++i;
    const size_t digits = i;
    i = i < text_.size() && text_[i] == U'0' ? i + 1 : SkipDigits(i);
    if (i == digits) return false;
    bool is_float = false;
    if (i < text_.size() && text_[i] == U'.' && SkipDigits(i + 1) > i + 1) {
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
    const View number = text_.substr(at_, i - at_);
    at_ = i;
    if (is_float) {
      out.v = *Float(number);
      return true;
    }
    const auto value = ParseInt(number);
    if (!value) {
      failure_ = ParseFailure::kDigits;
      return false;
    }
    out.v = *value;
    return true;
  }

  bool ReadHex4(char32_t& out) {
    if (text_.size() - at_ < 4) return false;
    out = 0;
    for (int i = 0; i < 4; ++i) {
      const char32_t c = text_[at_++];
      const char32_t lower = c | 0x20;
      if (c >= U'0' && c <= U'9') {
        out = out * 16 + (c - U'0');
      } else if (lower >= U'a' && lower <= U'f') {
        out = out * 16 + (lower - U'a' + 10);
      } else {
        return false;
      }
    }
    return true;
  }

  bool ReadString(Str& out) {
    ++at_;
    for (;;) {
      if (at_ >= text_.size()) return false;
      const char32_t c = text_[at_++];
      if (c == U'"') return true;
      if (c < 0x20) return false;
      if (c != U'\\') {
        out += c;
        continue;
      }
      constexpr View kEscapes = U"\"\\/bfnrt", kValues = U"\"\\/\b\f\n\r\t";
      const char32_t escape = Peek();
      ++at_;
      if (escape == U'u') {
        char32_t unit = 0, low = 0;
        if (!ReadHex4(unit)) return false;
        const size_t back = at_;
        if (unit >= 0xd800 && unit < 0xdc00 && Take(U"\\u") && ReadHex4(low) && low >= 0xdc00 &&
            low < 0xe000) {
          unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        } else if (unit >= 0xd800 && unit < 0xdc00) {
          at_ = back;
        }
        out += unit;
        continue;
      }
      const size_t which = kEscapes.find(escape);
      if (which == View::npos) return false;
      out += kValues[which];
    }
  }

  bool ReadArray(Value& out, int depth) {
    ++at_;
    List list;
    SkipSpace();
    if (!Take(U"]")) {
      for (;;) {
        SkipSpace();
        if (!ReadValue(list.items.emplace_back(), depth + 1)) return false;
        SkipSpace();
        if (Take(U"]")) break;
        if (!Take(U",")) return false;
      }
    }
    out.v = std::move(list);
    return true;
  }

  bool ReadObject(Value& out, int depth) {
    ++at_;
    Dict dict;
    SkipSpace();
    if (!Take(U"}")) {
      for (;;) {
        SkipSpace();
        Str key;
        Value value;
        if (Peek() != U'"' || !ReadString(key)) return false;
        SkipSpace();
        if (!Take(U":")) return false;
        SkipSpace();
        if (!ReadValue(value, depth + 1)) return false;
        dict.keys.push_back(Value{std::move(key)});
        dict.values.push_back(std::move(value));
        SkipSpace();
        if (Take(U"}")) break;
        if (!Take(U",")) return false;
      }
    }
    Deduplicate(dict);
    out.v = std::move(dict);
    return true;
  }

  static void Deduplicate(Dict& dict);

  View text_;
  size_t at_ = 0;
  ParseFailure failure_ = ParseFailure::kSyntax;
};

// The last value of each key, in the order of those last mentions (no scorer reads the order).
void JsonReader::Deduplicate(Dict& dict) {
  std::vector<size_t> order(dict.keys.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](size_t i) -> const Str& { return *dict.keys[i].As<Str>(); };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    const int compared = key(a).compare(key(b));
    return compared != 0 ? compared < 0 : a < b;
  });
  std::vector<size_t> last;
  for (size_t i = 0; i < order.size(); ++i) {
    if (i + 1 == order.size() || key(order[i]) != key(order[i + 1])) last.push_back(order[i]);
  }
  if (last.size() == order.size()) return;
  std::sort(last.begin(), last.end());
  Dict kept;
  for (const size_t i : last) {
    kept.keys.push_back(std::move(dict.keys[i]));
    kept.values.push_back(std::move(dict.values[i]));
  }
  dict = std::move(kept);
}

}  // namespace

Parsed LoadsJson(View text) { return JsonReader(text).Run(); }

}  // namespace spatium::py
