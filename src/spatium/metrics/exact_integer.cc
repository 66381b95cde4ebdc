#include "spatium/metrics/exact_integer.h"

#include <algorithm>
#include <charconv>

namespace spatium {
namespace {

constexpr const char* kKey = "\x01integer";
// As Dump writes the object around the digits. In a text its quotes would be escaped.
constexpr std::string_view kBefore = "{\"\\u0001integer\":\"", kAfter = "\"}";

}  // namespace

std::string py::ProductDigits(std::string_view digits, int factor) {
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  std::string backwards;
  int64_t carry = 0;
  for (size_t i = digits.size(); i-- > 0; carry /= 10) {
    carry += int64_t{digits[i] - '0'} * factor;
    backwards.push_back(static_cast<char>('0' + carry % 10));
  }
  for (; carry > 0; carry /= 10) backwards.push_back(static_cast<char>('0' + carry % 10));
  const std::string product(backwards.rbegin(), backwards.rend());
  const size_t first = std::min(product.find_first_not_of('0'), product.size() - 1);
  return (negative && product[first] != '0' ? "-" : "") + product.substr(first);
}

Json ExactInteger(std::string digits) { return Json::MakeObject({{kKey, std::move(digits)}}); }

Json IntegerJson(const std::string& digits) {
  int64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return read.ec == std::errc() ? Json(value) : ExactInteger(digits);
}

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
