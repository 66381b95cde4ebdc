#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "spatium/base/result.h"
#include "spatium/chat/retry.h"

namespace spatium {

// What the models behind a URL share.

// The server's URL of a model's URI, without slashes at its end. Errors: kUsage with `form`, what
// the URI looks like, for anything but http and https, and for a URL with a user name or a query:
// a key in it would reach files and logs.
Result<std::string> ServerUrl(std::string_view text, std::string_view form);

// One POST of JSON as an attempt of Retry: the body of a reply with status 200, else the error and
// whether another attempt can help (no connection, the time limit, 408, 409, 429, 5xx). A `key`
// goes as bearer token, and is cut out of what the server says; empty: none.
std::variant<std::string, AttemptError> PostJson(const std::string& url,
                                                 std::string_view body,
                                                 const std::string& key,
                                                 const ChatOptions& options);

}  // namespace spatium
