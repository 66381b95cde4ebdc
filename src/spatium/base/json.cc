#include "spatium/base/json.h"

#include <algorithm>
#include <cmath>

#include "spatium/base/text.h"
#include "spatium/base/utf8.h"

namespace spatium {
namespace {

// The code point at text[i] if it ends a line for some reader of JSON Lines, as Python's splitlines
// and JavaScript have it: U+0085, U+2028, U+2029; else 0. They are two and three bytes long.
char32_t LineEnd(std::string_view text, size_t i) {
  if (text.substr(i, 2) == "\xC2\x85") return 0x85;
  if (text.substr(i, 3) == "\xE2\x80\xA8") return 0x2028;
  return text.substr(i, 3) == "\xE2\x80\xA9" ? 0x2029 : 0;
}

void DumpString(std::string_view text, std::string& out) {
  // Bytes of a server or a file in what we say of them: what is written stays JSON.
  if (!IsUtf8(text)) return DumpString(RepairUtf8(text), out);
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  size_t plain = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\xC2' || c == '\xE2') {
      const char32_t line_end = LineEnd(text, i);
      if (line_end == 0) continue;
      out += text.substr(plain, i - plain);
      out += line_end == 0x85 ? "\\u0085" : line_end == 0x2028 ? "\\u2028" : "\\u2029";
      plain = i + (line_end == 0x85 ? 2 : 3);
      continue;
    }
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out += text.substr(plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += kHex[(c >> 4) & 15];
        out += kHex[c & 15];
    }
  }
  out += text.substr(plain);
  out += '"';
}

void DumpNumber(double value, std::string& out) {
  if (std::isnan(value)) {
    out += "\"NaN\"";
  } else if (std::isinf(value)) {
    out += value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  } else {
    out += FormatShortest(value == 0 ? 0.0 : value);  // no "-0"
  }
}

void Break(std::string& out, int indent, int depth) {
  if (indent < 0) return;
  out += '\n';
  out.append(static_cast<size_t>(indent * depth), ' ');
}

// indent < 0: one line.
void DumpValue(const Json& value, std::string& out, int indent, int depth) {
  if (value.IsNull()) {
    out += "null";
  } else if (value.IsBool()) {
    out += value.AsBool() ? "true" : "false";
  } else if (value.IsInt()) {
    out += std::to_string(value.AsInt());
  } else if (value.IsNumber()) {
    DumpNumber(value.AsDouble(), out);
  } else if (value.IsString()) {
    DumpString(value.AsString(), out);
  } else if (value.IsArray()) {
    const Json::Array& items = value.AsArray();
    const bool flat = std::none_of(
        items.begin(), items.end(), [](const Json& j) { return j.IsArray() || j.IsObject(); });
    out += '[';
    for (size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out += ',';
      if (!flat) Break(out, indent, depth + 1);
      DumpValue(items[i], out, indent, depth + 1);
    }
    if (!flat) Break(out, indent, depth);
    out += ']';
  } else {
    out += '{';
    const Json::Object& fields = value.AsObject();
    for (size_t i = 0; i < fields.size(); ++i) {
      if (i > 0) out += ',';
      Break(out, indent, depth + 1);
      DumpString(fields[i].first, out);
      out += indent < 0 ? ":" : ": ";
      DumpValue(fields[i].second, out, indent, depth + 1);
    }
    if (!fields.empty()) Break(out, indent, depth);
    out += '}';
  }
}

}  // namespace

const Json* Json::Find(std::string_view key) const {
  if (!IsObject()) return nullptr;
  for (const auto& [name, value] : AsObject())
    if (name == key) return &value;
  return nullptr;
}

Json& Json::Set(std::string_view key, Json value) {
  if (IsNull()) v_ = Object{};
  for (auto& [name, old] : AsObject()) {
    if (name == key) {
      old = std::move(value);
      return *this;
    }
  }
  AsObject().emplace_back(std::string(key), std::move(value));
  return *this;
}

Json& Json::Push(Json value) {
  if (IsNull()) v_ = Array{};
  AsArray().push_back(std::move(value));
  return *this;
}

