#pragma once
#include <functional>
#include <string_view>

#include "spatium/base/json.h"

namespace spatium {

// One field of an object that is read without becoming a Json as a whole.
struct JsonField {
  std::string_view key;
  bool is_text = false;
  std::string_view text;  // of a string; valid while the field is being looked at
  Json value;             // of anything else
};

// Calls fn for each field of the object that `text` is, in order: several times cheaper than
// Json::Parse for records of strings. What Json::Parse reads is read, with the same values.
// Errors: kParse, kBadValue for something else than an object; without a place, which the caller
// adds (Error::Within).
Result<void> ForEachField(std::string_view text, const std::function<void(JsonField&)>& fn);

}  // namespace spatium
