#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>

#include "spatium/base/json.h"
#include "spatium/base/json_fields.h"
#include "spatium/base/text.h"

namespace spatium {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

Json Convert(const element& e) {
  switch (e.type()) {
    case element_type::ARRAY: {
      Json::Array items;
      items.reserve(e.get_array().value_unsafe().size());
      for (const element child : e.get_array().value_unsafe()) items.push_back(Convert(child));
      return Json(std::move(items));
    }
    case element_type::OBJECT: {
      Json::Object fields;
      fields.reserve(e.get_object().value_unsafe().size());
      for (const auto field : e.get_object().value_unsafe())
        fields.emplace_back(std::string(field.key), Convert(field.value));
      return Json(std::move(fields));
    }
    case element_type::INT64:
      return Json(e.get_int64().value_unsafe());
    case element_type::UINT64:
      return Json(static_cast<double>(e.get_uint64().value_unsafe()));
    case element_type::DOUBLE:
      return Json(e.get_double().value_unsafe());
    case element_type::STRING:
      return Json(e.get_string().value_unsafe());
    case element_type::BOOL:
      return Json(e.get_bool().value_unsafe());
    case element_type::NULL_VALUE:
      return Json();
  }
  return Json();
}

// Stand-ins for NaN, Infinity and -Infinity in a text that simdjson can read. A private-use
// character in front keeps them apart from every string that a document is likely to hold.
constexpr std::string_view kNan = "\xEE\x80\x80NaN";
constexpr std::string_view kInfinity = "\xEE\x80\x80Infinity";
constexpr std::string_view kNegativeInfinity = "\xEE\x80\x80-Infinity";

void RestoreNonFinite(Json& value) {
  if (value.IsString()) {
    if (value.AsString() == kNan)
      value = Json(std::numeric_limits<double>::quiet_NaN());
    else if (value.AsString() == kInfinity)
      value = Json(std::numeric_limits<double>::infinity());
    else if (value.AsString() == kNegativeInfinity)
      value = Json(-std::numeric_limits<double>::infinity());
  } else if (value.IsArray()) {
    for (Json& item : value.AsArray()) RestoreNonFinite(item);
  } else if (value.IsObject()) {
    for (auto& field : value.AsObject()) RestoreNonFinite(field.second);
  }
}

bool IsHighSurrogate(std::string_view escape) {
  return (escape[2] == 'd' || escape[2] == 'D') &&
         std::string_view("89abAB").find(escape[3]) != std::string_view::npos;
}
bool IsLowSurrogate(std::string_view escape) {
  return escape.size() == 6 && escape[0] == '\\' && escape[1] == 'u' &&
         (escape[2] == 'd' || escape[2] == 'D') &&
         std::string_view("cdefCDEF").find(escape[3]) != std::string_view::npos;
}

// Rewrites what Python's json.dumps emits and simdjson refuses: NaN and Infinity literals, integers
// that do not fit 64 bits (given an exponent, so that they read as doubles), numbers beyond a
// double's, lone surrogates.
std::string RepairPythonJson(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 64);
  bool in_string = false;
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\' && i + 6 <= text.size() && text[i + 1] == 'u') {
        const std::string_view escape = text.substr(i, 6);
        if (IsHighSurrogate(escape) && IsLowSurrogate(text.substr(i + 6, 6))) {
          out += text.substr(i, 12);
          i += 12;
        } else {
          out += IsHighSurrogate(escape) || IsLowSurrogate(escape) ? std::string_view("\\ufffd")
                                                                   : escape;
          i += 6;
        }
      } else if (c == '\\' && i + 2 <= text.size()) {
        out += text.substr(i, 2);
        i += 2;
      } else {
        in_string = c != '"';
        out += c;
        ++i;
      }
    } else if (text.substr(i, 3) == "NaN") {
      out.append("\"").append(kNan).append("\"");
      i += 3;
    } else if (text.substr(i, 8) == "Infinity") {
      out.append("\"").append(kInfinity).append("\"");
      i += 8;
    } else if (text.substr(i, 9) == "-Infinity") {
      out.append("\"").append(kNegativeInfinity).append("\"");
      i += 9;
    } else if ((c >= '0' && c <= '9') || c == '-') {
      constexpr size_t kDigitsOf64Bits = 19;
      const size_t end = std::min(text.find_first_not_of("+-.0123456789eE", i), text.size());
      const std::string_view number = text.substr(i, end - i);
      const double value = std::strtod(std::string(number).c_str(), nullptr);
      if (std::isinf(value)) {
        out.append("\"").append(value > 0 ? kInfinity : kNegativeInfinity).append("\"");
      } else {
        out += number;
        const bool whole = number.find_first_of(".eE") == std::string_view::npos;
        if (whole && number.size() >= kDigitsOf64Bits) out += "e0";
      }
      i = end;
    } else {
      in_string = c == '"';
      out += c;
      ++i;
    }
  }
  return out;
}

