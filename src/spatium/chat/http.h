#pragma once
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spatium/base/result.h"

namespace spatium {

struct HttpReply {
  int status = 0;
  std::string content_type;
  std::optional<double> retry_after_s;  // the Retry-After header, where it is a number of seconds
  std::string body;
};

struct HttpPost {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;  // never logged: may hold a key
  std::string_view body;
  double timeout_s = 120;
  double connect_timeout_s = 10;
  size_t max_reply_bytes = size_t{16} << 20;
  // Of all header lines, those of interim replies and trailers too.
  size_t max_header_bytes = size_t{1} << 18;
};

// One POST over libcurl, http and https only, no redirects followed, no compression. Connections
// are kept alive per thread. Errors: kNetwork, kTimeout, kBadValue (a reply above the limits),
// kCancelled.
Result<HttpReply> Post(const HttpPost& request);

// To be held while the body is read as JSON: large ones are read one at a time. A text of brackets
// becomes 30 times as large, and a hostile server may send it to every request in flight.
std::unique_lock<std::mutex> TurnOfLargeBody(std::string_view body);

}  // namespace spatium
