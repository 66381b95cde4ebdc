#include "spatium/metrics/exact_integer.h"

#include "spatium/base/text.h"

namespace spatium {
namespace {

constexpr const char* kKey = "\x01integer";
// As Dump writes the object around the digits. In a text its quotes would be escaped.
constexpr std::string_view kBefore = "{\"\\u0001integer\":\"", kAfter = "\"}";

}  // namespace

Json ExactInteger(std::string digits) { return Json::MakeObject({{kKey, std::move(digits)}}); }

std::string ExactText(const Json& value) {
  std::string text = value.Dump(), out;
  size_t done = 0;
  for (size_t at = text.find(kBefore); at != std::string::npos; at = text.find(kBefore, done)) {
    const size_t digits = at + kBefore.size(), end = text.find(kAfter, digits);
    if (end == std::string::npos) break;
    out.append(text, done, at - done).append(text, digits, end - digits);
    done = end + kAfter.size();
  }
  if (done == 0) return text;
  return out.append(text, done);
}

}  // namespace spatium