bool operator==(const Json& a, const Json& b) {
  if (a.IsNumber() && b.IsNumber()) {
    if (a.IsInt() && b.IsInt()) return a.AsInt() == b.AsInt();
    return a.AsDouble() == b.AsDouble();
  }
  if (a.IsObject() && b.IsObject()) {
    if (a.AsObject().size() != b.AsObject().size()) return false;
    return std::all_of(a.AsObject().begin(), a.AsObject().end(), [&](const auto& field) {
      const Json* other = b.Find(field.first);
      return other != nullptr && field.second == *other;
    });
  }
  return a.v_ == b.v_;
}

void Json::DumpTo(std::string& out) const { DumpValue(*this, out, -1, 0); }

std::string Json::Dump() const {
  std::string out;
  DumpTo(out);
  return out;
}

std::string Json::DumpPretty(int indent) const {
  std::string out;
  DumpValue(*this, out, indent, 0);
  return out;
}

Error JsonCursor::Expected(std::string what) const {
  std::string found = value_->Dump();
  if (found.size() > 80) found = found.substr(0, 80) + "...";
  return {ErrorCode::kBadValue, path_, std::move(what), std::move(found)};
}

Result<JsonCursor> JsonCursor::At(std::string_view key) const {
  if (!value_->IsObject()) return Expected("an object");
  if (const Json* field = value_->Find(key)) return JsonCursor(*field, StrCat(path_, ".", key));
  std::vector<std::string> names;
  for (const auto& field : value_->AsObject()) names.push_back(field.first);
  return Error{ErrorCode::kNotFound,
               path_,
               StrCat("field \"", key, "\""),
               names.empty() ? "{}" : "fields " + Join(names, ", ")};
}

Result<std::vector<JsonCursor>> JsonCursor::Items() const {
  if (!value_->IsArray()) return Expected("an array");
  std::vector<JsonCursor> items;
  items.reserve(value_->AsArray().size());
  for (size_t i = 0; i < value_->AsArray().size(); ++i)
    items.emplace_back(value_->AsArray()[i], StrCat(path_, "[", i, "]"));
  return items;
}

Result<double> JsonCursor::Number() const {
  if (!value_->IsNumber() || !std::isfinite(value_->AsDouble())) return Expected("a finite number");
  return value_->AsDouble();
}

Result<int64_t> JsonCursor::Int() const {
  constexpr double kLimit = 9007199254740992.0;  // 2^53: exact in a double
  if (value_->IsInt()) return value_->AsInt();
  if (!value_->IsNumber() || std::abs(value_->AsDouble()) > kLimit ||
      value_->AsDouble() != std::floor(value_->AsDouble()))
    return Expected("an integer");
  return static_cast<int64_t>(value_->AsDouble());
}

Result<std::string> JsonCursor::String() const {
  if (!value_->IsString()) return Expected("a string");
  return value_->AsString();
}

Result<bool> JsonCursor::Bool() const {
  if (!value_->IsBool()) return Expected("true or false");
  return value_->AsBool();
}

Result<std::vector<double>> JsonCursor::Numbers(size_t n) const {
  SPATIUM_TRY(const auto items, Items());
  if (items.size() != n) return Expected(StrCat(n, " numbers"));
  std::vector<double> numbers;
  for (const JsonCursor& item : items) {
    SPATIUM_TRY(const double x, item.Number());
    numbers.push_back(x);
  }
  return numbers;
}

Result<Json> ReadJsonFile(const Path& path) {
  SPATIUM_TRY(const std::string text, ReadFile(path));
  return Json::Parse(text, path.string());
}

Result<void> ForEachJsonLine(const Path& path,
                             const std::function<Result<void>(int64_t, const JsonCursor&)>& fn) {
  return ForEachLine(path, [&](int64_t number, std::string_view line) -> Result<void> {
    if (Trim(line).empty()) return {};
    std::string where = StrCat(path.string(), ":", number);
    SPATIUM_TRY(const Json value, Json::Parse(line, where));
    return fn(number, JsonCursor(value, std::move(where)));
  });
}

}  // namespace spatium
