#pragma once
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
  size_t max_reply_bytes = size_t{64} << 20;
};

// One POST over libcurl, http and https only, no redirects followed. Connections are kept alive per
// thread. Errors: kNetwork, kTimeout, kBadValue (a reply above max_reply_bytes), kCancelled.
Result<HttpReply> Post(const HttpPost& request);

}  // namespace spatium