Error ParseError(std::string_view where, simdjson::error_code code, std::string_view text) {
  return {ErrorCode::kParse,
          std::string(where),
          "JSON",
          StrCat(simdjson::error_message(code), " in ", Quote(text.substr(0, 200), 60))};
}

}  // namespace

namespace {

// A parser keeps ten bytes for each of the longest text that it has read. Small texts share one per
// thread; a large one has its own, so that a hostile server cannot make every thread keep that
// much.
class Parser {
 public:
  explicit Parser(size_t text_bytes) {
    constexpr size_t kLarge = size_t{1} << 20;
    thread_local simdjson::dom::parser shared;
    parser_ = text_bytes < kLarge ? &shared : &own_.emplace();
    if (parser_->max_depth() != Json::kMaxDepth) (void)parser_->allocate(0, Json::kMaxDepth);
  }
  simdjson::dom::parser& operator*() { return *parser_; }

 private:
  std::optional<simdjson::dom::parser> own_;
  simdjson::dom::parser* parser_ = nullptr;
};

}  // namespace

Result<Json> Json::Parse(std::string_view text, std::string_view where) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // as Windows' editors begin a file
  if (text.empty()) return Error{ErrorCode::kParse, std::string(where), "JSON", "an empty text"};
  Parser parser(text.size());
  element root;
  const auto code = (*parser).parse(text.data(), text.size()).get(root);
  if (!code) return Convert(root);
  const std::string repaired = RepairPythonJson(text);
  if (repaired == text || (*parser).parse(repaired).get(root)) return ParseError(where, code, text);
  Json value = Convert(root);
  RestoreNonFinite(value);
  return value;
}

JsonField::JsonField(std::string_view key, const void* value, const Json* json)
    : key_(key), element_(value), json_(json) {
  if (json != nullptr) {
    is_string_ = json->IsString();
    is_null_ = json->IsNull();
    if (is_string_) string_ = json->AsString();
    return;
  }
  const element& e = *static_cast<const element*>(value);
  is_null_ = e.is_null();
  is_string_ = e.get_string().get(string_) == simdjson::SUCCESS;
}

bool JsonField::is_number() const {
  return json_ != nullptr ? json_->IsNumber() : static_cast<const element*>(element_)->is_number();
}

Json JsonField::Value() const {
  return json_ != nullptr ? *json_ : Convert(*static_cast<const element*>(element_));
}

std::string JsonField::Text() const {
  if (is_null_) return "";
  return is_string_ ? std::string(string_) : Value().Dump();
}

void JsonField::Texts(std::vector<std::string>& texts) const {
  size_t n = 0;
  const auto add = [&](const JsonField& item) {
    if (n == texts.size()) texts.emplace_back();
    if (item.is_string_)
      texts[n] = item.string_;
    else
      texts[n] = item.Text();
    ++n;
  };
  simdjson::dom::array items;
  if (json_ != nullptr) {
    if (json_->IsArray())
      for (const Json& item : json_->AsArray()) add(JsonField("", nullptr, &item));
  } else if (!static_cast<const element*>(element_)->get_array().get(items)) {
    for (const element item : items) add(JsonField("", &item, nullptr));
  }
  texts.resize(n);
}

Result<void> ForEachField(std::string_view text, const std::function<void(const JsonField&)>& fn) {
  element root;
  Parser parser(text.size());
  const bool plain = !text.empty() && !(*parser).parse(text.data(), text.size()).get(root);
  if (plain && root.is_object()) {
    for (const auto field : root.get_object().value_unsafe())
      fn(JsonField(field.key, &field.value, nullptr));
    return {};
  }
  // What Python writes and simdjson does not read, and errors.
  SPATIUM_TRY(const Json json, Json::Parse(text, ""));
  if (!json.IsObject()) return Error{ErrorCode::kBadValue, "", "an object", Quote(json.Dump(), 60)};
  for (const auto& [key, value] : json.AsObject()) fn(JsonField(key, nullptr, &value));
  return {};
}

}  // namespace spatium
