#include "spatium/metrics/python_value.h"

#include <array>
#include <charconv>
#include <cmath>

#include "spatium/base/text.h"

namespace spatium::py {
namespace {

Str Ascii(std::string_view text) { return Str(text.begin(), text.end()); }

Str ReprText(View text) {
  const bool single = Contains(text, U"'") && !Contains(text, U"\"");
  const char32_t quote = single ? U'"' : U'\'';
  Str out(1, quote);
  for (const char32_t c : text) {
    if (c == quote || c == U'\\') out += U'\\';
    if (c == U'\n') {
      out += U"\\n";
    } else if (c == U'\t') {
      out += U"\\t";
    } else if (c == U'\r') {
      out += U"\\r";
    } else {
      out += c;
    }
  }
  return out + quote;
}

Str ReprValue(const Value& value);

Str ReprItems(const Items& items) {
  Str out;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += U", ";
    out += ReprValue(items[i]);
  }
  return out;
}

Str ReprValue(const Value& value) {
  if (value.As<std::monostate>()) return U"None";
  if (const bool* b = value.As<bool>()) return *b ? U"True" : U"False";
  if (const Int* i = value.As<Int>()) {
    return Ascii(i->i64 ? std::to_string(*i->i64) : FormatFixed(i->value, 0));
  }
  if (const double* d = value.As<double>()) return Ascii(Repr(*d));
  if (const Str* s = value.As<Str>()) return ReprText(*s);
  if (const List* list = value.As<List>()) return U"[" + ReprItems(list->items) + U"]";
  if (const Tuple* tuple = value.As<Tuple>()) {
    return U"(" + ReprItems(tuple->items) + (tuple->items.size() == 1 ? U",)" : U")");
  }
  if (const Set* set = value.As<Set>()) {
    return set->items.empty() ? U"set()" : U"{" + ReprItems(set->items) + U"}";
  }
  if (const Dict* dict = value.As<Dict>()) {
    Str out = U"{";
    for (size_t i = 0; i < dict->keys.size(); ++i) {
      if (i > 0) out += U", ";
      out += ReprValue(dict->keys[i]) + U": " + ReprValue(dict->values[i]);
    }
    return out + U"}";
  }
  return {};
}

}  // namespace

double Value::Number() const {
  if (const bool* b = As<bool>()) return *b ? 1 : 0;
  if (const Int* i = As<Int>()) return i->value;
  const double* d = As<double>();
  return d ? *d : 0;
}

const Value* Find(const Dict& dict, View key) {
  for (size_t i = 0; i < dict.keys.size(); ++i) {
    const Str* text = dict.keys[i].As<Str>();
    if (text && *text == key) return &dict.values[i];
  }
  return nullptr;
}

Str ToStr(const Value& value) {
  if (const Str* text = value.As<Str>()) return *text;
  return ReprValue(value);
}

std::string Repr(double x) {
  if (std::isnan(x)) return "nan";
  if (std::isinf(x)) return x > 0 ? "inf" : "-inf";
  std::array<char, 40> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), x, std::chars_format::scientific);
  const std::string text(buffer.data(), end.ptr);  // d[.ddd]e±dd
  const size_t e = text.find('e');
  const int exponent = std::stoi(text.substr(e + 1));
  if (exponent < -4 || exponent >= 16) return text;
  std::string digits = text.substr(0, e);
  const bool negative = digits[0] == '-';
  if (negative) digits.erase(0, 1);
  if (digits.size() > 1) digits.erase(1, 1);  // the point
  std::string out;
  if (exponent < 0) {
    out = "0." + std::string(static_cast<size_t>(-exponent - 1), '0') + digits;
  } else {
    const auto whole = static_cast<size_t>(exponent) + 1;
    if (digits.size() < whole) digits.append(whole - digits.size(), '0');
    out = digits.substr(0, whole) + "." + (digits.size() > whole ? digits.substr(whole) : "0");
  }
  return negative ? "-" + out : out;
}

}  // namespace spatium::py
