#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"

namespace spatium {

// A JSON value. Objects keep the order of their keys, so what is written is what was built, and
// the same value always gives the same bytes.
class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;

  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool value) : v_(value) {}
  Json(double value) : v_(value) {}
  template <class T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
  Json(T value) : v_(static_cast<int64_t>(value)) {}
  Json(std::string value) : v_(std::move(value)) {}
  Json(std::string_view value) : v_(std::string(value)) {}
  Json(const char* value) : v_(std::string(value)) {}
  Json(Array value) : v_(std::move(value)) {}
  Json(Object value) : v_(std::move(value)) {}
  template <class T>
    requires(!std::is_same_v<T, Json>)
  Json(const std::vector<T>& values) : v_(Array(values.begin(), values.end())) {}
  static Json MakeObject(std::initializer_list<std::pair<std::string, Json>> fields) {
    return Json(Object(fields.begin(), fields.end()));
  }
  static Json MakeArray() { return Json(Array{}); }

  bool IsNull() const { return std::holds_alternative<std::monostate>(v_); }
  bool IsBool() const { return std::holds_alternative<bool>(v_); }
  bool IsInt() const { return std::holds_alternative<int64_t>(v_); }
  bool IsNumber() const { return IsInt() || std::holds_alternative<double>(v_); }
  bool IsString() const { return std::holds_alternative<std::string>(v_); }
  bool IsArray() const { return std::holds_alternative<Array>(v_); }
  bool IsObject() const { return std::holds_alternative<Object>(v_); }

  // The value as the type that the Is... above says it has; anything else is a bug.
  bool AsBool() const { return std::get<bool>(v_); }
  int64_t AsInt() const { return std::get<int64_t>(v_); }
  double AsDouble() const { return IsInt() ? static_cast<double>(AsInt()) : std::get<double>(v_); }
  const std::string& AsString() const { return std::get<std::string>(v_); }
  const Array& AsArray() const { return std::get<Array>(v_); }
  Array& AsArray() { return std::get<Array>(v_); }
  const Object& AsObject() const { return std::get<Object>(v_); }
  Object& AsObject() { return std::get<Object>(v_); }

  // The field of an object; null if this is not an object or has no such key.
  const Json* Find(std::string_view key) const;
  // Appends or replaces a field; a null value becomes an object, an array grows.
  Json& Set(std::string_view key, Json value);
  Json& Push(Json value);

  // Equal as JSON: numbers by value (1 == 1.0), objects whatever their order of keys.
  friend bool operator==(const Json& a, const Json& b);

  // One line, no spaces. Doubles in the shortest form that reads back the same; NaN and the
  // infinities as the strings "NaN", "Infinity", "-Infinity". UTF-8, wrong bytes as U+FFFD.
  std::string Dump() const;
  std::string DumpPretty(int indent = 2) const;
  void DumpTo(std::string& out) const;

  // Reads one JSON text. As written by Python too: NaN and Infinity literals become doubles,
  // integers above 64 bits doubles, numbers beyond a double's infinite, lone surrogates U+FFFD; or
  // after a byte order mark. At most kMaxDepth nested levels. Errors: kParse with `where`.
  static Result<Json> Parse(std::string_view text, std::string_view where);
  static constexpr int kMaxDepth = 512;

 private:
  std::variant<std::monostate, bool, int64_t, double, std::string, Array, Object> v_;
};

// A value and its path in its document, for reading outside JSON with errors that say where.
//   SPATIUM_TRY(const auto box, cursor.At("box")); SPATIUM_TRY(const double x, box.At(0).Number());
class JsonCursor {
 public:
  JsonCursor(const Json& value, std::string path) : value_(&value), path_(std::move(path)) {}
  const Json& value() const { return *value_; }
  const std::string& path() const { return path_; }
  bool Has(std::string_view key) const { return value_->Find(key) != nullptr; }

  Result<JsonCursor> At(std::string_view key) const;  // kNotFound if absent
  Result<std::vector<JsonCursor>> Items() const;      // of an array
  Result<double> Number() const;                      // finite
  Result<int64_t> Int() const;                        // 3 and 3.0
  Result<std::string> String() const;
  Result<bool> Bool() const;
  Result<std::vector<double>> Numbers(size_t n) const;  // an array of n finite numbers
  // The error for this place: expected `what`, found this value.
  Error Expected(std::string what) const;

 private:
  const Json* value_;
  std::string path_;
};

Result<Json> ReadJsonFile(const Path& path);

// Calls fn for each non-empty line of a JSON Lines file; the cursor's path is "file:line".
Result<void> ForEachJsonLine(const Path& path,
                             const std::function<Result<void>(int64_t, const JsonCursor&)>& fn);

}  // namespace spatium
