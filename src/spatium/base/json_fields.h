#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/json.h"

namespace spatium {

// One field of a record that is read without becoming a Json as a whole. Its views are valid while
// the field is being looked at.
class JsonField {
 public:
  std::string_view key() const { return key_; }
  bool is_string() const { return is_string_; }
  bool is_null() const { return is_null_; }
  bool is_number() const;
  std::string_view string() const { return string_; }  // of a string, else ""
  Json Value() const;
  // Strings as they are, null as "", other values as JSON.
  std::string Text() const;
  // The items of an array as such texts, into `texts`, whose memory is used again; anything else
  // has none.
  void Texts(std::vector<std::string>& texts) const;

 private:
  friend Result<void> ForEachField(std::string_view, const std::function<void(const JsonField&)>&);
  // A value in the form of simdjson (`element`) or of Json (`json`); the other is null.
  JsonField(std::string_view key, const void* element, const Json* json);

  std::string_view key_, string_;
  bool is_string_ = false, is_null_ = false;
  const void* element_;
  const Json* json_;
};

// Calls fn for each field of the object that `text` is, in order: several times cheaper than
// Json::Parse for records of strings. What Json::Parse reads is read, with the same values.
// Errors: kParse, kBadValue for something else than an object; without a place, which the caller
// adds (Error::Within).
Result<void> ForEachField(std::string_view text, const std::function<void(const JsonField&)>& fn);

}  // namespace spatium
