#pragma once
#include <variant>
#include <vector>

#include "spatium/metrics/python.h"

namespace spatium::py {

// A Python value as json.loads or ast.literal_eval makes it from a reply.
struct Value;
using Items = std::vector<Value>;
struct List {
  Items items;
};
struct Tuple {
  Items items;
};
struct Set {
  Items items;
};
struct Dict {
  Items keys, values;  // side by side, in insertion order; keys of json.loads are distinct
};
struct Other {};  // bytes, a complex number, ...: nothing a scorer reads

struct Value {
  std::variant<std::monostate, bool, Int, double, Str, List, Tuple, Set, Dict, Other> v;

  template <class T>
  const T* As() const {
    return std::get_if<T>(&v);
  }
  bool IsNumber() const { return As<bool>() || As<Int>() || As<double>(); }  // bool is an int
  double Number() const;                                                     // of a number
};
// The value of a string key; null if there is none.
const Value* Find(const Dict& dict, View key);

// Why Python gives up. kSyntax stands for ValueError and SyntaxError, kType for TypeError (an
// unhashable key), kDepth for RecursionError and MemoryError, kDigits for the ValueError of an
// integer of JSON that is too long, which is no JSONDecodeError.
enum class ParseFailure { kSyntax, kType, kDepth, kDigits };
struct Parsed {
  std::optional<Value> value;
  ParseFailure failure = ParseFailure::kSyntax;
};

// json.loads: also NaN and Infinity, integers of any size, the last of equal keys.
Parsed LoadsJson(View text);
// ast.literal_eval of one expression.
Parsed LiteralEval(View text);

// str(value): repr() but for a string.
Str ToStr(const Value& value);
// repr(x) of a float: the shortest digits that read back, "1e+16", "inf", "nan".
std::string Repr(double x);

}  // namespace spatium::py
